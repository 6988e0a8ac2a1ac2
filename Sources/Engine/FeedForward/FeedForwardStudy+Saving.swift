/// The saved state of the training: enough to go on bit for bit.
extension FeedForwardStudy {
  private struct State: Codable {
    var steering: DialedSteering<FeedForwardDials>.State
    /// Of the last step; none before there was one.
    var lastDials: FeedForwardDials?
    var edits: [EditRecord]
    var replayed: [EditRecord]
    /// The last evaluation of each split.
    var evaluations: [Evaluation]
    /// What was being evaluated; it is evaluated anew.
    var evaluating: Gauge.Split?
    var isValidationAsked: Bool
    /// Whether all epochs were done and tested.
    var isCompleted: Bool
    /// Of learned activations; none in older checkpoints.
    var shape: LearnedShape?

    init(_ study: FeedForwardStudy) {
      (steering, lastDials) = (study.steering.state, study.lastDials)
      (edits, replayed) = (study.edits, study.replayed)
      evaluations = Gauge.Split.allCases.compactMap { study.lastEvaluation[$0] }
      evaluating =
        if case .evaluating(let task) = study.work { task.split } else {
          study.unfinishedEvaluation
        }
      isValidationAsked = study.isValidationAsked
      shape = study.configuration.learnedActivations == nil ? nil : study.shape
      isCompleted =
        study.isEnded && study.stopReason == nil && study.lastEvaluation[.test] != nil
    }
  }

  package func snapshot() -> Checkpoint {
    Checkpoint(
      tensors: trainer.tensors,
      metadata: [
        "step": String(step), "epoch": String(epoch), "samples": String(samples),
        "seed": String(seed), StateText.key: StateText.text(of: State(self)),
      ].merging(trainer.counts.merging(foldedMetadata) { own, _ in own }) { own, _ in own })
  }

  /// Goes on where the same experiment was saved.
  package func restore(_ checkpoint: Checkpoint) throws(CheckpointError) {
    try restore(checkpoint) { (steering: inout DialedSteering<FeedForwardDials>, state) in
      steering.restore(state)
    }
  }

  /// Goes on from a checkpoint of an experiment with other settings but the same seed, network and
  /// epochs of as many steps. What is the same setting as there keeps what was done to it.
  package func branch(from checkpoint: Checkpoint) throws(CheckpointError) {
    try restore(checkpoint, mayLackResolutions: true) {
      (steering: inout DialedSteering<FeedForwardDials>, state) in
      steering.branch(from: state)
      return true
    }
  }

  private func restore(
    _ checkpoint: Checkpoint, mayLackResolutions: Bool = false,
    _ takeTurns: (
      inout DialedSteering<FeedForwardDials>, DialedSteering<FeedForwardDials>.State
    ) -> Bool
  ) throws(CheckpointError) {
    let (step, epoch) = try place(in: checkpoint)
    let state: State = try StateText.state(
      checkpoint, of: "the training of a feed-forward network")
    let trainer = try trainer(of: state.shape)
    let (samples, counts) = (try checkpoint.count("samples"), try trainer.counts(in: checkpoint))
    let found = try arrays(in: checkpoint, trainer, mayLackResolutions: mayLackResolutions)
    let lacksResolutions = found.count < trainer.slabs.count * trainer.network.layout.entries.count
    var steered = steering
    guard takeTurns(&steered, state.steering),
      let activation = try? configuration.activation(steered.dials)
    else {
      throw .wrongMetadata(
        key: StateText.key, found: "settings of another experiment",
        expected: "those of this one")
    }
    (steering, quantized) = (steered, activation)
    for (matrix, values) in found { matrix.set(values) }
    trainer.optimizer.restore(counts)
    self.trainer = trainer
    take(state.shape)
    (self.step, self.epoch, self.samples) = (step, epoch, samples)
    beginEpoch()
    resume(state)
    // They begin with the bits of the last step; other ones are seen to before the next.
    let bits = lastDials?.bits ?? configuration.bits
    if lacksResolutions, let start = try? configuration.resolutionStart(bits: bits) {
      trainer.setResolutions(start)
    }
  }

  /// What all slabs get. A network that did not learn its resolutions has none: these stay as they
  /// begin where that is allowed.
  private func arrays(
    in checkpoint: Checkpoint, _ trainer: FeedForwardTrainer, mayLackResolutions: Bool
  ) throws(CheckpointError) -> [(Matrix, [Float])] {
    let known = Set(checkpoint.tensors.map(\.name))
    var found: [(Matrix, [Float])] = []
    for (name, slab) in trainer.slabs {
      for (index, entry) in trainer.network.layout.entries.enumerated() {
        let isOptional = mayLackResolutions && ActivationLayer.isResolution(entry.name)
        if isOptional && !known.contains(name + entry.name) { continue }
        let values = try checkpoint.values(name + entry.name, shape: [entry.rows, entry.columns])
        found.append((slab[ParameterHandle(index: index)], values))
      }
    }
    return found
  }

  /// One whose activations are as they were saved.
  private func trainer(
    of shape: LearnedShape?
  ) throws(CheckpointError) -> FeedForwardTrainer {
    let changed = shape?.changed ?? [:]
    let known = 0..<trainer.network.selfLearnableLayers.count
    let turns = (shape?.undoable ?? []) + (shape?.redoable ?? [])
    let places = known.count + (trainer.network.head == nil ? 0 : 1)
    guard turns.allSatisfy({ (0..<places).contains($0.layer) }),
      changed.keys.allSatisfy(known.contains)
    else { throw Self.otherActivations }
    guard changed != self.shape.changed else { return trainer }
    do {
      return try makeTrainer(changed: changed)
    } catch {
      throw Self.otherActivations
    }
  }

  private static let otherActivations = CheckpointError.wrongMetadata(
    key: StateText.key, found: "learned activations of another experiment",
    expected: "those of this one")

  private func place(
    in checkpoint: Checkpoint
  ) throws(CheckpointError) -> (step: Int, epoch: Int) {
    try checkpoint.check(seed: seed)
    let (step, epoch) = (try checkpoint.count("step"), try checkpoint.count("epoch"))
    guard epoch <= configuration.epochs, step / stepsPerEpoch == epoch else {
      throw .wrongMetadata(
        key: "epoch", found: "\(epoch) with step \(step)",
        expected: "at most \(configuration.epochs), of \(stepsPerEpoch) steps each")
    }
    return (step, epoch)
  }

  private func resume(_ state: State) {
    (edits, replayed, lastDials) = (state.edits, state.replayed, state.lastDials)
    lastEvaluation = Dictionary(state.evaluations.map { ($0.split, $0) }) { _, last in last }
    isValidationAsked = state.isValidationAsked
    stopReason = nil
    unfinishedEvaluation = nil
    let isAtEnd = epoch >= configuration.epochs
    mustTellEnd = state.isCompleted && isAtEnd
    work = mustTellEnd ? .ended : .training
    if !mustTellEnd, let split = state.evaluating, split == .validation || isAtEnd {
      beginEvaluation(split)
      isValidationAsked = state.isValidationAsked
    }
  }
}
