/// The self-learnable activations of a recurrent network.
extension TrainingStudy: LearnedStudy {
  var layers: [SelfLearnableActivation] { trainer.network.recurrent.learnedActivations }
  var weights: ParameterSlab { trainer.weights }
  var optimizer: CoefficientOptimizer {
    get { trainer.optimizer }
    set { trainer.optimizer = newValue }
  }
  var seed: UInt64 { configuration.seed }
  var keepsCoefficients: Bool { steering.value(Self.rateFactorKnob, at: step) == 0 }
  var clipNorm: Double? { configuration.optimizer.clipNorm }
  var classNames: [String] { (0..<trainer.problem.classes).map(String.init) }

  // MARK: How coefficients are trained

  /// The knob of how much faster coefficients are trained than weights; at 0 they stay.
  static let rateFactorKnob = FeedForwardDials.Knobs.rateFactor

  /// None where no activation is learned.
  static func coefficients(
    _ configuration: TrainingConfiguration, steps: Int
  ) -> [Steering.Quantity] {
    guard let learned = configuration.model.lmu?.learned else { return [] }
    return [
      Steering.Quantity(
        id: rateFactorKnob, title: "rate of coefficients, times", unit: "", site: nil,
        allowed: LearnedHidden.allowedRateFactor, mayBypass: false,
        schedule: Schedule(.hold(learned.rateFactor)), steps: steps)
    ]
  }

  /// Takes what the knob says of the next step.
  func takeRateFactor() {
    guard let factor = steering.value(Self.rateFactorKnob, at: step) else { return }
    trainer.optimizer.training.rateFactor = factor
  }

  // MARK: What goes into them

  func lookAtBatch() {
    let step = max(step, 1) - 1
    let epoch = step / stepsPerEpoch
    var order = order
    if epoch != self.epoch { order.setOrder(ofEpoch: epoch, count: order.count, seed: seed) }
    let first = step % stepsPerEpoch * configuration.batch
    trainer.look(
      at: order[first..<min(first + configuration.batch, order.count)], epoch: epoch,
      resolutions: resolutions(at: step))
  }

  func inputs(ofLayer layer: Int) -> [ShardInputs] {
    trainer.presentPasses.compactMap { pass in
      let inputs = pass.recurrent.learnedInputs
      guard inputs.indices.contains(layer) else { return nil }
      return ShardInputs(
        values: inputs[layer], isByStep: true, labels: pass.labels.prefix(pass.rows).map { Int($0) }
      )
    }
  }

  func startingWeights() -> (layers: [SelfLearnableActivation], weights: ParameterSlab)? {
    (layers, trainer.network.makeWeights(seed: seed))
  }

  /// There is no plane to map, and no polynomial that it is.
  func complete(_ report: inout CurvesReport, _ request: CurvesRequest) {}

  // MARK: Changes

  func rebuild(_ target: CurveTarget, _ change: CurveChange) throws(EditError) {
    throw .unchangeable(
      curve: target.curve,
      reason: change == .fit
        ? "in a recurrent network the problem is not convex"
        : "a recurrent network keeps the basis and the degree that it began with")
  }

  /// None is ever another than that of the experiment.
  func reconfigure(
    _ configuration: SelfLearnableConfiguration?, of layer: Int
  ) throws(EditError) {
    throw .unchangeable(
      curve: name(of: layers[layer]), reason: "its basis and its degree stay")
  }

  func noteReshaped() {
    guard case .evaluating(let task) = phase else { return }
    // Half of it would be of the network before.
    let isAsked = isValidationAsked
    beginEvaluation(task.split)
    isValidationAsked = isAsked
  }

  /// Refuses what was done to other activations.
  func check(_ shape: LearnedShape) throws(CheckpointError) {
    let known = layers.indices
    let turns = shape.undoable + shape.redoable
    guard shape.changed.isEmpty, turns.allSatisfy({ known.contains($0.layer) }) else {
      throw .wrongMetadata(
        key: StudyState.metadataKey, found: "learned activations of another experiment",
        expected: "those of this one")
    }
  }
}

extension Trainer {
  /// Those that the present batch is in.
  fileprivate var presentPasses: ArraySlice<NetworkPass> { passes.prefix(activeShards) }
}
