/// The saved state of the training: enough to go on bit for bit.
extension SpikingStudy {
  private struct State: Codable {
    var steering: DialedSteering<SpikingDials>.State
    var edits: [EditRecord]
    var replayed: [EditRecord]
    var evaluations: [Evaluation]
    /// What was being evaluated; it is evaluated anew.
    var evaluating: Gauge.Split?
    var isValidationAsked: Bool
    var bestAccuracy: Double?
    var bestEpoch: Int?
    /// Whether all epochs were done and tested.
    var isCompleted: Bool

    init(_ study: SpikingStudy) {
      steering = study.steering.state
      (edits, replayed) = (study.edits, study.replayed)
      evaluations = Gauge.Split.allCases.compactMap { study.lastEvaluation[$0] }
      evaluating = if case .evaluating(let task) = study.work { task.split } else { nil }
      isValidationAsked = study.isValidationAsked
      (bestAccuracy, bestEpoch) = (study.best?.accuracy, study.best?.epoch)
      isCompleted =
        study.isEnded && study.stopReason == nil && study.lastEvaluation[.test] != nil
    }
  }

  private enum Names {
    static let sampleWeights = "samples.weights"
    static let correct = "samples.correct"
    static let updates = "updates"
  }

  private var slabs: [(prefix: String, slab: ParameterSlab)] {
    [("", trainer.weights), ("optimizer.first.", trainer.optimizer.firstMoment)]
      + (trainer.optimizer.secondMoment.map { [("optimizer.second.", $0)] } ?? [])
  }

  package func snapshot() -> Checkpoint {
    let tensors = slabs.flatMap { prefix, slab in
      trainer.network.layout.entries.enumerated().map { index, entry in
        Checkpoint.Tensor(
          name: prefix + entry.name, shape: [entry.rows, entry.columns],
          values: slab[ParameterHandle(index: index)].array)
      }
    }
    let (weights, correct) = (trainer.sampleWeights, trainer.isCorrect)
    return Checkpoint(
      tensors: tensors + [
        Checkpoint.Tensor(
          name: Names.sampleWeights, shape: [weights.count], doubles: weights),
        Checkpoint.Tensor(
          name: Names.correct, shape: [correct.count], values: correct.map { $0 ? 1 : 0 }),
      ],
      metadata: [
        "step": String(step), "epoch": String(epoch), "samples": String(samples),
        "seed": String(seed), Names.updates: String(trainer.optimizer.updates),
        StateText.key: StateText.text(of: State(self)),
      ])
  }

  /// Goes on where the same experiment was saved.
  package func restore(_ checkpoint: Checkpoint) throws(CheckpointError) {
    try restore(checkpoint, isBranch: false)
  }

  /// Goes on from a checkpoint of an experiment with other settings but the same seed, network and
  /// data. What is the same setting as there keeps what was done to it.
  package func branch(from checkpoint: Checkpoint) throws(CheckpointError) {
    try restore(checkpoint, isBranch: true)
  }

  private func restore(_ checkpoint: Checkpoint, isBranch: Bool) throws(CheckpointError) {
    try checkpoint.check(seed: seed)
    let (step, epoch) = (try checkpoint.count("step"), try checkpoint.count("epoch"))
    guard epoch <= configuration.epochs, step / stepsPerEpoch == epoch else {
      throw .wrongMetadata(
        key: "epoch", found: "\(epoch) with step \(step)",
        expected: "at most \(configuration.epochs), of \(stepsPerEpoch) steps each")
    }
    let state: State = try StateText.state(checkpoint, of: "a network of spike trains")
    let (samples, updates) = (
      try checkpoint.count("samples"), try checkpoint.count(Names.updates)
    )
    var found: [(Matrix, [Float])] = []
    for (prefix, slab) in slabs {
      for (index, entry) in trainer.network.layout.entries.enumerated() {
        let values = try checkpoint.values(prefix + entry.name, shape: [entry.rows, entry.columns])
        found.append((slab[ParameterHandle(index: index)], values))
      }
    }
    let count = data.count(in: .training)
    let correct = try checkpoint.values(Names.correct, shape: [count])
    let single = try checkpoint.values(Names.sampleWeights, shape: [count])
    let doubles = checkpoint.tensors.first { $0.name == Names.sampleWeights }?.doubles
    var steered = steering
    if isBranch {
      steered.branch(from: state.steering)
    } else if !steered.restore(state.steering) {
      throw .wrongMetadata(
        key: StateText.key, found: "settings of another experiment", expected: "those of this one")
    }
    steering = steered
    takeDials()
    for (matrix, values) in found { matrix.set(values) }
    trainer.restore(
      updates: updates, sampleWeights: doubles ?? single.map { Double($0) },
      isCorrect: correct.map { $0 != 0 })
    (self.step, self.epoch, self.samples) = (step, epoch, samples)
    beginEpoch()
    resume(state)
  }

  private func resume(_ state: State) {
    (edits, replayed) = (state.edits, state.replayed)
    lastEvaluation = Dictionary(state.evaluations.map { ($0.split, $0) }) { _, last in last }
    best = state.bestAccuracy.flatMap { accuracy in
      state.bestEpoch.map { (accuracy: accuracy, epoch: $0) }
    }
    stopReason = nil
    isValidationAsked = state.isValidationAsked
    let isAtEnd = epoch >= configuration.epochs
    mustTellEnd = state.isCompleted && isAtEnd
    work = mustTellEnd ? .ended : .training
    if !mustTellEnd, let split = state.evaluating { begin(split) }
  }
}
