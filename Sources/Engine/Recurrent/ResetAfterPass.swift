import Kernels

/// The memory of a ``GRU`` that resets after its product, and its run. The way back, z, r and g
/// being the gates after their activations, s_t the slopes of the quantizer's surrogate (1 where it
/// is straight-through):
///
///     dg = dh_t (1 - z) (1 - g^2)     dz = dh_t (h_{t-1} - g) z (1 - z)
///     dr = dg p_g r (1 - r)           dp = [dz dr r dg]
///     dh_{t-1} = dh_t z + s_{t-1} dhq_{t-1}     dhq_{t-1} = dp U'
///
/// Weight gradients are summed over spans of steps.
final class ResetAfterPass: QuantizedSequencePass {
  private let memory: GRUMemory
  private let hiddenWeights: ParameterHandle
  private let hiddenBias: ParameterHandle
  /// p of the present step, rows x 3n.
  private let product: Matrix
  /// p_g of all steps, (steps * rows) x n.
  private let candidates: Matrix
  /// dL/dp of a span of steps.
  private let spanGradient: GradientSpan
  private let hiddenWeightsTransposed: Matrix

  init(
    _ memory: GRUMemory, hiddenWeights: ParameterHandle, hiddenBias: ParameterHandle,
    in workspace: Workspace
  ) {
    let n = memory.hidden.units
    self.memory = memory
    self.hiddenWeights = hiddenWeights
    self.hiddenBias = hiddenBias
    product = workspace.matrix(memory.capacity, 3 * n)
    candidates = workspace.matrix(memory.hidden.steps * memory.capacity, n)
    spanGradient = memory.span(columns: 3 * n, in: workspace)
    hiddenWeightsTransposed = workspace.matrix(3 * n, n)
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
    let product = product.rows(0, hidden.rows)
    for t in 0..<hidden.steps {
      let gates = hidden.block(memory.gates, t)
      projection.advance(hidden.block(input, t), into: gates, weights: weights)
      product.fillRows(with: weights[hiddenBias])
      if t > 0 {
        Products.multiply(hidden.output(t - 1), weights[hiddenWeights], into: product, keep: 1)
      }
      gru_reset_after(
        gates.base, hidden.block(candidates, t).base, hidden.state(t).base, product.base,
        hidden.state(t - 1).base, hidden.rows, hidden.units)
      hidden.quantize(t, context)
    }
  }

  func backward(
    _ outputGradient: OutputGradient, input: Matrix, inputGradient xGradient: Matrix?,
    weights: ParameterSlab, gradients: ParameterSlab
  ) {
    precondition(outputGradient.rows == hidden.rows, "a gradient for each sequence")
    hiddenWeightsTransposed.setTranspose(of: weights[hiddenWeights])
    gradients[hiddenWeights].fill(0)
    gradients[hiddenBias].fill(0)
    memory.layer.projection.beginBackward(gradients)
    let gradient = memory.hiddenGradient.rows(hidden.rows)
    for t in stride(from: hidden.steps - 1, through: 0, by: -1) {
      let place = spanGradient.block(t, rows: hidden.rows)
      gradient.complete(with: outputGradient, at: t)
      gru_reset_after_backward(
        hidden.block(memory.gates, t).base, place.base, gradient.exact.base,
        hidden.block(candidates, t).base, hidden.state(t - 1).base, hidden.rows, hidden.units)
      if t > 0 {
        Products.multiply(
          place, hiddenWeightsTransposed, into: gradient.seen, keep: gradient.keep)
      }
      guard let span = memory.span(from: t) else { continue }
      let all = spanGradient.gradients(of: span)
      span.addWeightGradient(ofPrevious: hidden.allOutputs, all, into: gradients[hiddenWeights])
      add_column_sums(gradients[hiddenBias].base, all.base, all.rows, all.columns)
      memory.backwardInput(span, input, xGradient, weights, gradients)
    }
  }
}
