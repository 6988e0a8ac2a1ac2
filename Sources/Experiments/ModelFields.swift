import Engine

/// Everything that any kind of model has, as separate fields.
struct ModelFields: Sendable, Equatable {
  enum Kind: String, Sendable, CaseIterable {
    case lmu, rnn, lstm, gru, nru
  }

  /// Of the hidden units.
  enum Activation: String, Sendable, CaseIterable {
    case tanh, relu
    /// Only of an LMU.
    case learned

    init(_ activation: HiddenActivation) {
      switch activation {
      case .tanh: self = .tanh
      case .relu: self = .relu
      }
    }

    /// That of a layer which does not learn it, or has it aside.
    var fixed: HiddenActivation { self == .relu ? .relu : .tanh }
  }

  var kind: Kind
  var hidden: Int
  var activation = Activation.tanh
  /// Where the activation is learned.
  var learned = LearnedHidden()
  var recurrentInitialization = RNNConfiguration.Initialization.orthogonal
  var reset = GRUConfiguration.Reset.after
  /// What only an NRU has; its other numbers are those around. At first a memory as large as
  /// that of the standard experiment, in the published number of heads.
  var nru = NRUConfiguration(hidden: 1, memory: 64, h: .off, m: .off)
  /// Quantizer of the hidden state.
  var h: QuantizerSite
  /// Quantizer of the memory.
  var m = QuantizerSite.off
  /// What only an LMU has; its other numbers are those above. At first that of the standard
  /// experiment, without quantizers.
  var lmu = LMUConfiguration(hidden: 1, order: 64, theta: 64, h: .off, m: .off, u: .off)

  init(_ model: ModelConfiguration) {
    switch model {
    case .lmu(let lmu):
      (kind, hidden, h, m) = (.lmu, lmu.hidden, lmu.h, lmu.m)
      activation = lmu.learned == nil ? Activation(lmu.activation) : .learned
      learned = lmu.learned ?? learned
      self.lmu = lmu
    case .rnn(let rnn):
      (kind, hidden, h) = (.rnn, rnn.hidden, rnn.h)
      activation = Activation(rnn.activation)
      recurrentInitialization = rnn.initialization
    case .lstm(let lstm): (kind, hidden, h) = (.lstm, lstm.hidden, lstm.h)
    case .gru(let gru):
      (kind, hidden, h) = (.gru, gru.hidden, gru.h)
      reset = gru.reset
    case .nru(let nru):
      (kind, hidden, h, m) = (.nru, nru.hidden, nru.h, nru.m)
      self.nru = nru
    }
  }

  /// The model of the kind, without the fields that it does not have.
  var model: ModelConfiguration {
    switch kind {
    case .lmu:
      var lmu = lmu
      (lmu.hidden, lmu.activation, lmu.h, lmu.m) = (hidden, activation.fixed, h, m)
      lmu.learned = activation == .learned ? learned : nil
      return .lmu(lmu)
    case .rnn:
      return .rnn(
        RNNConfiguration(
          hidden: hidden, activation: activation.fixed, initialization: recurrentInitialization,
          h: h))
    case .lstm: return .lstm(LSTMConfiguration(hidden: hidden, h: h))
    case .gru: return .gru(GRUConfiguration(hidden: hidden, reset: reset, h: h))
    case .nru:
      var nru = nru
      (nru.hidden, nru.h, nru.m) = (hidden, h, m)
      return .nru(nru)
    }
  }
}

extension ModelConfiguration {
  /// The model taken apart.
  var fields: ModelFields {
    get { ModelFields(self) }
    set { self = newValue.model }
  }
}

extension QuantizerSite {
  /// Not quantized; the resolution is what a quantizer switched on in a file would begin with.
  static let off = QuantizerSite(kind: .off, resolution: Schedule(.hold(64)))
}
