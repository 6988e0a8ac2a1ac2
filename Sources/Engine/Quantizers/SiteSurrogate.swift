/// The surrogate of a quantized signal: do/da of its output o by its activity a.
package struct SiteSurrogate: Sendable, Equatable, Codable {
  /// As its source defines it.
  package var curve: Surrogate
  /// How it is scaled.
  package var normalization: Surrogate.Normalization
  package var placement: Placement

  /// Where the curve lies (specification of the coarse gradient, 5.3).
  package enum Placement: String, Sendable, Codable, CaseIterable {
    /// Once over the whole staircase: do/da = mu'(a). A clip point L alpha is that of the level L
    /// at alpha = 1 / w.
    case activity
    /// Around each threshold, in units of the distance 1 / w between two: do/da = sum over k of
    /// mu'(s - k), where the count changes as s passes an integer k. s is v + w a of the diffused
    /// quantizer, w a + 1/2 of rounding to nearest, w |a| + 1 - U of stochastic rounding.
    case thresholds
  }

  package init(
    _ curve: Surrogate, normalization: Surrogate.Normalization = .none,
    placement: Placement = .activity
  ) {
    self.curve = curve
    self.normalization = normalization
    self.placement = placement
  }

  /// With another curve; the identity is scaled and placed in one way only.
  package func with(_ curve: Surrogate) -> SiteSurrogate {
    guard curve.kind != .identity else { return .straightThrough }
    var site = self
    site.curve = curve
    return site
  }

  /// do/da = 1, the straight-through estimator.
  package static let straightThrough = SiteSurrogate(.identity)

  /// Whether gradients pass unchanged: 1 everywhere, as its peak is anyway.
  package var isStraightThrough: Bool {
    curve.kind == .identity && placement == .activity && normalization != .unitMass
  }

  /// The curve as it is used. Throws where it cannot be normalized as asked for.
  package func scaledCurve() throws(SurrogateError) -> Surrogate {
    try Surrogate(curve.kind, parameters: curve.parameters, normalization: normalization)
  }

  /// Thresholds on either side of s that are summed over.
  package static let reach = 8
  /// The largest share of a curve's mass beyond them.
  package static let largestTail = 0.25

  /// Throws where the curve cannot be normalized, or does not fit a quantizer: a sum over thresholds
  /// needs thresholds, and a curve whose mass is finite and lies near its own.
  package func validate(for quantizer: Quantizer) throws(SurrogateError) {
    _ = try scaledCurve()
    guard placement == .thresholds, quantizer != .off else { return }
    guard quantizer != .poisson else { throw .noThresholds(quantizer) }
    guard let mass = curve.mass, mass.isFinite, mass > 0, let tail else {
      throw .noFiniteMass(curve.kind, found: curve.mass)
    }
    guard tail <= Self.largestTail else {
      throw .tooWide(
        curve.kind, share: tail, thresholds: Self.reach, limit: Self.largestTail)
    }
  }

  /// Share of the mass further away than ``reach``.
  private var tail: Double? {
    let reach = Double(Self.reach)
    guard let mass = curve.mass, let above = curve.primitive(reach),
      let below = curve.primitive(-reach)
    else { return nil }
    return max(0, 1 - (above - below) / mass)
  }

  /// do/da in Double at activity a and s. Throws where the curve cannot be normalized.
  package func slope(activity: Double, position: Double) throws(SurrogateError) -> Double {
    let curve = try scaledCurve()
    switch placement {
    case .activity: return curve.derivative(activity)
    case .thresholds:
      return (1 - Self.reach...Self.reach).reduce(0) {
        $0 + curve.derivative(position - position.rounded(.down) - Double($1))
      }
    }
  }
}
