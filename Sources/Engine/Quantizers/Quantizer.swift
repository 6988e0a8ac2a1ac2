import Foundation

/// How an activity a is turned into an integer count n and an output o = n / w, where w is the
/// resolution in spikes per unit of activity and step.
///
/// All kinds pass gradients straight through to the activity, do/da = 1, unless their site has
/// another surrogate (hybrid-spiking specification, sections 1.1, 1.5, 1.6). At infinite w every
/// kind is bypassed: o = a.
package enum Quantizer: String, Sendable, Equatable, Codable, CaseIterable {
  /// o = a.
  case off
  /// s = v + w a, n = floor(s), v' = s - n: the error is carried over to the next step.
  case diffused
  /// n = round(w a), ties to even.
  case nearest
  /// y = w |a|, n = sign(a) (trunc(y) + (U < frac(y))), U uniform and fresh each step.
  case stochastic
  /// n = sign(a) Poisson(w |a|).
  case poisson
}

/// The voltage v that a diffused quantizer starts a sequence with.
package enum InitialVoltage: Sendable, Equatable, Codable {
  /// Uniform on [0,1), drawn anew for each unit and each sequence.
  case randomPerSequence
  /// 1/2: the first step rounds to nearest.
  case half
  /// Uniform on [0,1), one draw per unit, the same for every sequence.
  case fixedSeed(UInt64)
}

/// One quantized signal of a model: its kind, schedule of w, scale, and gradient.
package struct QuantizerSite: Sendable, Equatable, Codable {
  package var kind: Quantizer
  /// Spikes per unit of scaled activity and step over the run.
  package var resolution: Schedule
  package var scale: SiteScale
  package var initialVoltage: InitialVoltage
  /// What stands for do/da on the way back; must fit the kind.
  package var surrogate: SiteSurrogate

  package init(
    kind: Quantizer, resolution: Schedule, scale: SiteScale = .fixed(1),
    initialVoltage: InitialVoltage = .randomPerSequence,
    surrogate: SiteSurrogate = .straightThrough
  ) {
    self.kind = kind
    self.resolution = resolution
    self.scale = scale
    self.initialVoltage = initialVoltage
    self.surrogate = surrogate
  }

  /// Whether two runs over the same activities may differ.
  var isRandom: Bool {
    switch kind {
    case .off, .nearest: false
    case .stochastic, .poisson: true
    case .diffused: initialVoltage == .randomPerSequence
    }
  }

  /// Voltages that a signal of `units` units keeps from step to step.
  func voltages(_ units: Int) -> Int { kind == .diffused ? units : 0 }

  /// Smallest and largest w that can be set or scheduled.
  package static let allowedResolution: ClosedRange<Double> = 0.001...65536
  /// Largest and smallest multiplier of a resolution that can be set or calibrated.
  package static let allowedScale: ClosedRange<Double> = 1e-6...1e6
}

/// The multiplier of a site: w_site = w * scale (hybrid-spiking specification, section 1.8).
package enum SiteScale: Sendable, Equatable, Codable {
  case fixed(Double)
  /// 1 / quantile of |a| over a calibration pass with the initial weights.
  case calibrated(quantile: Double)
}

extension Quantizer {
  /// Bits of a diffused or stochastic quantizer for activities within `bounds` at resolution w:
  /// log2(ceil(w hi) - floor(w lo) + 1) (specification, section 1.3).
  package static func capacity(w: Double, bounds: ClosedRange<Double>) -> Double {
    let levels = (w * bounds.upperBound).rounded(.up) - (w * bounds.lowerBound).rounded(.down) + 1
    return log2(levels)
  }
}
