import Foundation
import Kernels

/// Clipping and the update of all weights in one loop each.
package struct Optimizer {
  let rule: OptimizerRule
  private let clipNorm: Double?
  package let firstMoment: ParameterSlab
  package let secondMoment: ParameterSlab?
  /// Updates done.
  package private(set) var updates = 0

  package init(_ configuration: OptimizerConfiguration, layout: ParameterLayout) {
    rule = configuration.rule
    clipNorm = configuration.clipNorm
    firstMoment = ParameterSlab(layout)
    if case .adam = rule { secondMoment = ParameterSlab(layout) } else { secondMoment = nil }
  }

  /// Euclidean norm of the whole gradient.
  package static func norm(_ gradient: ParameterSlab) -> Double {
    sqrt(sum_of_squares(gradient.flat.base, gradient.flat.count))
  }

  /// Scales `gradient` down to the clipping norm (its norm being `norm`) and updates `weights`.
  package mutating func update(
    _ weights: ParameterSlab, with gradient: ParameterSlab, norm: Double, rate: Double
  ) {
    let g = gradient.flat
    if let clipNorm, norm > clipNorm {
      scale_in_place(g.base, Float(clipNorm / norm), g.count)
    }
    updates += 1
    switch rule {
    case .adam(let beta1, let beta2, let epsilon):
      guard let secondMoment else { return }
      adam_update(
        weights.flat.base, g.base, firstMoment.flat.base, secondMoment.flat.base, g.count,
        Float(rate), Float(beta1), Float(beta2), Float(epsilon),
        Float(1 - pow(beta1, Double(updates))), Float(1 - pow(beta2, Double(updates))))
    case .momentum(let momentum):
      momentum_update(
        weights.flat.base, g.base, firstMoment.flat.base, g.count, Float(rate), Float(momentum))
    }
  }

  /// Takes over the count of updates of a saved run; the moments are restored by their slabs.
  mutating func restore(updates: Int) { self.updates = updates }
}
