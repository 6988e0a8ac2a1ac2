/// The b-bit uniform quantized ReLU: 0 for x <= 0, else one of the levels alpha, 2 alpha ... L alpha
/// with L = 2^b - 1 (specification of the coarse gradient, 4.1). With b = 1 it is a spiking
/// threshold.
///
/// Derived values are taken from x itself, never from the rounded output: saturated elements lie
/// exactly on the bound there, so that > or >= would decide over all of them (5.4).
package struct QuantizedReLU: Sendable, Equatable {
  /// Between which inputs the levels change. A resolution that is best for one is not for another.
  package enum Thresholds: String, Sendable, Codable, CaseIterable {
    /// (k - 1/2) alpha, which itself goes up: k = floor(x / alpha + 1/2).
    case nearest
    /// 0, then 1.5 alpha, 2.5 alpha ..., which themselves go down (HWGQ, arXiv:1702.00953).
    case hwgq
    /// (k - 1) alpha, which itself goes down: k = ceil(x / alpha) (the code of arXiv:1808.05240).
    case ceil
    /// As `nearest`, with k = x / alpha rounded half to even, as numpy and torch do.
    case nearestHalfEven
  }

  package let bits: Int
  package let thresholds: Thresholds
  /// alpha.
  package let step: Double

  package static let allowedBits = 1...16
  /// The range that alpha is held in where it is learned (code of arXiv:1808.05240).
  package static let allowedStep = 1e-3...5.0

  /// With a given resolution alpha.
  ///
  /// Throws where bits or alpha are out of range; alpha may be any positive number.
  package init(
    bits: Int, thresholds: Thresholds = .nearest, step: Double
  ) throws(QuantizedReLUError) {
    guard Self.allowedBits.contains(bits) else {
      throw .outOfRange("bits", Double(bits), Self.allowedBits.asDoubles)
    }
    let steps = Double.leastNormalMagnitude...1e6
    guard steps.contains(step) else { throw .outOfRange("step", step, steps) }
    self.bits = bits
    self.thresholds = thresholds
    self.step = step
  }

  /// With the resolution of a calibration, and the thresholds that it was made for.
  package init(_ calibration: StepCalibration) {
    bits = calibration.bits
    thresholds = calibration.thresholds
    step = calibration.step
  }

  /// L.
  package var levels: Double { Double((1 << bits) - 1) }
  /// L alpha: gradients pass at most up to here, itself included.
  package var clip: Double { levels * step }

  /// The index 0...L of the level of x.
  package func level(_ x: Double) -> Double {
    guard x > 0 else { return 0 }
    let z = x / step
    let index =
      switch thresholds {
      case .nearest: (z + 0.5).rounded(.down)
      case .nearestHalfEven: z.rounded(.toNearestOrEven)
      case .hwgq: max(1, (z - 0.5).rounded(.up))
      case .ceil: z.rounded(.up)
      }
    return min(index, levels)
  }

  package func value(_ x: Double) -> Double { level(x) * step }

  /// A curve of the catalogue with its end put where this quantizer saturates: c = L alpha, or
  /// q = L alpha of the log-tailed one; others stay as they are.
  ///
  /// Throws where L alpha is out of the curve's range.
  package func surrogate(_ kind: Surrogate.Kind) throws(SurrogateError) -> Surrogate {
    switch kind {
    case .clippedReLU, .logTailedReLU, .hardTanh: try Surrogate(kind, parameters: [clip])
    default: .standard(kind)
    }
  }

  /// dL/dx = dL/do mu'(x).
  package func gradient(_ x: Double, upstream: Double, by surrogate: Surrogate) -> Double {
    upstream * surrogate.derivative(x)
  }
}

/// A number of a quantizer that is out of range.
package enum QuantizedReLUError: Error, Sendable, Equatable {
  case outOfRange(String, Double, ClosedRange<Double>)
  /// No sample above 0 to calibrate with.
  case noSamples
}

extension ClosedRange<Int> {
  fileprivate var asDoubles: ClosedRange<Double> { Double(lowerBound)...Double(upperBound) }
}

/// Whether a threshold counts as passed at x = 0, where libraries differ: strict in snnTorch and
/// here, inclusive in SpikingJelly, lava-dl and the sign of Larq (specification, 5.2).
package enum ThresholdRule: String, Sendable, Codable, CaseIterable {
  case strict
  case inclusive

  /// Whether the potential x above the threshold makes a spike.
  package func fires(_ x: Double) -> Bool { self == .strict ? x > 0 : x >= 0 }
}
