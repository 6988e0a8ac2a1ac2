import Foundation
import Glibc

/// Work that is done piece by piece.
protocol BackgroundTask: SendableMetatype {
  associatedtype Report: Sendable
  var isDone: Bool { get }
  /// How far it is, and what has come out of it.
  var report: Report { get }
  mutating func advance()
}

/// Work on a thread of its own beside the training.
///
/// It has memory of its own, and so little priority that the training gets nearly all of the
/// processor where there is not enough for both. Work on small networks, whose steps are no longer
/// than the slices of time that Linux deals out, is done only in time that nobody else wants; that on
/// large ones would come to an end too late.
final class BackgroundWork<Task: BackgroundTask>: @unchecked Sendable {
  private let condition = NSCondition()
  private var present: Task.Report
  private var isFinished = false
  private var isCancelled = false

  /// Adds some percent of a processor to what the training's threads compete with.
  private let niceness: Int32 = 14
  /// Linux's SCHED_IDLE: whoever else wakes up gets the processor at once, which niceness alone does
  /// not promise.
  private let idlePolicy: Int32 = 5
  /// First pieces that take less processor time, in nanoseconds, are those of small networks.
  private let shortPiece: UInt64 = 20_000_000

  /// - Parameters:
  ///   - name: that of the thread, of at most 15 bytes
  ///   - first: what is reported before the first piece
  ///   - make: makes the task, on the thread
  init(_ name: String, first: Task.Report, make: @escaping @Sendable () -> Task?) {
    present = first
    let thread = Thread {
      setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, self.niceness)
      if let task = make() { self.run(task) }
    }
    thread.name = name
    thread.stackSize = 1 << 20
    thread.start()
  }

  private func run(_ task: Task) {
    var task = task
    var isFirst = true
    while !task.isDone {
      let begin = Self.processorTime()
      task.advance()
      if isFirst, Self.processorTime() - begin < shortPiece {
        var parameters = sched_param()
        sched_setscheduler(0, idlePolicy, &parameters)
      }
      isFirst = false
      condition.lock()
      present = task.report
      isFinished = task.isDone
      let mustEnd = isCancelled
      condition.broadcast()
      condition.unlock()
      if mustEnd { return }
    }
  }

  /// Nanoseconds that the calling thread has worked.
  private static func processorTime() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// The last report, and whether it is that of the end; waits for the end as long as `budget`.
  func report(within budget: Duration) -> (report: Task.Report, isLast: Bool) {
    condition.lock()
    defer { condition.unlock() }
    let end = Date(timeIntervalSinceNow: budget / .seconds(1))
    while !isFinished, budget > .zero, condition.wait(until: end) {}
    return (present, isFinished)
  }

  /// Ends soon, without a last report.
  func cancel() {
    condition.lock()
    defer { condition.unlock() }
    isCancelled = true
  }
}
