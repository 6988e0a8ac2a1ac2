/// A network with the weights of a checkpoint, to be measured and used.
package final class TrainedNetwork {
  let trainer: Trainer
  let configuration: TrainingConfiguration
  private let signals: [QuantizedSignal]
  private let scales: [Double]
  /// w of each signal as trained last; infinite where the quantizer is off.
  private let resolutions: [Double]
  /// Steps and epochs of training that the weights have behind them; 0 where that is not known.
  package let step: Int
  package let epoch: Int

  /// Takes the weights of a checkpoint. Where it does not say at which resolutions they were
  /// trained, these are the ones at the end of the schedules.
  ///
  /// - Throws: ``WeightMismatch`` where they are not those of the model, ``CheckpointError`` where
  ///   they were trained on data of another kind, ``LegendreMemoryError``, ``TrainingSetupError``
  package init(
    _ configuration: TrainingConfiguration, problem: any Problem, checkpoint: Checkpoint,
    threads: Int
  ) throws {
    try Self.check(problem.inputs, against: checkpoint)
    let network = try Network(configuration, for: problem)
    var configuration = configuration
    let most = Gauge.Split.allCases.map(problem.count).max() ?? 1
    configuration.batch = min(configuration.batch, max(most, 1))
    let trainer = try Trainer(
      network: network, problem: problem, configuration: configuration, threads: threads)
    try trainer.weights.take(checkpoint)
    self.trainer = trainer
    self.configuration = configuration
    signals = network.recurrent.sites
    scales = try Self.scales(in: checkpoint, of: trainer)
    resolutions =
      checkpoint.resolutions(of: signals)
      ?? Self.lastResolutions(signals, configuration, samples: problem.count(in: .training))
    step = (try? checkpoint.count("step")) ?? 0
    epoch = (try? checkpoint.count("epoch")) ?? 0
  }

  /// Refuses data that are prepared in another way than those of the training.
  private static func check(
    _ found: InputDescription, against checkpoint: Checkpoint
  ) throws(CheckpointError) {
    guard let expected = try InputDescription(of: checkpoint) else { return }
    let pairs: [(String, String, String)] = [
      ("steps", "\(found.steps)", "\(expected.steps)"),
      ("channels", "\(found.channels)", "\(expected.channels)"),
      (
        "classes", found.classes.joined(separator: ", "), expected.classes.joined(separator: ", ")
      ),
    ]
    for (field, found, expected) in pairs where found != expected {
      throw .otherData(field: field, found: found, expected: expected)
    }
    guard found.scaling == expected.scaling else {
      throw .otherData(
        field: "normalization", found: "that of another training part",
        expected: "that of the training part")
    }
  }

  /// Those saved, or those that the training part gives where there is one.
  private static func scales(
    in checkpoint: Checkpoint, of trainer: Trainer
  ) throws(CheckpointError) -> [Double] {
    let signals = trainer.network.recurrent.sites
    if let saved = checkpoint.scales(of: signals) { return saved }
    let calibrated = signals.first {
      if case .calibrated = $0.site.scale { $0.site.kind != .off } else { false }
    }
    if let calibrated, trainer.problem.count(in: .training) == 0 {
      throw .missingMetadata("scale.\(calibrated.id)")
    }
    return trainer.calibratedScales()
  }

  /// w at the ends of the schedules.
  private static func lastResolutions(
    _ signals: [QuantizedSignal], _ configuration: TrainingConfiguration, samples: Int
  ) -> [Double] {
    let stepsPerEpoch = (samples + configuration.batch - 1) / configuration.batch
    let steps = configuration.epochs * max(stepsPerEpoch, 1)
    let allowed = QuantizerSite.allowedResolution
    return signals.map { signal in
      let w = signal.site.resolution.value(at: Double(steps), of: steps)
      guard signal.site.kind != .off, w.isFinite else { return .infinity }
      return min(max(w, allowed.lowerBound), allowed.upperBound)
    }
  }

  /// The quantized sites in the order of the network, with their trained w.
  package var sites: [(id: String, w: Double)] {
    zip(signals, resolutions).filter { $0.0.site.kind != .off }.map { ($0.0.id, $0.1) }
  }

  package func count(in split: Gauge.Split) -> Int { trainer.problem.count(in: split) }

  /// w * scale of each signal.
  var presentResolutions: [Float] {
    zip(resolutions, scales).map { Trainer.resolution($0, scale: $1) }
  }

  /// How often random quantizers are drawn where nobody says so: as in the final test.
  package var standardDraws: Int { configuration.evaluation.testDraws }

  /// Runs the network over a whole split, with its quantizers and without.
  package func evaluate(_ split: Gauge.Split, draws: Int? = nil) -> Evaluation {
    let resolutions = presentResolutions
    let wanted = draws ?? configuration.evaluation.draws(for: split)
    var task = EvaluationTask(
      split: split, count: count(in: split), draws: trainer.draws(wanted, at: resolutions),
      resolutions: resolutions)
    while !task.isDone { task.advance(trainer) }
    return Evaluation(epoch: epoch, step: step, split: split, metrics: task.metrics(trainer))
  }

  /// Measures the weights over a grid of resolutions; `note` gets every row with the sweep so far.
  @discardableResult
  package func sweep(
    _ plan: SweepPlan, note: (ResolutionSweep) throws -> Void
  ) rethrows -> ResolutionSweep {
    var task = SweepTask(
      plan, trained: resolutions, scales: scales, at: (epoch, step), of: trainer)
    while !task.isDone {
      let rows = task.sweep.rows.count
      task.advance(trainer)
      if task.sweep.rows.count > rows { try note(task.sweep) }
    }
    return task.sweep
  }

  package func sweep(_ plan: SweepPlan) -> ResolutionSweep { sweep(plan) { _ in } }
}
