/// The saved state of the training: enough to go on bit for bit.
extension KolmogorovStudy {
  private struct Trained: Codable {
    struct Points: Codable {
      var inputs: [Double]
      var lengthScale, noise: Double
      var optimizer: CovarianceOptimizer

      init(_ points: ControlPoints, _ optimizer: CovarianceOptimizer) {
        (inputs, lengthScale, noise) = (points.inputs, points.lengthScale, points.noise)
        self.optimizer = optimizer
      }

      func points(like other: ControlPoints) -> ControlPoints? {
        guard inputs.count == other.count, optimizer.fits(other) else { return nil }
        return try? ControlPoints(
          inputs: inputs, kernel: other.kernel, lengthScale: lengthScale, noise: noise)
      }
    }

    var inner, outer: Points
  }

  private struct State: Codable {
    var steering: DialedSteering<KolmogorovDials>.State
    var frozen: [KolmogorovCurvePlace]
    var removed: [KolmogorovCurvePlace]
    /// What stands in the place of inner curves.
    var constants: [[Double?]]
    /// Control points of inner and of outer curves, where these are trained.
    var trained: Trained?
    var undoable: [KolmogorovTurn]
    var redoable: [KolmogorovTurn]
    var edits: [EditRecord]
    var replayed: [EditRecord]
    /// The last evaluation of each part.
    var evaluations: [Evaluation]
    var addedEpochs: Int
    var isEvaluationAsked: Bool
    /// Results told since the last step.
    var results: Int?
    /// Whether all epochs were done and tested.
    var isCompleted: Bool
    /// Curves of earlier epochs.
    var kept: [KolmogorovKept.Outline?]?

    init(_ study: KolmogorovStudy) {
      steering = study.steering.state
      let isHere = { (set: Set<KolmogorovCurvePlace>) in
        study.trainer.places.filter(set.contains)
      }
      (frozen, removed) = (isHere(study.frozen), isHere(study.removed))
      constants = study.trainer.shape.constants
      // A fork that trains them no more still has those that were trained.
      let isMoved =
        study.trainer.shape.inner != study.start.inner
        || study.trainer.shape.outer != study.start.outer
      if isMoved || !study.configuration.trained.isEmpty {
        let (shape, optimizers) = (study.trainer.shape, study.trainer.optimizers)
        trained = Trained(
          inner: .init(shape.inner, optimizers.inner), outer: .init(shape.outer, optimizers.outer))
      }
      (undoable, redoable) = (study.undoable, study.redoable)
      (edits, replayed) = (study.edits, study.replayed)
      evaluations = Gauge.Split.allCases.compactMap { study.lastEvaluation[$0] }
      addedEpochs = study.addedEpochs
      isEvaluationAsked = study.isEvaluationAsked
      results = study.results > 0 ? study.results : nil
      isCompleted = study.isEnded && study.stopReason == nil
      kept = study.keptOutlines
    }
  }

  package func snapshot() -> Checkpoint {
    let tensors = slabs.flatMap { name, slab in
      trainer.parameters.layout.entries.enumerated().map { index, entry in
        Checkpoint.Tensor(
          name: name + entry.name, shape: [entry.rows, entry.columns],
          values: slab[ParameterHandle(index: index)].array)
      }
    }
    return Checkpoint(
      tensors: tensors + keptTensors,
      metadata: [
        "step": String(step), "epoch": String(epoch), "samples": String(samples),
        "seed": String(seed), "updates": String(trainer.optimizer.updates),
        StateText.key: StateText.text(of: State(self)),
      ])
  }

  /// Goes on where the same experiment was saved.
  package func restore(_ checkpoint: Checkpoint) throws(CheckpointError) {
    try restore(checkpoint, isBranch: false)
  }

  /// Goes on from a checkpoint of an experiment with other settings but the same seed, curves and
  /// rows of a step. What is the same setting as there keeps what was done to it.
  package func branch(from checkpoint: Checkpoint) throws(CheckpointError) {
    try restore(checkpoint, isBranch: true)
  }

