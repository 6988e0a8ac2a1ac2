/// Memory of passes, carved once per shape in large blocks and kept until the workspace goes.
///
/// A pass takes all its matrices when it is made, so that a steady training step allocates
/// nothing.
package final class Workspace {
  private var block = Buffer(count: 0)
  private var used = 0
  private let blockSize: Int
  /// Bytes of all matrices carved so far.
  private(set) var bytes = 0

  /// `blockSize` in floats; requests larger than that get a block of their own.
  package init(blockSize: Int = 1 << 18) {
    self.blockSize = blockSize
  }

  /// A zeroed matrix on a 64-byte boundary.
  package func matrix(_ rows: Int, _ columns: Int) -> Matrix {
    let count = rows * columns
    bytes += count * MemoryLayout<Float>.stride
    guard count < blockSize / 4 else { return Matrix(rows: rows, columns: columns) }
    if used + count > block.count || block.count == 0 {
      block = Buffer(count: blockSize)
      used = 0
    }
    let matrix = Matrix(buffer: block, offset: used, rows: rows, columns: columns)
    used += (count + 15) / 16 * 16
    return matrix
  }
}
