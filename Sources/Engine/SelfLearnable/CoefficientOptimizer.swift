import Foundation
import Kernels

/// The optimizer of a network with self-learnable activations: weights on one side and coefficients
/// on the other, each with its own count of updates, so that one side's moments stay while it is
/// frozen. Where both move at one rate, it does what ``Optimizer`` does.
package struct CoefficientOptimizer {
  package let training: CoefficientTraining
  private let rule: OptimizerRule
  private let clipNorm: Double?
  private let layers: [SelfLearnableActivation]
  /// Places of weights and of coefficients in a slab.
  private let ranges: (weights: [Range<Int>], coefficients: [Range<Int>])
  package let firstMoment: ParameterSlab
  package let secondMoment: ParameterSlab?
  /// Steps done, and updates of each side.
  package private(set) var steps = 0
  private var updates = (weights: 0, coefficients: 0)

  /// Throws for a way of training that there is not.
  package init(
    _ configuration: OptimizerConfiguration, training: CoefficientTraining,
    network: FeedForwardNetwork
  ) throws(SelfLearnableError) {
    try training.validate()
    self.training = training
    rule = configuration.rule
    clipNorm = configuration.clipNorm
    layers = network.selfLearnableLayers
    let handles = layers.flatMap(\.trained).map(\.index)
    let entries = network.layout.entries.enumerated().filter { $0.element.role != .statistic }
    let places = { (isOwn: Bool) in
      entries.filter { handles.contains($0.offset) == isOwn }.map {
        $0.element.offset..<$0.element.offset + $0.element.count
      }
    }
    ranges = (places(false), places(true))
    firstMoment = ParameterSlab(network.layout)
    if case .adam = rule {
      secondMoment = ParameterSlab(network.layout)
    } else {
      secondMoment = nil
    }
  }

  /// Scales `gradient` down to the clipping norm (its norm being `norm`), updates what is not
  /// frozen, and takes the step of the penalty.
  package mutating func update(
    _ weights: ParameterSlab, with gradient: ParameterSlab, norm: Double, rate: Double
  ) {
    if let clipNorm, norm > clipNorm {
      scale_in_place(gradient.flat.base, Float(clipNorm / norm), gradient.flat.count)
    }
    let moves = training.moves(atStep: steps)
    steps += 1
    if moves.weights {
      updates.weights += 1
      update(ranges.weights, updates.weights, weights, gradient, rate)
    }
    guard moves.coefficients else { return }
    updates.coefficients += 1
    let own = rate * training.rateFactor
    update(ranges.coefficients, updates.coefficients, weights, gradient, own)
    for layer in layers { training.penalty?.step(layer, weights, rate: rate) }
  }

  private func update(
    _ ranges: [Range<Int>], _ updates: Int, _ weights: ParameterSlab, _ gradient: ParameterSlab,
    _ rate: Double
  ) {
    for range in ranges {
      let (w, g) = (weights.buffer.base + range.lowerBound, gradient.buffer.base + range.lowerBound)
      let first = firstMoment.buffer.base + range.lowerBound
      switch rule {
      case .adam(let beta1, let beta2, let epsilon):
        guard let secondMoment else { return }
        adam_update(
          w, g, first, secondMoment.buffer.base + range.lowerBound, range.count, Float(rate),
          Float(beta1), Float(beta2), Float(epsilon), Float(1 - pow(beta1, Double(updates))),
          Float(1 - pow(beta2, Double(updates))))
      case .momentum(let momentum):
        momentum_update(w, g, first, range.count, Float(rate), Float(momentum))
      }
    }
  }
}

extension FeedForwardNetwork {
  /// Its self-learnable activations, in order.
  package var selfLearnableLayers: [SelfLearnableActivation] {
    nodes.compactMap { node in
      guard case .layer(let layer) = node.work else { return nil }
      return layer as? SelfLearnableActivation
    }
  }

  /// Throws where training needs statistics for which a batch of so many samples has too few
  /// numbers of a channel.
  package func requireRows(_ samples: Int) throws(SelfLearnableError) {
    for layer in selfLearnableLayers {
      try layer.configuration.requireRows(samples * layer.input.area)
    }
  }
}

extension SelfLearnableActivation {
  /// All its trained numbers.
  fileprivate var trained: [ParameterHandle] {
    [coefficients, constant] + [gate, maximum?.multiplier].compactMap { $0 }
  }
}
