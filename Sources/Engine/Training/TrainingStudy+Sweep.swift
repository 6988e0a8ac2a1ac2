/// The sweep of the present weights over resolutions, while training or after its end.
extension TrainingStudy {
  /// Samples of the validation part that a sweep measures on: few, so that it is soon done.
  static let sweepLimit = 256

  /// Begins to measure the weights as they are; one sweep at a time.
  func beginSweep() {
    guard sweep == nil else { return }
    let plan = SweepPlan(
      split: .validation, draws: configuration.evaluation.draws, limit: Self.sweepLimit)
    let (trained, scales, epoch, step) = (trainedResolutions, scales(at: lastStep), epoch, step)
    sweep = BackgroundSweep.begin(of: trainer, plan: plan) { own in
      SweepTask(plan, trained: trained, scales: scales, at: (epoch, step), of: own)
    }
  }

  /// Waits for the sweep where there is one.
  private func sweepEvents(within budget: Duration) -> [StudyEvent] {
    guard let sweep else { return [] }
    let report = sweep.report(within: budget).report
    guard let result = report.sweep else { return [.evaluating(report.progress)] }
    self.sweep = nil
    return [.swept(result)]
  }

  package func wait(within budget: Duration) -> [StudyEvent] {
    let swept = sweepEvents(within: budget)
    return swept + stability.takeEvents(within: swept.isEmpty ? budget : .zero)
  }

  /// The last step done.
  var lastStep: Int { max(step - 1, 0) }

  /// w of each signal in the last step done; infinite where the quantizer is off.
  private var trainedResolutions: [Double] {
    signals.map { steering.value("w.\($0.id)", at: lastStep) ?? .infinity }
  }

  /// What a checkpoint has to say to those who use its weights without the study: the resolutions
  /// that the network was trained at, and what it takes in.
  var useMetadata: [String: String] {
    var metadata = [InputDescription.metadataKey: trainer.problem.inputs.text]
    let scales = scales(at: lastStep)
    for (index, signal) in signals.enumerated() where signal.site.kind != .off {
      metadata["w.\(signal.id)"] = String(trainedResolutions[index])
      metadata["scale.\(signal.id)"] = String(scales[index])
    }
    return metadata
  }

  /// Begins with weights from elsewhere in the place of drawn ones; moments of an optimizer that are
  /// with them are left. Call before training.
  ///
  /// - Parameter source: where they are from, for people
  /// - Throws: what is wrong with them; nothing has changed then
  package func begin(
    with checkpoint: Checkpoint, from source: String
  ) throws(WeightMismatch) {
    precondition(step == 0, "training has not begun")
    try trainer.weights.take(checkpoint)
    take(scales: trainer.calibratedScales())
    trainer.resetMeters()
    summary.origin = source
  }

  /// Replaces the multipliers of all resolutions by what was measured.
  func take(scales: [Double]) {
    for (signal, scale) in zip(signals, scales) {
      steering.setMeasured(Self.scaleKnob(signal.id), scale)
    }
  }
}

extension Checkpoint {
  /// The positive finite number under a key; infinity is one where it may be.
  private func number(_ key: String, mayBeInfinite: Bool) -> Double? {
    guard let value = metadata[key].flatMap(Double.init), value > 0, mayBeInfinite || value.isFinite
    else { return nil }
    return value
  }

  /// The scales of signals, if they are all here; 1 where a quantizer is off.
  func scales(of signals: [QuantizedSignal]) -> [Double]? {
    numbers("scale", of: signals, whenOff: 1, mayBeInfinite: false)
  }

  /// The trained w of signals, if they are all here; infinite where a quantizer is off.
  func resolutions(of signals: [QuantizedSignal]) -> [Double]? {
    numbers("w", of: signals, whenOff: .infinity, mayBeInfinite: true)
  }

  private func numbers(
    _ prefix: String, of signals: [QuantizedSignal], whenOff: Double, mayBeInfinite: Bool
  ) -> [Double]? {
    let numbers = signals.compactMap { signal in
      signal.site.kind == .off
        ? whenOff : number("\(prefix).\(signal.id)", mayBeInfinite: mayBeInfinite)
    }
    return numbers.count == signals.count ? numbers : nil
  }
}
