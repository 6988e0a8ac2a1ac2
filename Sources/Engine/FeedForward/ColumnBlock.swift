/// Some columns of a matrix, sharing its memory: what a product over a part of a batch takes.
struct ColumnBlock {
  let matrix: Matrix
  let first: Int
  let columns: Int

  /// All columns.
  init(_ matrix: Matrix) {
    self.init(matrix, first: 0, columns: matrix.columns)
  }

  init(_ matrix: Matrix, first: Int, columns: Int) {
    precondition(first >= 0 && first + columns <= matrix.columns, "columns within the matrix")
    self.matrix = matrix
    self.first = first
    self.columns = columns
  }

  var base: UnsafeMutablePointer<Float> { matrix.base + first }
  var rows: Int { matrix.rows }
  /// Floats from one row to the next.
  var stride: Int { matrix.columns }
}
