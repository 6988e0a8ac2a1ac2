import Kernels

/// The memory of an ``LMU`` over whole sequences, run step by step, with any quantizers.
///
/// Shapes, with rows sequences at once: z, rates and hidden (steps * rows) x n;
/// memory (steps * rows) x (c d) for c channels; drive (the memory's input u) and its gradient
/// (steps * rows) x c.
package final class LMUPass: LMUSequencePass {
  let layer: LMU
  let steps: Int
  /// Sequences that there is room for, and sequences of the present batch.
  let capacity: Int
  var rows: Int

  let function: HiddenFunction
  /// z_t where f is learned, else the place of the rates.
  let z: Matrix
  /// f(z_t) before the quantizer, and hq_t after it (none where h has no quantizer).
  let rates: Matrix
  let quantizedHidden: Matrix
  /// mq_t, or m_t while m is bypassed.
  let memoryOutput: Matrix
  /// m_t of the present and the previous step while m is quantized.
  let exactMemory: (Matrix, Matrix)
  let drive: Matrix
  /// u of all steps before its quantizer (none where u has none).
  private let exactDrive: Matrix
  /// dL/dz_t of a span of steps, and dL/du_t of all.
  let inputGradient: GradientSpan
  let driveGradient: Matrix
  let hiddenGradient: Matrix
  let memoryGradient: (Matrix, Matrix)
  /// dL/dmq_t where the memory has a surrogate.
  let seenMemoryGradient: Matrix
  let hiddenWeightsTransposed: Matrix
  let memoryWeightsTransposed: Matrix
  /// Where the way back through the memory goes in chunks.
  let chunkedGradient: ChunkedMemoryGradient?
  let hiddenQuantizer, memoryQuantizer, driveQuantizer: SiteQuantizer
  private(set) var isHiddenBypassed = true
  private var isMemoryBypassed = true
  private var isDriveBypassed = true

  /// With `chunks` the way back through the memory goes in chunks of steps.
  init(
    _ layer: LMU, chunks: ChunkedMemory? = nil, steps: Int, rows: Int, in workspace: Workspace
  ) {
    let (n, d) = (layer.configuration.hidden, layer.configuration.memory)
    let channels = layer.configuration.channels
    self.layer = layer
    self.steps = steps
    self.rows = rows
    capacity = rows
    function = HiddenFunction(layer, in: workspace)
    rates = workspace.matrix(steps * rows, n)
    z = function.inputs(of: rates, in: workspace)
    quantizedHidden = workspace.matrix(layer.configuration.h.kind == .off ? 0 : steps * rows, n)
    memoryOutput = workspace.matrix(steps * rows, d)
    exactMemory = (workspace.matrix(rows, d), workspace.matrix(rows, d))
    drive = workspace.matrix(steps * rows, channels)
    exactDrive = workspace.matrix(layer.configuration.u.kind == .off ? 0 : steps * rows, channels)
    inputGradient = GradientSpan(columns: n, steps: steps, rows: rows, in: workspace)
    driveGradient = workspace.matrix(steps * rows, channels)
    hiddenGradient = workspace.matrix(rows, n)
    memoryGradient = (workspace.matrix(rows, d), workspace.matrix(rows, d))
    seenMemoryGradient = workspace.matrix(
      layer.configuration.m.passesStraightThrough ? 0 : rows, d)
    hiddenWeightsTransposed = workspace.matrix(n, n)
    memoryWeightsTransposed = workspace.matrix(n, d)
    chunkedGradient = chunks.map {
      ChunkedMemoryGradient(layer, memory: $0, rows: rows, in: workspace)
    }
    let configuration = layer.configuration
    hiddenQuantizer = SiteQuantizer(
      configuration.h, units: n, lane: 1, steps: steps, rows: rows, in: workspace)
    memoryQuantizer = SiteQuantizer(
      configuration.m, units: d, lane: 2, steps: steps, rows: rows, in: workspace)
    driveQuantizer = SiteQuantizer(
      configuration.u, units: channels, lane: 3, steps: steps, rows: rows, in: workspace)
  }

  /// Whether the way back through the memory goes in chunks.
  package var hasChunkedGradient: Bool { chunkedGradient != nil }

  var quantizers: [SiteQuantizer?] { [hiddenQuantizer, memoryQuantizer, driveQuantizer] }

  /// hq of all steps: the rates themselves while h is bypassed.
  var hidden: Matrix { isHiddenBypassed ? rates : quantizedHidden }
  package var lastRates: Matrix { block(rates, steps - 1) }

  package func signal(_ site: Int) -> Matrix {
    switch site {
    case 0: output
    case 1: memoryOutput.rows(0, steps * rows)
    default: drive.rows(0, steps * rows)
    }
  }

  private lazy var response = layer.legendre.reversedResponse(steps: steps)

  package func activity(of unit: Int, site: Int, row: Int) -> [Float] {
    switch site {
    case 0: rates.rows(0, steps * rows).column(unit, from: row, every: rows)
    case 1 where !isMemoryBypassed:
      layer.memoryActivity(
        of: unit,
        drive: outputs(of: unit / layer.configuration.order, site: 2, row: row),
        response: response
      ) { t, place in block(memoryOutput, t)[row, place] }
    case 2 where !isDriveBypassed:
      exactDrive.rows(0, steps * rows).column(unit, from: row, every: rows)
    default: outputs(of: unit, site: site, row: row)
    }
  }

  /// The rows of step `t` of a matrix of all steps.
  func block(_ matrix: Matrix, _ t: Int) -> Matrix { matrix.rows(t * rows, rows) }

  package func forward(_ input: Matrix, weights: ParameterSlab, context: PassContext) {
    rows = input.rows / steps
    precondition(rows <= capacity && input.columns == layer.inputs, "input fits the pass")
    isHiddenBypassed = hiddenQuantizer.isBypassed(at: context.resolutions[0])
    isMemoryBypassed = memoryQuantizer.isBypassed(at: context.resolutions[1])
    isDriveBypassed = driveQuantizer.isBypassed(at: context.resolutions[2])
    for quantizer in [hiddenQuantizer, memoryQuantizer, driveQuantizer] {
      quantizer.begin(context)
    }
    function.begin(weights)
    for t in 0..<steps {
      advanceDrive(t, input, weights, context)
      advanceMemory(t, context)
      advanceHidden(t, input, weights, context)
    }
  }

  private func advanceDrive(
    _ t: Int, _ input: Matrix, _ weights: ParameterSlab, _ context: PassContext
  ) {
    let u = block(drive, t)
    let isBypassed = isDriveBypassed
    let exact = isBypassed ? u : block(exactDrive, t)
    LMU.encode(
      block(input, t), weights[layer.handles.inputEncoder], into: exact, isAdded: false)
    if t > 0, let handle = layer.handles.hiddenEncoder {
      LMU.encode(block(hidden, t - 1), weights[handle], into: exact, isAdded: true)
    }
    if t > 0, let handle = layer.handles.memoryEncoder {
      LMU.encode(block(memoryOutput, t - 1), weights[handle], into: exact, isAdded: true)
    }
    if let handle = layer.handles.memoryBias {
      add_row(exact.base, weights[handle].base, rows, exact.columns)
    }
    guard !isBypassed else { return }
    driveQuantizer.quantize(
      exact.base, into: u.base, rows: rows, w: context.resolutions[2], time: t, context: context)
  }

  private func advanceMemory(_ t: Int, _ context: PassContext) {
    let u = block(drive, t).base
    let d = layer.configuration.order
    let w = context.resolutions[1]
    let out = block(memoryOutput, t)
    let isBypassed = isMemoryBypassed
    let exact = isBypassed ? out : exactBlock(t)
    let memories = rows * layer.configuration.channels
    outer_product(exact.base, u, layer.memoryInput.base, memories, d)
    if t > 0 {
      let recursesOnOutput = isBypassed || layer.configuration.variant == .quantizedState
      let previous = recursesOnOutput ? block(memoryOutput, t - 1) : exactBlock(t - 1)
      Products.multiply(
        previous.reshaped(memories, d), layer.memoryTransposed,
        into: exact.reshaped(memories, d), keep: 1)
    }
    if !isBypassed {
      memoryQuantizer.quantize(
        exact.base, into: out.base, rows: rows, w: w, time: t, context: context)
    }
  }

  private func exactBlock(_ t: Int) -> Matrix {
    (t % 2 == 0 ? exactMemory.0 : exactMemory.1).rows(0, rows)
  }

  private func advanceHidden(
    _ t: Int, _ input: Matrix, _ weights: ParameterSlab, _ context: PassContext
  ) {
    let (z, rate) = (block(self.z, t), block(rates, t))
    layer.project(block(input, t), block(memoryOutput, t), into: z, weights: weights)
    if t > 0, let handle = layer.handles.hiddenWeights {
      Products.multiply(block(hidden, t - 1), weights[handle], into: z, keep: 1)
    }
    function.run(z, into: rate)
    guard !isHiddenBypassed else { return }
    hiddenQuantizer.quantize(
      rate.base, into: block(quantizedHidden, t).base, rows: rows, w: context.resolutions[0],
      time: t, context: context)
  }
}
