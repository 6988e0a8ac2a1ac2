import Foundation

extension Surrogate {
  /// What the expected coarse gradient of a two-layer network of thresholds depends on, with
  /// X, Y independent and standard normal (specification of the coarse gradient, 2.2).
  package struct Moments: Sendable, Equatable {
    /// E[X mu'(rX); X > 0].
    package var a: Double
    /// E[X mu'(rX)].
    package var b: Double
    /// E[X mu'(rX); X cos t + Y sin t > 0].
    package var along: Double
    /// E[Y mu'(rX); X cos t + Y sin t > 0].
    package var across: Double
    /// A - B = E[|X| mu'(rX); X < 0], the mass on the negative side. Where it is not 0 the expected
    /// coarse gradient does not vanish at spurious minima (2.4).
    package var residual: Double
  }

  /// The moments at norm r > 0 and angle t in 0...pi, by Gauss and Legendre's rule on panels; of a
  /// random curve those of its mean.
  package func moments(radius r: Double, angle t: Double) -> Moments {
    let cotangent = cos(t) / sin(t)
    let isFlat = sin(t) == 0
    var moments = Moments(a: 0, b: 0, along: 0, across: 0, residual: 0)
    let edges = panelEdges(radius: r, angle: t)
    for (lower, upper) in zip(edges, edges.dropFirst()) {
      for (node, weight) in GaussLegendre.rule {
        let x = (lower + upper) / 2 + (upper - lower) / 2 * node
        let density = exp(-x * x / 2) / (2 * Double.pi).squareRoot()
        let slope = derivative(r * x) * weight * (upper - lower) / 2
        let part = x * slope * density
        if x > 0 { moments.a += part } else { moments.residual -= part }
        let share =
          isFlat ? ((x > 0) == (cos(t) > 0) ? 1 : 0) : erfc(-x * cotangent / 2.0.squareRoot()) / 2
        moments.along += part * share
        if !isFlat {
          moments.across += slope * exp(-x * x / (2 * sin(t) * sin(t))) / (2 * .pi)
        }
      }
    }
    moments.b = moments.a - moments.residual
    return moments
  }

  /// Panels that no step or corner of what is integrated lies within.
  private func panelEdges(radius r: Double, angle t: Double) -> [Double] {
    var edges: [Double] = [-14, 0, 14]
    edges += breakpoints.map { $0 / r }
    for size in [0.01, 0.03, 0.1, 0.3, 1, 3] { edges += [-size / r, size / r] }
    for size in [0.5, 1, 2, 4, 6] { edges += [-size, size] }
    // The share turns over within tan t, the last exponential within sin t.
    for size in [0.3, 1, 3, 8] { edges += [-size * sin(t), size * sin(t)] }
    return Array(Set(edges.filter { abs($0) <= 14 })).sorted()
  }
}

/// The rule of Gauss and Legendre with 32 nodes on -1...1.
enum GaussLegendre {
  static let rule: [(node: Double, weight: Double)] = (0..<32).map { index in
    let count = 32
    // Newton's method from the usual first guess.
    var x = cos(.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
    var slope = 1.0
    for _ in 0..<8 {
      var (before, present) = (1.0, x)
      for k in 2...count {
        let degree = Double(k)
        (before, present) =
          (present, ((2 * degree - 1) * x * present - (degree - 1) * before) / degree)
      }
      slope = Double(count) * (x * present - before) / (x * x - 1)
      x -= present / slope
    }
    return (x, 2 / ((1 - x * x) * slope * slope))
  }
}
