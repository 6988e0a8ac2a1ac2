/// The gated recurrent unit (Cho et al. 2014) with a quantizer:
///
///     z, r, g = x_t W + b                                  three gates of n units, in this order
///     reset after:   p = hq_{t-1} U + b'
///                    z_t, r_t = sigmoid(z + p_z), sigmoid(r + p_r)
///                    g_t = tanh(g + r_t p_g)
///     reset before:  z_t, r_t = sigmoid(z + hq_{t-1} U_z), sigmoid(r + hq_{t-1} U_r)
///                    g_t = tanh(g + (r_t hq_{t-1}) U_g)
///     h_t  = z_t h_{t-1} + (1 - z_t) g_t     hq_t = Q(h_t; w_h)
///
/// W is inputs x 3n, U n x 3n (reset before: [U_z U_r] n x 2n and U_g n x n), b and b' one row of
/// 3n; h is zero before the first step. Where h has no quantizer hq = h. The h that is carried
/// over stays exact, since it meets no weights. With the reset before the product U_g sees
/// r_t hq_{t-1}, which is no multiple of a count: only the reset after leaves all products with h
/// to spikes. Hybrid-spiking specification, section 4.3.
package struct GRU: SequenceLayer {
  package let configuration: GRUConfiguration
  package let inputs: Int
  package var outputs: Int { configuration.hidden }
  package var inputFanOut: Int { 3 * configuration.hidden }
  let projection: InputProjection
  let recurrent: Recurrent

  /// What multiplies the hidden state.
  enum Recurrent: Sendable {
    /// U and b'.
    case resetAfter(weights: ParameterHandle, bias: ParameterHandle)
    /// [U_z U_r] and U_g.
    case resetBefore(gateWeights: ParameterHandle, candidateWeights: ParameterHandle)
  }

  package init(_ configuration: GRUConfiguration, inputs: Int, layout: inout ParameterLayout) {
    let n = configuration.hidden
    self.configuration = configuration
    self.inputs = inputs
    projection = InputProjection("gru", inputs: inputs, columns: 3 * n, layout: &layout)
    switch configuration.reset {
    case .after:
      recurrent = .resetAfter(
        weights: layout.add("gru.hiddenWeights", rows: n, columns: 3 * n),
        bias: layout.add("gru.hiddenBias", rows: 1, columns: 3 * n, role: .bias))
    case .before:
      recurrent = .resetBefore(
        gateWeights: layout.add("gru.gateWeights", rows: n, columns: 2 * n),
        candidateWeights: layout.add("gru.candidateWeights", rows: n, columns: n))
    }
  }

  /// h, hq where it differs from h, and the voltages of h.
  package var state: Int {
    let n = configuration.hidden
    return n + (configuration.h.kind == .off ? 0 : n) + configuration.h.voltages(n)
  }

  package var sites: [QuantizedSignal] {
    let n = configuration.hidden
    let fanOut = configuration.reset == .after ? 3 * n : 2 * n
    return [.hidden(configuration.h, units: n, fanOut: fanOut, bounds: -1...1)]
  }

  package var junctions: [Junction] {
    let n = configuration.hidden
    let gates = ["z", "r", "g"]
    switch recurrent {
    case .resetAfter(let weights, let bias):
      return Junction.gates(
        gates, units: n, input: projection.weights, hidden: weights,
        biases: [("b", projection.bias), ("b'", bias)])
    case .resetBefore(let gateWeights, let candidateWeights):
      return Junction.gates(
        gates, units: n, input: projection.weights, hidden: nil, biases: [("b", projection.bias)])
        + [
          .gate("U_z", gateWeights, from: .site(0), place: 0, units: n),
          .gate("U_r", gateWeights, from: .site(0), place: 1, units: n),
          .gate("U_g", candidateWeights, from: .site(0), place: 0, units: n),
        ]
    }
  }

  package var work: LayerWork {
    let n = configuration.hidden
    let isAfter = configuration.reset == .after
    // r p_g or r hq, and z h + (1 - z) g.
    let elementwise = ElementwiseWork(
      multiplies: 3 * n, additions: isAfter ? 3 * n : 2 * n, functions: 3 * n)
    let recurrent =
      isAfter
      ? [Connection(.site(0), units: n, fanOut: 3 * n, .afterFirst)]
      : [
        Connection(.site(0), units: n, fanOut: 2 * n, .afterFirst),
        Connection(.exact, units: n, fanOut: n, .afterFirst),
      ]
    return LayerWork(
      [Connection(.input, units: inputs, fanOut: 3 * n)] + recurrent, elementwise: elementwise,
      neurons: 4 * n, biases: isAfter ? 6 * n : 3 * n, plainState: n, state: state)
  }

  /// W Glorot uniform, the recurrent weights with rows that are orthonormal over all gates,
  /// biases 0.
  package func initialize(_ weights: ParameterSlab, seed: UInt64) {
    let n = configuration.hidden
    var stream = RandomStream(seed: seed, purpose: .initialization)
    weights[projection.weights].fillUniform(glorotLimit(inputs, 3 * n), &stream)
    weights[projection.bias].fill(0)
    switch recurrent {
    case .resetAfter(let hiddenWeights, let bias):
      weights[hiddenWeights].fillOrthogonalRows(&stream)
      weights[bias].fill(0)
    case .resetBefore(let gateWeights, let candidateWeights):
      let all = Matrix(rows: n, columns: 3 * n)
      all.fillOrthogonalRows(&stream)
      for row in 0..<n {
        let source = all.base + 3 * n * row
        (weights[gateWeights].base + 2 * n * row).update(from: source, count: 2 * n)
        (weights[candidateWeights].base + n * row).update(from: source + 2 * n, count: n)
      }
    }
  }

  package func makePass(steps: Int, rows: Int, in workspace: Workspace) -> any SequencePass {
    let shared = GRUMemory(self, steps: steps, rows: rows, in: workspace)
    switch recurrent {
    case .resetAfter(let weights, let bias):
      return ResetAfterPass(shared, hiddenWeights: weights, hiddenBias: bias, in: workspace)
    case .resetBefore(let gateWeights, let candidateWeights):
      return ResetBeforePass(
        shared, gateWeights: gateWeights, candidateWeights: candidateWeights, in: workspace)
    }
  }
}
