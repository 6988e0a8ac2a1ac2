/// The recurrent network of a classifier: what a user picks from a list.
package enum ModelConfiguration: Sendable, Equatable, Codable {
  case lmu(LMUConfiguration)
  case rnn(RNNConfiguration)
  case lstm(LSTMConfiguration)
  case gru(GRUConfiguration)
  case nru(NRUConfiguration)

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
    case .nru(let nru): NRU(nru, inputs: inputs, layout: &layout)
    }
  }

  /// Makes `count` layers of the model above each other; one is just that of ``makeLayer``.
  ///
  /// Throws when the discretisation of an LMU's memory is unstable.
  package func makeLayers(
    _ count: Int, inputs: Int, layout: inout ParameterLayout
  ) throws(LegendreMemoryError) -> any SequenceLayer {
    guard count > 1 else { return try makeLayer(inputs: inputs, layout: &layout) }
    return try StackedLayers(count, inputs: inputs, layout: &layout) {
      index, inputs, layout throws(LegendreMemoryError) in
      try (index == 0 ? self : upper).makeLayer(inputs: inputs, layout: &layout)
    }
  }

  /// The same above another layer. With `memoryOnly` an LMU would at first see nothing but the sum
  /// of all units below.
  private var upper: ModelConfiguration {
    guard case .lmu(var lmu) = self else { return self }
    lmu.initialization = .full
    return .lmu(lmu)
  }

  /// One line for people, e.g. `hybrid LMU 128/64 exactState`, or `LSTM 2x79` of two layers.
  func title(isHybrid: Bool, layers: Int = 1) -> String {
    let times = layers > 1 ? "\(layers)x" : ""
    let name =
      switch self {
      case .lmu(let lmu):
        "LMU \(times)\(lmu.hidden)/\(lmu.order)" + (isHybrid ? " \(lmu.variant.rawValue)" : "")
          + (lmu.learned.map { ", learned activation: \($0.activation.outline)" } ?? "")
      case .rnn(let rnn): "RNN \(times)\(rnn.hidden) \(rnn.activation.rawValue)"
      case .lstm(let lstm): "LSTM \(times)\(lstm.hidden)"
      case .gru(let gru): "GRU \(times)\(gru.hidden)"
      case .nru(let nru): "NRU \(times)\(nru.hidden)/\(nru.memory)"
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

/// Sizes, options and quantizers of a non-saturating recurrent unit.
package struct NRUConfiguration: Sendable, Equatable, Codable {
  /// Hidden units n.
  package var hidden: Int
  /// Numbers of the memory M; times the heads they are a square.
  package var memory: Int
  /// Heads k.
  package var heads: Int
  /// Whether strengths and outer products of the heads are rectified.
  package var isRectified: Bool
  /// Whether the hidden units are normalized before their ReLU. That takes away how large the
  /// activities are, so that a few inputs of 0...1 drown in what many hidden units send back.
  package var hasLayerNorm: Bool
  /// Quantizer of the hidden state.
  package var h: QuantizerSite
  /// Quantizer of the memory.
  package var m: QuantizerSite

  package init(
    hidden: Int, memory: Int, heads: Int = 4, isRectified: Bool = false,
    hasLayerNorm: Bool = false, h: QuantizerSite, m: QuantizerSite
  ) {
    self.hidden = hidden
    self.memory = memory
    self.heads = heads
    self.isRectified = isRectified
    self.hasLayerNorm = hasLayerNorm
    self.h = h
    self.m = m
  }

  /// sqrt(M k), the length of the vectors whose outer products change the memory; `nil` where it
  /// is no integer.
  package var side: Int? {
    let side = Int(Double(memory * heads).squareRoot().rounded())
    return side * side == memory * heads ? side : nil
  }

  /// The memory nearest to the present one that makes ``side`` an integer, the smaller of two.
  package var nearestMemory: Int {
    // M k = s^2 where s runs over all integers; s = k always serves.
    let candidates = (1...memory + heads).compactMap { side in
      side * side % heads == 0 ? side * side / heads : nil
    }
    return candidates.min { abs($0 - memory) < abs($1 - memory) } ?? heads
  }
}
