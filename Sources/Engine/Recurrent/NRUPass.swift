import Kernels

/// The memory of an ``NRU`` over whole sequences, and its run. The way back, v_t being alpha, beta,
/// p, q, p' and q' of step t, s_t and e_t the slopes of the surrogates of h and m (1 where they are
/// straight-through):
///
///     dv_t      = dm_t through the outer products and their norms
///     dhq_t    += dv_t A'                          on top of what came from step t + 1
///     da_t      = dhq_t s_t through ReLU and normalization
///     dm_{t-1}  = dm_t + e_{t-1} (dv_t B' + da_t R')     dhq_{t-1} = da_t U'
///
/// Weight gradients are formed afterwards in one product each over all steps.
final class NRUPass: QuantizedSequencePass {
  private let layer: NRU
  private let hidden: StateSequence
  private let memory: StateSequence
  private let shape: memory_shape
  /// v of all steps, (steps * rows) x (2k + 4s); after `backward` their gradients.
  private let vectors: Matrix
  /// Norms of the outer products' rows at all steps, (steps * rows) x 2k.
  private let sizes: Matrix
  /// What layer normalization keeps of all steps: (steps * rows) x n, and one number a row.
  private let normalized: Matrix
  private let inverseDeviations: Matrix
  /// One outer product and a row.
  private let scratch: Matrix
  /// dL/da of a span of steps.
  private let inputGradient: GradientSpan
  private let hiddenGradient: Matrix
  private let memoryGradient: CarriedGradient
  private let transposed: TransposedWeights

  /// U', R', A' and B'.
  private struct TransposedWeights {
    let hidden, memory, hiddenHead, memoryHead: Matrix
  }

  init(_ layer: NRU, steps: Int, rows: Int, in workspace: Workspace) {
    let configuration = layer.configuration
    let (n, units, side) = (configuration.hidden, configuration.memory, layer.side)
    self.layer = layer
    hidden = StateSequence(configuration.h, units: n, steps: steps, rows: rows, in: workspace)
    memory = StateSequence(
      configuration.m, at: 1, units: units, steps: steps, rows: rows, in: workspace)
    shape = memory_shape(
      units: units, heads: configuration.heads, side: side, rectified: configuration.isRectified)
    vectors = workspace.matrix(steps * rows, layer.vectors)
    sizes = workspace.matrix(steps * rows, 2 * configuration.heads)
    let normalizedRows = configuration.hasLayerNorm ? steps * rows : 0
    normalized = workspace.matrix(normalizedRows, n)
    inverseDeviations = workspace.matrix(normalizedRows, 1)
    scratch = workspace.matrix(side + 1, side)
    inputGradient = GradientSpan(columns: n, steps: steps, rows: rows, in: workspace)
    hiddenGradient = workspace.matrix(rows, n)
    memoryGradient = CarriedGradient(
      memory.quantizer, units: units, rows: rows, in: workspace)
    transposed = TransposedWeights(
      hidden: workspace.matrix(n, n), memory: workspace.matrix(n, units),
      hiddenHead: workspace.matrix(layer.vectors, n),
      memoryHead: workspace.matrix(layer.vectors, units))
  }

  var quantizers: [SiteQuantizer?] { [hidden.quantizer, memory.quantizer] }
  var output: Matrix { hidden.outputs(from: 0, count: hidden.steps) }
  var lastOutput: Matrix { hidden.outputs(from: hidden.steps - 1, count: 1) }
  var lastRates: Matrix { hidden.state(hidden.steps - 1) }
  var signalRows: Int { hidden.rows }
  func signal(_ site: Int) -> Matrix {
    site == 0 ? output : memory.outputs(from: 0, count: memory.steps)
  }
  func activity(of unit: Int, site: Int, row: Int) -> [Float] {
    (site == 0 ? hidden : memory).activity(of: unit, row: row)
  }

  func forward(_ input: Matrix, weights: ParameterSlab, context: PassContext) {
    hidden.begin(input, context)
    memory.begin(input, context)
    layer.handles.projection.begin(input, into: hidden.states, weights: weights)
    for t in 0..<hidden.steps {
      advanceHidden(t, input, weights)
      hidden.quantize(t, context)
      advanceMemory(t, weights)
      memory.quantize(t, context)
    }
  }

  private func advanceHidden(_ t: Int, _ input: Matrix, _ weights: ParameterSlab) {
    let state = hidden.state(t)
    layer.handles.projection.advance(hidden.block(input, t), into: state, weights: weights)
    if t > 0 {
      Products.multiply(
        hidden.output(t - 1), weights[layer.handles.hiddenWeights], into: state, keep: 1)
      Products.multiply(
        memory.output(t - 1), weights[layer.handles.memoryWeights], into: state, keep: 1)
    }
    if let normalization = layer.handles.normalization {
      layer_norm(
        state.base, hidden.block(normalized, t).base, hidden.block(inverseDeviations, t).base,
        weights[normalization.gain].base, weights[normalization.shift].base, state.rows,
        state.columns)
    }
    relu_in_place(state.base, state.count)
  }

