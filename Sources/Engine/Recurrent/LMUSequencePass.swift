import Kernels

/// What the ways to run an ``LMU`` step by step or in chunks have in common: the gradients of x and
/// of the weights of x and h, formed from dL/dz and dL/du of all steps.
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
  package var output: Matrix { hidden.rows(0, steps * rows) }
  package var lastOutput: Matrix { hidden.rows((steps - 1) * rows, rows) }
  package var signalRows: Int { rows }

  /// Gradients of what multiplies hq_{t-1}: outputs of steps 0 ... T-2 against the gradients of
  /// steps 1 ... T-1.
  func hiddenWeightGradients(_ gradients: ParameterSlab) {
    let count = (steps - 1) * rows
    let before = hidden.rows(0, count)
    if let handle = layer.handles.hiddenWeights {
      let target = gradients[handle]
      if count == 0 { target.fill(0) }
      Products.multiply(
        before, inputGradient.rows(count == 0 ? 0 : rows, count), into: target,
        form: .transposedLeft)
    }
    if let handle = layer.handles.hiddenEncoder {
      LMU.encoderGradient(
        driveGradient.rows(count == 0 ? 0 : rows, count), before, into: gradients[handle])
    }
  }

  func inputWeightGradients(_ input: Matrix, _ gradients: ParameterSlab) {
    let count = steps * rows
    let (z, u) = (inputGradient.rows(0, count), driveGradient.rows(0, count))
    if let handle = layer.handles.inputWeights {
      Products.multiply(input, z, into: gradients[handle], form: .transposedLeft)
    }
    if let bias = layer.handles.bias { LMU.biasGradient(z, into: gradients[bias]) }
    LMU.encoderGradient(u, input, into: gradients[layer.handles.inputEncoder])
    if let bias = layer.handles.memoryBias { LMU.biasGradient(u, into: gradients[bias]) }
  }

  /// Overwrites `gradient` with dL/dx of all steps.
  func gradientOfInput(_ gradient: Matrix, _ weights: ParameterSlab) {
    let count = steps * rows
    layer.inputGradient(
      gradient, fromDrive: driveGradient.rows(0, count),
      fromHidden: inputGradient.rows(0, count), weights)
  }
}
