import Foundation

/// Excitabilities that are spread evenly over [lower, upper] in a population without end.
package struct ExcitabilityRange: Sendable, Equatable {
  package let lower: Double
  package let upper: Double

  /// `nil` unless both ends are finite and in order. Both may be the same: identical neurons.
  package init?(_ lower: Double, _ upper: Double) {
    guard lower.isFinite, upper.isFinite, lower <= upper, (upper - lower).isFinite else {
      return nil
    }
    (self.lower, self.upper) = (lower, upper)
  }

  /// Δ.
  package var width: Double { upper - lower }

  /// Places in -ln of the excess between which integration begins; beyond the last one a share of
  /// e^-27 of the neurons is left.
  private static let edges = [0, 4.5, 9, 27]
  private static let mostHalvings = 20

  /// The mean over all neurons of a function of the excess of their drive above threshold, to which
  /// silent neurons contribute nothing.
  ///
  /// - Parameters:
  ///   - top: the excess of the most excitable neuron; the others follow down to threshold.
  ///   - tolerance: largest difference between a panel and its halves, relative to what was
  ///     integrated so far. One below the noise of the function takes for ever.
  ///   - function: of an excess above 0. It may have any integrable singularity at 0, for the
  ///     integral runs over the logarithm of the excess, and may be steep elsewhere, where weak
  ///     noise smooths a threshold.
  package func meanOfActive(
    top: Double, tolerance: Double = 1e-9, _ function: (Double) -> Double
  ) -> Double {
    guard top > 0 else { return 0 }
    guard width > 0 else { return function(top) }
    let bottom = max(top - width, 0)
    let end = bottom > 0 ? log(top / bottom) : .infinity
    let integrand = { (place: Double) in
      let excess = top * exp(-place)
      return excess * function(excess)
    }
    var sum = 0.0
    for (low, high) in zip(Self.edges, Self.edges.dropFirst()) where low < end {
      let high = min(high, end)
      let whole = Self.panel(low, high, integrand)
      sum += Self.refined(
        low, high, whole, tolerance: tolerance * max(abs(sum), abs(whole)),
        halvings: Self.mostHalvings, integrand)
    }
    return sum / width
  }

  /// The integral over a panel whose first estimate is `whole`, halved until halves agree with it.
  private static func refined(
    _ low: Double, _ high: Double, _ whole: Double, tolerance: Double, halvings: Int,
    _ integrand: (Double) -> Double
  ) -> Double {
    let middle = (low + high) / 2
    let (left, right) = (panel(low, middle, integrand), panel(middle, high, integrand))
    let difference = abs(left + right - whole)
    guard difference > tolerance, halvings > 0 else { return left + right }
    return refined(low, middle, left, tolerance: tolerance, halvings: halvings - 1, integrand)
      + refined(middle, high, right, tolerance: tolerance, halvings: halvings - 1, integrand)
  }

  private static func panel(
    _ low: Double, _ high: Double, _ integrand: (Double) -> Double
  ) -> Double {
    let (middle, half) = ((low + high) / 2, (high - low) / 2)
    return GaussLegendre.ten.reduce(0) { sum, node in
      let offset = half * node.place
      return sum + half * node.weight * (integrand(middle - offset) + integrand(middle + offset))
    }
  }
}
