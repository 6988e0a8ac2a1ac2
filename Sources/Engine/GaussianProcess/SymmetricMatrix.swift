/// A small symmetric matrix in double, such as the covariance of control points.
package struct SymmetricMatrix: Sendable, Equatable {
  package let size: Int
  /// Row by row, all of them.
  package private(set) var values: [Double]

  package init(size: Int, _ value: (_ row: Int, _ column: Int) -> Double) {
    self.size = size
    values = (0..<size * size).map { value($0 / size, $0 % size) }
  }

  package subscript(row: Int, column: Int) -> Double { values[row * size + column] }

  package func times(_ vector: [Double]) -> [Double] {
    (0..<size).map { row in
      (0..<size).reduce(0) { $0 + self[row, $1] * vector[$1] }
    }
  }

  /// The lower triangle L of the matrix L L', rows of all columns; `nil` where the matrix is not
  /// positive definite in double.
  package func cholesky() -> [[Double]]? {
    var lower = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    for row in 0..<size {
      for column in 0...row {
        let known = (0..<column).reduce(0) { $0 + lower[row][$1] * lower[column][$1] }
        let rest = self[row, column] - known
        if row == column {
          guard rest > 0 else { return nil }
          lower[row][row] = rest.squareRoot()
        } else {
          lower[row][column] = rest / lower[column][column]
        }
      }
    }
    return lower
  }

  /// The inverse of the matrix with this Cholesky factor.
  package static func inverse(ofFactor lower: [[Double]]) -> SymmetricMatrix {
    let size = lower.count
    let columns = (0..<size).map { column -> [Double] in
      var x = (0..<size).map { $0 == column ? 1.0 : 0 }
      for row in 0..<size {
        for earlier in 0..<row { x[row] -= lower[row][earlier] * x[earlier] }
        x[row] /= lower[row][row]
      }
      for row in (0..<size).reversed() {
        for later in row + 1..<max(size, row + 1) { x[row] -= lower[later][row] * x[later] }
        x[row] /= lower[row][row]
      }
      return x
    }
    // Both halves are the same but for rounding.
    return SymmetricMatrix(size: size) { (columns[$0][$1] + columns[$1][$0]) / 2 }
  }

  /// The eigenvalues in rising order, by Jacobi's rotations.
  package func eigenvalues() -> [Double] {
    var a = (0..<size).map { row in (0..<size).map { self[row, $0] } }
    for _ in 0..<Self.mostSweeps {
      let rest = (0..<size).reduce(0.0) { sum, row in
        (0..<row).reduce(sum) { $0 + a[row][$1] * a[row][$1] }
      }
      if rest == 0 { break }
      for row in 0..<size {
        for column in 0..<row { Self.rotate(&a, row, column) }
      }
    }
    return (0..<size).map { a[$0][$0] }.sorted()
  }

  private static let mostSweeps = 50

  /// Makes one number beside the diagonal, and its mirror image, 0.
  private static func rotate(_ a: inout [[Double]], _ p: Int, _ q: Int) {
    guard a[p][q] != 0 else { return }
    let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
    let t = (theta < 0 ? -1.0 : 1.0) / (abs(theta) + (theta * theta + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for k in a.indices {
      (a[k][p], a[k][q]) = (c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q])
    }
    for k in a.indices {
      (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k])
    }
  }
}
