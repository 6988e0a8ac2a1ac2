package import Foundation
import Synchronization

/// An unbounded queue between two threads. Whoever appends never waits for whoever takes.
package final class Mailbox<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])
  /// Announces that the box turned non-empty. Held only for moments, never while work is done.
  private let arrival = NSCondition()

  package init() {}

  /// Returns whether the box was empty, that is whether its reader has to be woken.
  ///
  /// `superseded` marks waiting elements that the new one makes worthless; they are dropped.
  @discardableResult
  package func append(_ element: Element, superseded: ((Element) -> Bool)? = nil) -> Bool {
    let wasEmpty = elements.withLock { elements in
      let wasEmpty = elements.isEmpty
      if let superseded { elements.removeAll(where: superseded) }
      elements.append(element)
      return wasEmpty
    }
    if wasEmpty {
      arrival.lock()
      arrival.broadcast()
      arrival.unlock()
    }
    return wasEmpty
  }

  /// Takes everything that is there, oldest first, without waiting.
  package func drain() -> [Element] {
    elements.withLock { elements in
      defer { elements = [] }
      return elements
    }
  }

  /// Takes everything, waiting until there is something or `deadline`, if there is one, has passed.
  package func drain(waitingUntil deadline: Date?) -> [Element] {
    arrival.lock()
    defer { arrival.unlock() }
    while true {
      let taken = drain()
      if !taken.isEmpty { return taken }
      if let deadline {
        guard arrival.wait(until: deadline) else { return drain() }
      } else {
        arrival.wait()
      }
    }
  }
}
