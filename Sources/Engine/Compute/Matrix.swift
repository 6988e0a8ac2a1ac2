import Kernels

/// `rows` x `columns` floats of a buffer that it keeps alive, row-major without gaps.
///
/// Copying a matrix copies the reference, not the numbers.
package struct Matrix: Sendable {
  package let buffer: Buffer
  package let offset: Int
  package let rows: Int
  package let columns: Int

  package init(buffer: Buffer, offset: Int, rows: Int, columns: Int) {
    precondition(offset >= 0 && rows >= 0 && columns >= 0, "a matrix has no negative size")
    precondition(offset + rows * columns <= buffer.count, "a matrix lies within its buffer")
    self.buffer = buffer
    self.offset = offset
    self.rows = rows
    self.columns = columns
  }

  package init(rows: Int, columns: Int) {
    self.init(buffer: Buffer(count: rows * columns), offset: 0, rows: rows, columns: columns)
  }

  @inlinable package var base: UnsafeMutablePointer<Float> { buffer.base + offset }
  @inlinable package var count: Int { rows * columns }

  /// The rows `first ..< first + count`, sharing memory.
  package func rows(_ first: Int, _ count: Int) -> Matrix {
    precondition(first >= 0 && first + count <= rows, "rows within the matrix")
    return Matrix(
      buffer: buffer, offset: offset + first * columns, rows: count, columns: columns)
  }

  /// The same numbers as rows of another length, sharing memory.
  func reshaped(_ rows: Int, _ columns: Int) -> Matrix {
    precondition(rows * columns == count, "as many numbers")
    return Matrix(buffer: buffer, offset: offset, rows: rows, columns: columns)
  }

  package func fill(_ value: Float) { base.update(repeating: value, count: count) }

  package func copy(from other: Matrix) {
    precondition(other.count == count, "as many numbers as there is room for")
    base.update(from: other.base, count: count)
  }

  /// Overwrites `self` (columns x rows of `other`) with the transpose of `other`.
  package func setTranspose(of other: Matrix) {
    precondition(rows == other.columns && columns == other.rows, "transposed shape")
    Kernels.transpose(base, other.base, other.rows, other.columns)
  }

  package func set(_ values: [Float]) {
    precondition(values.count == count, "as many numbers as there is room for")
    values.withUnsafeBufferPointer { source in
      if let from = source.baseAddress { base.update(from: from, count: count) }
    }
  }

  package var array: [Float] { Array(UnsafeBufferPointer(start: base, count: count)) }

  package subscript(row: Int, column: Int) -> Float {
    get { base[row * columns + column] }
    nonmutating set { base[row * columns + column] = newValue }
  }
}

extension Matrix {
  /// Adds a matrix with as many numbers, element by element.
  package func add(_ other: Matrix) {
    precondition(other.count == count, "as many numbers")
    add_in_place(base, other.base, count)
  }
}
