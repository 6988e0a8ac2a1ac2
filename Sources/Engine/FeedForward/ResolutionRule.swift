import Kernels

/// How the resolution alpha of the quantized activations of each layer is found (specification of
/// the coarse gradient, 5.3). Where it is learned, each layer has one of its own, which takes part in
/// the steps of the optimizer like a weight, with the same momentum.
package enum ResolutionRule: String, Sendable, Codable, CaseIterable {
  /// The best one for standard normal inputs, the same in all layers (arXiv:1903.05662).
  case fixed
  /// BCGD (arXiv:1808.05240): the sum of the level, ceil(x / alpha) up to L.
  case bcgdExact = "bcgd_exact"
  /// BCGD: of (L + 1) / 2 inside and L where inputs saturate.
  case bcgdMean = "bcgd_mean"
  /// BCGD: of 1 inside and L where inputs saturate.
  case bcgdMinimum = "bcgd_minimum"
  /// PACT (arXiv:1805.06085): the clip point c = L alpha is learned, with the weights' decay.
  case pact
  /// LSQ (arXiv:1902.08153).
  case lsq

  package var isLearned: Bool { self != .fixed }

  /// alpha to begin with. LSQ's is 2 mean |x| / sqrt(L), of standard normal x.
  func start(_ relu: QuantizedReLU) -> Double {
    guard self == .lsq else { return relu.step }
    return LearnedStep.start(meanMagnitude: (2 / Double.pi).squareRoot(), highest: relu.levels)
  }

  /// The gradient of the mean loss by alpha as its method takes it, from the sum of the upstream
  /// gradient times the derivative by alpha. BCGD's is a hundredth, held in -1...1. LSQ's is divided
  /// by sqrt(units L). PACT's becomes that by c, of which alpha is a share of 1 / L.
  func gradient(sum: Double, levels: Double, units: Int) -> Double {
    switch self {
    case .fixed: 0
    case .bcgdExact, .bcgdMean, .bcgdMinimum: min(max(0.01 * sum, -1), 1)
    case .pact: sum / (levels * levels)
    case .lsq: sum * LearnedStep(step: 1, levels: 0...levels).gradientScale(count: units)
    }
  }

  var kernel: resolution_rule? {
    switch self {
    case .fixed: nil
    case .bcgdExact: RESOLUTION_EXACT
    case .bcgdMean: RESOLUTION_MEAN
    case .bcgdMinimum: RESOLUTION_MINIMUM
    case .pact: RESOLUTION_CLIPPING
    case .lsq: RESOLUTION_LEARNED_STEP
    }
  }
}
