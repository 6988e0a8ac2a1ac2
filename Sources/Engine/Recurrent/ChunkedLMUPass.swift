import Kernels

/// The memory of an ``LMU`` over whole sequences where neither m nor u is quantized: the same LMU
/// as ``LMUPass``, rearranged so that m_t is never formed.
///
/// Steps go in chunks of C. For step k = 1 ... C of a chunk, with the row S = [m_0 | u_1 ... u_C]
/// and the constants E_k of ``ChunkedMemory`` (m_k = S E_k),
///
///     P_k = E_k W_m     p_k = E_k e_m'                       once a batch
///     u_k = e_x . x_k + e_h . hq_{k-1} + S . p_{k-1}          p_{k-1} is 0 at u_k ... u_C
///     z_k = W_x x_k + W_h hq_{k-1} + b + S P_k                P_k is 0 at u_{k+1} ... u_C
///     S of the next chunk = [S E_C | 0]
///
/// One product with W_m and none with A is left of each step. A last chunk may be shorter.
///
/// Shapes, with rows sequences at once: z, rates and hidden (steps * rows) x n; S of all chunks
/// (chunks * rows) x (d + C); drive (the memory's input u) and its gradient
/// (steps * rows) x 1; P_1 ... P_C and p_0 ... p_{C-1} below each other.
package final class ChunkedLMUPass: LMUSequencePass {
  let layer: LMU
  let memory: ChunkedMemory
  let steps: Int
  /// Sequences that there is room for, and sequences of the present batch.
  let capacity: Int
  var rows: Int

  let function: HiddenFunction
  /// z_t where f is learned, else the place of the rates.
  let z: Matrix
  /// f(z_t) before the quantizer, and hq_t after it (none where h has no quantizer).
  let rates: Matrix
  private let quantizedHidden: Matrix
  let drive: Matrix
  /// S of all chunks.
  let states: Matrix
  /// P and p, and dL/dP and dL/dp.
  let memoryWeights: Matrix
  let memoryEncoders: Matrix
  /// P_k' below each other: products with them are faster than those that transpose P.
  let memoryWeightsTransposed: Matrix
  let memoryWeightsGradient: Matrix
  let memoryEncodersGradient: Matrix
  /// dL/dz_t of a span of steps, and dL/du_t of all.
  let inputGradient: GradientSpan
  let driveGradient: Matrix
  /// dL/dz of ``spanChunks`` chunks, ordered by step within the chunk and then by chunk, so that
  /// dL/dP_k is one product over them.
  let spanGradient: Matrix
  let hiddenGradient: Matrix
  /// dL/dS of the present chunk and the one after it.
  let stateGradient: (Matrix, Matrix)
  let hiddenWeightsTransposed: Matrix
  let hiddenQuantizer: SiteQuantizer
  private(set) var isHiddenBypassed = true
  /// m of all steps: made when first asked for, and valid until the next run.
  private var memorySignal: Matrix?
  private var isMemorySignalValid = false

  /// Chunks whose contributions to dL/dP_k are summed in one product.
  static let spanChunks = 8

  init(_ layer: LMU, memory: ChunkedMemory, steps: Int, rows: Int, in workspace: Workspace) {
    let (n, chunk) = (layer.configuration.hidden, ChunkedMemory.steps)
    let chunks = (steps + chunk - 1) / chunk
    self.layer = layer
    self.memory = memory
    self.steps = steps
    self.rows = rows
    capacity = rows
    function = HiddenFunction(layer, in: workspace)
    rates = workspace.matrix(steps * rows, n)
    z = function.inputs(of: rates, in: workspace)
    quantizedHidden = workspace.matrix(layer.configuration.h.kind == .off ? 0 : steps * rows, n)
    drive = workspace.matrix(steps * rows, 1)
    states = workspace.matrix(chunks * rows, memory.width)
    memoryWeights = workspace.matrix(chunk * memory.width, n)
    memoryEncoders = workspace.matrix(1, chunk * memory.width)
    memoryWeightsTransposed = workspace.matrix(chunk * n, memory.width)
    memoryWeightsGradient = workspace.matrix(chunk * memory.width, n)
    memoryEncodersGradient = workspace.matrix(1, chunk * memory.width)
    inputGradient = GradientSpan(columns: n, steps: steps, rows: rows, in: workspace)
    driveGradient = workspace.matrix(steps * rows, 1)
    spanGradient = workspace.matrix(min(Self.spanChunks, chunks) * chunk * rows, n)
    hiddenGradient = workspace.matrix(rows, n)
    stateGradient = (
      workspace.matrix(rows, memory.width), workspace.matrix(rows, memory.width)
    )
    hiddenWeightsTransposed = workspace.matrix(n, n)
    hiddenQuantizer = SiteQuantizer(
      layer.configuration.h, units: n, lane: 1, steps: steps, rows: rows, in: workspace)
  }

  var quantizers: [SiteQuantizer?] { [hiddenQuantizer, nil, nil] }

  /// hq of all steps: the rates themselves while h is bypassed.
  var hidden: Matrix { isHiddenBypassed ? rates : quantizedHidden }
  package var lastRates: Matrix { block(rates, steps - 1) }

  package func signal(_ site: Int) -> Matrix {
    switch site {
    case 0: output
    case 1: memoryOfAllSteps()
    default: drive.rows(0, steps * rows)
    }
  }

  package func activity(of unit: Int, site: Int, row: Int) -> [Float] {
    guard site == 0 else { return outputs(of: unit, site: site, row: row) }
    return rates.rows(0, steps * rows).column(unit, from: row, every: rows)
  }

  private func memoryOfAllSteps() -> Matrix {
    let all = memorySignal ?? Matrix(rows: steps * capacity, columns: memory.order)
    memorySignal = all
    if !isMemorySignalValid {
      for t in 0..<steps {
        let (chunk, k) = t.quotientAndRemainder(dividingBy: ChunkedMemory.steps)
        Products.multiply(block(states, chunk), memory.memory(after: k + 1), into: block(all, t))
      }
      isMemorySignalValid = true
    }
    return all.rows(0, steps * rows)
  }

  /// The rows of step (or chunk) `t` of a matrix of all of them.
  func block(_ matrix: Matrix, _ t: Int) -> Matrix { matrix.rows(t * rows, rows) }

  /// P_{k+1}, its transpose or its gradient, for step `k` (from 0) of a chunk.
  func matrix(_ all: Matrix, ofStep k: Int) -> Matrix {
    let count = all.rows / ChunkedMemory.steps
    return all.rows(k * count, count)
  }

  /// p_k, or its gradient, for step `k` (from 0) of a chunk.
  func encoder(_ all: Matrix, ofStep k: Int) -> UnsafeMutablePointer<Float> {
    all.base + k * memory.width
  }

  package func forward(_ input: Matrix, weights: ParameterSlab, context: PassContext) {
    rows = input.rows / steps
    precondition(rows <= capacity && input.columns == layer.inputs, "input fits the pass")
    isHiddenBypassed = hiddenQuantizer.isBypassed(at: context.resolutions[0])
    isMemorySignalValid = false
    hiddenQuantizer.begin(context)
    function.begin(weights)
    Products.multiply(
      memory.seenByHidden, weights[layer.handles.memoryWeights], into: memoryWeights)
    if let handle = layer.handles.memoryEncoder {
      row_dots(
        memoryEncoders.base, memory.seenByInputs.base, weights[handle].base,
        memoryEncoders.columns, memory.order)
    }
    for t in 0..<steps {
      let (chunk, k) = t.quotientAndRemainder(dividingBy: ChunkedMemory.steps)
      if k == 0 { beginChunk(chunk) }
      advanceDrive(t, block(states, chunk), step: k, input, weights)
      advanceHidden(t, block(states, chunk), step: k, input, weights)
      if !isHiddenBypassed {
        hiddenQuantizer.quantize(
          block(rates, t).base, into: block(quantizedHidden, t).base, rows: rows,
          w: context.resolutions[0], time: t, context: context)
      }
    }
  }

  private func beginChunk(_ chunk: Int) {
    let state = block(states, chunk)
    guard chunk > 0 else { return state.fill(0) }
    Products.multiply(block(states, chunk - 1), memory.advance, into: state)
  }

  private func advanceDrive(
    _ t: Int, _ state: Matrix, step k: Int, _ input: Matrix, _ weights: ParameterSlab
  ) {
    let u = block(drive, t).base
    row_dots(
      u, block(input, t).base, weights[layer.handles.inputEncoder].base, rows, layer.inputs)
    if t > 0, let handle = layer.handles.hiddenEncoder {
      add_row_dots(
        u, block(hidden, t - 1).base, weights[handle].base, rows, layer.configuration.hidden)
    }
    if layer.handles.memoryEncoder != nil {
      add_row_dots(u, state.base, encoder(memoryEncoders, ofStep: k), rows, memory.width)
    }
    if let handle = layer.handles.memoryBias { add_row(u, weights[handle].base, rows, 1) }
    for row in 0..<rows { state[row, memory.order + k] = u[row] }
  }

  private func advanceHidden(
    _ t: Int, _ state: Matrix, step k: Int, _ input: Matrix, _ weights: ParameterSlab
  ) {
    let z = block(self.z, t)
    layer.project(
      block(input, t), state, by: matrix(memoryWeights, ofStep: k), into: z, weights: weights)
    if t > 0, let handle = layer.handles.hiddenWeights {
      Products.multiply(block(hidden, t - 1), weights[handle], into: z, keep: 1)
    }
    function.run(z, into: block(rates, t))
  }
}
