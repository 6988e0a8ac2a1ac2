/// Other curves for self-learnable activations, by what goes into them.
extension LearnedStudy {
  /// What goes into a row of an activation in a batch of the training, each number with its channel;
  /// of many every so manieth. Call ``lookAtBatch()`` before.
  func inputs(ofRow row: Int, _ layer: Int) -> [(channel: Int, x: Double)] {
    let shards = inputs(ofLayer: layer)
    let channels = layers[layer].channels(ofRow: row)
    let count = shards.reduce(0) { $0 + $1.count } * channels.count
    let step = max(1, count / Self.looked)
    var (place, inputs) = (0, [(channel: Int, x: Double)]())
    for channel in channels {
      for shard in shards {
        // The next one to look at, counted over all channels and shards.
        var next = (step - place % step) % step
        while next < shard.count {
          let x = shard.value(channel, next)
          if x.isFinite { inputs.append((channel, x)) }
          next += step
        }
        place += shard.count
      }
    }
    return inputs
  }

  /// Numbers that are looked at of a row.
  private static var looked: Int { 1000 }

  private func rows(_ target: CurveTarget) -> [Int] {
    target.row.map { [$0] } ?? Array(0..<layers[target.layer].rows)
  }

  /// Another curve with the same elements: a straight line, a constant, or a known function.
  func bend(_ target: CurveTarget, _ change: CurveChange) throws(EditError) {
    lookAtBatch()
    let layer = layers[target.layer]
    let known = try known(target, change)
    for row in rows(target) {
      let inputs = self.inputs(ofRow: row, target.layer)
      let heights = inputs.map { layer.curve(ofChannel: $0.channel, weights).value($0.x) }
      let xs = inputs.map(\.x)
      var targets = heights
      if let known { targets = xs.map(known.value) }
      if change == .straighten { targets = Self.line(xs, heights) }
      if change == .remove {
        let mean = heights.reduce(0, +) / Double(max(heights.count, 1))
        targets = heights.map { _ in mean }
      }
      try fitting(target) { () throws(SelfLearnableError) in
        try layer.fit(row: row, to: targets, at: inputs, weights)
      }
    }
    optimizer.forgetMoments(of: layer)
    guard change == .remove else { return }
    var frozen = shape.frozen(target.layer)
    if let row = target.row { frozen.rows.insert(row) } else { frozen.isWhole = true }
    setFrozen(frozen, target.layer)
  }

  /// The function to begin like, where the change is that.
  private func known(
    _ target: CurveTarget, _ change: CurveChange
  ) throws(EditError) -> KnownActivation? {
    guard case .begin(let name) = change else { return nil }
    guard let known = KnownActivation(rawValue: name) else {
      throw .unchangeable(
        curve: target.curve,
        reason: "it begins like "
          + KnownActivation.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return known
  }

  func fitting(
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
}
