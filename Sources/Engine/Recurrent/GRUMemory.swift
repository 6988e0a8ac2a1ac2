/// What the passes of a ``GRU`` have in common, whichever way it resets.
struct GRUMemory {
  let layer: GRU
  let capacity: Int
  let hidden: StateSequence
  /// The gates of all steps, (steps * rows) x 3n; after the way back their gradients by what x
  /// contributes.
  let gates: Matrix
  let hiddenGradient: CarriedGradient

  init(_ layer: GRU, steps: Int, rows: Int, in workspace: Workspace) {
    let n = layer.configuration.hidden
    self.layer = layer
    capacity = rows
    hidden = StateSequence(
      layer.configuration.h, units: n, steps: steps, rows: rows, in: workspace)
    gates = workspace.matrix(steps * rows, 3 * n)
    hiddenGradient = CarriedGradient(
      hidden.quantizer, units: n, rows: rows, in: workspace)
  }

  /// Room for gradients of a span of steps.
  func span(columns: Int, in workspace: Workspace) -> GradientSpan {
    GradientSpan(columns: columns, steps: hidden.steps, rows: capacity, in: workspace)
  }

  /// The span that begins at step `t`, where one does.
  func span(from t: Int) -> SpanSteps? {
    SpanSteps(from: t, of: hidden.steps, rows: hidden.rows)
  }

  /// Adds to the gradients of W and b what `steps` contribute, whose gates hold their gradients.
  func backwardInput(
    _ steps: SpanSteps, _ input: Matrix, _ inputGradient: Matrix?, _ weights: ParameterSlab,
    _ gradients: ParameterSlab
  ) {
    layer.projection.backward(
      steps.rows(of: gates), at: steps, input: input, inputGradient: inputGradient,
      weights: weights, gradients: gradients)
  }
}
