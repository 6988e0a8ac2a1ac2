import Kernels

/// The memory of an ``RNN`` over whole sequences, and its run. The way back, s_t being the slopes
/// of the quantizer's surrogate (1 where it is straight-through):
///
///     dh_t = dhq_t s_t     dz_t = dh_t f'(z_t)     dhq_{t-1} = dz_t U'
///
/// Weight gradients are summed over spans of steps.
final class RNNPass: QuantizedSequencePass {
  private let layer: RNN
  private let hidden: StateSequence
  /// dL/dz of a span of steps.
  private let inputGradient: GradientSpan
  private let hiddenGradient: Matrix
  private let hiddenWeightsTransposed: Matrix

  init(_ layer: RNN, steps: Int, rows: Int, in workspace: Workspace) {
    let n = layer.configuration.hidden
    self.layer = layer
    hidden = StateSequence(
      layer.configuration.h, units: n, steps: steps, rows: rows, in: workspace)
    inputGradient = GradientSpan(columns: n, steps: steps, rows: rows, in: workspace)
    hiddenGradient = workspace.matrix(rows, n)
    hiddenWeightsTransposed = workspace.matrix(n, n)
  }

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
    hidden.begin(input, context)
    layer.projection.begin(input, into: hidden.states, weights: weights)
    for t in 0..<hidden.steps {
      let state = hidden.state(t)
      layer.projection.advance(hidden.block(input, t), into: state, weights: weights)
      if t > 0 {
        Products.multiply(
          hidden.output(t - 1), weights[layer.hiddenWeights], into: state, keep: 1)
      }
      switch layer.configuration.activation {
      case .tanh: tanh_in_place(state.base, state.count)
      case .relu: relu_in_place(state.base, state.count)
      }
      hidden.quantize(t, context)
    }
  }

  func backward(
    _ outputGradient: OutputGradient, input: Matrix, inputGradient xGradient: Matrix?,
    weights: ParameterSlab, gradients: ParameterSlab
  ) {
    let rows = hidden.rows
    precondition(outputGradient.rows == rows, "a gradient for each sequence")
    hiddenWeightsTransposed.setTranspose(of: weights[layer.hiddenWeights])
    gradients[layer.hiddenWeights].fill(0)
    layer.projection.beginBackward(gradients)
    let gradient = hiddenGradient.rows(0, rows)
    for t in stride(from: hidden.steps - 1, through: 0, by: -1) {
      let z = inputGradient.block(t, rows: rows)
      outputGradient.complete(gradient, at: t, through: hidden.quantizer)
      switch layer.configuration.activation {
      case .tanh: tanh_backward(z.base, gradient.base, hidden.state(t).base, z.count)
      case .relu: relu_backward(z.base, gradient.base, hidden.state(t).base, z.count)
      }
      if t > 0 { Products.multiply(z, hiddenWeightsTransposed, into: gradient) }
      guard let span = SpanSteps(from: t, of: hidden.steps, rows: rows) else { continue }
      let all = inputGradient.gradients(of: span)
      span.addWeightGradient(
        ofPrevious: hidden.allOutputs, all, into: gradients[layer.hiddenWeights])
      layer.projection.backward(
        all, at: span, input: input, inputGradient: xGradient, weights: weights,
        gradients: gradients)
    }
  }
}
