import Kernels

/// The memory of an ``LSTM`` over whole sequences, and its run. The way back, i, f, g and o being
/// the gates after their activations, s_t the slopes of the quantizer's surrogate (1 where it is
/// straight-through):
///
///     dh_t     = dhq_t s_t
///     dc_t    += dh_t o (1 - tanh(c_t)^2)          on top of what came from step t + 1
///     di, df   = dc_t g i (1 - i), dc_t c_{t-1} f (1 - f)
///     dg, do   = dc_t i (1 - g^2), dh_t tanh(c_t) o (1 - o)
///     dc_{t-1} = dc_t f     dhq_{t-1} = [di df dg do] U'
///
/// Weight gradients are summed over spans of steps.
final class LSTMPass: QuantizedSequencePass {
  private let layer: LSTM
  private let hidden: StateSequence
  /// The gates of all steps, (steps * rows) x 4n, and their gradients at those of a span.
  private let gates: Matrix
  private let gateGradient: GradientSpan
  /// c of all steps, (steps * rows) x n, and before the first.
  private let cells: Matrix
  private let initialCell: Matrix
  private let hiddenGradient: Matrix
  private let cellGradient: Matrix
  private let hiddenWeightsTransposed: Matrix

  init(_ layer: LSTM, steps: Int, rows: Int, in workspace: Workspace) {
    let n = layer.configuration.hidden
    self.layer = layer
    hidden = StateSequence(
      layer.configuration.h, units: n, steps: steps, rows: rows, in: workspace)
    gates = workspace.matrix(steps * rows, 4 * n)
    gateGradient = GradientSpan(columns: 4 * n, steps: steps, rows: rows, in: workspace)
    cells = workspace.matrix(steps * rows, n)
    initialCell = workspace.matrix(rows, n)
    hiddenGradient = workspace.matrix(rows, n)
    cellGradient = workspace.matrix(rows, n)
    hiddenWeightsTransposed = workspace.matrix(4 * n, n)
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

  private func cell(_ t: Int) -> Matrix { t < 0 ? initialCell : hidden.block(cells, t) }

  func forward(_ input: Matrix, weights: ParameterSlab, context: PassContext) {
    hidden.begin(input, context)
    layer.projection.begin(input, into: gates.rows(0, input.rows), weights: weights)
    for t in 0..<hidden.steps {
      let row = hidden.block(gates, t)
      layer.projection.advance(hidden.block(input, t), into: row, weights: weights)
      if t > 0 {
        Products.multiply(
          hidden.output(t - 1), weights[layer.hiddenWeights], into: row, keep: 1)
      }
      lstm(
        row.base, cell(t).base, hidden.state(t).base, cell(t - 1).base, hidden.rows,
        hidden.units)
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
    cellGradient.fill(0)
    for t in stride(from: hidden.steps - 1, through: 0, by: -1) {
      let row = gateGradient.block(t, rows: rows)
      outputGradient.complete(gradient, at: t, through: hidden.quantizer)
      lstm_backward(
        row.base, cellGradient.base, hidden.block(gates, t).base, gradient.base, cell(t).base,
        cell(t - 1).base, rows, hidden.units)
      if t > 0 { Products.multiply(row, hiddenWeightsTransposed, into: gradient) }
      guard let span = SpanSteps(from: t, of: hidden.steps, rows: rows) else { continue }
      let z = gateGradient.gradients(of: span)
      span.addWeightGradient(
        ofPrevious: hidden.allOutputs, z, into: gradients[layer.hiddenWeights])
      layer.projection.backward(
        z, at: span, input: input, inputGradient: xGradient, weights: weights,
        gradients: gradients)
    }
  }
}
