/// The resolutions of activations, where layers learn their own.
extension FeedForwardTrainer {
  private var layers: [ActivationLayer] {
    network.nodes.compactMap { node in
      if case .layer(let layer as ActivationLayer) = node.work { layer } else { nil }
    }
  }

  /// alpha of all layers that have their own.
  package var resolutions: [Double] {
    layers.compactMap { $0.resolution.map { Double(weights[$0][0, 0]) } }
  }

  /// Begins anew with a resolution, without a moment.
  func setResolutions(_ resolution: Double) {
    for handle in layers.compactMap(\.resolution) {
      weights[handle].fill(Float(resolution))
      optimizer.firstMoment[handle].fill(0)
      optimizer.secondMoment?[handle].fill(0)
    }
  }

  /// Makes sums of derivatives what the rule of the activations descends along.
  func prepareResolutions(_ activation: FeedForwardActivation) {
    guard case .quantized(let relu, _) = activation.form else { return }
    for layer in layers {
      guard let handle = layer.resolution else { continue }
      var value = activation.rule.gradient(
        sum: Double(gradient[handle][0, 0]), levels: relu.levels, units: layer.input.count)
      if activation.rule == .pact {
        value += configuration.weightDecay * Double(weights[handle][0, 0])
      }
      gradient[handle][0, 0] = Float(value)
    }
  }

  func limitResolutions() {
    let allowed = QuantizedReLU.allowedStep
    for handle in layers.compactMap(\.resolution) {
      let value = weights[handle][0, 0]
      weights[handle][0, 0] = min(
        max(value, Float(allowed.lowerBound)), Float(allowed.upperBound))
    }
  }
}
