import Kernels

/// What the ways to run an ``LMU`` step by step or in chunks have in common: the gradients of x and
/// of the weights of x and h, summed over spans of steps.
protocol LMUSequencePass: QuantizedSequencePass {
  var layer: LMU { get }
  var steps: Int { get }
  /// Sequences of the present batch.
  var rows: Int { get }
  var function: HiddenFunction { get }
  /// z of all steps where it is kept, with room for more rows than there are.
  var z: Matrix { get }
  /// hq of all steps, with room for more rows than there are.
  var hidden: Matrix { get }
  /// dL/dz_t of a span of steps, and dL/du_t of all, with room for more rows than there are.
  var inputGradient: GradientSpan { get }
  var driveGradient: Matrix { get }
}

extension LMUSequencePass {
  package var output: Matrix { hidden.rows(0, steps * rows) }
  package var lastOutput: Matrix { hidden.rows((steps - 1) * rows, rows) }
  package var signalRows: Int { rows }
  package var learnedInputs: [Matrix] {
    function.keepsInputs ? [z.rows(0, steps * rows)] : []
  }

  /// Clears the gradients of the weights of x and h.
  func clearWeightGradients(_ gradients: ParameterSlab) {
    func clear(_ handle: ParameterHandle?) {
      if let handle { gradients[handle].fill(0) }
    }
    clear(layer.handles.hiddenWeights)
    clear(layer.handles.hiddenEncoder)
    clear(layer.handles.inputWeights)
    clear(layer.handles.inputEncoder)
    clear(layer.handles.bias)
    clear(layer.handles.memoryBias)
  }

  /// Adds what the steps of a span contribute to the gradients of the weights of h.
  func addHiddenWeightGradients(_ span: SpanSteps, _ gradients: ParameterSlab) {
    let (z, u) = (inputGradient.gradients(of: span), span.rows(of: driveGradient))
    if let handle = layer.handles.hiddenWeights {
      span.addWeightGradient(ofPrevious: hidden, z, into: gradients[handle])
    }
    if let handle = layer.handles.hiddenEncoder {
      let (before, after) = span.previous(of: hidden, for: u)
      LMU.addEncoderGradient(after, before, into: gradients[handle])
    }
  }

  /// Adds what the steps of a span contribute to the gradients of the weights of x and the biases.
  func addInputWeightGradients(
    _ span: SpanSteps, _ input: Matrix, _ gradients: ParameterSlab
  ) {
    let (z, u) = (inputGradient.gradients(of: span), span.rows(of: driveGradient))
    let x = span.rows(of: input)
    if let handle = layer.handles.inputWeights {
      let target = gradients[handle]
      if layer.inputs == 1 {
        add_scaled_column_sums(target.base, x.base, z.base, z.rows, z.columns)
      } else {
        Products.multiply(x, z, into: target, keep: 1, form: .transposedLeft)
      }
    }
    LMU.addEncoderGradient(u, x, into: gradients[layer.handles.inputEncoder])
    if let bias = layer.handles.bias {
      add_column_sums(gradients[bias].base, z.base, z.rows, z.columns)
    }
    if let bias = layer.handles.memoryBias {
      add_column_sums(gradients[bias].base, u.base, u.rows, u.columns)
    }
  }

  /// Overwrites the part of `gradient` that belongs to a span of steps with dL/dx.
  func gradientOfInput(_ span: SpanSteps, _ gradient: Matrix, _ weights: ParameterSlab) {
    layer.inputGradient(
      span.rows(of: gradient), fromDrive: span.rows(of: driveGradient),
      fromHidden: inputGradient.gradients(of: span), weights)
  }
}
