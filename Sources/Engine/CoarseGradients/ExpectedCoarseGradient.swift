import Foundation

/// The expected coarse gradient of an estimator at a point: E g = radial u + tangential u_⊥ for w;
/// that for v is exact.
package struct ExpectedCoarseGradient: Sendable, Equatable {
  package let moments: CoarseMoments
  /// ρ, the part along w; the loss does not see it.
  package let radial: Double
  /// -p c_⊥, the part across w.
  package let tangential: Double
  /// <E g, df/dw> = p² c_⊥/(2π|w|); not below 0 for any µ' that is not.
  package let inner: Double
  /// |df/dv|²
  let squaredGradientV: Double
  /// |df/dw|
  let slope: Double

  package init(of estimator: CoarseEstimator, at point: PopulationPoint) {
    let moments =
      point.isAtZero
      ? CoarseMoments(positive: 0, total: 0, along: 0, across: 0)
      : estimator.moments(at: point.place)
    self.init(moments, at: point)
  }

  package init(_ moments: CoarseMoments, at point: PopulationPoint) {
    self.moments = moments
    radial = Self.radial(moments, at: point)
    tangential = -point.projection * moments.across
    inner = tangential * point.slopeW
    squaredGradientV = point.squaredGradientV
    slope = abs(point.slopeW)
  }

  /// ρ = (A - B)|v|² + 2B v.G + p (B(1 - t/π) - c_u), with G = df/dv: of the two forms of ρ the
  /// one in which nothing cancels where the gradients vanish.
  static func radial(_ moments: CoarseMoments, at point: PopulationPoint) -> Double {
    var slope = 0.0
    for row in point.v.indices { slope += point.v[row] * point.gradientV[row] }
    let share = 1 - point.place.angle / .pi
    return moments.negativeSide * point.squaredNorm + 2 * moments.total * slope
      + point.projection * (moments.total * share - moments.along)
  }

  /// |E g|
  package var norm: Double { hypot(radial, tangential) }

  /// Cosine of the angle between E g and df/dw; `nil` where one of them is 0 to rounding.
  package var cosine: Double? {
    guard slope > 1e-14, norm > 1e-14 else { return nil }
    return min(max(inner / (norm * slope), -1), 1)
  }

  /// That angle, radians.
  package var angle: Double? {
    cosine.map { _ in atan2(abs(radial), inner / slope) }
  }

  /// |E g|²/(|df/dv|² + <E g, df/dw>), whose boundedness makes descent safe; `nil` where the
  /// denominator is 0 to rounding.
  package var boundRatio: Double? {
    let denominator = squaredGradientV + inner
    guard denominator >= 1e-14 else { return nil }
    return (radial * radial + tangential * tangential) / denominator
  }

  /// The vector, of n numbers.
  package func vector(at point: PopulationPoint) -> [Double] {
    zip(point.direction, point.perpendicular).map { radial * $0 + tangential * $1 }
  }
}
