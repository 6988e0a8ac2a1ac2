import Engine

extension ReferenceLMU {
  /// Gradients of a loss.
  package struct Gradients: Sendable, Equatable {
    package var weights: Weights
    /// [step][input]
    package var x: [[Double]]
  }

  /// Back-propagation through time, with the slopes of the surrogates for the derivatives of the
  /// quantizers, 1 where gradients pass straight through (specification, section 1.6): voltages and
  /// resolutions are constants.
  ///
  /// `hiddenGradient` is dL/dh[step][unit], the direct effect of each step's output on the loss.
  package func backward(_ trace: Trace, hiddenGradient: [[Double]]) -> Gradients {
    var gradients = Gradients(
      weights: Weights(inputs: weights.inputs, hidden: weights.hidden, order: weights.order),
      x: trace.x)
    // What later steps send back: to the hidden state, the exact and the quantized memory.
    var hFromLater = [Double](repeating: 0, count: weights.hidden)
    var mFromLater = [Double](repeating: 0, count: weights.order)
    var quantizedFromLater = mFromLater
    let noHidden = hFromLater
    let noMemory = mFromLater

    for step in trace.x.indices.reversed() {
      let x = trace.x[step]
      let hBefore = step > 0 ? trace.h[step - 1] : noHidden
      let memoryBefore = step > 0 ? trace.quantizedMemory[step - 1] : noMemory

      let dh = product(sum([hiddenGradient[step], hFromLater]), trace.hiddenSlopes[step])
      let dz = product(dh, trace.z[step].map(activation.derivative))
      let seen = sum([back(dz, weights.memoryKernel), quantizedFromLater])
      let dm = sum([product(seen, trace.memorySlopes[step]), mFromLater])
      let du = dot(memory.inputVector, dm) * trace.inputSlopes[step]

      add(dz, to: &gradients.weights.bias)
      addOuter(x, dz, to: &gradients.weights.inputKernel)
      addOuter(hBefore, dz, to: &gradients.weights.hiddenKernel)
      addOuter(trace.quantizedMemory[step], dz, to: &gradients.weights.memoryKernel)
      add(x.map { $0 * du }, to: &gradients.weights.inputEncoder)
      add(hBefore.map { $0 * du }, to: &gradients.weights.hiddenEncoder)
      add(memoryBefore.map { $0 * du }, to: &gradients.weights.memoryEncoder)

      gradients.x[step] = sum([
        back(dz, weights.inputKernel), weights.inputEncoder.map { $0 * du },
      ])
      hFromLater = sum([
        back(dz, weights.hiddenKernel), weights.hiddenEncoder.map { $0 * du },
      ])
      quantizedFromLater = weights.memoryEncoder.map { $0 * du }
      mFromLater = noMemory
      switch variant {
      case .exactState: mFromLater = transposedStateProduct(dm)
      case .quantizedState: add(transposedStateProduct(dm), to: &quantizedFromLater)
      }
    }
    return gradients
  }

  private func product(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map(*) }

  /// Gradient of the row vector in a product with a matrix [from][to].
  private func back(_ gradient: [Double], _ matrix: [[Double]]) -> [Double] {
    matrix.map { dot($0, gradient) }
  }

  /// A^T g.
  private func transposedStateProduct(_ gradient: [Double]) -> [Double] {
    let order = memory.order
    return (0..<order).map { column in
      gradient.enumerated().reduce(0) {
        $0 + memory.stateMatrix[$1.offset * order + column] * $1.element
      }
    }
  }

  private func add(_ vector: [Double], to sum: inout [Double]) {
    for index in vector.indices { sum[index] += vector[index] }
  }

  private func addOuter(_ from: [Double], _ to: [Double], to sum: inout [[Double]]) {
    for (row, value) in from.enumerated() { add(to.map { value * $0 }, to: &sum[row]) }
  }
}
