/// The saved state of a training run: enough to go on bit for bit.
extension TrainingStudy {
  /// Begins the names of arrays that hold what the meters have seen.
  static let meterPrefix = "meters."

  package func snapshot() -> Checkpoint {
    var tensors: [Checkpoint.Tensor] = []
    for (name, slab) in slabs {
      for (index, entry) in trainer.network.layout.entries.enumerated() {
        tensors.append(
          Checkpoint.Tensor(
            name: name + entry.name, shape: [entry.rows, entry.columns],
            values: slab[ParameterHandle(index: index)].array))
      }
    }
    let state = state
    return Checkpoint(
      tensors: tensors + meterTensors(state),
      metadata: [
        "step": String(step), "epoch": String(epoch), "samples": String(samples),
        "seed": String(configuration.seed), "updates": String(trainer.optimizer.counts.weights),
        StudyState.metadataKey: state.text,
      ].merging(useMetadata.merging(foldedMetadata) { first, _ in first }) { first, _ in first })
  }

  /// Goes on where the same experiment was saved.
  package func restore(_ checkpoint: Checkpoint) throws(CheckpointError) {
    try restore(checkpoint, isBranch: false) { (steering: inout Steering, state) in
      steering.restore(state)
    }
  }

  /// Goes on from a checkpoint of an experiment with other settings but the same seed, network and
  /// epochs of as many steps. What follows the same schedule as there keeps what was done to it.
  package func branch(from checkpoint: Checkpoint) throws(CheckpointError) {
    try restore(checkpoint, isBranch: true) { (steering: inout Steering, state) in
      steering.branch(from: state)
      return true
    }
  }

  private func restore(
    _ checkpoint: Checkpoint, isBranch: Bool,
    _ takeJournals: (inout Steering, Steering.State) -> Bool
  ) throws(CheckpointError) {
    let numbers = try Counters(checkpoint, seed: configuration.seed)
    var found: [(Matrix, [Float])] = []
    for (name, slab) in slabs {
      for (index, entry) in trainer.network.layout.entries.enumerated() {
        let values = try checkpoint.values(name + entry.name, shape: [entry.rows, entry.columns])
        found.append((slab[ParameterHandle(index: index)], values))
      }
    }
    guard numbers.epoch <= configuration.epochs, numbers.step / stepsPerEpoch == numbers.epoch
    else {
      throw .wrongMetadata(
        key: "epoch", found: "\(numbers.epoch) with step \(numbers.step)",
        expected: "at most \(configuration.epochs), of \(stepsPerEpoch) steps each")
    }
    let state = try StudyState(checkpoint)
    if let shape = state.shape { try check(shape) }
    var steered = steering
    // Multipliers of before they could be turned are in the metadata alone.
    for (signal, scale) in zip(signals, checkpoint.scales(of: signals) ?? []) {
      steered.setMeasured(Self.scaleKnob(signal.id), scale)
    }
    guard takeJournals(&steered, state.steering) else {
      throw .wrongMetadata(
        key: StudyState.metadataKey, found: "schedules of another experiment",
        expected: "those of this one")
    }
    steering = steered
    for (matrix, values) in found { matrix.set(values) }
    trainer.optimizer.restore(
      CoefficientOptimizer.Counts(
        steps: numbers.updates, weights: numbers.updates, coefficients: numbers.updates))
    (step, epoch, samples) = (numbers.step, numbers.epoch, numbers.samples)
    trainer.restore(steps: step)
    take(state.shape)
    beginEpoch()
    // What ended the other run need not end this one.
    earlyEnd = isBranch ? nil : state.earlyEnd
    resume(state, checkpoint)
  }

  private func resume(_ state: StudyState, _ checkpoint: Checkpoint) {
    edits = state.edits
    replayed = state.replayed
    if let saved = state.plateau { plateau?.restore(saved) }
    // A branch may have other rules.
    if state.stop.entries.count == stopState.entries.count { stopState = state.stop }
    lastEvaluation = Dictionary(state.evaluations.map { ($0.split, $0) }) { _, last in last }
    isValidationAsked = state.isValidationAsked
    stopReason = nil
    unfinishedEvaluation = nil
    restoreMeters(state, checkpoint)
    phase = .training
    let isAtEnd = epoch >= configuration.epochs || earlyEnd != nil
    mustTellEnd = state.isCompleted && isAtEnd
    if mustTellEnd {
      phase = .ended
    } else if let split = state.evaluating, split == .validation || isAtEnd {
      beginEvaluation(split)
      isValidationAsked = state.isValidationAsked
    }
  }

  private func restoreMeters(_ state: StudyState, _ checkpoint: Checkpoint) {
    trainer.resetMeters()
    guard window.restore(state.window) else { return }
    for (index, observations) in state.observations.enumerated() where observations > 0 {
      guard index < signals.count else { return }
      let name = Self.meterPrefix + signals[index].id
      let tensor = checkpoint.tensors.first { $0.name == name }
      let isRestored = tensor.map {
        trainer.restoreMeter(ofSite: index, $0.values, observations: observations)
      }
      // The curves of bits begin a new window then; nothing else depends on it.
      if isRestored != true { return trainer.resetMeters() }
    }
  }

  /// What is saved, with the prefix of its tensors' names.
  private var slabs: [(String, ParameterSlab)] {
    [("", trainer.weights), ("optimizer.first.", trainer.optimizer.firstMoment)]
      + (trainer.optimizer.secondMoment.map { [("optimizer.second.", $0)] } ?? [])
  }

  /// The histograms of all sites that have seen something, units x bins.
  private func meterTensors(_ state: StudyState) -> [Checkpoint.Tensor] {
    zip(signals.indices, state.observations).filter { $1 > 0 }.map { index, _ in
      let contents = trainer.meter(ofSite: index).contents
      let units = signals[index].units
      return Checkpoint.Tensor(
        name: Self.meterPrefix + signals[index].id, shape: [units, contents.count / units],
        values: contents)
    }
  }

  private struct Counters {
    var step, epoch, samples, updates: Int

    init(_ checkpoint: Checkpoint, seed: UInt64) throws(CheckpointError) {
      try checkpoint.check(seed: seed)
      step = try checkpoint.count("step")
      epoch = try checkpoint.count("epoch")
      samples = try checkpoint.count("samples")
      updates = try checkpoint.count("updates")
    }
  }
}
