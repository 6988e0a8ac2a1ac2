import Kernels

/// Backpropagation through time with every quantizer straight-through (specification, 1.6):
///
///     dz_t      = dh_t f'(z_t)
///     dm_t     += dz_t W_m'                        on top of what came from step t + 1
///     du_t      = dm_t . Bd
///     dm_{t-1}  = dm_t Ad + du_t e_m
///     dh_{t-1}  = dz_t W_h' + du_t e_h
///
/// or with ``ChunkedMemoryGradient`` without dm. Weight gradients are summed over spans of steps.
extension LMUPass {
  package func backward(
    _ outputGradient: OutputGradient, input: Matrix, inputGradient xGradient: Matrix?,
    weights: ParameterSlab, gradients: ParameterSlab
  ) {
    precondition(outputGradient.rows == rows, "a gradient for each sequence")
    if let handle = layer.handles.hiddenWeights {
      hiddenWeightsTransposed.setTranspose(of: weights[handle])
    }
    if let chunkedGradient {
      chunkedGradient.begin(layer.handles, weights)
    } else {
      memoryWeightsTransposed.setTranspose(of: weights[layer.handles.memoryWeights])
    }
    clearWeightGradients(gradients)
    gradients[layer.handles.memoryWeights].fill(0)
    if let handle = layer.handles.memoryEncoder { gradients[handle].fill(0) }
    memoryGradient.0.fill(0)
    var present = memoryGradient.0.rows(0, rows)
    var previous = memoryGradient.1.rows(0, rows)
    for t in stride(from: steps - 1, through: 0, by: -1) {
      outputGradient.complete(hiddenGradient.rows(0, rows), at: t)
      backwardStep(t, present, previous, weights)
      swap(&present, &previous)
      guard let span = SpanSteps(from: t, of: steps, rows: rows) else { continue }
      addHiddenWeightGradients(span, gradients)
      addMemoryWeightGradients(span, gradients)
      addInputWeightGradients(span, input, gradients)
      if let xGradient { gradientOfInput(span, xGradient, weights) }
    }
  }

  private func backwardStep(
    _ t: Int, _ memory: Matrix, _ previousMemory: Matrix, _ weights: ParameterSlab
  ) {
    let hidden = hiddenGradient.rows(0, rows)
    let z = inputGradient.block(t, rows: rows)
    layer.differentiate(hidden, block(rates, t), into: z)
    let u = block(driveGradient, t)
    if let chunkedGradient {
      chunkedGradient.step(t, of: steps, z, into: u)
    } else {
      backwardMemory(t, z, u, memory, previousMemory, weights)
    }
    guard t > 0 else { return }
    layer.hiddenGradient(
      hidden, fromDrive: u, fromHidden: z, hiddenWeightsTransposed, weights)
  }

  private func backwardMemory(
    _ t: Int, _ z: Matrix, _ u: Matrix, _ memory: Matrix, _ previousMemory: Matrix,
    _ weights: ParameterSlab
  ) {
    let (memories, d) = (rows * layer.configuration.channels, layer.configuration.order)
    Products.multiply(z, memoryWeightsTransposed, into: memory, keep: 1)
    row_dots(u.base, memory.base, layer.memoryInput.base, memories, d)
    guard t > 0 else { return }
    let encoder = layer.handles.memoryEncoder
    if let encoder { LMU.decode(u, weights[encoder], into: previousMemory) }
    Products.multiply(
      memory.reshaped(memories, d), layer.memory, into: previousMemory.reshaped(memories, d),
      keep: encoder == nil ? 0 : 1)
  }

  private func addMemoryWeightGradients(_ span: SpanSteps, _ gradients: ParameterSlab) {
    span.addWeightGradient(
      ofPresent: memoryOutput, inputGradient.gradients(of: span),
      into: gradients[layer.handles.memoryWeights])
    guard let handle = layer.handles.memoryEncoder else { return }
    let (before, after) = span.previous(of: memoryOutput, for: span.rows(of: driveGradient))
    LMU.addEncoderGradient(after, before, into: gradients[handle])
  }
}
