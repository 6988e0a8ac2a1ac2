import Kernels

/// Backpropagation through time, here with every quantizer straight-through (specification, 1.6);
/// elsewhere what arrives at hq, mq and uq is multiplied by the slopes of their surrogates:
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
    function.beginBackward()
    gradients[layer.handles.memoryWeights].fill(0)
    if let handle = layer.handles.memoryEncoder { gradients[handle].fill(0) }
    memoryGradient.0.fill(0)
    seenMemoryGradient.fill(0)
    var present = memoryGradient.0.rows(0, rows)
    var previous = memoryGradient.1.rows(0, rows)
    for t in stride(from: steps - 1, through: 0, by: -1) {
      outputGradient.complete(hiddenGradient.rows(0, rows), at: t, through: hiddenQuantizer)
      backwardStep(t, present, previous, weights)
      swap(&present, &previous)
      guard let span = SpanSteps(from: t, of: steps, rows: rows) else { continue }
      addHiddenWeightGradients(span, gradients)
      addMemoryWeightGradients(span, gradients)
      addInputWeightGradients(span, input, gradients)
      if let xGradient { gradientOfInput(span, xGradient, weights) }
    }
    function.finishBackward(weights, into: gradients)
  }

  private func backwardStep(
    _ t: Int, _ memory: Matrix, _ previousMemory: Matrix, _ weights: ParameterSlab
  ) {
    let hidden = hiddenGradient.rows(0, rows)
    let z = inputGradient.block(t, rows: rows)
    function.runBack(hidden, block(self.z, t), rates: block(rates, t), into: z)
    let u = block(driveGradient, t)
    if let chunkedGradient {
      chunkedGradient.step(t, of: steps, z, into: u)
    } else if memoryQuantizer.hasSurrogate {
      backwardSeenMemory(t, z, u, memory, previousMemory, weights)
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
    driveQuantizer.passBack(u, from: t)
    guard t > 0 else { return }
    let encoder = layer.handles.memoryEncoder
    if let encoder { LMU.decode(u, weights[encoder], into: previousMemory) }
    Products.multiply(
      memory.reshaped(memories, d), layer.memory, into: previousMemory.reshaped(memories, d),
      keep: encoder == nil ? 0 : 1)
  }

  /// The same where mq passes back less than it gets: `memory` holds what comes to m_t itself.
  private func backwardSeenMemory(
    _ t: Int, _ z: Matrix, _ u: Matrix, _ memory: Matrix, _ previousMemory: Matrix,
    _ weights: ParameterSlab
  ) {
    let (memories, d) = (rows * layer.configuration.channels, layer.configuration.order)
    let seen = seenMemoryGradient.rows(0, rows)
    Products.multiply(z, memoryWeightsTransposed, into: seen, keep: 1)
    memoryQuantizer.passBack(seen, from: t)
    memory.add(seen)
    row_dots(u.base, memory.base, layer.memoryInput.base, memories, d)
    driveQuantizer.passBack(u, from: t)
    guard t > 0 else { return }
    seen.fill(0)
    previousMemory.fill(0)
    if let encoder = layer.handles.memoryEncoder { LMU.decode(u, weights[encoder], into: seen) }
    let source = layer.configuration.variant == .quantizedState ? seen : previousMemory
    Products.multiply(
      memory.reshaped(memories, d), layer.memory, into: source.reshaped(memories, d), keep: 1)
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
