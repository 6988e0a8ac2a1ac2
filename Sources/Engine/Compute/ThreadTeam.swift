import Foundation

/// A few threads that do numbered pieces of work together; the caller is one of them.
///
/// Which thread does which piece is left open, so pieces must not depend on it. A team belongs to
/// one calling thread.
package final class ThreadTeam: @unchecked Sendable {
  package let threads: Int
  private let condition = NSCondition()
  private var body: (@Sendable (Int) -> Void)?
  private var pieces = 0
  private var nextPiece = 0
  private var finished = 0
  private var ending = false

  package init(threads: Int) {
    self.threads = max(threads, 1)
    for index in 1..<max(threads, 1) {
      let thread = Thread { [weak self] in
        Products.confineToThisThread()
        while let team = self, team.workOnce() {}
      }
      thread.name = "shard \(index)"
      thread.stackSize = 1 << 20
      thread.start()
    }
  }

  /// Runs `body(0) ... body(pieces - 1)` and returns when all are done.
  package func run(pieces: Int, _ body: @escaping @Sendable (Int) -> Void) {
    Products.confineToThisThread()
    guard threads > 1 && pieces > 1 else {
      for piece in 0..<pieces { body(piece) }
      return
    }
    condition.lock()
    self.body = body
    self.pieces = pieces
    nextPiece = 0
    finished = 0
    condition.broadcast()
    while let piece = takePiece() {
      condition.unlock()
      body(piece)
      condition.lock()
      finished += 1
    }
    while finished < pieces { condition.wait() }
    self.body = nil
    condition.unlock()
  }

  /// Ends the threads. The team does nothing afterwards.
  package func end() {
    condition.lock()
    ending = true
    condition.broadcast()
    condition.unlock()
  }

  private func takePiece() -> Int? {
    guard body != nil, nextPiece < pieces else { return nil }
    nextPiece += 1
    return nextPiece - 1
  }

  /// Waits for one piece and does it; false when the team has ended.
  private func workOnce() -> Bool {
    condition.lock()
    defer { condition.unlock() }
    while true {
      if ending { return false }
      if let piece = takePiece(), let body {
        condition.unlock()
        body(piece)
        condition.lock()
        finished += 1
        if finished == pieces { condition.broadcast() }
        return true
      }
      condition.wait()
    }
  }
}
