import Engine

/// `approximation`: least squares fits of known functions, and that no polynomial comes nearer than
/// the best.
struct ActivationFitCheck: GoldenCheck {
  var name: String { "approximation" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    for item in try file.value("cases").elements() {
      tally.countCase()
      let target = try item.value("target")
      guard let known = KnownActivation(rawValue: try target.text()) else {
        throw target.invalid("the name of a function", found: try target.text())
      }
      let (half, degree) = try (item.value("L").double(), item.value("degree").integer())
      guard half > 0, half < 1e6, ActivationBasis.allowedDegrees.contains(degree) else {
        throw item.invalid("a range and a degree of 1 to 16", found: "\(half) and \(degree)")
      }
      let fit = try ActivationFit(
        known.value, basis: .chebyshev, degree: degree, on: -half...half)
      let limit = GoldenTolerance.scaled(1e-9)
      for (key, found) in [("ls_rmse", fit.rootMeanSquare), ("ls_sup", fit.largestError)] {
        tally.compare(found, try item.value(key).double(), limit, at: "\(item.path).\(key)")
      }
      let listed = try item.value("ls_cheb_coefficients")
      if !listed.isNull {
        tally.compare(
          fit.scaledCoefficients, try listed.doubles(), .scaled(1e-8), at: listed.path)
      }
      let best = try item.value("sup_best")
      if !best.isNull {
        let least = try best.double()
        tally.require(
          fit.largestError >= 0.999 * least, at: best.path,
          "a fit is off by \(fit.largestError) at most, less than the best \(least)")
      }
    }
  }
}
