/// The recurrent network of a classifier: what a user picks from a list.
package enum ModelConfiguration: Sendable, Equatable, Codable {
  case lmu(LMUConfiguration)
  case rnn(RNNConfiguration)
  case lstm(LSTMConfiguration)
  case gru(GRUConfiguration)

  /// Declares the parameters of the layer in `layout` and makes it.
  ///
  /// Throws when the discretisation of an LMU's memory is unstable.
  package func makeLayer(
    inputs: Int, layout: inout ParameterLayout
  ) throws(LegendreMemoryError) -> any SequenceLayer {
    switch self {
    case .lmu(let lmu): try LMU(lmu, inputs: inputs, layout: &layout)
    case .rnn(let rnn): RNN(rnn, inputs: inputs, layout: &layout)
    case .lstm(let lstm): LSTM(lstm, inputs: inputs, layout: &layout)
    case .gru(let gru): GRU(gru, inputs: inputs, layout: &layout)
    }
  }

  /// One line for people, e.g. `hybrid LMU 128/64 exactState`.
  func title(isHybrid: Bool) -> String {
    let name =
      switch self {
      case .lmu(let lmu):
        "LMU \(lmu.hidden)/\(lmu.order)" + (isHybrid ? " \(lmu.variant.rawValue)" : "")
      case .rnn(let rnn): "RNN \(rnn.hidden) \(rnn.activation.rawValue)"
      case .lstm(let lstm): "LSTM \(lstm.hidden)"
      case .gru(let gru): "GRU \(gru.hidden)"
      }
    return isHybrid ? "hybrid \(name)" : name
  }

  /// The payload where it is of this kind; setting it makes it so, unless it is `nil`.
  package var lmu: LMUConfiguration? {
    get { if case .lmu(let lmu) = self { lmu } else { nil } }
    set { if let newValue { self = .lmu(newValue) } }
  }
}

/// The activation of hidden units.
package enum HiddenActivation: String, Sendable, Codable, CaseIterable {
  case tanh, relu
}

/// Sizes, structure and quantizer of a plain recurrent network.
package struct RNNConfiguration: Sendable, Equatable, Codable {
  /// Where the recurrent weights start.
  package enum Initialization: String, Sendable, Codable, CaseIterable {
    /// A random orthogonal matrix.
    case orthogonal
    /// The unit matrix (Le, Jaitly and Hinton 2015, with ReLU).
    case identity
  }

  /// Hidden units n.
  package var hidden: Int
  package var activation: HiddenActivation
  package var initialization: Initialization
  /// Quantizer of the hidden state.
  package var h: QuantizerSite

  package init(
    hidden: Int, activation: HiddenActivation = .tanh,
    initialization: Initialization = .orthogonal, h: QuantizerSite
  ) {
    self.hidden = hidden
    self.activation = activation
    self.initialization = initialization
    self.h = h
  }
}

/// Size and quantizer of a long short-term memory.
package struct LSTMConfiguration: Sendable, Equatable, Codable {
  /// Hidden units n.
  package var hidden: Int
  /// Quantizer of the hidden state.
  package var h: QuantizerSite

  package init(hidden: Int, h: QuantizerSite) {
    self.hidden = hidden
    self.h = h
  }
}

/// Size, structure and quantizer of a gated recurrent unit.
package struct GRUConfiguration: Sendable, Equatable, Codable {
  /// Where the reset gate acts (hybrid-spiking specification, section 4.3).
  package enum Reset: String, Sendable, Codable, CaseIterable {
    /// On the product of the hidden state with its weights.
    case after
    /// On the hidden state, before that product.
    case before
  }

  /// Hidden units n.
  package var hidden: Int
  package var reset: Reset
  /// Quantizer of the hidden state.
  package var h: QuantizerSite

  package init(hidden: Int, reset: Reset = .after, h: QuantizerSite) {
    self.hidden = hidden
    self.reset = reset
    self.h = h
  }
}
