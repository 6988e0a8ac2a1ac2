import Documents
import Engine

extension KeyTable {
  /// Hidden units, order of the memory.
  private static let sizes = 1...4096

  /// The kinds of models that have a key.
  private static func only(_ kinds: ModelFields.Kind...) -> ExperimentKey.Condition {
    ExperimentKey.Condition(selector: "model.kind", values: .names(kinds.map(\.rawValue)))
  }

  static let onlyLMU = only(.lmu)
  /// The kinds whose memory has a quantizer of its own.
  static let withMemory = only(.lmu, .nru)

  static let model: [ExperimentKey] = [
    kind,
    ExperimentKey(
      "model.layers", integer: 1...8,
      "Layers of the same kind and sizes above each other; what is said of a quantizer holds in all",
      at: \.training.layers),
    ExperimentKey(
      "model.hidden", integer: sizes, "Hidden units", at: \.training.model.fields.hidden),
    activation,
    ExperimentKey(
      "model.recurrentInitialization", Choices.recurrentInitializations,
      "Where the recurrent weights start", when: only(.rnn),
      at: \.training.model.fields.recurrentInitialization),
    ExperimentKey(
      "model.reset", Choices.resets, "Where the reset gate acts", when: only(.gru),
      at: \.training.model.fields.reset),
    ExperimentKey(
      "model.order", integer: 1...1024, "Order of the memory", when: onlyLMU,
      at: \.training.model.fields.lmu.order),
    theta,
    ExperimentKey(
      "model.variant", Choices.variants, "What the memory's recursion works on", when: onlyLMU,
      at: \.training.model.fields.lmu.variant),
    ExperimentKey(
      "model.discretization", Choices.discretizations, "How the memory is made discrete",
      when: onlyLMU, at: \.training.model.fields.lmu.discretization),
    ExperimentKey(
      "model.initialization", Choices.initializations, "Where the input weights start",
      when: onlyLMU, at: \.training.model.fields.lmu.initialization),
    ExperimentKey(
      "model.hiddenBias", flag: \.training.model.fields.lmu.hiddenBias,
      "Whether the hidden units have a bias", when: onlyLMU),
    ExperimentKey(
      "model.channels", integer: 1...64,
      "Signals that the memory keeps, each in numbers of its own",
      when: onlyLMU, at: \.training.model.fields.lmu.channels),
    ExperimentKey(
      "model.memoryBias", flag: \.training.model.fields.lmu.memoryBias,
      "Whether the memory's input has a bias", when: onlyLMU),
    ExperimentKey(
      "model.hiddenToMemory", flag: \.training.model.fields.lmu.hiddenToMemory,
      "Whether the memory's input sees the hidden units", when: onlyLMU),
    ExperimentKey(
      "model.memoryToMemory", flag: \.training.model.fields.lmu.memoryToMemory,
      "Whether the memory's input sees the memory", when: onlyLMU),
    ExperimentKey(
      "model.inputToHidden", flag: \.training.model.fields.lmu.inputToHidden,
      "Whether the hidden units see the input", when: onlyLMU),
    ExperimentKey(
      "model.hiddenToHidden", flag: \.training.model.fields.lmu.hiddenToHidden,
      "Whether the hidden units see each other; without it and both to the memory, the LMU is"
        + " feed-forward", when: onlyLMU),
    ExperimentKey(
      "model.memory", integer: sizes, "Numbers of the memory; times heads they are a square",
      when: only(.nru), at: \.training.model.fields.nru.memory),
    ExperimentKey(
      "model.heads", integer: 1...64, "Heads that change the memory", when: only(.nru),
      at: \.training.model.fields.nru.heads),
    ExperimentKey(
      "model.rectified", flag: \.training.model.fields.nru.isRectified,
      "Whether strengths and outer products of the heads are rectified", when: only(.nru)),
    ExperimentKey(
      "model.layerNorm", flag: \.training.model.fields.nru.hasLayerNorm,
      "Whether the hidden units are normalized before their ReLU", when: only(.nru)),
  ]

  /// An RNN does not take all of its words.
  static let activation = ExperimentKey(
    "model.activation", Choices.activations, "Activation of the hidden units",
    when: only(.lmu, .rnn), at: \.training.model.fields.activation)

  /// A model that becomes an LMU has the window of its sequences unless another is given.
  private static let kind = ExperimentKey(
    "model.kind", .choice(Choices.models), "The kind of network"
  ) {
    .text($0.experiment.training.model.fields.kind.rawValue)
  } write: { draft, value in
    guard case .text(let name) = value, let kind = ModelFields.Kind(rawValue: name),
      kind != draft.experiment.training.model.fields.kind
    else { return }
    draft.experiment.training.model.fields.kind = kind
    draft.experiment.thetaFollowsSteps = kind == .lmu
  }

