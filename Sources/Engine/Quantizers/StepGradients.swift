/// The gradients that published quantizers use (specification of the coarse gradient, 5.3), one
/// element at a time: by the input, and by the resolution or the clip point. A batch adds its
/// elements up, each times dL/do.
extension QuantizedReLU {
  /// How the resolution alpha of a quantized ReLU learns in BCGD (arXiv:1808.05240).
  package enum StepRule: String, Sendable, Codable, CaseIterable {
    /// The true one almost everywhere: the level itself, ceil(x / alpha) up to L.
    case exact
    /// (L + 1) / 2 inside, L above the clip point: two values instead of L + 1.
    case mean
    /// 1 inside, L above.
    case minimum
    /// 0 inside, L above.
    case clipOnly
  }

  /// do/dalpha at x; 0 for x <= 0.
  package func stepGradient(_ x: Double, _ rule: StepRule) -> Double {
    guard x > 0 else { return 0 }
    if rule == .exact { return min((x / step).rounded(.up), levels) }
    guard x <= clip else { return levels }
    switch rule {
    case .mean: return (levels + 1) / 2
    case .minimum: return 1
    case .exact, .clipOnly: return 0
    }
  }

  /// alpha after a step of BCGD down `gradient`, which is scaled by 0.01 and held in -1...1.
  package func learnedStep(gradient: Double, rate: Double) -> Double {
    let change = min(max(0.01 * gradient, -1), 1)
    return min(max(step - rate * change, Self.allowedStep.lowerBound), Self.allowedStep.upperBound)
  }
}

/// Parametrized clipping activation (PACT, arXiv:1805.06085): the clip point c is learned, with an
/// L2 decay.
package struct ParametrizedClipping: Sendable, Equatable {
  package var clip: Double
  /// L.
  package var levels: Double

  package init(clip: Double, levels: Double) {
    self.clip = clip
    self.levels = levels
  }

  /// round(clip(x, 0, c) L / c) c / L, half to even.
  package func value(_ x: Double) -> Double {
    let clipped = min(max(x, 0), clip)
    return (clipped * levels / clip).rounded(.toNearestOrEven) * clip / levels
  }

  /// do/dx: 1 where 0 <= x <= c.
  package func slope(_ x: Double) -> Double { x >= 0 && x <= clip ? 1 : 0 }
  /// do/dc: 1 where x >= c.
  package func clipSlope(_ x: Double) -> Double { x >= clip ? 1 : 0 }
}

/// Learned step size quantization (LSQ, arXiv:1902.08153): s round(clip(x / s, -Qn, Qp)).
package struct LearnedStep: Sendable, Equatable {
  package var step: Double
  /// Qn and Qp: the lowest and highest level.
  package var levels: ClosedRange<Double>
  /// Whether gradients pass at the bounds -Qn and Qp themselves, where the paper has them not.
  package var isInclusive: Bool

  package init(step: Double, levels: ClosedRange<Double>, isInclusive: Bool = false) {
    self.step = step
    self.levels = levels
    self.isInclusive = isInclusive
  }

  package func value(_ x: Double) -> Double {
    step * clamped(x / step).rounded(.toNearestOrEven)
  }

  private func clamped(_ z: Double) -> Double {
    min(max(z, levels.lowerBound), levels.upperBound)
  }

  /// do/dx: 1 between the bounds.
  package func slope(_ x: Double) -> Double {
    let z = x / step
    let isInside = z > levels.lowerBound && z < levels.upperBound
    return isInside || (isInclusive && levels.contains(z)) ? 1 : 0
  }

  /// do/ds: the level at and beyond the bounds, else round(x / s) - x / s.
  package func stepSlope(_ x: Double) -> Double {
    let z = x / step
    if z <= levels.lowerBound { return levels.lowerBound }
    if z >= levels.upperBound { return levels.upperBound }
    return z.rounded(.toNearestOrEven) - z
  }

  /// What the gradient of s is multiplied by for `count` elements.
  package func gradientScale(count: Int) -> Double {
    1 / (Double(count) * levels.upperBound).squareRoot()
  }

  /// s to begin with: 2 mean |x| / sqrt(Qp).
  package static func start(meanMagnitude: Double, highest: Double) -> Double {
    2 * meanMagnitude / highest.squareRoot()
  }
}

/// Gradients by the input of a quantizer without anything to learn.
package enum FixedQuantizerGradient: Sendable, Equatable {
  /// DoReFa (arXiv:1606.06160): inputs in 0...1, bounds included.
  case doReFa
  /// A clamp whose gradient passes outside too (Brevitas' `Ste` clamps): the identity surrogate.
  case clampStraightThrough
  /// EWGS (Lee, Kim and Ham 2021): u (1 + delta sign(u) (x - Q(x))) within the quantizer's range,
  /// delta >= 0 and small.
  case elementWise(delta: Double)

  /// dL/dx, given dL/do = `upstream`, for an input that became `output`.
  package func gradient(
    _ x: Double, output: Double, upstream: Double, range: ClosedRange<Double>
  ) -> Double {
    switch self {
    case .doReFa: return (0...1).contains(x) ? upstream : 0
    case .clampStraightThrough: return upstream
    case .elementWise(let delta):
      guard range.contains(x) else { return 0 }
      let sign = upstream > 0 ? 1.0 : upstream < 0 ? -1 : 0
      return upstream * (1 + delta * sign * (x - output))
    }
  }

  /// round(clip(x, 0, 1) L) / L, half to even: what DoReFa makes of an input.
  package static func doReFaValue(_ x: Double, levels: Double) -> Double {
    (min(max(x, 0), 1) * levels).rounded(.toNearestOrEven) / levels
  }
}
