/// A sweep of weights as they were when it began.
struct BackgroundSweep: BackgroundTask {
  struct Report {
    var progress: EvaluationProgress
    /// What was measured, once all is.
    var sweep: ResolutionSweep?
  }

  private var task: SweepTask
  private let trainer: Trainer

  /// Samples that are measured at once: few, as they take memory beside the training's.
  private static let batch = 16

  var isDone: Bool { task.isDone }
  var report: Report {
    Report(progress: task.progress, sweep: task.isDone ? task.sweep : nil)
  }

  mutating func advance() { task.advance(trainer) }

  /// Begins it for the weights of a trainer; `make` makes the task for another one that has them.
  static func begin(
    of trainer: Trainer, plan: SweepPlan, make: @escaping @Sendable (Trainer) -> SweepTask
  ) -> BackgroundWork<BackgroundSweep> {
    let weights = ParameterSlab(trainer.network.layout)
    weights.flat.copy(from: trainer.weights.flat)
    let (network, problem) = (trainer.network, trainer.problem)
    var configuration = trainer.configuration
    configuration.batch = min(configuration.batch, batch)
    configuration.shards = 1
    let first = EvaluationProgress(split: plan.split, done: 0, total: 1, purpose: .sweep)
    return BackgroundWork("sweep", first: Report(progress: first)) { [configuration] in
      // A few samples need little: there is no limit that they could exceed.
      guard
        let own = try? Trainer(
          network: network, problem: problem, configuration: configuration, threads: 1,
          availableMemory: .max)
      else { return nil }
      own.weights.flat.copy(from: weights.flat)
      return BackgroundSweep(task: make(own), trainer: own)
    }
  }
}
