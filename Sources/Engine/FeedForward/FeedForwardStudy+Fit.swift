/// The best coefficients of the last hidden layer, at once.
extension FeedForwardStudy {
  /// Elements of all samples and units that are worked on, at the most.
  private static let work = 2_000_000
  private static let leastSamples = 256
  private static let iterations = 60

  /// Gives rows of the last hidden layer the coefficients with the least loss in evaluation; the loss
  /// of the training samples does not rise.
  func fit(_ target: CurveTarget) throws(EditError) {
    let refuse = { (reason: String) in EditError.unchangeable(curve: target.curve, reason: reason) }
    let layer = layers[target.layer]
    guard let output = outputBehind(target.layer) else {
      throw refuse("the output does not follow it, so that the problem is not convex")
    }
    let activation = activation(at: step)
    guard activation.form == .rectified else {
      throw refuse("a quantizer follows it, so that the problem is not convex")
    }
    let before = trainer.evaluate(.training, activation: activation).loss
    let old = state(of: target.layer)
    let rows = target.row.map { [$0] } ?? Array(0..<layer.rows)
    let fit = coefficientFit(target.layer, rows: rows, output: output, activation)
    for (row, numbers) in fit.solution(iterations: Self.iterations) {
      layer.set(numbers, row: row, trainer.weights)
    }
    let after = trainer.evaluate(.training, activation: activation).loss
    guard after <= before else {
      putNumbers(old, in: target.layer)
      throw refuse("nothing better was found")
    }
    optimizer.forgetMoments(of: layer)
  }

  /// The output layer, where nothing but what evaluation leaves as it is comes between.
  private func outputBehind(_ layer: Int) -> Convolution? {
    let nodes = trainer.network.nodes
    guard let node = trainer.network.learnedNode(layer), layers[layer].input.area == 1,
      case .layer(let last)? = nodes.last?.work, let output = last as? Convolution
    else { return nil }
    let between = nodes[(node + 1)..<(nodes.count - 1)]
    let passes = between.allSatisfy { node in
      guard case .layer(let layer) = node.work else { return false }
      return layer is Dropout || (layer as? ActivationLayer)?.isBehindCurve == true
    }
    return passes ? output : nil
  }

  private func coefficientFit(
    _ number: Int, rows: [Int], output: Convolution, _ activation: FeedForwardActivation
  ) -> CoefficientFit {
    let (layer, images) = (layers[number], trainer.images)
    let perSample = layer.input.channels * layer.count
    let count = min(
      images.count(in: .training), max(Self.leastSamples, Self.work / max(perSample, 1)))
    let samples = Array(order[..<min(count, order.count)])
    let inputs = inputs(of: samples, number, activation)
    let weights = trainer.weights[output.weights]
    let biases = output.bias.map { trainer.weights[$0] }
    return CoefficientFit(
      layer, rows: rows, inputs: inputs,
      outputs: logits(weights, biases),
      labels: samples.map { images.label($0, in: .training) },
      targets: images.isRegression
        ? samples.map { Double(images.target($0, in: .training)) } : nil,
      trainer.weights)
  }

  /// Weights and biases of the last layer; of one logit alone with those of the first class, 0.
  private func logits(
    _ weights: Matrix, _ biases: Matrix?
  ) -> (weights: [[Double]], biases: [Double]) {
    let rows = (0..<weights.rows).map { row in
      (0..<weights.columns).map { Double(weights[row, $0]) }
    }
    let offsets = (0..<weights.rows).map { Double(biases?[$0, 0] ?? 0) }
    guard rows.count == 1, !trainer.images.isRegression else { return (rows, offsets) }
    return ([rows[0].map { _ in 0 }] + rows, [0] + offsets)
  }

  /// What goes into an activation in evaluation, of each sample and unit.
  private func inputs(
    of samples: [Int], _ number: Int, _ activation: FeedForwardActivation
  ) -> [[Double]] {
    guard let node = trainer.network.learnedNode(number) else { return [] }
    let source = trainer.network.nodes[node].input
    let batch = trainer.configuration.batch
    return stride(from: 0, to: samples.count, by: batch).flatMap { first -> [[Double]] in
      trainer.evaluate(samples[first..<min(first + batch, samples.count)], activation: activation)
      return (0..<trainer.pass.activeShards).flatMap { shard -> [[Double]] in
        let value = trainer.value(source, shard: shard)
        return (0..<value.columns).map { column in
          (0..<value.rows).map { Double(value[$0, column]) }
        }
      }
    }
  }
}
