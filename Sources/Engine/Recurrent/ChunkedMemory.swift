/// The memory of an LMU whose memory is not quantized, over a chunk of C steps at once.
///
/// The memory is linear in its scalar input u, so all memories of a chunk are linear in what the
/// chunk started from and in its inputs. With the row S = [m_0 | u_1 ... u_C] of d + C numbers,
///
///     m_k = m_0 (A^k)' + sum_{j <= k} u_j b_{k-j} = S E_k     b_i = (A^i Bd)', k = 0 ... C
///     E_k = [(A^k)'; b_{k-1}; ...; b_0; 0; ...; 0]            (d + C) x d
///
/// The last rows of E_k are zero: m_k does not know the inputs after step k. Powers of A are
/// multiplied in Double.
struct ChunkedMemory: Sendable {
  /// C. The products with A cost d d / C a step, those with the inputs of a chunk C n, and the
  /// products of E with the weights, once a batch, C d d n: 8 is near the least for their sum at
  /// the sizes of the psMNIST network.
  static let steps = 8

  /// d, and the d + C numbers of S.
  let order: Int
  var width: Int { order + Self.steps }
  /// E_0 ... E_C below each other, ((C + 1) * (d + C)) x d.
  private let memories: Matrix
  /// [E_C | 0], (d + C) x (d + C): S times it is the S of the next chunk, its inputs yet 0; and
  /// its transpose.
  let advance: Matrix
  let advanceTransposed: Matrix

  init(_ memory: LegendreMemory) {
    order = memory.order
    let (d, width) = (memory.order, memory.order + Self.steps)
    memories = Matrix(rows: (Self.steps + 1) * width, columns: d)
    advance = Matrix(rows: width, columns: width)
    advanceTransposed = Matrix(rows: width, columns: width)
    // State rows [(A^k)'; b_{k-1}; ...; b_0] grow by one row a step.
    var rows = (0..<d * d).map { $0 / d == $0 % d ? 1.0 : 0 }
    for k in 0...Self.steps {
      if k > 0 { rows = Self.multiply(rows, byTransposeOf: memory) + memory.inputVector }
      let block = memories.rows(k * width, d + k)
      block.set(rows.map(Float.init))
    }
    for row in 0..<width {
      for column in 0..<d { advance[row, column] = memories[Self.steps * width + row, column] }
    }
    advanceTransposed.setTranspose(of: advance)
  }

  /// E_k, (d + C) x d.
  func memory(after k: Int) -> Matrix { memories.rows(k * width, width) }

  /// E_0 ... E_{C-1}, which the inputs of a chunk see, and E_1 ... E_C, which its hidden units see.
  var seenByInputs: Matrix { memories.rows(0, Self.steps * width) }
  var seenByHidden: Matrix { memories.rows(width, Self.steps * width) }

  /// Rows of d numbers times A'.
  private static func multiply(
    _ rows: [Double], byTransposeOf memory: LegendreMemory
  ) -> [Double] {
    let d = memory.order
    var transposed = [Double](repeating: 0, count: d * d)
    for row in 0..<d {
      for column in 0..<d { transposed[column * d + row] = memory.stateMatrix[row * d + column] }
    }
    var product = [Double](repeating: 0, count: rows.count)
    product.withUnsafeMutableBufferPointer { out in
      rows.withUnsafeBufferPointer { left in
        transposed.withUnsafeBufferPointer { right in
          for row in 0..<left.count / d {
            for inner in 0..<d {
              let factor = left[row * d + inner]
              for column in 0..<d { out[row * d + column] += factor * right[inner * d + column] }
            }
          }
        }
      }
    }
    return product
  }
}
