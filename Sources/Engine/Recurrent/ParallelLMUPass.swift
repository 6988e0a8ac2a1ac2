import Kernels

/// An ``LMU`` without e_h and e_m whose memory's recursion is exact: the memory is a convolution of
/// u with the impulse response b_k = Ad^k Bd, so that all of it is known before the hidden units
/// (Chilkuri and Eliasmith 2021). Its quantizer is a scan along time.
///
/// Where only the last step's outputs are wanted and no hidden unit sees another, nothing before it
/// is formed: m_T = sum_t b_{T-t} u_t is one product. The voltages before the last step are drawn
/// there instead of scanned: uniform voltages that do not depend on the activities stay uniform
/// (specification, section 1.2), so the outputs have the same distribution.
///
/// Shapes, with rows sequences at once, c channels and d numbers each: drive (u) and its gradient
/// (steps * rows) x c; memories (steps * rows) x (c d), z, rates and hidden (steps * rows) x n, or
/// rows of them where only the last step is computed.
package final class ParallelLMUPass: QuantizedSequencePass {
  /// mq, z, f(z) and hq of one step or of many; z is the place of f(z) unless f is learned.
  struct Steps {
    let memory, z, rates, hidden: Matrix

    init(
      _ configuration: LMUConfiguration, _ function: HiddenFunction, rows: Int,
      in workspace: Workspace
    ) {
      memory = workspace.matrix(rows, configuration.memory)
      rates = workspace.matrix(rows, configuration.hidden)
      z = function.inputs(of: rates, in: workspace)
      hidden = workspace.matrix(
        configuration.h.kind == .off ? 0 : rows, configuration.hidden)
    }
  }

  let layer: LMU
  let steps: Int
  /// Sequences that there is room for, and sequences of the present batch.
  let capacity: Int
  private(set) var rows: Int
  /// Sequences of which all steps are formed; 0 while only the last step is.
  private var formedRows = 0
  /// Whether `last` holds what the batch gave, rather than the last steps of `sequence`.
  private(set) var isLastStepOnly = false

  let drive: Matrix
  /// u before its quantizer (none where u has none).
  private let exactDrive: Matrix
  private let watchedDrive: Matrix
  let driveGradient: Matrix
  let function: HiddenFunction
  let last: Steps
  private let exactLast: Matrix
  let sequence: Steps
  private let memory: ParallelMemory
  /// b_{T-t} of all steps t, steps x d.
  let response: Matrix
  let gradient: Gradients
  let hiddenQuantizer, memoryQuantizer, driveQuantizer: SiteQuantizer
  private(set) var isHiddenBypassed = true
  private var isMemoryBypassed = true
  private var isDriveBypassed = true
  /// What the present batch was run with, for signals that are formed on demand.
  private var present: (input: Matrix, weights: ParameterSlab, context: PassContext)?
  /// Which sample each row of it is.
  private let samples: UnsafeMutableBufferPointer<Int>

  /// Sequences whose signals are formed on demand, with the weights as they are then, where only
  /// last steps are computed.
  private static let watchedRows = 4

  init(_ layer: LMU, memory: ChunkedMemory, steps: Int, rows: Int, in workspace: Workspace) {
    let configuration = layer.configuration
    let channels = configuration.channels
    func makeQuantizer(_ site: QuantizerSite, _ units: Int, _ lane: Int) -> SiteQuantizer {
      SiteQuantizer(
        site, units: units, lane: lane, steps: steps, rows: rows, in: workspace)
    }
    samples = .allocate(capacity: rows)
    samples.initialize(repeating: 0)
    self.layer = layer
    self.steps = steps
    self.rows = rows
    capacity = rows
    drive = workspace.matrix(steps * rows, channels)
    exactDrive = workspace.matrix(
      configuration.u.kind == .off ? 0 : steps * rows, channels)
    watchedDrive = workspace.matrix(steps * min(rows, Self.watchedRows), channels)
    driveGradient = workspace.matrix(steps * rows, channels)
    function = HiddenFunction(layer, in: workspace)
    last = Steps(configuration, function, rows: rows, in: workspace)
    exactLast = workspace.matrix(rows, configuration.memory)
    sequence = Steps(configuration, function, rows: steps * rows, in: workspace)
    self.memory = ParallelMemory(memory, rows: rows * channels, steps: steps, in: workspace)
    response = layer.legendre.reversedResponse(steps: steps)
    gradient = Gradients(layer.configuration, steps: steps, rows: rows, in: workspace)
    hiddenQuantizer = makeQuantizer(configuration.h, configuration.hidden, 1)
    memoryQuantizer = makeQuantizer(configuration.m, configuration.memory, 2)
    driveQuantizer = makeQuantizer(configuration.u, channels, 3)
  }

  deinit { samples.deallocate() }

  var quantizers: [SiteQuantizer?] { [hiddenQuantizer, memoryQuantizer, driveQuantizer] }

  private var isRecurrent: Bool { layer.handles.hiddenWeights != nil }

  /// hq of all steps of the formed sequences: the rates themselves while h is bypassed.
  var hidden: Matrix { isHiddenBypassed ? sequence.rates : sequence.hidden }
  package var output: Matrix {
    precondition(!isLastStepOnly, "all steps were computed")
    return hidden.rows(0, steps * rows)
  }
  package var lastOutput: Matrix {
    guard isLastStepOnly else { return block(hidden, steps - 1) }
    return (isHiddenBypassed ? last.rates : last.hidden).rows(0, rows)
  }

  /// Of all steps, or of the last one where only that is computed.
  package var learnedInputs: [Matrix] {
    guard function.keepsInputs else { return [] }
    return [isLastStepOnly ? last.z.rows(0, rows) : sequence.z.rows(0, steps * rows)]
  }

  package var lastRates: Matrix {
    isLastStepOnly ? last.rates.rows(0, rows) : block(sequence.rates, steps - 1)
  }

  package var signalRows: Int { isLastStepOnly ? min(rows, Self.watchedRows) : rows }

  package func signal(_ site: Int) -> Matrix {
    if let present, formedRows == 0 { form(signalRows, present) }
    switch site {
    case 0: return hidden.rows(0, steps * formedRows)
    case 1: return sequence.memory.rows(0, steps * formedRows)
    default: return formedDrive
    }
  }

  package func activity(of unit: Int, site: Int, row: Int) -> [Float] {
    let outputs = outputs(of: unit, site: site, row: row)
    switch site {
    case 0:
      return sequence.rates.rows(0, steps * formedRows)
        .column(unit, from: row, every: formedRows)
    case 1 where !isMemoryBypassed:
      let channel = unit / layer.configuration.order
      return layer.memoryActivity(
        of: unit, drive: self.outputs(of: channel, site: 2, row: row), response: response
      ) { _, _ in 0 }
    case 2 where !isDriveBypassed:
      return exactDrive.rows(0, steps * rows).column(unit, from: row, every: rows)
    default: return outputs
    }
  }

  /// u of the formed sequences.
  private var formedDrive: Matrix {
    guard formedRows < rows else { return drive.rows(0, steps * rows) }
    let watched = watchedDrive.rows(0, steps * formedRows)
    for t in 0..<steps {
      watched.rows(t * formedRows, formedRows).copy(from: drive.rows(t * rows, formedRows))
    }
    return watched
  }

  /// The rows of step `t` of a matrix of all steps of the batch.
  func block(_ matrix: Matrix, _ t: Int) -> Matrix { matrix.rows(t * rows, rows) }

  package func forward(_ input: Matrix, weights: ParameterSlab, context: PassContext) {
    rows = input.rows / steps
    precondition(rows <= capacity && input.columns == layer.inputs, "input fits the pass")
    isHiddenBypassed = hiddenQuantizer.isBypassed(at: context.resolutions[0])
    for quantizer in [hiddenQuantizer, memoryQuantizer] { quantizer.forgetSlopes() }
    formDrive(input, weights, context)
    isLastStepOnly =
      context.isLastStepEnough && !isRecurrent && memoryQuantizer.canBeginAnywhere
      && hiddenQuantizer.canBeginAnywhere
    // Signals may be asked for when the caller's samples are gone.
    _ = samples.update(fromContentsOf: context.samples)
    var kept = context
    kept.samples = UnsafeBufferPointer(rebasing: samples[..<rows])
    present = (input, weights, kept)
    formedRows = 0
    if isLastStepOnly {
      formLastStep(input, weights, context)
    } else if let present {
      form(rows, present)
    }
  }

  private func formDrive(_ input: Matrix, _ weights: ParameterSlab, _ context: PassContext) {
    let count = steps * rows
    isDriveBypassed = driveQuantizer.isBypassed(at: context.resolutions[2])
    let exact = isDriveBypassed ? drive : exactDrive
    LMU.encode(
      input, weights[layer.handles.inputEncoder], into: exact.rows(0, count), isAdded: false)
    if let bias = layer.handles.memoryBias {
      add_row(exact.base, weights[bias].base, count, exact.columns)
    }
    driveQuantizer.begin(context)
    guard !isDriveBypassed else { return }
    for t in 0..<steps {
      driveQuantizer.quantize(
        block(exact, t).base, into: block(drive, t).base, rows: rows,
        w: context.resolutions[2], time: t, context: context)
    }
  }

  private func formLastStep(_ input: Matrix, _ weights: ParameterSlab, _ context: PassContext) {
    let (mq, rates) = (last.memory.rows(0, rows), last.rates.rows(0, rows))
    let isBypassed = memoryQuantizer.isBypassed(at: context.resolutions[1])
    let exact = isBypassed ? mq : exactLast.rows(0, rows)
    let (channels, d) = (drive.columns, layer.configuration.order)
    Products.multiply(
      drive.rows(0, steps * rows).reshaped(steps, rows * channels), response,
      into: exact.reshaped(rows * channels, d),
      form: .transposedLeft)
    if !isBypassed {
      memoryQuantizer.begin(context)
      memoryQuantizer.quantize(
        exact.base, into: mq.base, rows: rows, w: context.resolutions[1], time: steps - 1,
        context: context)
    }
    let z = last.z.rows(0, rows)
    function.begin(weights)
    layer.project(block(input, steps - 1), mq, into: z, weights: weights)
    function.run(z, into: rates)
    guard !isHiddenBypassed else { return }
    hiddenQuantizer.begin(context)
    hiddenQuantizer.quantize(
      rates.base, into: last.hidden.base, rows: rows, w: context.resolutions[0], time: steps - 1,
      context: context)
  }
}