  private func restore(_ checkpoint: Checkpoint, isBranch: Bool) throws(CheckpointError) {
    try checkpoint.check(seed: seed)
    let (step, epoch) = (try checkpoint.count("step"), try checkpoint.count("epoch"))
    let (samples, updates) = (try checkpoint.count("samples"), try checkpoint.count("updates"))
    let state: State = try StateText.state(checkpoint, of: "the training of a Kolmogorov network")
    try check(state)
    let most = max(configuration.epochs, 0) + state.addedEpochs
    guard step / stepsPerEpoch == epoch, isBranch || epoch <= most else {
      throw .wrongMetadata(
        key: "epoch", found: "\(epoch) with step \(step)",
        expected: "at most \(most), of \(stepsPerEpoch) steps each")
    }
    var arrays: [(Matrix, [Float])] = []
    for (name, slab) in slabs {
      for (index, entry) in trainer.parameters.layout.entries.enumerated() {
        let values = try checkpoint.values(name + entry.name, shape: [entry.rows, entry.columns])
        arrays.append((slab[ParameterHandle(index: index)], values))
      }
    }
    var steered = steering
    if isBranch {
      steered.branch(from: state.steering)
    } else if !steered.restore(state.steering) {
      throw Self.otherExperiment
    }
    steering = steered
    for (matrix, values) in arrays { matrix.set(values) }
    trainer.restore(updates: updates)
    try takeControlPoints(state)
    (self.step, self.epoch, self.samples) = (step, epoch, samples)
    resume(state, isBranch: isBranch)
    takeKept(state.kept, of: checkpoint)
  }

  /// Those that were trained, or those of the experiment.
  private func takeControlPoints(_ state: State) throws(CheckpointError) {
    guard let trained = state.trained else {
      return trainer.setControlPoints(inner: start.inner, outer: start.outer)
    }
    guard let inner = trained.inner.points(like: start.inner),
      let outer = trained.outer.points(like: start.outer)
    else { throw Self.otherExperiment }
    trainer.setControlPoints(inner: inner, outer: outer)
    trainer.optimizers = (trained.inner.optimizer, trained.outer.optimizer)
  }

  private static let otherExperiment = CheckpointError.wrongMetadata(
    key: StateText.key, found: "settings of another experiment", expected: "those of this one")

  /// Everything in the state must be of curves that there are.
  private func check(_ state: State) throws(CheckpointError) {
    let turns = (state.undoable + state.redoable).flatMap { turn -> [KolmogorovCurveStates] in
      if case .curves(let before, let after) = turn { [before, after] } else { [] }
    }
    let isSound = turns.allSatisfy { states in
      (states.biases?.count ?? trainer.parameters.outputs) == trainer.parameters.outputs
        && states.curves.allSatisfy { curve in
          trainer.has(curve.place)
            && curve.numbers.count
              == trainer.parameters.numbers(curve.place, in: trainer.weights).count
        }
    }
    let hasPoints = state.trained.map {
      $0.inner.points(like: start.inner) != nil && $0.outer.points(like: start.outer) != nil
    }
    let hasGrids = (state.undoable + state.redoable).allSatisfy { turn in
      if case .grid(let before, let after) = turn {
        trainer.has(before) && trainer.has(after)
      } else {
        true
      }
    }
    guard isSound, hasGrids, hasPoints ?? true,
      (state.frozen + state.removed).allSatisfy(trainer.has),
      state.constants.count == start.units,
      state.constants.allSatisfy({ $0.count == start.inputs }), state.addedEpochs >= 0,
      state.addedEpochs < 1 << 30
    else { throw Self.otherExperiment }
  }

  private func resume(_ state: State, isBranch: Bool) {
    trainer.shape.constants = state.constants
    takeQuantizers()
    (frozen, removed) = (Set(state.frozen), Set(state.removed))
    // What was turned before a branch is no part of it.
    (undoable, redoable) = isBranch ? ([], []) : (state.undoable, state.redoable)
    (edits, replayed) = (state.edits, state.replayed)
    lastEvaluation = Dictionary(state.evaluations.map { ($0.split, $0) }) { _, last in last }
    (addedEpochs, isEvaluationAsked) = (state.addedEpochs, state.isEvaluationAsked)
    results = max(state.results ?? 0, 0)
    stopReason = nil
    look = nil
    mustTellEnd = state.isCompleted && epoch >= epochs
    isEnded = mustTellEnd
    beginEpoch()
  }

  /// What is saved, with the prefix of its tensors' names.
  private var slabs: [(String, ParameterSlab)] {
    let moments = [
      ("optimizer.first.", trainer.optimizer.firstMoment),
      ("optimizer.second.", trainer.optimizer.secondMoment),
    ]
    return [("", trainer.weights)] + moments.compactMap { name, slab in slab.map { (name, $0) } }
  }
}
