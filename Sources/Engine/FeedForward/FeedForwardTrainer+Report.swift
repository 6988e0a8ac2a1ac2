/// A look at a batch of the training, which changes nothing but the memory of the passes.
extension FeedForwardTrainer {
  /// What the activations do with training samples `samples` at the present weights, and how the
  /// gradients that come through them compare with those through the clipped ReLU. `step` is how many
  /// steps were done.
  func report(
    on samples: ArraySlice<Int>, epoch: Int, step: Int = 0, activation: FeedForwardActivation
  ) -> ActivationReport {
    var layers: [ActivationReport.Layer] = []
    let other = clippedGradients(on: samples, epoch: epoch, insteadOf: activation)
    run(samples, epoch: epoch, activation: activation)
    prepareResolutions(activation)
    for (index, node) in network.nodes.enumerated() {
      guard case .layer(let layer as ActivationLayer) = node.work,
        let weights = weights(before: index)
      else { continue }
      let resolution = layer.resolution.flatMap { learned($0, activation) }
      let entry = network.layout.entries[weights.index]
      let own = gradient[weights]
      layers.append(
        tally(index, activation, resolution?.value).layer(
          entry.name.split(separator: ".").dropLast().joined(separator: "."),
          gradientNorm: own.dot(own).squareRoot(),
          cosine: other.flatMap { own.cosine(with: $0[weights]) }, resolution: resolution))
    }
    return ActivationReport(step: step, quantizer: activation.reported, layers: layers)
  }

  /// Gradients of the same batch through the clipped ReLU; `nil` in full precision.
  private func clippedGradients(
    on samples: ArraySlice<Int>, epoch: Int, insteadOf activation: FeedForwardActivation
  ) -> ParameterSlab? {
    guard case .quantized(let relu, _) = activation.form,
      let surrogate = try? relu.surrogate(.clippedReLU),
      var clipped = try? FeedForwardActivation(relu, by: surrogate)
    else { return nil }
    (clipped.rule, clipped.elementWise) = (activation.rule, activation.elementWise)
    run(samples, epoch: epoch, activation: clipped)
    let copy = ParameterSlab(network.layout)
    copy.flat.copy(from: gradient.flat)
    return copy
  }

  /// `nil` in full precision.
  private func learned(
    _ handle: ParameterHandle, _ activation: FeedForwardActivation
  ) -> ActivationReport.Resolution? {
    guard case .quantized = activation.form else { return nil }
    return ActivationReport.Resolution(
      value: Double(weights[handle][0, 0]), gradient: Double(gradient[handle][0, 0]))
  }

  private func tally(
    _ node: Int, _ activation: FeedForwardActivation, _ resolution: Double?
  ) -> ActivationTally {
    var tally = ActivationTally(activation, resolution: resolution)
    let input = network.nodes[node].input
    for shard in 0..<pass.activeShards {
      guard let outputGradient = pass.gradient(node + 1, shard: shard),
        let inputGradient = pass.gradient(input, shard: shard)
      else { continue }
      tally.add(
        input: pass.value(input, shard: shard), output: pass.value(node + 1, shard: shard),
        outputGradient: outputGradient, inputGradient: inputGradient)
    }
    return tally
  }

  /// The weights of the last layer that has some before a node.
  private func weights(before node: Int) -> ParameterHandle? {
    for case .layer(let layer as Convolution) in network.nodes[..<node].reversed().map(\.work) {
      return layer.weights
    }
    return nil
  }
}

extension FeedForwardActivation {
  fileprivate var reported: ActivationReport.Quantizer? {
    guard case .quantized(let relu, let surrogate) = form else { return nil }
    return ActivationReport.Quantizer(
      bits: relu.bits, resolution: relu.step, surrogate: surrogate.kind.rawValue)
  }
}

extension Matrix {
  /// The sum of the products of all numbers.
  fileprivate func dot(_ other: Matrix) -> Double {
    (0..<count).reduce(0) { $0 + Double(base[$1]) * Double(other.base[$1]) }
  }

  fileprivate func cosine(with other: Matrix) -> Double? {
    let sizes = dot(self) * other.dot(other)
    return sizes > 0 ? dot(other) / sizes.squareRoot() : nil
  }
}
