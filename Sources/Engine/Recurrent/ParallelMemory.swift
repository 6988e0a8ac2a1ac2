/// Forms the exact memory of whole sequences from their known inputs by a few large products.
///
/// Chunks of C steps go in spans. With the rows S = [m_0 | u_1 ... u_C] of all chunks of a span and
/// E_k of ``ChunkedMemory``, m_k = S E_k for all of them at once; only the m_0 of chunk after chunk
/// wait for each other.
final class ParallelMemory {
  private let chunks: ChunkedMemory
  /// Chunks of a span: enough rows for products, few enough for their results to stay in cache.
  private let spanChunks: Int
  /// S of a span and of the chunk after it, and m_k of all its chunks, k = 1 ... C below each other.
  private let states: Matrix
  private let memories: Matrix

  private static let largestSpan = 8

  /// `rows` memories at once; several channels of a sequence are memories of their own.
  init(_ chunks: ChunkedMemory, rows: Int, steps: Int, in workspace: Workspace) {
    self.chunks = chunks
    let all = (steps + ChunkedMemory.steps - 1) / ChunkedMemory.steps
    spanChunks = min(all, Self.largestSpan)
    states = workspace.matrix((spanChunks + 1) * rows, chunks.width)
    memories = workspace.matrix(spanChunks * ChunkedMemory.steps * rows, chunks.order)
  }

  /// Calls `body` with each step and its memories (rows * channels) x d, for the first `rows` of
  /// `all` sequences of `drive`, (steps * all) x channels.
  func run(
    _ drive: Matrix, rows: Int, of all: Int, steps: Int,
    _ body: (Int, UnsafePointer<Float>) -> Void
  ) {
    let count = rows * drive.columns
    let length = ChunkedMemory.steps
    var first = 0
    states.rows(0, count).fill(0)
    while first < steps {
      let here = min(spanChunks, (steps - first + length - 1) / length)
      for chunk in 0..<here {
        let state = states.rows(chunk * count, count)
        fillInputs(
          state, drive, first: first + chunk * length, steps: steps, stride: all * drive.columns)
        Products.multiply(
          state, chunks.advance, into: states.rows((chunk + 1) * count, count))
      }
      for k in 0..<length {
        Products.multiply(
          states.rows(0, here * count), chunks.memory(after: k + 1),
          into: memories.rows(k * here * count, here * count))
      }
      for t in first..<min(first + here * length, steps) {
        let (chunk, k) = (t - first).quotientAndRemainder(dividingBy: length)
        body(t, memories.rows((k * here + chunk) * count, count).base)
      }
      states.rows(0, count).copy(from: states.rows(here * count, count))
      first += here * length
    }
  }

  /// Writes u of a chunk's steps from `first` on into its S; steps after the last count as 0.
  private func fillInputs(
    _ state: Matrix, _ drive: Matrix, first: Int, steps: Int, stride: Int
  ) {
    for k in 0..<ChunkedMemory.steps {
      let u = drive.base + (first + k) * stride
      let isThere = first + k < steps
      for row in 0..<state.rows { state[row, chunks.order + k] = isThere ? u[row] : 0 }
    }
  }
}

extension LegendreMemory {
  /// The impulse response backwards: row t (from 0) is (Ad^(steps-1-t) Bd)', steps x d.
  func reversedResponse(steps: Int) -> Matrix {
    let response = Matrix(rows: steps, columns: order)
    var present = inputVector
    var next = present
    for t in stride(from: steps - 1, through: 0, by: -1) {
      response.rows(t, 1).set(present.map(Float.init))
      for row in 0..<order {
        var sum = 0.0
        for column in 0..<order { sum += stateMatrix[row * order + column] * present[column] }
        next[row] = sum
      }
      swap(&present, &next)
    }
    return response
  }
}