  private static let theta = ExperimentKey(
    "model.theta",
    .number(
      .init(above: 0, upTo: 1_000_000),
      words: [.init(name: "steps", meaning: "the length of the sequences")]),
    "Window of the memory in steps; \"steps\" for the length of the sequences", when: onlyLMU
  ) {
    $0.experiment.thetaFollowsSteps
      ? .text("steps") : .number($0.experiment.training.model.fields.lmu.theta)
  } write: { draft, value in
    if case .number(let theta) = value {
      draft.experiment.training.model.fields.lmu.theta = theta
    }
    draft.experiment.thetaFollowsSteps = value == .text("steps")
  }

  /// The keys of one quantized signal and of its schedule.
  static func site(
    _ id: String, _ title: String, when condition: ExperimentKey.Condition? = nil,
    _ target: ExperimentPath<QuantizerSite>
  ) -> [ExperimentKey] {
    let table = "quantizer.\(id)"
    let schedule = { @Sendable (draft: ExperimentDraft) in
      draft.experiment[keyPath: target].resolution
    }
    return [
      ExperimentKey(
        "\(table).kind", .choice(Choices.quantizers), "Quantizer of the \(title)",
        when: condition
      ) {
        .text($0.experiment[keyPath: target].kind.rawValue)
      } write: { draft, value in
        if case .text(let name) = value, let kind = Quantizer(rawValue: name) {
          draft.experiment[keyPath: target].kind = kind
        }
      }
    ] + surrogate(table, "the \(title)'s quantizer", when: condition, [target])
      + scale(table, when: condition, target) + initialVoltage(table, when: condition, target)
      + self.schedule(
        "\(table).schedule", of: .resolution, when: condition, read: schedule
      ) { draft, schedule in
        draft.experiment[keyPath: target].resolution = schedule
      }
  }

  private static func scale(
    _ table: String, when condition: ExperimentKey.Condition?,
    _ target: ExperimentPath<QuantizerSite>
  ) -> [ExperimentKey] {
    [
      ExperimentKey(
        "\(table).scale",
        .number(.init(above: 0, upTo: 1_000_000), words: Choices.scaleWords),
        "What the resolution of this site is multiplied by", when: condition
      ) { draft in
        switch draft.experiment[keyPath: target].scale {
        case .fixed(let factor): .number(factor)
        case .calibrated: .text("calibrated")
        }
      } write: { draft, value in
        if case .number(let factor) = value {
          draft.experiment[keyPath: target].scale = .fixed(factor)
        } else if case .fixed = draft.experiment[keyPath: target].scale {
          draft.experiment[keyPath: target].scale = .calibrated(quantile: standardQuantile)
        }
      },
      ExperimentKey(
        "\(table).quantile", .number(.init(0.5...1)),
        "The quantile of |activity| that becomes 1",
        when: .init(selector: "\(table).scale", values: .names(["calibrated"]))
      ) { draft in
        guard case .calibrated(let quantile) = draft.experiment[keyPath: target].scale else {
          return .number(standardQuantile)
        }
        return .number(quantile)
      } write: { draft, value in
        if case .number(let quantile) = value {
          draft.experiment[keyPath: target].scale = .calibrated(quantile: quantile)
        }
      },
    ]
  }

  /// The 99.9th percentile (hybrid-spiking specification, section 1.8).
  private static let standardQuantile = 0.999

  private static func initialVoltage(
    _ table: String, when condition: ExperimentKey.Condition?,
    _ target: ExperimentPath<QuantizerSite>
  ) -> [ExperimentKey] {
    [
      ExperimentKey(
        "\(table).initialVoltage", .choice(Choices.initialVoltages),
        "What a diffused quantizer starts a sequence with", when: condition
      ) { draft in
        switch draft.experiment[keyPath: target].initialVoltage {
        case .randomPerSequence: .text("random")
        case .half: .text("half")
        case .fixedSeed: .text("seed")
        }
      } write: { draft, value in
        switch (value, draft.experiment[keyPath: target].initialVoltage) {
        case (.text("random"), _):
          draft.experiment[keyPath: target].initialVoltage = .randomPerSequence
        case (.text("half"), _): draft.experiment[keyPath: target].initialVoltage = .half
        case (_, .fixedSeed): break
        default: draft.experiment[keyPath: target].initialVoltage = .fixedSeed(1)
        }
      },
      ExperimentKey(
        "\(table).voltageSeed", .integer(seeds), "Decides the one draw of the voltages",
        when: .init(selector: "\(table).initialVoltage", values: .names(["seed"]))
      ) { draft in
        guard case .fixedSeed(let seed) = draft.experiment[keyPath: target].initialVoltage else {
          return .integer(1)
        }
        return .integer(Int(clamping: seed))
      } write: { draft, value in
        if case .integer(let seed) = value {
          draft.experiment[keyPath: target].initialVoltage = .fixedSeed(UInt64(clamping: seed))
        }
      },
    ]
  }
}
