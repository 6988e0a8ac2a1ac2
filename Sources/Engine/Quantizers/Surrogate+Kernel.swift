import Foundation
import Kernels

extension Surrogate {
  /// mu' at some points in Float32, as training takes it; `uniforms`, of which a random curve needs
  /// one for each point, are 1/2 unless they are given.
  package func slopes(at points: [Float], uniforms: [Float]? = nil) -> [Float] {
    precondition(uniforms.map { $0.count == points.count } ?? true, "a uniform for each point")
    var slopes = [Float](repeating: 0, count: points.count)
    surrogate_slopes(
      &slopes, points, uniforms ?? points.map { _ in 0.5 }, points.count, kernel)
    return slopes
  }

  /// The sum of mu' over thresholds at integers around some positions in Float32.
  package func thresholdSlopes(at positions: [Float]) -> [Float] {
    var slopes = [Float](repeating: 0, count: positions.count)
    threshold_slopes(
      &slopes, positions, positions.count, kernel, Int32(SiteSurrogate.reach))
    return slopes
  }

  /// The curve for the kernels, which know fewer forms than there are names.
  var kernel: surrogate_curve {
    let p = parameters
    switch kind {
    case .identity: return make(SURROGATE_SIDES, 1, 1, 1)
    case .relu: return make(SURROGATE_SIDES, 1, 0, 0)
    case .leakyReLU: return make(SURROGATE_SIDES, 1, p[0], p[0])
    case .reverseReLU: return make(SURROGATE_SIDES, 0, 0, 1)
    case .zero: return make(SURROGATE_SIDES, 0, 0, 0)
    // A window holds its ends; open ones lie one float further in.
    case .clippedReLU:
      return make(SURROGATE_WINDOW, Double(Float(0).nextUp), p[0], 1, 0)
    case .hardTanh: return make(SURROGATE_WINDOW, -p[0], p[0], 1, 0)
    case .boxcar:
      let end = Double(Float(p[0] / 2).nextDown)
      return make(SURROGATE_WINDOW, -end, end, 1 / p[0], 0)
    case .piecewiseLeaky:
      let end = Double(Float(p[0]).nextDown)
      return make(SURROGATE_WINDOW, -end, end, 1 / p[0], p[1])
    case .logTailedReLU: return make(SURROGATE_LOG_TAIL, p[0])
    case .approxSign: return make(SURROGATE_TRIANGLE, 2, 2)
    case .triangular, .triangularLSNN: return make(SURROGATE_TRIANGLE, p[0], p[0] / p[1])
    case .stochasticSpike: return make(SURROGATE_STOCHASTIC, p[0] - 0.5, p[1])
    default: return smoothKernel
    }
  }

  private var smoothKernel: surrogate_curve {
    let p = parameters
    switch kind {
    case .swishSign: return make(SURROGATE_SWISH, p[0])
    case .sigmoid: return make(SURROGATE_LOGISTIC, p[0], p[0])
    case .tanh: return make(SURROGATE_LOGISTIC, 4, 2 * p[0])
    case .softSign: return make(SURROGATE_SQUARE, p[0] / 2, p[0], -Double.infinity)
    case .sparseFastSigmoid: return make(SURROGATE_SQUARE, 1, p[0], p[1])
    case .arctan: return make(SURROGATE_CAUCHY, p[0] / 2, .pi * p[0] / 2)
    case .gaussianErf: return make(SURROGATE_GAUSS, p[0] / Double.pi.squareRoot(), p[0] * p[0])
    case .gaussian: return make(SURROGATE_GAUSS, Self.height(p[0]), Self.rate(p[0]))
    case .multiGaussian:
      let wide = p[2] * p[3]
      return make(
        SURROGATE_LOBES, p[0] * (1 + p[1]) * Self.height(p[3]), Self.rate(p[3]),
        p[0] * p[1] * Self.height(wide), Self.rate(wide), p[3])
    case .exponential, .slayerLavaCUBA:
      return make(SURROGATE_EXPONENTIAL, p[1] / (2 * p[0]), 1 / p[0], 0)
    case .spikeRateEscape: return make(SURROGATE_EXPONENTIAL, p[0], p[1], 1)
    case .qPseudoSpike: return make(SURROGATE_POWER, 2 / (p[0] - 1), -p[0])
    case .s2nn: return make(SURROGATE_S2NN, p[0], p[1])
    case .logAbs: return make(SURROGATE_HYPERBOLA, p[0], p[0])
    default: return make(SURROGATE_SQUARE, 1, p[0], -Double.infinity)
    }
  }

  private func make(_ form: surrogate_form, _ numbers: Double...) -> surrogate_curve {
    var padded = numbers.map(Float.init)
    padded += Array(repeating: 0, count: 5 - padded.count)
    return surrogate_curve(
      form: form, scale: Float(scale), a: padded[0], b: padded[1], c: padded[2], d: padded[3],
      e: padded[4])
  }

  /// N(0; 0, deviation^2), and 1 / (2 deviation^2).
  private static func height(_ deviation: Double) -> Double {
    1 / (deviation * (2 * Double.pi).squareRoot())
  }

  private static func rate(_ deviation: Double) -> Double { 1 / (2 * deviation * deviation) }
}
