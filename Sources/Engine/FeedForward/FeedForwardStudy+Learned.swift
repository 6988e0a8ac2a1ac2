/// The self-learnable activations of a network without time.
extension FeedForwardStudy: LearnedStudy {
  var layers: [SelfLearnableActivation] { trainer.network.selfLearnableLayers }
  var weights: ParameterSlab { trainer.weights }
  var optimizer: CoefficientOptimizer {
    get { trainer.optimizer }
    set { trainer.optimizer = newValue }
  }
  var keepsCoefficients: Bool { steering.dials.coefficients.isFrozen }
  var clipNorm: Double? { configuration.clipNorm }
  var classNames: [String] { trainer.images.classNames }
  var hasOtherCurves: Bool { trainer.network.head != nil }

  func lookAtBatch() {
    let last = lastBatch
    trainer.run(
      last.samples, epoch: last.epoch, activation: lastActivation, goesBack: false)
  }

  func inputs(ofLayer layer: Int) -> [ShardInputs] {
    guard let node = trainer.network.learnedNode(layer) else { return [] }
    let (source, samples) = (trainer.network.nodes[node].input, lastBatch.samples)
    return (0..<trainer.pass.activeShards).map { shard in
      let rows = trainer.pass.rows(ofShard: shard)
      return ShardInputs(
        values: trainer.value(source, shard: shard), isByStep: false,
        labels: rows.map {
          trainer.images.label(samples[samples.startIndex + $0], in: .training)
        })
    }
  }

  func startingWeights() -> (layers: [SelfLearnableActivation], weights: ParameterSlab)? {
    guard let network = try? configuration.makeNetwork(for: trainer.images) else { return nil }
    return (network.selfLearnableLayers, network.makeWeights(seed: trainer.configuration.seed))
  }

  func complete(_ report: inout CurvesReport, _ request: CurvesRequest) {
    report.polynomial = polynomial
    if let size = request.map { report.map = decisionMap(size) }
    if let head = lookAtHead(lastBatch.samples) { add(head, to: &report) }
  }

  private func add(_ head: HeadLook, to report: inout CurvesReport) {
    report.curves += head.curves
    report.health = (layers.isEmpty ? [] : report.health) + head.health
    report.columns = layers.isEmpty ? head.columns : []
    report.shares = head.shares
    report.pastEpochs = gallery.pastEpoch.map { epoch - $0 } ?? 0
    report.outline = layers.isEmpty ? head.outline : report.outline + "; " + head.outline
  }

  func noteReshaped() {
    look = nil
    guard case .evaluating(let task) = work else { return }
    // Half of it would be of the network before.
    let isAsked = isValidationAsked
    beginEvaluation(task.split)
    isValidationAsked = isAsked
  }
}

/// Another degree or basis.
extension FeedForwardStudy {
  func rebuild(_ target: CurveTarget, _ change: CurveChange) throws(EditError) {
    let refuse = { (reason: String) in EditError.unchangeable(curve: target.curve, reason: reason) }
    switch change {
    case .degree(let degree):
      guard target.row == nil else { throw refuse("a degree is that of a whole layer") }
      guard ActivationBasis.allowedDegrees.contains(degree) else {
        let allowed = ActivationBasis.allowedDegrees
        throw refuse("a degree is \(allowed.lowerBound) to \(allowed.upperBound)")
      }
      try replace(target) { $0.degree = degree }
    case .basis(let name):
      guard target.row == nil else { throw refuse("a basis is that of a whole layer") }
      guard let basis = ActivationBasis(rawValue: name) else {
        throw refuse(
          "a basis is \(ActivationBasis.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      guard layers[target.layer].configuration.normalization != .elements else {
        throw refuse("its elements are normalized each by itself, as they are in this basis alone")
      }
      try replace(target) { $0.basis = basis }
    default: try fit(target)
    }
  }

  /// Replaces the configuration of an activation, and begins it with the curves that it had.
  private func replace(
    _ target: CurveTarget, _ change: (inout SelfLearnableConfiguration) -> Void
  ) throws(EditError) {
    lookAtBatch()
    let old = layers[target.layer]
    var next = old.configuration
    change(&next)
    if next == old.configuration { return }
    let seen = (0..<old.rows).map { inputs(ofRow: $0, target.layer) }
    let heights = seen.map { inputs in
      inputs.map { old.curve(ofChannel: $0.channel, trainer.weights).value($0.x) }
    }
    var changed = shape.changed
    changed[target.layer] = next
    guard let other = try? makeTrainer(changed: changed) else {
      throw .unchangeable(
        curve: target.curve, reason: "there are no such activations, or no memory for them")
    }
    other.takeOver(trainer)
    let new = other.network.selfLearnableLayers[target.layer]
    let move = ActivationMove(from: old, trainer.weights, to: new, other.weights)
    move.takeOverElements(inputs: seen)
    for row in 0..<new.rows where !move.takeOverCurve(row) {
      try fitting(target) { () throws(SelfLearnableError) in
        try new.fit(row: row, to: heights[row], at: seen[row], other.weights)
      }
    }
    other.optimizer.forgetMoments(of: new)
    (trainer, shape.changed) = (other, changed)
    trainer.optimizer.freeze(shape.frozen(of: layers.count))
  }

  func reconfigure(
    _ configuration: SelfLearnableConfiguration?, of layer: Int
  ) throws(EditError) {
    var changed = shape.changed
    changed[layer] = configuration
    guard let other = try? makeTrainer(changed: changed) else {
      throw .unchangeable(
        curve: name(of: layers[layer]), reason: "there is no memory for the network as it was")
    }
    other.takeOver(trainer)
    (trainer, shape.changed) = (other, changed)
  }

  /// A trainer of the same training whose activations are changed.
  func makeTrainer(changed: [Int: SelfLearnableConfiguration]) throws -> FeedForwardTrainer {
    try FeedForwardTrainer(
      network: configuration.makeNetwork(for: trainer.images, changed: changed),
      images: trainer.images, configuration: trainer.configuration, threads: threads)
  }
}

extension FeedForwardTrainer {
  /// Takes over all numbers of another trainer that have the same name and shape here, and its
  /// counts.
  fileprivate func takeOver(_ other: FeedForwardTrainer) {
    let known = Dictionary(
      uniqueKeysWithValues: other.network.layout.entries.enumerated().map { ($1.name, $0) })
    for (index, entry) in network.layout.entries.enumerated() {
      guard let place = known[entry.name] else { continue }
      let (own, source) = (ParameterHandle(index: index), ParameterHandle(index: place))
      for (slab, from) in zip(slabs, other.slabs)
      where slab.slab[own].rows == from.slab[source].rows
        && slab.slab[own].columns == from.slab[source].columns
      {
        slab.slab[own].copy(from: from.slab[source])
      }
    }
    optimizer.training = other.optimizer.training
    optimizer.restore(other.optimizer.counts)
  }
}

extension FeedForwardNetwork {
  /// The node of self-learnable activation `number`.
  func learnedNode(_ number: Int) -> Int? {
    let places = nodes.indices.filter {
      guard case .layer(let layer) = nodes[$0].work else { return false }
      return layer is SelfLearnableActivation
    }
    return places.indices.contains(number) ? places[number] : nil
  }
}
