import Kernels

/// The memory of a ``GRU`` that resets before its product, and its run. The way back, z, r and g
/// being the gates after their activations, s = r hq_{t-1}, and e_t the slopes of the quantizer's
/// surrogate (1 where it is straight-through):
///
///     dg = dh_t (1 - z) (1 - g^2)     dz = dh_t (h_{t-1} - g) z (1 - z)
///     ds = dg U_g'                    dr = ds hq_{t-1} r (1 - r)
///     dh_{t-1} = dh_t z + e_{t-1} dhq_{t-1}     dhq_{t-1} = ds r + [dz dr] [U_z U_r]'
///
/// Weight gradients are summed over spans of steps.
final class ResetBeforePass: QuantizedSequencePass {
  private let memory: GRUMemory
  private let gateWeights: ParameterHandle
  private let candidateWeights: ParameterHandle
  /// What hq contributes to z and r in the present step, rows x 2n, and to g, rows x n; the
  /// latter holds ds on the way back.
  private let gateProduct: Matrix
  private let candidateProduct: Matrix
  /// s of all steps, (steps * rows) x n.
  private let resets: Matrix
  /// [dz dr] and dg of a span of steps.
  private let gateGradient: GradientSpan
  private let candidateGradient: GradientSpan
  private let gateWeightsTransposed: Matrix
  private let candidateWeightsTransposed: Matrix

  init(
    _ memory: GRUMemory, gateWeights: ParameterHandle, candidateWeights: ParameterHandle,
    in workspace: Workspace
  ) {
    let n = memory.hidden.units
    self.memory = memory
    self.gateWeights = gateWeights
    self.candidateWeights = candidateWeights
    gateProduct = workspace.matrix(memory.capacity, 2 * n)
    candidateProduct = workspace.matrix(memory.capacity, n)
    resets = workspace.matrix(memory.hidden.steps * memory.capacity, n)
    gateGradient = memory.span(columns: 2 * n, in: workspace)
    candidateGradient = memory.span(columns: n, in: workspace)
    gateWeightsTransposed = workspace.matrix(2 * n, n)
    candidateWeightsTransposed = workspace.matrix(n, n)
  }

  private var hidden: StateSequence { memory.hidden }
  var quantizers: [SiteQuantizer?] { [hidden.quantizer] }
  var output: Matrix { hidden.outputs(from: 0, count: hidden.steps) }
  var lastOutput: Matrix { hidden.outputs(from: hidden.steps - 1, count: 1) }
  var lastRates: Matrix { hidden.state(hidden.steps - 1) }
  var signalRows: Int { hidden.rows }
  func signal(_ site: Int) -> Matrix { output }
  func activity(of unit: Int, site: Int, row: Int) -> [Float] {
    hidden.activity(of: unit, row: row)
  }

  func forward(_ input: Matrix, weights: ParameterSlab, context: PassContext) {
    let projection = memory.layer.projection
    hidden.begin(input, context)
    projection.begin(input, into: memory.gates.rows(0, input.rows), weights: weights)
    for t in 0..<hidden.steps {
      projection.advance(
        hidden.block(input, t), into: hidden.block(memory.gates, t), weights: weights)
      advance(t, weights)
      hidden.quantize(t, context)
    }
  }

  private func advance(_ t: Int, _ weights: ParameterSlab) {
    let (rows, units) = (hidden.rows, hidden.units)
    let gates = hidden.block(memory.gates, t)
    let (gateProduct, candidateProduct) = (
      gateProduct.rows(0, rows), candidateProduct.rows(0, rows)
    )
    let (before, reset) = (hidden.output(t - 1), hidden.block(resets, t))
    Products.multiply(before, weights[gateWeights], into: gateProduct)
    gru_gates(gates.base, reset.base, gateProduct.base, before.base, rows, units)
    Products.multiply(reset, weights[candidateWeights], into: candidateProduct)
    gru_candidate(
      gates.base, hidden.state(t).base, candidateProduct.base, hidden.state(t - 1).base, rows,
      units)
  }

  func backward(
    _ outputGradient: OutputGradient, input: Matrix, inputGradient xGradient: Matrix?,
    weights: ParameterSlab, gradients: ParameterSlab
  ) {
    precondition(outputGradient.rows == hidden.rows, "a gradient for each sequence")
    gateWeightsTransposed.setTranspose(of: weights[gateWeights])
    candidateWeightsTransposed.setTranspose(of: weights[candidateWeights])
    gradients[gateWeights].fill(0)
    gradients[candidateWeights].fill(0)
    memory.layer.projection.beginBackward(gradients)
    let gradient = memory.hiddenGradient.rows(hidden.rows)
    for t in stride(from: hidden.steps - 1, through: 0, by: -1) {
      gradient.complete(with: outputGradient, at: t)
      backwardStep(t, gradient)
      guard let span = memory.span(from: t) else { continue }
      span.addWeightGradient(
        ofPrevious: hidden.allOutputs, gateGradient.gradients(of: span),
        into: gradients[gateWeights])
      span.addWeightGradient(
        ofPresent: resets, candidateGradient.gradients(of: span),
        into: gradients[candidateWeights])
      memory.backwardInput(span, input, xGradient, weights, gradients)
    }
  }

  private func backwardStep(_ t: Int, _ gradient: CarriedGradient) {
    let (rows, units) = (hidden.rows, hidden.units)
    let gates = hidden.block(memory.gates, t)
    let (gate, candidate) = (
      gateGradient.block(t, rows: rows), candidateGradient.block(t, rows: rows)
    )
    let reset = candidateProduct.rows(0, rows)
    gru_candidate_backward(
      gates.base, candidate.base, gradient.exact.base, hidden.state(t - 1).base, rows, units)
    Products.multiply(candidate, candidateWeightsTransposed, into: reset)
    if gradient.keep == 0 { gradient.seen.fill(0) }
    gru_gates_backward(
      gates.base, gate.base, gradient.seen.base, reset.base, hidden.output(t - 1).base, rows, units)
    if t > 0 { Products.multiply(gate, gateWeightsTransposed, into: gradient.seen, keep: 1) }
  }
}