  private func advanceMemory(_ t: Int, _ weights: ParameterSlab) {
    let row = hidden.block(vectors, t)
    row.fillRows(with: weights[layer.handles.headBias])
    Products.multiply(
      hidden.output(t), weights[layer.handles.hiddenHeadWeights], into: row, keep: 1)
    if t > 0 {
      Products.multiply(
        memory.output(t - 1), weights[layer.handles.memoryHeadWeights], into: row, keep: 1)
    }
    outer_memory(
      memory.state(t).base, hidden.block(sizes, t).base, row.base, memory.state(t - 1).base,
      scratch.base, row.rows, shape)
  }

  func backward(
    _ outputGradient: OutputGradient, input: Matrix, inputGradient xGradient: Matrix?,
    weights: ParameterSlab, gradients: ParameterSlab
  ) {
    let rows = hidden.rows
    precondition(outputGradient.rows == rows, "a gradient for each sequence")
    transpose(weights)
    if let normalization = layer.handles.normalization {
      gradients[normalization.gain].fill(0)
      gradients[normalization.shift].fill(0)
    }
    memoryGradient.rows(rows).begin()
    clear(gradients)
    for t in stride(from: hidden.steps - 1, through: 0, by: -1) {
      outputGradient.complete(hiddenGradient.rows(0, rows), at: t)
      backwardStep(t, outputGradient, weights, gradients)
      guard let span = SpanSteps(from: t, of: hidden.steps, rows: rows) else { continue }
      addWeightGradients(span, gradients)
      layer.handles.projection.backward(
        inputGradient.gradients(of: span), at: span, input: input, inputGradient: xGradient,
        weights: weights, gradients: gradients)
    }
  }

  /// Clears the gradients that are summed over spans of steps.
  private func clear(_ gradients: ParameterSlab) {
    let handles = layer.handles
    gradients[handles.hiddenWeights].fill(0)
    gradients[handles.memoryWeights].fill(0)
    gradients[handles.memoryHeadWeights].fill(0)
    gradients[handles.hiddenHeadWeights].fill(0)
    gradients[handles.headBias].fill(0)
    handles.projection.beginBackward(gradients)
  }

  private func transpose(_ weights: ParameterSlab) {
    transposed.hidden.setTranspose(of: weights[layer.handles.hiddenWeights])
    transposed.memory.setTranspose(of: weights[layer.handles.memoryWeights])
    transposed.hiddenHead.setTranspose(of: weights[layer.handles.hiddenHeadWeights])
    transposed.memoryHead.setTranspose(of: weights[layer.handles.memoryHeadWeights])
  }

  private func backwardStep(
    _ t: Int, _ outputGradient: OutputGradient, _ weights: ParameterSlab,
    _ gradients: ParameterSlab
  ) {
    let (rows, row) = (hidden.rows, hidden.block(vectors, t))
    let a = inputGradient.block(t, rows: rows)
    let (dh, dm) = (hiddenGradient.rows(0, rows), memoryGradient.rows(rows))
    dm.complete(at: t)
    outer_memory_backward(
      row.base, dm.exact.base, hidden.block(sizes, t).base, scratch.base, rows, shape)
    addHeadGradient(row, to: dh, at: t, outputGradient)
    relu_backward(a.base, dh.base, hidden.state(t).base, a.count)
    if let normalization = layer.handles.normalization {
      layer_norm_backward(
        a.base, gradients[normalization.gain].base, gradients[normalization.shift].base,
        hidden.block(normalized, t).base, hidden.block(inverseDeviations, t).base,
        weights[normalization.gain].base, rows, a.columns)
    }
    guard t > 0 else { return }
    Products.multiply(row, transposed.memoryHead, into: dm.seen, keep: dm.keep)
    Products.multiply(a, transposed.memory, into: dm.seen, keep: 1)
    Products.multiply(a, transposed.hidden, into: dh)
  }

  /// Makes `dh`, what later steps and the loss send to hq_t, the gradient of h_t.
  private func addHeadGradient(
    _ row: Matrix, to dh: Matrix, at t: Int, _ outputGradient: OutputGradient
  ) {
    // The loss may see h_t itself, at the last step.
    let isSeenExactly =
      hidden.quantizer.hasSurrogate && outputGradient.isBeforeQuantizer && t == hidden.steps - 1
    Products.multiply(row, transposed.hiddenHead, into: dh, keep: isSeenExactly ? 0 : 1)
    hidden.quantizer.passBack(dh, from: t)
    if isSeenExactly { dh.add(outputGradient.values) }
  }

  private func addWeightGradients(_ span: SpanSteps, _ gradients: ParameterSlab) {
    let handles = layer.handles
    let (a, v) = (inputGradient.gradients(of: span), span.rows(of: vectors))
    let (h, m) = (hidden.allOutputs, memory.allOutputs)
    span.addWeightGradient(ofPrevious: h, a, into: gradients[handles.hiddenWeights])
    span.addWeightGradient(ofPrevious: m, a, into: gradients[handles.memoryWeights])
    span.addWeightGradient(ofPrevious: m, v, into: gradients[handles.memoryHeadWeights])
    span.addWeightGradient(ofPresent: h, v, into: gradients[handles.hiddenHeadWeights])
    add_column_sums(gradients[handles.headBias].base, v.base, v.rows, v.columns)
  }
}
