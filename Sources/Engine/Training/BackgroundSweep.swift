import Foundation
import Glibc

/// A sweep of weights as they were when it began, on a thread of its own beside the training.
///
/// It has memory of its own, and so little priority that the training gets nearly all of the
/// processor where there is not enough for both. Small networks, whose steps are no longer than the
/// slices of time that Linux deals out, are swept only in time that nobody else wants; that of large
/// ones would come to an end too late.
final class BackgroundSweep: @unchecked Sendable {
  private let condition = NSCondition()
  private var present: EvaluationProgress
  private var finished: ResolutionSweep?
  private var isCancelled = false

  /// Samples that are measured at once: few, as they take memory beside the training's.
  private static let batch = 16
  /// Adds some percent of a processor to what the training's threads compete with.
  private static let niceness: Int32 = 14
  /// Linux's SCHED_IDLE: whoever else wakes up gets the processor at once, which niceness alone does
  /// not promise.
  private static let idlePolicy: Int32 = 5
  /// Batches that take less processor time, in nanoseconds, are those of small networks.
  private static let shortBatch: UInt64 = 20_000_000

  /// `make` makes the task for a trainer that has the weights.
  init(
    of trainer: Trainer, plan: SweepPlan, make: @escaping @Sendable (Trainer) -> SweepTask
  ) {
    let weights = ParameterSlab(trainer.network.layout)
    weights.flat.copy(from: trainer.weights.flat)
    let (network, problem) = (trainer.network, trainer.problem)
    var configuration = trainer.configuration
    configuration.batch = min(configuration.batch, Self.batch)
    configuration.shards = 1
    present = EvaluationProgress(split: plan.split, done: 0, total: 1, isSweep: true)
    let thread = Thread { [configuration] in
      setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness)
      // A few samples need little: there is no limit that they could exceed.
      guard
        let own = try? Trainer(
          network: network, problem: problem, configuration: configuration, threads: 1,
          availableMemory: .max)
      else { return }
      own.weights.flat.copy(from: weights.flat)
      self.run(make(own), on: own)
    }
    thread.name = "sweep"
    thread.stackSize = 1 << 20
    thread.start()
  }

  private func run(_ task: SweepTask, on trainer: Trainer) {
    var task = task
    var isFirst = true
    while !task.isDone {
      let begin = Self.processorTime()
      task.advance(trainer)
      if isFirst, Self.processorTime() - begin < Self.shortBatch {
        var parameters = sched_param()
        sched_setscheduler(0, Self.idlePolicy, &parameters)
      }
      isFirst = false
      condition.lock()
      present = task.progress
      let mustEnd = isCancelled
      if task.isDone { finished = task.sweep }
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

  /// What was measured, once all is; waits for it as long as `budget`.
  func result(within budget: Duration) -> ResolutionSweep? {
    condition.lock()
    defer { condition.unlock() }
    let end = Date(timeIntervalSinceNow: budget / .seconds(1))
    while finished == nil, budget > .zero, condition.wait(until: end) {}
    return finished
  }

  var progress: EvaluationProgress {
    condition.lock()
    defer { condition.unlock() }
    return present
  }

  /// Ends soon, without a result.
  func cancel() {
    condition.lock()
    defer { condition.unlock() }
    isCancelled = true
  }
}
