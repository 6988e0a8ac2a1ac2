import Documents
import Engine

/// The keys of a learned activation of the hidden units of an LMU.
extension KeyTable {
  private static let onlyLearnedHidden = ExperimentKey.Condition(
    selector: "model.activation", values: .names([ModelFields.Activation.learned.rawValue]))

  static let learnedHidden: [ExperimentKey] = [
    ExperimentKey(
      "model.learned.basis", Choices.bases, "The functions that are added up",
      when: onlyLearnedHidden, at: \.training.model.fields.learned.activation.basis),
    ExperimentKey(
      "model.learned.degree", integer: ActivationBasis.allowedDegrees, "The highest of them",
      when: onlyLearnedHidden, at: \.training.model.fields.learned.activation.degree),
    ExperimentKey(
      "model.learned.sharing", Choices.hiddenSharings,
      "Which hidden units have a row of coefficients", when: onlyLearnedHidden,
      at: \.training.model.fields.learned.sharing),
    number(
      "reach", .init(above: 0, upTo: 1e6), "Inputs as large as this come to the end",
      \.fields.clipScale),
    ExperimentKey(
      "model.learned.start", Choices.curveStarts, "How they begin", when: onlyLearnedHidden,
      at: \.training.model.fields.learned.fields.start),
    number(
      "startDeviation", .init(0...10), "Deviation of the noise then",
      when: ExperimentKey.Condition(
        selector: "model.learned.start",
        values: .names([LearnedFields.Start.identity.rawValue])), \.fields.deviation),
    number(
      "rateFactor", .init(LearnedHidden.allowedRateFactor),
      "Times the learning rate, for coefficients; at 0 they stay as they begin", \.rateFactor),
  ]

  private static func number(
    _ name: String, _ range: ExperimentKey.NumberRange, _ meaning: String,
    when condition: ExperimentKey.Condition = onlyLearnedHidden,
    _ target: any WritableKeyPath<LearnedHidden, Double> & Sendable
  ) -> ExperimentKey {
    ExperimentKey("model.learned.\(name)", .number(range), meaning, when: condition) {
      .number($0.experiment.training.model.fields.learned[keyPath: target])
    } write: { draft, value in
      if case .number(let number) = value {
        draft.experiment.training.model.fields.learned[keyPath: target] = number
      }
    }
  }
}
