import Kernels

/// Backpropagation through time with every quantizer straight-through (specification, 1.6):
///
///     dz_t      = dh_t f'(z_t)
///     dm_t     += dz_t W_m'                        on top of what came from step t + 1
///     du_t      = dm_t . Bd
///     dm_{t-1}  = dm_t Ad + du_t e_m
///     dh_{t-1}  = dz_t W_h' + du_t e_h
///
/// Weight gradients are formed afterwards in one product each over all steps.
extension LMUPass {
  package func backward(
    _ outputGradient: OutputGradient, input: Matrix, inputGradient xGradient: Matrix?,
    weights: ParameterSlab, gradients: ParameterSlab
  ) {
    precondition(outputGradient.rows == rows, "a gradient for each sequence")
    if let handle = layer.handles.hiddenWeights {
      hiddenWeightsTransposed.setTranspose(of: weights[handle])
    }
    memoryWeightsTransposed.setTranspose(of: weights[layer.handles.memoryWeights])
    memoryGradient.0.fill(0)
    var present = memoryGradient.0.rows(0, rows)
    var previous = memoryGradient.1.rows(0, rows)
    for t in stride(from: steps - 1, through: 0, by: -1) {
      outputGradient.complete(hiddenGradient.rows(0, rows), at: t)
      backwardStep(t, present, previous, weights)
      swap(&present, &previous)
    }
    hiddenWeightGradients(gradients)
    memoryWeightGradients(gradients)
    inputWeightGradients(input, gradients)
    if let xGradient { gradientOfInput(xGradient, weights) }
  }

  private func backwardStep(
    _ t: Int, _ memory: Matrix, _ previousMemory: Matrix, _ weights: ParameterSlab
  ) {
    let (memories, d) = (rows * layer.configuration.channels, layer.configuration.order)
    let hidden = hiddenGradient.rows(0, rows)
    let z = block(inputGradient, t)
    layer.differentiate(hidden, block(rates, t), into: z)
    Products.multiply(z, memoryWeightsTransposed, into: memory, keep: 1)
    let u = block(driveGradient, t)
    row_dots(u.base, memory.base, layer.memoryInput.base, memories, d)
    guard t > 0 else { return }
    let encoders = layer.handles
    if let handle = encoders.memoryEncoder {
      LMU.decode(u, weights[handle], into: previousMemory)
    }
    Products.multiply(
      memory.reshaped(memories, d), layer.memory, into: previousMemory.reshaped(memories, d),
      keep: encoders.memoryEncoder == nil ? 0 : 1)
    layer.hiddenGradient(
      hidden, fromDrive: u, fromHidden: z, hiddenWeightsTransposed, weights)
  }

  private func memoryWeightGradients(_ gradients: ParameterSlab) {
    Products.multiply(
      memoryOutput.rows(0, steps * rows), inputGradient.rows(0, steps * rows),
      into: gradients[layer.handles.memoryWeights], form: .transposedLeft)
    guard let handle = layer.handles.memoryEncoder else { return }
    let count = (steps - 1) * rows
    LMU.encoderGradient(
      driveGradient.rows(count == 0 ? 0 : rows, count), memoryOutput.rows(0, count),
      into: gradients[handle])
  }
}
