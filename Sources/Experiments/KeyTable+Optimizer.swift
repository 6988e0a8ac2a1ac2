import Documents
import Engine

extension KeyTable {
  static let optimizer: [ExperimentKey] =
    [rule] + adam + [momentum, clipNorm]
    + schedule("optimizer.learningRate", of: .learningRate) { draft in
      draft.experiment.training.optimizer.learningRate
    } write: { draft, schedule in
      draft.experiment.training.optimizer.learningRate = schedule
    }

  private static let rule = ExperimentKey(
    "optimizer.rule", .choice(Choices.optimizerRules), "How a gradient changes the weights"
  ) {
    .text($0.experiment.training.optimizer.rule.fields.name)
  } write: { draft, value in
    if case .text(let name) = value {
      draft.experiment.training.optimizer.rule.fields.name = name
    }
  }

  private static let adam = [
    constant(
      "beta1", of: "adam", in: .init(0...0.999999), "Decay of the mean gradient", at: \.beta1),
    constant(
      "beta2", of: "adam", in: .init(0...0.999999), "Decay of the mean squared gradient",
      at: \.beta2),
    constant(
      "epsilon", of: "adam", in: .init(above: 0, upTo: 1), "Added to the root of the square",
      at: \.epsilon),
  ]

  private static let momentum = constant(
    "momentum", of: "momentum", in: .init(0...0.999999), "Share of the last change that is kept",
    at: \.momentum)

  private static func constant(
    _ name: String, of rule: String, in range: ExperimentKey.NumberRange, _ meaning: String,
    at target: any WritableKeyPath<OptimizerRuleFields, Double> & Sendable
  ) -> ExperimentKey {
    ExperimentKey(
      "optimizer.\(name)", .number(range), meaning,
      when: .init(selector: "optimizer.rule", values: .names([rule]))
    ) { draft in
      .number(draft.experiment.training.optimizer.rule.fields[keyPath: target])
    } write: { draft, value in
      if case .number(let number) = value {
        draft.experiment.training.optimizer.rule.fields[keyPath: target] = number
      }
    }
  }

  private static let clipNorm = ExperimentKey(
    "optimizer.clipNorm",
    .number(.init(0...1_000_000), words: [.init(name: "off", meaning: "no clipping")]),
    "Largest norm of the whole gradient; 0 or \"off\" for no clipping"
  ) {
    $0.experiment.training.optimizer.clipNorm.map(DocumentValue.number) ?? .text("off")
  } write: { draft, value in
    if case .number(let norm) = value, norm > 0 {
      draft.experiment.training.optimizer.clipNorm = norm
    } else {
      draft.experiment.training.optimizer.clipNorm = nil
    }
  }

  static let plateau: [ExperimentKey] = [
    ExperimentKey(
      "plateau.patience",
      .integer(1...100_000, words: [.init(name: "off", meaning: "no such rule")]),
      "Validations without improvement after which every resolution is lowered"
    ) {
      $0.experiment.training.plateau.map { .integer($0.patience) } ?? .text("off")
    } write: { draft, value in
      guard case .integer(let patience) = value else {
        draft.experiment.training.plateau = nil
        return
      }
      var plateau = draft.experiment.training.plateau ?? PlateauConfiguration(patience: patience)
      plateau.patience = patience
      draft.experiment.training.plateau = plateau
    },
    plateauNumber(
      "factor", in: .init(above: 0, upTo: 0.999), "What the resolutions are multiplied by",
      at: \.factor),
    plateauNumber(
      "minimum", in: .init(QuantizerSite.allowedResolution), "Lowest resolution of this rule",
      at: \.minimum),
  ]

  private static func plateauNumber(
    _ name: String, in range: ExperimentKey.NumberRange, _ meaning: String,
    at target: any WritableKeyPath<PlateauConfiguration, Double> & Sendable
  ) -> ExperimentKey {
    ExperimentKey(
      "plateau.\(name)", .number(range), meaning,
      when: .init(selector: "plateau.patience", values: .number)
    ) { draft in
      let plateau = draft.experiment.training.plateau ?? PlateauConfiguration(patience: 1)
      return .number(plateau[keyPath: target])
    } write: { draft, value in
      if case .number(let number) = value {
        draft.experiment.training.plateau?[keyPath: target] = number
      }
    }
  }
}

/// Every number that any optimizer rule has, as separate fields.
struct OptimizerRuleFields: Sendable, Equatable {
  /// `adam` or `momentum`.
  var name: String
  var beta1 = 0.9
  var beta2 = 0.999
  var epsilon = 1e-8
  var momentum = 0.9

  var rule: OptimizerRule {
    name == "momentum"
      ? .momentum(momentum) : .adam(beta1: beta1, beta2: beta2, epsilon: epsilon)
  }
}

extension OptimizerRule {
  /// The rule taken apart.
  var fields: OptimizerRuleFields {
    get {
      switch self {
      case .adam(let beta1, let beta2, let epsilon):
        OptimizerRuleFields(name: "adam", beta1: beta1, beta2: beta2, epsilon: epsilon)
      case .momentum(let momentum): OptimizerRuleFields(name: "momentum", momentum: momentum)
      }
    }
    set { self = newValue.rule }
  }
}
