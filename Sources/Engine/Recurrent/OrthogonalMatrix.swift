extension Matrix {
  /// A random matrix with orthonormal rows (Saxe, McClelland and Ganguli 2014): normal numbers
  /// made orthonormal by the modified Gram-Schmidt method in Double. At least as many columns as
  /// rows.
  func fillOrthogonalRows(_ stream: inout RandomStream) {
    precondition(columns >= rows, "so many rows can be orthogonal")
    var numbers = (0..<count).map { _ in stream.nextNormal() }
    let (rows, columns) = (rows, columns)
    numbers.withUnsafeMutableBufferPointer { all in
      for index in 0..<rows {
        let row = all[index * columns..<(index + 1) * columns]
        let norm = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
        for place in row.indices { all[place] /= norm }
        for later in index + 1..<max(rows, index + 1) {
          var product = 0.0
          for column in 0..<columns {
            product += all[index * columns + column] * all[later * columns + column]
          }
          for column in 0..<columns {
            all[later * columns + column] -= product * all[index * columns + column]
          }
        }
      }
    }
    set(numbers.map(Float.init))
  }

  /// The unit matrix, square only.
  func fillIdentity() {
    precondition(rows == columns, "the unit matrix is square")
    fill(0)
    for index in 0..<rows { self[index, index] = 1 }
  }
}

/// Limit of Glorot and Bengio (2010) for uniform weights between `a` and `b` units.
func glorotLimit(_ a: Int, _ b: Int) -> Double { (6 / Double(a + b)).squareRoot() }
