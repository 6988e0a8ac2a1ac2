package import Foundation
import Synchronization

/// Measures the points of a scan on some threads, each a point at a time in the order of their
/// numbers, and puts each row into the table when it is there.
package final class ScanRunner: Sendable {
  package enum Report: Sendable {
    /// A row that is in the table.
    case row(ScanRow)
    /// Why no further point is begun.
    case failed(point: Int, any Error)
    /// All threads have ended; the last report.
    case finished
  }

  private struct State {
    /// The next of the points.
    var next = 0
    var isStopped = false
    var running: Int
  }

  private let work: ScanWork
  private let points: [Int]
  private let state: Mutex<State>
  /// Held while a row is written, so that reports have the order of the table.
  private let table: Mutex<ScanTable>
  private let reports = Mailbox<Report>()
  private let wake: @Sendable () -> Void
  package let threads: Int

  /// Stands ready; ``start(preparingThreads:)`` begins. `wake` is called when reports are waiting.
  package init(
    _ work: ScanWork, points: [Int], threads: Int, table: sending ScanTable,
    wake: @escaping @Sendable () -> Void = {}
  ) {
    (self.work, self.points, self.wake) = (work, points, wake)
    self.table = Mutex(table)
    self.threads = max(1, min(threads, points.count))
    state = Mutex(State(running: self.threads))
  }

  /// Starts the threads, each of which first calls `prepare`.
  package func start(preparingThreads prepare: @escaping @Sendable () -> Void = {}) {
    for index in 1...threads {
      let thread = Thread { [self] in
        prepare()
        run()
      }
      thread.name = "scan \(index)"
      thread.stackSize = 1 << 21
      thread.start()
    }
  }

  /// Begins no further point and gives up those under way; ``Report/finished`` comes soon.
  package func stop() { state.withLock { $0.isStopped = true } }

  /// Takes what was reported since the last call, without waiting.
  package func drain() -> [Report] { reports.drain() }

  /// Takes what was reported, waiting until there is something or `deadline`, if there is one.
  package func nextReports(before deadline: Date? = nil) -> [Report] {
    reports.drain(waitingUntil: deadline)
  }

  private var isStopped: Bool { state.withLock(\.isStopped) }

  private func takePoint() -> Int? {
    state.withLock { state in
      guard !state.isStopped, state.next < points.count else { return nil }
      state.next += 1
      return points[state.next - 1]
    }
  }

  private func run() {
    while let point = takePoint() {
      do {
        guard let row = try work.row(of: point, isStopped: { self.isStopped }) else { break }
        try table.withLock { table in
          try table.append(row)
          tell(.row(row))
        }
      } catch {
        stop()
        tell(.failed(point: point, error))
        break
      }
    }
    let isLast = state.withLock { state in
      state.running -= 1
      return state.running == 0
    }
    guard isLast else { return }
    try? table.withLock { try $0.synchronize() }
    tell(.finished)
  }

  private func tell(_ report: Report) {
    reports.append(report)
    wake()
  }
}
