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
    hiddenWeightsTransposed.setTranspose(of: weights[layer.handles.hiddenWeights])
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
    let (n, d) = (layer.configuration.hidden, layer.configuration.order)
    let hidden = hiddenGradient.rows(0, rows)
    let z = block(inputGradient, t)
    let rate = block(rates, t)
    switch layer.configuration.activation {
    case .tanh: tanh_backward(z.base, hidden.base, rate.base, z.count)
    case .relu: relu_backward(z.base, hidden.base, rate.base, z.count)
    }
    Products.multiply(z, memoryWeightsTransposed, into: memory, keep: 1)
    let u = block(driveGradient, t).base
    row_dots(u, memory.base, layer.memoryInput.base, rows, d)
    guard t > 0 else { return }
    outer_product(previousMemory.base, u, weights[layer.handles.memoryEncoder].base, rows, d)
    Products.multiply(memory, layer.memory, into: previousMemory, keep: 1)
    outer_product(hidden.base, u, weights[layer.handles.hiddenEncoder].base, rows, n)
    Products.multiply(z, hiddenWeightsTransposed, into: hidden, keep: 1)
  }

  private func memoryWeightGradients(_ gradients: ParameterSlab) {
    let encoder = gradients[layer.handles.memoryEncoder]
    encoder.fill(0)
    Products.multiply(
      memoryOutput.rows(0, steps * rows), inputGradient.rows(0, steps * rows),
      into: gradients[layer.handles.memoryWeights], form: .transposedLeft)
    let count = (steps - 1) * rows
    guard count > 0 else { return }
    add_scaled_column_sums(
      encoder.base, driveGradient.rows(rows, count).base, memoryOutput.base, count,
      memoryOutput.columns)
  }
}
