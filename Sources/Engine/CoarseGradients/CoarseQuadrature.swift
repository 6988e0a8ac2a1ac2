import Foundation

/// Moments of a proxy that has no closed form: Gauss-Legendre quadrature on panels between all
/// places where something changes, halved until both halves agree with the whole.
///
/// The half-line x > 0 carries both sides: with µ± = µ'(±rx), density φ and distribution Φ,
///
///     A = ∫ x µ+ φ      B = A - ∫ x µ- φ      c_u = ∫ x φ (µ+ Φ(x cot t) - µ- Φ(-x cot t))
///     c_⊥ = (sin t / 2π) ∫ (µ'(rs y) + µ'(-rs y)) exp(-y²/2) dy      with s = sin t
struct CoarseQuadrature {
  private let derivative: @Sendable (Double) -> Double
  private let breakpoints: [Double]

  init(_ proxy: CoarseEstimator.GeneralProxy) {
    derivative = proxy.derivative
    breakpoints = proxy.breakpoints
  }

  func moments(at place: CoarsePlace) -> CoarseMoments {
    let cotangent = place.cosine / place.sine
    let sides = integral(scale: place.norm, extra: abs(1 / cotangent)) { x in
      let density = CoarseMoments.peak * exp(-0.5 * x * x) * x
      let upper = density * derivative(place.norm * x)
      let lower = density * derivative(-place.norm * x)
      let share = 0.5 * erfc(-0.5.squareRoot() * x * cotangent)
      return SIMD4(upper, lower, upper * share - lower * (1 - share), 0)
    }
    var across = 0.0
    if place.sine > 0 {
      let scale = place.norm * place.sine
      across =
        integral(scale: scale, extra: 1) { y in
          let both = derivative(scale * y) + derivative(-scale * y)
          return SIMD4(both * exp(-0.5 * y * y), 0, 0, 0)
        }[0]
    }
    return CoarseMoments(
      positive: sides[0], total: sides[0] - sides[1], along: sides[2],
      across: place.sine / (2 * .pi) * across)
  }

  // MARK: Panels

  /// Beyond this many standard deviations a normal density is below 1e-42.
  private static let end = 14.0
  private static let proxyEdges = [0.01, 0.03, 0.1, 0.3, 1, 3]
  private static let densityEdges = [0.5, 1, 2, 4, 6]

  /// ∫ over (0, 14) of `integrand`, which varies on the scale of the density, of the proxy seen
  /// through `scale`, and of `extra`.
  private func integral(
    scale: Double, extra: Double, _ integrand: (Double) -> SIMD4<Double>
  ) -> SIMD4<Double> {
    let (proxyEdges, densityEdges) = (Self.proxyEdges, Self.densityEdges)
    let capacity = breakpoints.count + proxyEdges.count + 2 * densityEdges.count + 1
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: capacity) { edges in
      var count = 0
      func insert(_ edge: Double) {
        guard edge > 0, edge < Self.end else { return }
        var place = count
        while place > 0, edges[place - 1] > edge {
          edges[place] = edges[place - 1]
          place -= 1
        }
        edges[place] = edge
        count += 1
      }
      for point in breakpoints { insert(abs(point) / scale) }
      for edge in proxyEdges { insert(edge / scale) }
      for edge in densityEdges {
        insert(edge)
        insert(edge * extra)
      }
      var sum = SIMD4<Double>()
      var low = 0.0
      for index in 0..<count where edges[index] > low {
        sum += Self.panel(low, edges[index], integrand)
        low = edges[index]
      }
      return sum + Self.panel(low, Self.end, integrand)
    }
  }

  private static func panel(
    _ low: Double, _ high: Double, _ integrand: (Double) -> SIMD4<Double>
  ) -> SIMD4<Double> {
    refined(rule(low, high, integrand), low, high, depth: 0, integrand)
  }

  /// Halves a panel until what halving changes is below 1e-15.
  private static func refined(
    _ whole: SIMD4<Double>, _ low: Double, _ high: Double, depth: Int,
    _ integrand: (Double) -> SIMD4<Double>
  ) -> SIMD4<Double> {
    let middle = 0.5 * (low + high)
    let left = rule(low, middle, integrand)
    let right = rule(middle, high, integrand)
    let change = left + right - whole
    if (change * change).max() <= 1e-30 || depth == 40 || !(change * change).max().isFinite {
      return left + right
    }
    return refined(left, low, middle, depth: depth + 1, integrand)
      + refined(right, middle, high, depth: depth + 1, integrand)
  }

  private static func rule(
    _ low: Double, _ high: Double, _ integrand: (Double) -> SIMD4<Double>
  ) -> SIMD4<Double> {
    let (middle, half) = (0.5 * (low + high), 0.5 * (high - low))
    var sum = SIMD4<Double>()
    for node in GaussLegendre.ten {
      let reach = half * node.place
      sum += node.weight * (integrand(middle - reach) + integrand(middle + reach))
    }
    return half * sum
  }
}
