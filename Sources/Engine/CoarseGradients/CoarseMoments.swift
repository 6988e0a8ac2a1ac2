import Foundation

/// Four expectations over independent standard normal X and Y that say all about an estimator µ'
/// in the two-layer model, at r = |w| and t = angle(w, w*).
package struct CoarseMoments: Sendable, Equatable {
  /// A = E[X µ'(rX); X > 0]
  package var positive: Double
  /// B = E[X µ'(rX)]
  package var total: Double
  /// c_u = E[X µ'(rX); X cos t + Y sin t > 0]
  package var along: Double
  /// c_⊥ = E[Y µ'(rX); X cos t + Y sin t > 0]
  package var across: Double

  package init(positive: Double, total: Double, along: Double, across: Double) {
    self.positive = positive
    self.total = total
    self.along = along
    self.across = across
  }

  /// A - B = E[|X| µ'(rX); X < 0], what is left of the coarse gradient at a spurious minimum.
  package var negativeSide: Double { positive - total }

  static func + (left: Self, right: Self) -> Self {
    Self(
      positive: left.positive + right.positive, total: left.total + right.total,
      along: left.along + right.along, across: left.across + right.across)
  }

  static func * (factor: Double, moments: Self) -> Self {
    Self(
      positive: factor * moments.positive, total: factor * moments.total,
      along: factor * moments.along, across: factor * moments.across)
  }
}

/// Where an estimator is asked for its moments.
package struct CoarsePlace: Sendable, Equatable {
  /// r = |w|
  package let norm: Double
  /// t in [0, π]
  package let angle: Double
  package let sine: Double
  package let cosine: Double

  /// Angles within 1e-12 of 0 or π count as these, with a sine of exactly 0.
  package init(norm: Double, angle: Double) {
    self.norm = norm
    if angle < 1e-12 {
      (self.angle, sine, cosine) = (0, 0, 1)
    } else if angle > .pi - 1e-12 {
      (self.angle, sine, cosine) = (.pi, 0, -1)
    } else {
      (self.angle, sine, cosine) = (angle, sin(angle), cos(angle))
    }
  }
}

/// Closed forms.
extension CoarseMoments {
  /// 1/√(2π)
  static let peak = 0.39894228040143267793994605993438

  /// µ' = 1
  static func identity(at place: CoarsePlace) -> Self {
    Self(positive: peak, total: 0, along: peak * place.cosine, across: peak * place.sine)
  }

  /// µ' = 1{x > 0}
  static func relu(at place: CoarsePlace) -> Self {
    Self(
      positive: peak, total: peak, along: peak / 2 * (1 + place.cosine),
      across: peak / 2 * place.sine)
  }

  /// µ' = 1{x < 0}
  static func reverseReLU(at place: CoarsePlace) -> Self {
    Self(
      positive: 0, total: -peak, along: -peak / 2 * (1 - place.cosine),
      across: peak / 2 * place.sine)
  }

  /// µ' = 1{0 < x <= clip}
  static func clippedReLU(clip: Double, at place: CoarsePlace) -> Self {
    let norm = place.norm / clip
    let lost = exp(-0.5 / (norm * norm))
    let inside = peak * -expm1(-0.5 / (norm * norm))
    let half = 0.5 * erf(0.5.squareRoot() / (norm * place.sine))
    let beyond = 0.5 * erfc(-0.5.squareRoot() * (place.cosine / place.sine) / norm)
    return Self(
      positive: inside, total: inside,
      along: peak * (0.5 - lost * beyond + place.cosine * half),
      across: peak * place.sine * half)
  }

  /// µ' = 1{|x| <= clip}
  static func hardTanh(clip: Double, at place: CoarsePlace) -> Self {
    let norm = place.norm / clip
    let lost = exp(-0.5 / (norm * norm))
    let inside = peak * -expm1(-0.5 / (norm * norm))
    let whole = erf(0.5.squareRoot() / (norm * place.sine))
    let beyond = erf(0.5.squareRoot() * (place.cosine / place.sine) / norm)
    return Self(
      positive: inside, total: 0, along: peak * (-lost * beyond + place.cosine * whole),
      across: peak * place.sine * whole)
  }
}
