import Foundation
import Kernels

/// The optimizer of a network: weights on one side and the coefficients of self-learnable
/// activations, where there are any, on the other, each with its own count of updates, so that one
/// side's moments stay while it is frozen. Where both move at one rate, it does what ``Optimizer``
/// does.
package struct CoefficientOptimizer {
  /// Steps done, and updates of each side.
  package struct Counts: Sendable, Equatable, Codable {
    package var steps = 0
    package var weights = 0
    package var coefficients = 0
  }

  /// May be changed between two steps.
  package var training: CoefficientTraining
  let rule: OptimizerRule
  private let clipNorm: Double?
  private let layers: [SelfLearnableActivation]
  /// Places of weights and of coefficients in a slab.
  private let weightRanges: [Range<Int>]
  private var coefficientRanges: [Range<Int>]
  package let firstMoment: ParameterSlab
  package let secondMoment: ParameterSlab?
  package private(set) var counts = Counts()
  /// Rows of the activations that stay as they are; one entry a layer.
  private var frozen: [FrozenRows]

  /// Throws for a way of training that there is not.
  package init(
    _ configuration: OptimizerConfiguration, training: CoefficientTraining = .init(),
    layers: [SelfLearnableActivation], layout: ParameterLayout
  ) throws(SelfLearnableError) {
    try training.validate()
    self.training = training
    rule = configuration.rule
    clipNorm = configuration.clipNorm
    self.layers = layers
    frozen = layers.map { _ in FrozenRows() }
    weightRanges = Self.weightRanges(layout, besides: layers)
    firstMoment = ParameterSlab(layout)
    if case .adam = rule {
      secondMoment = ParameterSlab(layout)
    } else {
      secondMoment = nil
    }
    coefficientRanges = layers.flatMap { $0.ranges(layout, besides: FrozenRows()) }
  }

  /// That of a network without time.
  package init(
    _ configuration: OptimizerConfiguration, training: CoefficientTraining = .init(),
    network: FeedForwardNetwork
  ) throws(SelfLearnableError) {
    try self.init(
      configuration, training: training, layers: network.selfLearnableLayers,
      layout: network.layout)
  }

  /// Everything but the trained numbers of `layers`, in as few ranges as it can be; statistics among
  /// it, whose gradients are 0.
  private static func weightRanges(
    _ layout: ParameterLayout, besides layers: [SelfLearnableActivation]
  ) -> [Range<Int>] {
    let own = Set(layers.flatMap(\.trained).map(\.index))
    let ends = layout.entries.dropFirst().map(\.offset) + [layout.count]
    var ranges: [Range<Int>] = []
    for (index, entry) in layout.entries.enumerated() where !own.contains(index) {
      if let last = ranges.last, last.upperBound == entry.offset {
        ranges[ranges.count - 1] = last.lowerBound..<ends[index]
      } else {
        ranges.append(entry.offset..<ends[index])
      }
    }
    return ranges
  }

  /// Keeps rows of the activations as they are, layer by layer.
  mutating func freeze(_ rows: [FrozenRows]) {
    frozen = rows
    coefficientRanges = zip(layers, rows).flatMap { $0.ranges(firstMoment.layout, besides: $1) }
  }

  /// Scales `gradient` down to the clipping norm (its norm being `norm`), updates what is not
  /// frozen, and takes the step of the penalty.
  package mutating func update(
    _ weights: ParameterSlab, with gradient: ParameterSlab, norm: Double, rate: Double
  ) {
    if let clipNorm, norm > clipNorm {
      scale_in_place(gradient.flat.base, Float(clipNorm / norm), gradient.flat.count)
    }
    let moves = training.moves(atStep: counts.steps)
    counts.steps += 1
    if moves.weights {
      counts.weights += 1
      update(weightRanges, counts.weights, weights, gradient, rate)
    }
    guard moves.coefficients else { return }
    counts.coefficients += 1
    let own = rate * training.rateFactor
    update(coefficientRanges, counts.coefficients, weights, gradient, own)
    guard let penalty = training.penalty else { return }
    for (layer, frozen) in zip(layers, frozen) {
      penalty.step(layer, weights, rate: rate, besides: frozen)
    }
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

  // MARK: Restarts

  /// Forgets all moments.
  mutating func reset() {
    firstMoment.flat.fill(0)
    secondMoment?.flat.fill(0)
    counts = Counts()
  }

  /// Takes over the counts of a saved run; the moments are restored by their slabs.
  mutating func restore(_ counts: Counts) { self.counts = counts }
}

extension CoefficientOptimizer: MomentReporting {
  /// Of the side that a parameter is on.
  func updates(of handle: ParameterHandle) -> Int {
    isCoefficient(handle) ? counts.coefficients : counts.weights
  }

  func rateFactor(of handle: ParameterHandle) -> Double {
    isCoefficient(handle) ? training.rateFactor : 1
  }

  private func isCoefficient(_ handle: ParameterHandle) -> Bool {
    layers.contains { $0.trained.contains(handle) }
  }
}

/// Rows of coefficients of one self-learnable activation that stay as they are.
struct FrozenRows: Sendable, Equatable, Codable {
  var rows: Set<Int> = []
  /// Whether the whole layer stays, its gate and its multiplier too.
  var isWhole = false

  func contains(_ row: Int) -> Bool { isWhole || rows.contains(row) }
}

extension FrozenRows {
  private enum CodingKeys: CodingKey { case rows, isWhole }

  /// In ascending order, so that the same rows are the same text.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rows.sorted(), forKey: .rows)
    try container.encode(isWhole, forKey: .isWhole)
  }
}
