package import Engine

/// The (hybrid-spiking) LMU cell for one sequence in plain Double, straight from the equations
/// of the specification, sections 3.2 and 3.3: what the engine is measured against.
///
///     u = e_x . x + e_h . hq' + e_m . mq'            uq = Q(u)
///     m = A (m' or mq') + B uq                       mq = Q(m)
///     z = x W_x + hq' W_h + mq W_m + b               hq = Q(f(z))
///
/// A prime marks the step before. Q is the temporally diffused quantizer with the site's w; at
/// infinite w it is the identity, and the cell is the plain LMU.
package struct ReferenceLMU: Sendable {
  /// One number per weight: the weights themselves, or gradients with respect to them. Matrices
  /// are [from][to].
  package struct Weights: Sendable, Equatable {
    /// e_x [inputs]
    package var inputEncoder: [Double]
    /// e_h [hidden]
    package var hiddenEncoder: [Double]
    /// e_m [order]
    package var memoryEncoder: [Double]
    /// W_x [inputs][hidden]
    package var inputKernel: [[Double]]
    /// W_h [hidden][hidden]
    package var hiddenKernel: [[Double]]
    /// W_m [order][hidden]
    package var memoryKernel: [[Double]]
    /// b [hidden]
    package var bias: [Double]

    /// All weights 0.
    package init(inputs: Int, hidden: Int, order: Int) {
      let row = [Double](repeating: 0, count: hidden)
      inputEncoder = [Double](repeating: 0, count: inputs)
      hiddenEncoder = row
      memoryEncoder = [Double](repeating: 0, count: order)
      inputKernel = [[Double]](repeating: row, count: inputs)
      hiddenKernel = [[Double]](repeating: row, count: hidden)
      memoryKernel = [[Double]](repeating: row, count: order)
      bias = row
    }

    package var inputs: Int { inputEncoder.count }
    package var hidden: Int { hiddenEncoder.count }
    package var order: Int { memoryEncoder.count }
  }

  /// One number per quantized site.
  package struct Resolutions: Sendable, Equatable {
    package var h: Double
    package var m: Double
    package var u: Double

    package init(h: Double = .infinity, m: Double = .infinity, u: Double = .infinity) {
      self.h = h
      self.m = m
      self.u = u
    }
  }

  /// One surrogate per quantized site.
  package struct Surrogates: Sendable, Equatable {
    package var h = SiteSurrogate.straightThrough
    package var m = SiteSurrogate.straightThrough
    package var u = SiteSurrogate.straightThrough

    package init(
      h: SiteSurrogate = .straightThrough, m: SiteSurrogate = .straightThrough,
      u: SiteSurrogate = .straightThrough
    ) {
      self.h = h
      self.m = m
      self.u = u
    }
  }

  /// The voltages of all quantized signals.
  package struct Voltages: Sendable, Equatable {
    /// [hidden]
    package var h: [Double]
    /// [order]
    package var m: [Double]
    package var u: Double

    package init(h: [Double], m: [Double], u: Double = 0.5) {
      self.h = h
      self.m = m
      self.u = u
    }
  }

  /// Everything that happened in a sequence; outer index = step.
  package struct Trace: Sendable {
    package var x: [[Double]] = []
    /// The memory's input before and after its quantizer, and its counts.
    package var u: [Double] = []
    package var quantizedInput: [Double] = []
    package var inputCounts: [Double] = []
    /// The memory before and after its quantizer, and its counts.
    package var m: [[Double]] = []
    package var quantizedMemory: [[Double]] = []
    package var memoryCounts: [[Double]] = []
    /// What the hidden activation is applied to.
    package var z: [[Double]] = []
    /// The hidden state after its quantizer, and its counts.
    package var h: [[Double]] = []
    package var hiddenCounts: [[Double]] = []
    /// do/da of the quantizers.
    package var inputSlopes: [Double] = []
    package var memorySlopes: [[Double]] = []
    package var hiddenSlopes: [[Double]] = []
    /// After the last step.
    package var voltages: Voltages
  }

  /// The order must be that of the weights.
  package var memory: LegendreMemory
  package var weights: Weights
  package var variant: LMUConfiguration.Variant
  package var activation: ReferenceActivation
  /// Functions in place of it, of each hidden unit; none where it is that.
  package var curves: [ReferenceCurve] = []
  package var resolutions: Resolutions
  /// What stands for the derivatives of the quantizers of h, m and u.
  package var surrogates = Surrogates()

  package init(
    memory: LegendreMemory, weights: Weights, variant: LMUConfiguration.Variant = .exactState,
    activation: ReferenceActivation = .tanh, resolutions: Resolutions = Resolutions()
  ) {
    precondition(memory.order == weights.order, "the memory and the weights differ in order")
    self.memory = memory
    self.weights = weights
    self.variant = variant
    self.activation = activation
    self.resolutions = resolutions
  }

  /// Runs a sequence x[step][input] from zero state and the given voltages.
  package func forward(_ x: [[Double]], from voltages: Voltages) -> Trace {
    var trace = Trace(voltages: voltages)
    var m = [Double](repeating: 0, count: weights.order)
    var quantizedMemory = m
    var h = [Double](repeating: 0, count: weights.hidden)
    for input in x {
      let u =
        dot(weights.inputEncoder, input) + dot(weights.hiddenEncoder, h)
        + dot(weights.memoryEncoder, quantizedMemory)
      trace.inputSlopes.append(
        slopes([u], surrogates.u, resolutions.u, [trace.voltages.u])[0])
      let heldInput = ReferenceQuantizer.diffused(
        u, resolution: resolutions.u, voltage: &trace.voltages.u)
      m = nextMemory(variant == .exactState ? m : quantizedMemory, input: heldInput.output)
      trace.memorySlopes.append(
        slopes(m, surrogates.m, resolutions.m, trace.voltages.m))
      let memory = quantized(m, resolution: resolutions.m, voltages: &trace.voltages.m)
      quantizedMemory = memory.outputs
      let z = sum([
        weights.bias, product(input, weights.inputKernel), product(h, weights.hiddenKernel),
        product(quantizedMemory, weights.memoryKernel),
      ])
      trace.hiddenSlopes.append(
        slopes(
          activities(z), surrogates.h, resolutions.h, trace.voltages.h))
      let hidden = quantized(
        activities(z), resolution: resolutions.h, voltages: &trace.voltages.h)
      h = hidden.outputs

      trace.x.append(input)
      trace.u.append(u)
      trace.quantizedInput.append(heldInput.output)
      trace.inputCounts.append(heldInput.count)
      trace.m.append(m)
      trace.quantizedMemory.append(quantizedMemory)
      trace.memoryCounts.append(memory.counts)
      trace.z.append(z)
      trace.h.append(h)
      trace.hiddenCounts.append(hidden.counts)
    }
    return trace
  }

  /// f(z).
  func activities(_ z: [Double]) -> [Double] {
    curves.isEmpty ? z.map(activation.value) : zip(curves, z).map { $0.value($1) }
  }

  /// A m + B u.
  private func nextMemory(_ m: [Double], input: Double) -> [Double] {
    let order = memory.order
    return (0..<order).map { row in
      dot(Array(memory.stateMatrix[row * order..<(row + 1) * order]), m)
        + memory.inputVector[row] * input
    }
  }

  private func slopes(
    _ activities: [Double], _ surrogate: SiteSurrogate, _ resolution: Double,
    _ voltages: [Double]
  ) -> [Double] {
    activities.indices.map {
      ReferenceQuantizer.slope(
        activities[$0], by: surrogate, resolution: resolution, voltage: voltages[$0])
    }
  }

  private func quantized(
    _ activities: [Double], resolution: Double, voltages: inout [Double]
  ) -> (counts: [Double], outputs: [Double]) {
    var counts: [Double] = []
    var outputs: [Double] = []
    for (unit, activity) in activities.enumerated() {
      let step = ReferenceQuantizer.diffused(
        activity, resolution: resolution, voltage: &voltages[unit])
      counts.append(step.count)
      outputs.append(step.output)
    }
    return (counts, outputs)
  }

  func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

  /// Row vector times matrix [from][to].
  func product(_ vector: [Double], _ matrix: [[Double]]) -> [Double] {
    (0..<weights.hidden).map { unit in
      zip(vector, matrix).reduce(0) { $0 + $1.0 * $1.1[unit] }
    }
  }

  func sum(_ vectors: [[Double]]) -> [Double] {
    vectors.dropFirst().reduce(vectors[0]) { sum, vector in zip(sum, vector).map(+) }
  }
}
