/// The plain recurrent network (Elman 1990) with a quantizer:
///
///     h_t = f(x_t W + hq_{t-1} U + b)     f = tanh or ReLU
///     hq_t = Q(h_t; w_h)
///
/// W is inputs x n, U n x n, b one row; h is zero before the first step. Where h has no quantizer
/// hq = h. Hybrid-spiking specification, section 4.1.
package struct RNN: SequenceLayer {
  package let configuration: RNNConfiguration
  package let inputs: Int
  package var outputs: Int { configuration.hidden }
  package var inputFanOut: Int { configuration.hidden }
  let projection: InputProjection
  /// U.
  let hiddenWeights: ParameterHandle

  package init(_ configuration: RNNConfiguration, inputs: Int, layout: inout ParameterLayout) {
    let n = configuration.hidden
    self.configuration = configuration
    self.inputs = inputs
    projection = InputProjection("rnn", inputs: inputs, columns: n, layout: &layout)
    hiddenWeights = layout.add("rnn.hiddenWeights", rows: n, columns: n)
  }

  /// h, and its voltages.
  package var state: Int { configuration.hidden + configuration.h.voltages(configuration.hidden) }

  package var sites: [QuantizedSignal] {
    [
      .hidden(
        configuration.h, units: configuration.hidden, fanOut: configuration.hidden,
        bounds: configuration.activation == .tanh ? -1...1 : nil)
    ]
  }

  package var junctions: [Junction] {
    [
      Junction("W", .trained(projection.weights), from: .input, to: 0),
      Junction("U", .trained(hiddenWeights), from: .site(0), to: 0, isDelayed: true),
      Junction("b", .trained(projection.bias), from: .one, to: 0),
    ]
  }

  package var work: LayerWork {
    let n = configuration.hidden
    return LayerWork(
      [
        Connection(.input, units: inputs, fanOut: n),
        Connection(.site(0), units: n, fanOut: n, .afterFirst),
      ],
      elementwise: ElementwiseWork(functions: n), neurons: n, biases: n, plainState: n,
      state: state)
  }

  /// W Glorot uniform, b = 0.
  package func initialize(_ weights: ParameterSlab, seed: UInt64) {
    var stream = RandomStream(seed: seed, purpose: .initialization)
    weights[projection.weights].fillUniform(
      glorotLimit(inputs, configuration.hidden), &stream)
    weights[projection.bias].fill(0)
    switch configuration.initialization {
    case .orthogonal: weights[hiddenWeights].fillOrthogonalRows(&stream)
    case .identity: weights[hiddenWeights].fillIdentity()
    }
  }

  package func makePass(steps: Int, rows: Int, in workspace: Workspace) -> any SequencePass {
    RNNPass(self, steps: steps, rows: rows, in: workspace)
  }
}
