/// The least squares fit of a function by a self-learnable activation on evenly spaced points of a
/// range (specification of self-learnable activations, 1.4 and 7). Polynomials are fitted as
/// Chebyshev's of the range scaled to -1...1, whose products are well conditioned.
package struct ActivationFit: Sendable {
  package let curve: ActivationCurve
  /// The coefficients of T_0 ... T_k of the scaled input; of Fourier's basis those of the curve.
  package let scaledCoefficients: [Double]
  /// Root of the mean squared distance at the points, and the largest one.
  package let rootMeanSquare: Double
  package let largestError: Double

  package static let standardPoints = 2001

  /// Throws for a degree out of range, a range without length, or values that are not finite.
  package init(
    _ function: (Double) -> Double, basis: ActivationBasis, degree: Int,
    on range: ClosedRange<Double>, points: Int = standardPoints
  ) throws(SelfLearnableError) {
    guard ActivationBasis.allowedDegrees.contains(degree) else { throw .degree(degree) }
    let inputs = try Self.points(points, on: range)
    guard points > degree else { throw .unfit }
    let half = (range.upperBound - range.lowerBound) / 2
    let middle = range.lowerBound + half
    let targets = inputs.map(function)
    guard targets.allSatisfy(\.isFinite) else { throw .unfit }
    let rows = inputs.map { x in
      basis.isPolynomial
        ? ActivationBasis.chebyshev.values((x - middle) / half, degree: degree)
        : basis.values(x, degree: degree)
    }
    let solution = LeastSquares.solution(rows, targets)
    scaledCoefficients = solution
    let coefficients =
      basis.isPolynomial
      ? ActivationCurve.composed(
        solution, .chebyshev, in: basis, 1 / half, -middle / half)
      : solution
    curve = try ActivationCurve(basis, coefficients)
    let errors = zip(rows, targets).map { dot($0, solution) - $1 }
    rootMeanSquare = (dot(errors, errors) / Double(points)).squareRoot()
    largestError = errors.reduce(0) { max($0, abs($1)) }
  }

  /// Evenly spaced points, both ends among them.
  static func points(
    _ count: Int, on range: ClosedRange<Double>
  ) throws(SelfLearnableError) -> [Double] {
    let length = range.upperBound - range.lowerBound
    guard count > 1 else { throw .unfit }
    guard length.isFinite, length > 0 else { throw .range(range) }
    return (0..<count).map { range.lowerBound + length * Double($0) / Double(count - 1) }
  }
}

/// Least squares in double.
enum LeastSquares {
  /// The x with the least |A x - b|, of `rows` of A, no fewer than it has columns: by Gram and
  /// Schmidt, each column twice (Giraud, Langou and Rozloznik 2005). 0 for a column that depends on
  /// those before.
  static func solution(_ rows: [[Double]], _ targets: [Double]) -> [Double] {
    let count = rows.first?.count ?? 0
    var columns: [[Double]] = []
    var upper = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for j in 0..<count {
      var column = rows.map { $0[j] }
      let size = dot(column, column)
      for _ in 0..<2 {
        for (i, other) in columns.enumerated() {
          let along = dot(column, other)
          upper[i][j] += along
          for row in column.indices { column[row] -= along * other[row] }
        }
      }
      let rest = dot(column, column)
      let norm = rest > 1e-24 * size ? rest.squareRoot() : 0
      upper[j][j] = norm
      columns.append(column.map { norm > 0 ? $0 / norm : 0 })
    }
    var solution = columns.map { dot($0, targets) }
    for j in (0..<count).reversed() {
      for later in j + 1..<max(count, j + 1) { solution[j] -= upper[j][later] * solution[later] }
      solution[j] = upper[j][j] > 0 ? solution[j] / upper[j][j] : 0
    }
    return solution
  }
}
