import Foundation

/// The quantiles of the standard normal distribution.
package enum NormalQuantile {
  /// x with P(X <= x) = p, for p in 0.5 ..< 1: Newton's method on the tail 1 - p, which a first
  /// guess of few digits (Abramowitz and Stegun 26.2.23) starts.
  package static func value(_ p: Double) -> Double {
    let tail = 1 - p
    let t = (-2 * log(tail)).squareRoot()
    var x =
      t - (2.515517 + 0.802853 * t + 0.010328 * t * t)
      / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t)
    for _ in 0..<6 {
      let density = exp(-x * x / 2) / (2 * Double.pi).squareRoot()
      x += (erfc(x / 2.0.squareRoot()) / 2 - tail) / density
    }
    return x
  }
}
