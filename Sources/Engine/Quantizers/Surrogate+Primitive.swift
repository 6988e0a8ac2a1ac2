import Foundation

/// What the curve integrates to.
extension Surrogate {
  /// P(x) with P' = mu' and P(0) = 0; `nil` where the curve is random.
  package func primitive(_ x: Double) -> Double? {
    guard kind != .stochasticSpike else { return nil }
    let plain =
      switch kind.support {
      case .symmetric: x < 0 ? -symmetricPrimitive(-x) : symmetricPrimitive(x)
      default: otherPrimitive(x)
      }
    return scale * plain
  }

  /// Integral over all x, infinite where it does not converge; `nil` where the curve is random.
  package var mass: Double? {
    let p = parameters
    let plain: Double
    switch kind {
    case .stochasticSpike: return nil
    case .identity, .relu, .logTailedReLU, .leakyReLU, .s2nn, .logAbs, .reverseReLU:
      plain = .infinity
    case .zero: plain = 0
    case .clippedReLU: plain = p[0]
    case .hardTanh: plain = 2 * p[0]
    case .approxSign, .swishSign: plain = 2
    case .tanh, .fastSigmoid, .superSpike: plain = 2 / p[0]
    case .triangular, .triangularLSNN: plain = p[0] * p[1]
    case .piecewiseLeaky: plain = p[1] > 0 ? .infinity : 2
    case .multiGaussian: plain = p[0] * (1 - p[1])
    case .exponential, .slayerLavaCUBA: plain = p[1]
    case .spikeRateEscape: plain = 2 * p[0] / p[1]
    case .sparseFastSigmoid: plain = 1 / (p[0] * (1 + p[0] * p[1]))
    case .sigmoid, .softSign, .arctan, .boxcar, .gaussianErf, .gaussian, .qPseudoSpike:
      plain = 1
    }
    return scale * plain
  }

  /// The largest value of mu'.
  package var peak: Double {
    switch kind {
    case .stochasticSpike, .relu, .clippedReLU, .logTailedReLU, .leakyReLU, .reverseReLU: scale
    case .piecewiseLeaky: scale * max(1 / parameters[0], parameters[1])
    case .spikeRateEscape: scale * parameters[0]
    case .sparseFastSigmoid: derivative(parameters[1].nextUp)
    case .s2nn: scale * max(parameters[0] / 4, parameters[1])
    default: derivative(0)
    }
  }

  /// P(x) of a symmetric curve for x >= 0.
  private func symmetricPrimitive(_ x: Double) -> Double {
    let p = parameters
    switch kind {
    case .hardTanh: return min(x, p[0])
    case .approxSign: return x < 1 ? 2 * x - x * x : 1
    case .swishSign:
      let e = exp(-p[0] * x)
      return 2 / (1 + e) * (1 + p[0] * x * e / (1 + e)) - 1
    case .sigmoid: return Foundation.tanh(p[0] * x / 2) / 2
    case .tanh: return Foundation.tanh(p[0] * x) / p[0]
    case .fastSigmoid, .superSpike: return x / (1 + p[0] * x)
    case .softSign: return p[0] * x / (2 * (1 + p[0] * x))
    case .arctan: return atan(.pi * p[0] * x / 2) / .pi
    case .triangular, .triangularLSNN:
      return p[0] * (x < p[1] ? x - x * x / (2 * p[1]) : p[1] / 2)
    case .boxcar: return min(x / p[0], 0.5)
    case .piecewiseLeaky: return x < p[0] ? x / p[0] : 1 + p[1] * (x - p[0])
    case .gaussianErf: return erf(p[0] * x) / 2
    case .gaussian: return Self.normalIntegral(x, p[0])
    case .multiGaussian:
      let wide = p[2] * p[3]
      let lobes = Self.normalIntegral(x - p[3], wide) + Self.normalIntegral(x + p[3], wide)
      return p[0] * ((1 + p[1]) * Self.normalIntegral(x, p[3]) - p[1] * lobes)
    case .exponential, .slayerLavaCUBA: return p[1] / 2 * -expm1(-x / p[0])
    case .qPseudoSpike: return (1 - pow(1 + 2 * x / (p[0] - 1), 1 - p[0])) / 2
    case .logAbs: return log1p(p[0] * x)
    default: return x
    }
  }

  private func otherPrimitive(_ x: Double) -> Double {
    let p = parameters
    switch kind {
    case .relu: return max(0, x)
    case .reverseReLU: return min(0, x)
    case .leakyReLU: return x > 0 ? x : p[0] * x
    case .clippedReLU: return min(max(0, x), p[0])
    case .logTailedReLU: return x <= p[0] ? max(0, x) : p[0] + log(x - (p[0] - 1))
    case .sparseFastSigmoid:
      return x <= p[1] ? 0 : (1 / (1 + p[0] * p[1]) - 1 / (1 + p[0] * x)) / p[0]
    case .spikeRateEscape:
      let start = exp(-p[1])
      let grown = x < 1 ? exp(p[1] * (x - 1)) : 2 - exp(-p[1] * (x - 1))
      return p[0] / p[1] * (grown - start)
    case .s2nn: return x < 0 ? Foundation.tanh(p[0] * x / 2) / 2 : p[1] * log1p(x)
    default: return 0
    }
  }

  /// Integral of N(x; 0, deviation^2) from 0.
  private static func normalIntegral(_ x: Double, _ deviation: Double) -> Double {
    erf(x / (deviation * 2.0.squareRoot())) / 2
  }
}
