import Kernels

/// Backpropagation through time, chunk by chunk, the quantizer of h straight-through
/// (specification, 1.6) or with the slopes of its surrogate on dh. With dS of the next chunk (0 after the last) and k = C ... 1,
///
///     dS        = dS_next [E_C | 0]'
///     dz_k      = dh_k f'(z_k)
///     dS       += dz_k P_k'
///     du_k      = the part of dS that belongs to u_k          nothing earlier adds to it
///     dS       += du_k p_{k-1}'
///     dh_{k-1}  = dz_k W_h' + du_k e_h
///
/// and over all chunks and rows
///
///     dP_k = S' dz_k     dp_{k-1} = S' du_k     dW_m = sum_k E_k' dP_k     de_m = sum_k p'_k E_k
///
/// with p'_k for dp_k. Gradients are summed over spans of steps.
extension ChunkedLMUPass {
  package func backward(
    _ outputGradient: OutputGradient, input: Matrix, inputGradient xGradient: Matrix?,
    weights: ParameterSlab, gradients: ParameterSlab
  ) {
    precondition(outputGradient.rows == rows, "a gradient for each sequence")
    if let handle = layer.handles.hiddenWeights {
      hiddenWeightsTransposed.setTranspose(of: weights[handle])
    }
    for k in 0..<ChunkedMemory.steps {
      matrix(memoryWeightsTransposed, ofStep: k)
        .setTranspose(of: matrix(memoryWeights, ofStep: k))
    }
    clearWeightGradients(gradients)
    function.beginBackward()
    memoryWeightsGradient.fill(0)
    memoryEncodersGradient.fill(0)
    var present = stateGradient.0.rows(0, rows)
    var next = stateGradient.1.rows(0, rows)
    present.fill(0)
    let lastChunk = (steps - 1) / ChunkedMemory.steps
    for chunk in stride(from: lastChunk, through: 0, by: -1) {
      if chunk < lastChunk {
        swap(&present, &next)
        Products.multiply(next, memory.advanceTransposed, into: present)
      }
      backwardChunk(chunk, outputGradient, present, weights)
      if let span = SpanSteps(from: chunk * ChunkedMemory.steps, of: steps, rows: rows) {
        addHiddenWeightGradients(span, gradients)
        addInputWeightGradients(span, input, gradients)
        if let xGradient { gradientOfInput(span, xGradient, weights) }
      }
      if chunk % Self.spanChunks == 0 {
        addSpan(chunk, count: min(Self.spanChunks, lastChunk + 1 - chunk))
      }
    }
    memoryWeightGradients(gradients)
    function.finishBackward(weights, into: gradients)
  }

  private func backwardChunk(
    _ chunk: Int, _ outputGradient: OutputGradient, _ gradient: Matrix, _ weights: ParameterSlab
  ) {
    let first = chunk * ChunkedMemory.steps
    let count = min(ChunkedMemory.steps, steps - first)
    for k in stride(from: ChunkedMemory.steps - 1, through: 0, by: -1) {
      let place = spanBlock(step: k, chunk: chunk % Self.spanChunks)
      guard k < count else {
        place.fill(0)
        continue
      }
      outputGradient.complete(
        hiddenGradient.rows(0, rows), at: first + k, through: hiddenQuantizer)
      backwardStep(first + k, step: k, block(states, chunk), gradient, weights)
      place.copy(from: inputGradient.block(first + k, rows: rows))
    }
  }

  private func backwardStep(
    _ t: Int, step k: Int, _ state: Matrix, _ gradient: Matrix, _ weights: ParameterSlab
  ) {
    let hidden = hiddenGradient.rows(0, rows)
    let z = inputGradient.block(t, rows: rows)
    function.runBack(hidden, block(self.z, t), rates: block(rates, t), into: z)
    Products.multiply(
      z, matrix(memoryWeightsTransposed, ofStep: k), into: gradient, keep: 1)
    let u = block(driveGradient, t).base
    for row in 0..<rows { u[row] = gradient[row, memory.order + k] }
    if layer.handles.memoryEncoder != nil {
      add_outer_product(
        gradient.base, u, encoder(memoryEncoders, ofStep: k), rows, memory.width)
      add_scaled_column_sums(
        encoder(memoryEncodersGradient, ofStep: k), u, state.base, rows, memory.width)
    }
    guard t > 0 else { return }
    layer.hiddenGradient(
      hidden, fromDrive: block(driveGradient, t), fromHidden: z, hiddenWeightsTransposed, weights)
  }

  /// dL/dz of step `k` (from 0) of a chunk of the present span.
  private func spanBlock(step k: Int, chunk: Int) -> Matrix {
    block(spanGradient, k * (spanGradient.rows / capacity / ChunkedMemory.steps) + chunk)
  }

  /// Adds what the `count` chunks from `first` on contribute to dL/dP.
  private func addSpan(_ first: Int, count: Int) {
    let state = states.rows(first * rows, count * rows)
    for k in 0..<ChunkedMemory.steps {
      let place = spanBlock(step: k, chunk: 0)
      let z = Matrix(
        buffer: place.buffer, offset: place.offset, rows: count * rows, columns: place.columns)
      Products.multiply(
        state, z, into: matrix(memoryWeightsGradient, ofStep: k), keep: 1, form: .transposedLeft)
    }
  }

  private func memoryWeightGradients(_ gradients: ParameterSlab) {
    Products.multiply(
      memory.seenByHidden, memoryWeightsGradient,
      into: gradients[layer.handles.memoryWeights], form: .transposedLeft)
    guard let handle = layer.handles.memoryEncoder else { return }
    Products.multiply(memoryEncodersGradient, memory.seenByInputs, into: gradients[handle])
  }
}
