import Kernels

/// What the ways to run an ``LMU`` have in common: the gradients of x and of the weights of x and
/// h, formed from dL/dz and dL/du of all steps.
protocol LMUSequencePass: QuantizedSequencePass {
  var layer: LMU { get }
  var steps: Int { get }
  /// Sequences of the present batch.
  var rows: Int { get }
  /// hq of all steps, with room for more rows than there are.
  var hidden: Matrix { get }
  /// dL/dz_t and dL/du_t of all steps, with room for more rows than there are.
  var inputGradient: Matrix { get }
  var driveGradient: Matrix { get }
}

extension LMUSequencePass {
  /// Gradients of what multiplies hq_{t-1}: outputs of steps 0 ... T-2 against the gradients of
  /// steps 1 ... T-1.
  func hiddenWeightGradients(_ gradients: ParameterSlab) {
    let count = (steps - 1) * rows
    let encoder = gradients[layer.handles.hiddenEncoder]
    encoder.fill(0)
    guard count > 0 else { return gradients[layer.handles.hiddenWeights].fill(0) }
    let before = hidden.rows(0, count)
    Products.multiply(
      before, inputGradient.rows(rows, count), into: gradients[layer.handles.hiddenWeights],
      form: .transposedLeft)
    add_scaled_column_sums(
      encoder.base, driveGradient.rows(rows, count).base, before.base, count, before.columns)
  }

  func inputWeightGradients(_ input: Matrix, _ gradients: ParameterSlab) {
    let count = steps * rows
    Products.multiply(
      input, inputGradient.rows(0, count), into: gradients[layer.handles.inputWeights],
      form: .transposedLeft)
    let encoder = gradients[layer.handles.inputEncoder]
    encoder.fill(0)
    add_scaled_column_sums(encoder.base, driveGradient.base, input.base, count, layer.inputs)
    guard let bias = layer.handles.bias else { return }
    gradients[bias].fill(0)
    add_column_sums(
      gradients[bias].base, inputGradient.base, count, layer.configuration.hidden)
  }

  /// Overwrites `gradient` with dL/dx of all steps: dL/du e_x + dL/dz W_x'.
  func gradientOfInput(_ gradient: Matrix, _ weights: ParameterSlab) {
    let count = steps * rows
    outer_product(
      gradient.base, driveGradient.base, weights[layer.handles.inputEncoder].base, count,
      layer.inputs)
    Products.multiply(
      inputGradient.rows(0, count), weights[layer.handles.inputWeights], into: gradient, keep: 1,
      form: .transposedRight)
  }
}
