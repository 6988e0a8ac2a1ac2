/// What curves through the same control points are made of. A curve is as many numbers: its control
/// outputs u and, where its prior is a line, a0 and a1 after them (specification of the Kolmogorov
/// network of Gaussian processes, 2.1 and 2.3).
///
/// The curve is linear in them: g(x) = row(x) (u, a0, a1) with
/// row(x) = (A(x), 1 - A(x) 1, x - A(x) z).
package struct CurveBasis: Sendable, Equatable {
  /// What a curve falls back to far from its control inputs.
  package enum Prior: String, Sendable, Codable, CaseIterable {
    /// 0.
    case zero
    /// A line of its own.
    case linear
  }

  package let points: ControlPoints
  package let prior: Prior

  package init(_ points: ControlPoints, prior: Prior = .zero) {
    (self.points, self.prior) = (points, prior)
  }

  /// Numbers of a curve.
  package var count: Int { points.count + (prior == .linear ? 2 : 0) }

  package func row(_ x: Double) -> [Double] {
    let row = points.row(x)
    guard prior == .linear else { return row }
    return row + [1 - row.reduce(0, +), x - dot(row, points.inputs)]
  }

  package func curve(_ numbers: [Double]) -> GaussianProcessCurve {
    guard prior == .linear else { return GaussianProcessCurve(points, outputs: numbers) }
    return GaussianProcessCurve(
      points, outputs: Array(numbers.prefix(points.count)),
      prior: .init(offset: numbers[points.count], slope: numbers[points.count + 1]))
  }

  /// D' of u - a0 - a1 z = (u, a0, a1) D: one row for each number.
  private var deviations: [[Double]] {
    let size = points.count
    let unit = (0..<size).map { row in (0..<size).map { $0 == row ? 1.0 : 0 } }
    guard prior == .linear else { return unit }
    return unit + [points.inputs.map { _ in -1 }, points.inputs.map { -$0 }]
  }

  /// The matrix that makes the weights of ``features``(x) of a curve's numbers: (alpha, a0, a1) =
  /// (u, a0, a1) expansion, row by row.
  var expansion: [[Double]] {
    let size = points.count
    return deviations.enumerated().map { index, row in
      let own = points.inverse.times(row)
      guard prior == .linear else { return own }
      return own + [index == size ? 1 : 0, index == size + 1 ? 1 : 0]
    }
  }

  /// S with energy = (u, a0, a1) S (u, a0, a1)'.
  var energy: [[Double]] {
    let rows = deviations
    let bent = rows.map { points.inverse.times($0) }
    return rows.map { row in bent.map { dot(row, $0) } }
  }
}