/// All steps.
extension ParallelLMUPass {
  /// Forms all steps of the first `count` sequences of a batch whose u is known.
  private func form(
    _ count: Int, _ batch: (input: Matrix, weights: ParameterSlab, context: PassContext)
  ) {
    formedRows = count
    formMemory(count, batch.context)
    hiddenQuantizer.begin(batch.context)
    function.begin(batch.weights)
    for t in 0..<steps {
      let (z, rate) = (sequence.z.rows(t * count, count), sequence.rates.rows(t * count, count))
      layer.project(
        batch.input.rows(t * rows, count), sequence.memory.rows(t * count, count), into: z,
        weights: batch.weights)
      if t > 0, let handle = layer.handles.hiddenWeights {
        Products.multiply(
          hidden.rows((t - 1) * count, count), batch.weights[handle], into: z, keep: 1)
      }
      function.run(z, into: rate)
      guard !isHiddenBypassed else { continue }
      hiddenQuantizer.quantize(
        rate.base, into: sequence.hidden.rows(t * count, count).base, rows: count,
        w: batch.context.resolutions[0], time: t, context: batch.context)
    }
  }

  private func formMemory(_ count: Int, _ context: PassContext) {
    let w = context.resolutions[1]
    let isBypassed = memoryQuantizer.isBypassed(at: w)
    isMemoryBypassed = isBypassed
    memoryQuantizer.begin(context)
    memory.run(drive, rows: count, of: rows, steps: steps) { t, exact in
      let out = sequence.memory.rows(t * count, count)
      guard !isBypassed else {
        return out.base.update(from: exact, count: out.count)
      }
      memoryQuantizer.quantize(
        exact, into: out.base, rows: count, w: w, time: t, context: context)
    }
  }
}
