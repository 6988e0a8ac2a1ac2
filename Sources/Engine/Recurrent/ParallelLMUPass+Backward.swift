import Kernels

/// Backpropagation, here with every quantizer straight-through (specification, 1.6); elsewhere what
/// arrives at hq, mq and uq is multiplied by the slopes of their surrogates. Where no hidden unit
/// sees another and the loss depends on the last outputs alone, only the last step has a gradient,
/// and with b_k = Ad^k Bd
///
///     dz_T = dh_T f'(z_T)     dm_T = dz_T W_m'     du_t = dm_T . b_{T-t}
///
/// Otherwise, for t = T ... 1 and with dm_{T+1} = 0,
///
///     dz_t     = dh_t f'(z_t)
///     dh_{t-1} = dz_t W_h'                         on top of what the loss adds
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
    /// dL/dmq_t where the memory has a surrogate.
    let seenMemory: Matrix
    /// dL/dz of all steps, or in the first rows that of the last one.
    let z: Matrix
    let hiddenWeightsTransposed: Matrix
    let memoryWeightsTransposed: Matrix

    init(_ configuration: LMUConfiguration, steps: Int, rows: Int, in workspace: Workspace) {
      let (n, d) = (configuration.hidden, configuration.memory)
      let isRecurrent = configuration.connections.contains(.hiddenToHidden)
      hidden = workspace.matrix(rows, n)
      memory = (workspace.matrix(rows, d), workspace.matrix(rows, d))
      seenMemory = workspace.matrix(configuration.m.passesStraightThrough ? 0 : rows, d)
      z = workspace.matrix(steps * rows, n)
      hiddenWeightsTransposed = workspace.matrix(isRecurrent ? n : 0, n)
      memoryWeightsTransposed = workspace.matrix(n, d)
    }
  }

  package func backward(
    _ outputGradient: OutputGradient, input: Matrix, inputGradient: Matrix?,
    weights: ParameterSlab, gradients: ParameterSlab
  ) {
    precondition(outputGradient.rows == rows, "a gradient for each sequence")
    gradient.memoryWeightsTransposed.setTranspose(of: weights[layer.handles.memoryWeights])
    if let handle = layer.handles.hiddenWeights {
      gradient.hiddenWeightsTransposed.setTranspose(of: weights[handle])
    }
    function.beginBackward()
    let z = hiddenGradients(outputGradient)
    function.finishBackward(weights, into: gradients)
    hiddenWeightGradients(z, input, gradients)
    if let handle = layer.handles.hiddenWeights { recurrentGradient(gradients[handle]) }
    driveGradients(input, gradients)
    guard let inputGradient else { return }
    layer.inputGradient(
      inputGradient, fromDrive: driveGradient.rows(0, steps * rows), fromHidden: z, weights)
  }

  /// Forms dL/du of all steps, and dL/dz of those from the first on that has one.
  private func hiddenGradients(_ outputGradient: OutputGradient) -> Matrix {
    let isRecurrent = layer.handles.hiddenWeights != nil
    guard isRecurrent || outputGradient.first < steps - 1 else {
      backwardLastStep(outputGradient)
      return gradient.z.rows(0, rows)
    }
    let first = isRecurrent ? 0 : outputGradient.first
    backwardSteps(outputGradient, from: first)
    return gradient.z.rows(first * rows, (steps - first) * rows)
  }

  private func backwardLastStep(_ outputGradient: OutputGradient) {
    let (hidden, z) = (gradient.hidden.rows(0, rows), gradient.z.rows(0, rows))
    let first = isLastStepOnly ? 0 : (steps - 1) * rows
    let own = isLastStepOnly ? last : sequence
    outputGradient.complete(hidden, at: steps - 1, through: hiddenQuantizer)
    function.runBack(
      hidden, own.z.rows(first, rows), rates: own.rates.rows(first, rows), into: z)
    let memory = gradient.memory.0.rows(0, rows)
    Products.multiply(z, gradient.memoryWeightsTransposed, into: memory)
    memoryQuantizer.passBack(memory, from: steps - 1)
    let (channels, d) = (drive.columns, layer.configuration.order)
    Products.multiply(
      response, memory.reshaped(rows * channels, d),
      into: driveGradient.rows(0, steps * rows).reshaped(steps, rows * channels),
      form: .transposedRight)
    driveQuantizer.passBack(driveGradient.rows(0, steps * rows), from: 0)
  }

  /// All steps; those before `first` have no dL/dz.
  private func backwardSteps(_ outputGradient: OutputGradient, from first: Int) {
    precondition(!isLastStepOnly, "all steps were computed")
    let hidden = gradient.hidden.rows(0, rows)
    let (channels, d) = (drive.columns, layer.configuration.order)
    var present = gradient.memory.0.rows(0, rows)
    var next = gradient.memory.1.rows(0, rows)
    next.fill(0)
    for t in stride(from: steps - 1, through: 0, by: -1) {
      if t == steps - 1 {
        present.fill(0)
      } else {
        Products.multiply(
          next.reshaped(rows * channels, d), layer.memory,
          into: present.reshaped(rows * channels, d))
      }
      if t >= first {
        let z = block(gradient.z, t)
        outputGradient.complete(hidden, at: t, through: hiddenQuantizer)
        function.runBack(
          hidden, block(sequence.z, t), rates: block(sequence.rates, t), into: z)
        if layer.handles.hiddenWeights == nil {
          hidden.fill(0)
        } else {
          Products.multiply(z, gradient.hiddenWeightsTransposed, into: hidden)
        }
        addMemoryGradient(z, to: present, at: t)
      }
      row_dots(
        block(driveGradient, t).base, present.base, layer.memoryInput.base, rows * channels, d)
      driveQuantizer.passBack(block(driveGradient, t), from: t)
      swap(&present, &next)
    }
  }

  /// Adds to dL/dm_t what comes by z_t.
  private func addMemoryGradient(_ z: Matrix, to memory: Matrix, at t: Int) {
    guard memoryQuantizer.hasSurrogate else {
      return Products.multiply(z, gradient.memoryWeightsTransposed, into: memory, keep: 1)
    }
    let seen = gradient.seenMemory.rows(0, rows)
    Products.multiply(z, gradient.memoryWeightsTransposed, into: seen)
    memoryQuantizer.passBack(seen, from: t)
    memory.add(seen)
  }

  /// Gradients of W_m, W_x and b from dL/dz of the last steps.
  private func hiddenWeightGradients(
    _ z: Matrix, _ input: Matrix, _ gradients: ParameterSlab
  ) {
    let count = z.rows
    let first = steps * rows - count
    let memory = isLastStepOnly ? last.memory : sequence.memory.rows(first, count)
    Products.multiply(
      memory.rows(0, count), z, into: gradients[layer.handles.memoryWeights],
      form: .transposedLeft)
    if let handle = layer.handles.inputWeights {
      Products.multiply(
        input.rows(first, count), z, into: gradients[handle], form: .transposedLeft)
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
