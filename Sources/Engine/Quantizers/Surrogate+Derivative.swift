import Foundation

/// The curve in Double; training loops take it from ``surrogate_slopes``.
extension Surrogate {
  /// mu'(x). At x = 0 the one-sided curves take the value of x < 0, the symmetric ones their peak
  /// (specification, 5.2).
  ///
  /// - Parameter uniform: on 0 ..< 1; counts only where the curve is random, whose mean it gives
  ///   by default
  package func derivative(_ x: Double, uniform: Double = 0.5) -> Double {
    scale * plainDerivative(x, uniform: uniform)
  }

  private func plainDerivative(_ x: Double, uniform: Double) -> Double {
    let (p, size) = (parameters, abs(x))
    switch kind {
    case .identity: return 1
    case .zero: return 0
    case .relu: return x > 0 ? 1 : 0
    case .reverseReLU: return x < 0 ? 1 : 0
    case .leakyReLU: return x > 0 ? 1 : p[0]
    case .clippedReLU: return x > 0 && x <= p[0] ? 1 : 0
    case .logTailedReLU: return x <= 0 ? 0 : x <= p[0] ? 1 : 1 / (x - (p[0] - 1))
    case .hardTanh: return size <= p[0] ? 1 : 0
    case .boxcar: return size < p[0] / 2 ? 1 / p[0] : 0
    case .piecewiseLeaky: return size < p[0] ? 1 / p[0] : p[1]
    case .approxSign: return max(0, 2 - 2 * size)
    case .triangular, .triangularLSNN: return p[0] * max(0, 1 - size / p[1])
    case .stochasticSpike: return x > 0 ? 1 : (uniform - 0.5 + p[0]) * p[1]
    default: return smoothDerivative(x)
    }
  }

  /// The curves without steps or corners other than at 0.
  private func smoothDerivative(_ x: Double) -> Double {
    let (p, size) = (parameters, abs(x))
    switch kind {
    case .sigmoid: return p[0] * Self.bump(p[0] * size)
    case .tanh: return 4 * Self.bump(2 * p[0] * size)
    case .swishSign:
      let e = exp(-p[0] * size)
      return p[0] * 2 * e * (2 - p[0] * size * (1 - e) / (1 + e)) / ((1 + e) * (1 + e))
    case .fastSigmoid, .superSpike: return Self.square(1 / (1 + p[0] * size))
    case .softSign: return p[0] / 2 * Self.square(1 / (1 + p[0] * size))
    case .sparseFastSigmoid: return x > p[1] ? Self.square(1 / (1 + p[0] * size)) : 0
    case .arctan: return p[0] / 2 / (1 + Self.square(.pi * p[0] * x / 2))
    case .gaussianErf: return p[0] / Double.pi.squareRoot() * exp(-Self.square(p[0] * x))
    case .gaussian: return Self.normal(x, p[0])
    case .multiGaussian:
      let (h, wide) = (p[1], p[2] * p[3])
      return p[0]
        * ((1 + h) * Self.normal(x, p[3])
          - h * (Self.normal(x - p[3], wide) + Self.normal(x + p[3], wide)))
    case .exponential, .slayerLavaCUBA: return p[1] / (2 * p[0]) * exp(-size / p[0])
    case .spikeRateEscape: return p[0] * exp(-p[1] * abs(x - 1))
    case .qPseudoSpike: return pow(1 + 2 * size / (p[0] - 1), -p[0])
    case .s2nn: return x < 0 ? p[0] * Self.bump(p[0] * size) : p[1] / (x + 1)
    case .logAbs: return p[0] / (1 + p[0] * size)
    default: return 0
    }
  }

  /// S(y) (1 - S(y)) for y >= 0.
  private static func bump(_ y: Double) -> Double {
    let e = exp(-y)
    return e / ((1 + e) * (1 + e))
  }

  private static func square(_ x: Double) -> Double { x * x }

  /// N(x; 0, deviation^2).
  private static func normal(_ x: Double, _ deviation: Double) -> Double {
    exp(-square(x / deviation) / 2) / (deviation * (2 * Double.pi).squareRoot())
  }

  /// Where the curve has a step or a corner.
  package var breakpoints: [Double] {
    switch kind {
    case .identity, .zero, .tanh, .sigmoid, .arctan, .gaussian, .gaussianErf, .multiGaussian,
      .swishSign:
      []
    case .clippedReLU, .logTailedReLU: [0, parameters[0]]
    case .hardTanh: [-parameters[0], parameters[0]]
    case .boxcar: [-parameters[0] / 2, parameters[0] / 2]
    case .piecewiseLeaky: [-parameters[0], parameters[0]]
    case .approxSign: [-1, 0, 1]
    case .triangular, .triangularLSNN: [-parameters[1], 0, parameters[1]]
    case .spikeRateEscape: [1]
    case .sparseFastSigmoid: [parameters[1]]
    default: [0]
    }
  }
}
