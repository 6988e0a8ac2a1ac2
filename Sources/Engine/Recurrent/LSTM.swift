/// Long short-term memory (Hochreiter and Schmidhuber 1997; forget gate of Gers, Schmidhuber and
/// Cummins 2000) with a quantizer:
///
///     i, f, c, o = x_t W + hq_{t-1} U + b                  four gates of n units, in this order
///     c_t = sigmoid(f) c_{t-1} + sigmoid(i) tanh(c)
///     h_t = sigmoid(o) tanh(c_t)     hq_t = Q(h_t; w_h)
///
/// W is inputs x 4n, U n x 4n, b one row of 4n; c and h are zero before the first step. Where h
/// has no quantizer hq = h; the cell's c is never quantized and meets no weights. Hybrid-spiking
/// specification, section 4.2.
package struct LSTM: SequenceLayer {
  package let configuration: LSTMConfiguration
  package let inputs: Int
  package var outputs: Int { configuration.hidden }
  package var inputFanOut: Int { 4 * configuration.hidden }
  let projection: InputProjection
  /// U.
  let hiddenWeights: ParameterHandle

  package init(_ configuration: LSTMConfiguration, inputs: Int, layout: inout ParameterLayout) {
    let n = configuration.hidden
    self.configuration = configuration
    self.inputs = inputs
    projection = InputProjection("lstm", inputs: inputs, columns: 4 * n, layout: &layout)
    hiddenWeights = layout.add("lstm.hiddenWeights", rows: n, columns: 4 * n)
  }

  /// h, c, and the voltages of h.
  package var state: Int {
    2 * configuration.hidden + configuration.h.voltages(configuration.hidden)
  }

  package var sites: [QuantizedSignal] {
    [
      .hidden(
        configuration.h, units: configuration.hidden, fanOut: 4 * configuration.hidden,
        bounds: -1...1)
    ]
  }

  package var junctions: [Junction] {
    Junction.gates(
      ["i", "f", "c", "o"], units: configuration.hidden, input: projection.weights,
      hidden: hiddenWeights, biases: [("b", projection.bias)])
  }

  /// The products of three gates with c or tanh(c), and five functions a unit.
  package var work: LayerWork {
    let n = configuration.hidden
    return LayerWork(
      [
        Connection(.input, units: inputs, fanOut: 4 * n),
        Connection(.site(0), units: n, fanOut: 4 * n, .afterFirst),
      ],
      elementwise: ElementwiseWork(multiplies: 3 * n, additions: n, functions: 5 * n),
      neurons: 5 * n, biases: 4 * n, plainState: 2 * n, state: state)
  }

  /// W Glorot uniform, U with orthonormal rows, b = 0 but 1 at the forget gate.
  package func initialize(_ weights: ParameterSlab, seed: UInt64) {
    let n = configuration.hidden
    var stream = RandomStream(seed: seed, purpose: .initialization)
    weights[projection.weights].fillUniform(glorotLimit(inputs, 4 * n), &stream)
    weights[hiddenWeights].fillOrthogonalRows(&stream)
    weights[projection.bias].fill(0)
    (weights[projection.bias].base + n).update(repeating: 1, count: n)
  }

  package func makePass(steps: Int, rows: Int, in workspace: Workspace) -> any SequencePass {
    LSTMPass(self, steps: steps, rows: rows, in: workspace)
  }
}
