import Foundation

/// A stationary kernel of unit variance, with r = |x - z| / l (specification of the Kolmogorov
/// network of Gaussian processes, 2.1).
package enum CovarianceKernel: String, Sendable, Codable, CaseIterable {
  /// exp(-r^2 / 2).
  case squaredExponential = "se"
  /// (1 + sqrt(3) r) exp(-sqrt(3) r).
  case matern32
  /// (1 + sqrt(5) r + 5 r^2 / 3) exp(-sqrt(5) r).
  case matern52

  /// kappa(x, z).
  package func value(_ x: Double, _ z: Double, lengthScale: Double) -> Double {
    let r = abs(x - z) / lengthScale
    switch self {
    case .squaredExponential: return exp(-r * r / 2)
    case .matern32: return (1 + 3.0.squareRoot() * r) * exp(-3.0.squareRoot() * r)
    case .matern52:
      let scaled = 5.0.squareRoot() * r
      return (1 + scaled + 5 * r * r / 3) * exp(-scaled)
    }
  }

  /// The derivative by x; that by z is its negative.
  package func slope(_ x: Double, _ z: Double, lengthScale: Double) -> Double {
    -(x - z) / (lengthScale * lengthScale) * bend(abs(x - z) / lengthScale)
  }

  /// The derivative by the length scale.
  package func lengthScaleSlope(_ x: Double, _ z: Double, lengthScale: Double) -> Double {
    let r = abs(x - z) / lengthScale
    return r * r / lengthScale * bend(r)
  }

  /// What both derivatives have in common: -kappa'(r) / r.
  private func bend(_ r: Double) -> Double {
    switch self {
    case .squaredExponential: return exp(-r * r / 2)
    case .matern32: return 3 * exp(-3.0.squareRoot() * r)
    case .matern52:
      let scaled = 5.0.squareRoot() * r
      return 5.0 / 3 * (1 + scaled) * exp(-scaled)
    }
  }
}
