import Kernels

/// The way back through the memory of an ``LMU`` with one channel, chunk by chunk, without dL/dm
/// of each step. Where m and u pass gradients straight through, it is that of ``ChunkedLMUPass``
/// whatever is quantized: with dS of the next chunk (0 after the last) and k = C ... 1,
///
///     dS     = dS_next [E_C | 0]'
///     dS    += dz_k P_k'             P_k = E_k W_m
///     du_k   = the part of dS that belongs to u_k
///     dS    += du_k p_{k-1}'         p_k = E_k e_m'
///
/// One product of d + C by n numbers a step, and what takes d d numbers only once a chunk.
struct ChunkedMemoryGradient {
  private let memory: ChunkedMemory
  private let hidden: Int
  /// P_1 ... P_C below each other, and their transposes.
  private let weights: Matrix
  private let weightsTransposed: Matrix
  /// p_0 ... p_{C-1} in a row.
  private let encoders: Matrix
  private let hasEncoder: Bool
  /// dL/dS of chunks with even numbers and of the others.
  private let states: (Matrix, Matrix)

  init(_ layer: LMU, memory: ChunkedMemory, rows: Int, in workspace: Workspace) {
    self.memory = memory
    hidden = layer.configuration.hidden
    weights = workspace.matrix(ChunkedMemory.steps * memory.width, hidden)
    weightsTransposed = workspace.matrix(ChunkedMemory.steps * hidden, memory.width)
    encoders = workspace.matrix(1, ChunkedMemory.steps * memory.width)
    hasEncoder = layer.handles.memoryEncoder != nil
    states = (workspace.matrix(rows, memory.width), workspace.matrix(rows, memory.width))
  }

  /// Whether it can, and takes fewer operations than single steps: what it saves at each step of each
  /// sequence against forming P.
  static func isWorthwhile(_ configuration: LMUConfiguration, steps: Int, rows: Int) -> Bool {
    guard configuration.channels == 1, configuration.m.passesStraightThrough,
      configuration.u.passesStraightThrough
    else { return false }
    let (n, d, chunk) = (configuration.hidden, configuration.order, ChunkedMemory.steps)
    let saved = d * d - n * chunk - (d + chunk) * (d + chunk) / chunk
    return steps * rows * saved > chunk * (d + chunk) * d * n
  }

  /// Forms what depends on the weights.
  func begin(_ handles: LMU.Handles, _ slab: ParameterSlab) {
    let width = memory.width
    Products.multiply(memory.seenByHidden, slab[handles.memoryWeights], into: weights)
    for k in 0..<ChunkedMemory.steps {
      weightsTransposed.rows(k * hidden, hidden)
        .setTranspose(of: weights.rows(k * width, width))
    }
    guard let handle = handles.memoryEncoder else { return }
    row_dots(
      encoders.base, memory.seenByInputs.base, slab[handle].base, encoders.columns, memory.order)
  }

  /// Overwrites dL/du of step `t` of `steps`, given its dL/dz. Steps come from the last to the
  /// first.
  func step(_ t: Int, of steps: Int, _ z: Matrix, into u: Matrix) {
    let (chunk, k) = t.quotientAndRemainder(dividingBy: ChunkedMemory.steps)
    let (even, odd) = (states.0.rows(0, z.rows), states.1.rows(0, z.rows))
    let (present, next) = chunk % 2 == 0 ? (even, odd) : (odd, even)
    if t == steps - 1 {
      present.fill(0)
    } else if k == ChunkedMemory.steps - 1 {
      Products.multiply(next, memory.advanceTransposed, into: present)
    }
    Products.multiply(z, weightsTransposed.rows(k * hidden, hidden), into: present, keep: 1)
    for row in 0..<z.rows { u.base[row] = present[row, memory.order + k] }
    guard hasEncoder else { return }
    add_outer_product(
      present.base, u.base, encoders.base + k * memory.width, z.rows, memory.width)
  }
}
