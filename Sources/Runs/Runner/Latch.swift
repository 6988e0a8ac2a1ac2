import Foundation

/// A gate that opens once; how one thread waits for the end of another.
final class Latch: @unchecked Sendable {
  private let condition = NSCondition()
  /// Guarded by `condition`.
  private var isOpen = false

  func open() {
    condition.lock()
    isOpen = true
    condition.broadcast()
    condition.unlock()
  }

  func wait() {
    condition.lock()
    while !isOpen { condition.wait() }
    condition.unlock()
  }
}
