import Kernels

/// Backpropagation with every quantizer straight-through (specification, 1.6). Where no hidden unit
/// sees another, only the last step has a gradient, and with b_k = Ad^k Bd
///
///     dz_T = dh_T f'(z_T)     dm_T = dz_T W_m'     du_t = dm_T . b_{T-t}
///
/// Otherwise, for t = T ... 1 and with dm_{T+1} = 0,
///
///     dz_t     = dh_t f'(z_t)
///     dh_{t-1} = dz_t W_h'
///     dm_t     = dz_t W_m' + dm_{t+1} Ad
///     du_t     = dm_t . Bd
///
/// Weight gradients are formed in one product each over all steps.
extension ParallelLMUPass {
  /// Room for what backpropagation passes on.
  struct Gradients {
    /// dL/dh of the present step, dL/dm of the present and the previous one.
    let hidden: Matrix
    let memory: (Matrix, Matrix)
    /// dL/dz of the last step or, where hidden units see each other, of all steps.
    let z: Matrix
    let hiddenWeightsTransposed: Matrix
    let memoryWeightsTransposed: Matrix

    init(_ configuration: LMUConfiguration, steps: Int, rows: Int, in workspace: Workspace) {
      let (n, d) = (configuration.hidden, configuration.memory)
      let isRecurrent = configuration.connections.contains(.hiddenToHidden)
      hidden = workspace.matrix(rows, n)
      memory = (workspace.matrix(rows, d), workspace.matrix(rows, d))
      z = workspace.matrix(isRecurrent ? steps * rows : rows, n)
      hiddenWeightsTransposed = workspace.matrix(isRecurrent ? n : 0, n)
      memoryWeightsTransposed = workspace.matrix(n, d)
    }
  }

  package func backward(
    lastStep: Matrix, input: Matrix, weights: ParameterSlab, gradients: ParameterSlab
  ) {
    precondition(lastStep.rows == rows, "a gradient for each sequence")
    gradient.memoryWeightsTransposed.setTranspose(of: weights[layer.handles.memoryWeights])
    if let handle = layer.handles.hiddenWeights {
      gradient.hiddenWeightsTransposed.setTranspose(of: weights[handle])
      backwardAllSteps(lastStep, weights)
      hiddenGradients(first: 0, input, gradients)
      recurrentGradient(gradients[handle])
    } else {
      backwardLastStep(lastStep)
      hiddenGradients(first: steps - 1, input, gradients)
    }
    driveGradients(input, gradients)
  }

  private func backwardLastStep(_ lastStep: Matrix) {
    let z = gradient.z.rows(0, rows)
    let rates = isLastStepOnly ? last.rates.rows(0, rows) : block(sequence.rates, steps - 1)
    layer.differentiate(lastStep, rates, into: z)
    let memory = gradient.memory.0.rows(0, rows)
    Products.multiply(z, gradient.memoryWeightsTransposed, into: memory)
    let (channels, d) = (drive.columns, layer.configuration.order)
    Products.multiply(
      response, memory.reshaped(rows * channels, d),
      into: driveGradient.rows(0, steps * rows).reshaped(steps, rows * channels),
      form: .transposedRight)
  }

  private func backwardAllSteps(_ lastStep: Matrix, _ weights: ParameterSlab) {
    let hidden = gradient.hidden.rows(0, rows)
    let (channels, d) = (drive.columns, layer.configuration.order)
    var present = gradient.memory.0.rows(0, rows)
    var next = gradient.memory.1.rows(0, rows)
    hidden.copy(from: lastStep)
    next.fill(0)
    for t in stride(from: steps - 1, through: 0, by: -1) {
      let z = block(gradient.z, t)
      layer.differentiate(hidden, block(sequence.rates, t), into: z)
      Products.multiply(z, gradient.hiddenWeightsTransposed, into: hidden)
      if t == steps - 1 {
        present.fill(0)
      } else {
        Products.multiply(
          next.reshaped(rows * channels, d), layer.memory,
          into: present.reshaped(rows * channels, d))
      }
      Products.multiply(z, gradient.memoryWeightsTransposed, into: present, keep: 1)
      row_dots(
        block(driveGradient, t).base, present.base, layer.memoryInput.base, rows * channels, d)
      swap(&present, &next)
    }
  }

  /// Gradients of W_m, W_x and b from dL/dz of the steps from `first` on.
  private func hiddenGradients(first: Int, _ input: Matrix, _ gradients: ParameterSlab) {
    let count = (steps - first) * rows
    let z = gradient.z.rows(0, count)
    let memory = isLastStepOnly ? last.memory : sequence.memory.rows(first * rows, count)
    Products.multiply(
      memory.rows(0, count), z, into: gradients[layer.handles.memoryWeights],
      form: .transposedLeft)
    if let handle = layer.handles.inputWeights {
      Products.multiply(
        input.rows(first * rows, count), z, into: gradients[handle], form: .transposedLeft)
    }
    if let bias = layer.handles.bias { LMU.biasGradient(z, into: gradients[bias]) }
  }

  private func recurrentGradient(_ target: Matrix) {
    let count = (steps - 1) * rows
    guard count > 0 else { return target.fill(0) }
    Products.multiply(
      hidden.rows(0, count), gradient.z.rows(rows, count), into: target, form: .transposedLeft)
  }

  /// Gradients of e_x and b_u.
  private func driveGradients(_ input: Matrix, _ gradients: ParameterSlab) {
    let count = steps * rows
    let u = driveGradient.rows(0, count)
    LMU.encoderGradient(u, input, into: gradients[layer.handles.inputEncoder])
    if let bias = layer.handles.memoryBias { LMU.biasGradient(u, into: gradients[bias]) }
  }
}
