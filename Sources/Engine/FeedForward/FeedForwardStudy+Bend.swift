import Foundation

/// Other curves for self-learnable activations, by what goes into them.
extension FeedForwardStudy {
  /// Numbers that are looked at of a row.
  private static let looked = 1000

  /// What goes into a row of an activation in a batch of the training, each number with its channel.
  /// Call ``lookAtBatch()`` before.
  private func inputs(
    ofRow row: Int, _ layer: Int
  ) -> [(channel: Int, x: Double)] {
    guard let node = trainer.network.learnedNode(layer) else { return [] }
    let source = trainer.network.nodes[node].input
    var inputs: [(channel: Int, x: Double)] = []
    for channel in layers[layer].channels(ofRow: row) {
      for shard in 0..<trainer.pass.activeShards {
        let value = trainer.value(source, shard: shard)
        inputs += (0..<value.columns).map { (channel, Double(value[channel, $0])) }
      }
    }
    let step = max(1, inputs.count / Self.looked)
    return stride(from: 0, to: inputs.count, by: step).map { inputs[$0] }.filter(\.x.isFinite)
  }

  /// Runs the last batch, or the first where there was none, so that its values can be looked at.
  private func lookAtBatch() {
    let last = lastBatch
    trainer.run(
      last.samples, epoch: last.epoch, activation: lastActivation, goesBack: false)
  }

  private func rows(_ target: CurveTarget) -> [Int] {
    target.row.map { [$0] } ?? Array(0..<layers[target.layer].rows)
  }

  /// Another curve with the same elements: a straight line, a constant, or a known function.
  func bend(_ target: CurveTarget, _ change: CurveChange) throws(EditError) {
    lookAtBatch()
    let layer = layers[target.layer]
    var known: KnownActivation?
    if case .begin(let name) = change {
      known = KnownActivation(rawValue: name)
      guard known != nil else {
        throw .unchangeable(
          curve: target.curve,
          reason: "it begins like "
            + KnownActivation.allCases.map(\.rawValue).joined(separator: ", "))
      }
    }
    for row in rows(target) {
      let inputs = self.inputs(ofRow: row, target.layer)
      let heights = inputs.map { layer.curve(ofChannel: $0.channel, trainer.weights).value($0.x) }
      let xs = inputs.map(\.x)
      var targets = heights
      if let known { targets = xs.map(known.value) }
      if change == .straighten { targets = Self.line(xs, heights) }
      if change == .remove {
        let mean = heights.reduce(0, +) / Double(max(heights.count, 1))
        targets = heights.map { _ in mean }
      }
      try fitting(target) { () throws(SelfLearnableError) in
        try layer.fit(row: row, to: targets, at: inputs, trainer.weights)
      }
    }
    trainer.forgetMoments(of: layer)
    guard change == .remove else { return }
    var frozen = shape.frozen(target.layer)
    if let row = target.row { frozen.rows.insert(row) } else { frozen.isWhole = true }
    setFrozen(frozen, target.layer)
  }

  private func fitting(
    _ target: CurveTarget, _ work: () throws(SelfLearnableError) -> Void
  ) throws(EditError) {
    do {
      try work()
    } catch {
      throw .unchangeable(
        curve: target.curve, reason: "what goes into it cannot be fitted, or is too little")
    }
  }

  /// The straight line nearest to some points, at them.
  private static func line(_ xs: [Double], _ ys: [Double]) -> [Double] {
    let fit = LeastSquares.solution(xs.map { [1, $0] }, ys)
    return xs.map { (fit.first ?? 0) + (fit.last ?? 0) * $0 }
  }

  // MARK: Another degree or basis

  /// Replaces the configuration of an activation, and begins it with the curves that it had.
  func replace(
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
    other.forgetMoments(of: new)
    (trainer, shape.changed) = (other, changed)
    trainer.optimizer.freeze(shape.frozen(of: layers.count))
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
