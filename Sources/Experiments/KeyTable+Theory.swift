import Documents
import Engine

extension KeyTable {
  /// Path of the key that tells what an experiment is of.
  static let kindPath = "study"

  static let experimentKind = ExperimentKey(
    kindPath, Choices.kinds,
    "What the experiment is: a training, a study of theory or a simulation",
    at: \.kind)

  private static let onlyTheory = ExperimentKey.Condition(
    selector: kindPath, values: .names([Experiment.Kind.theory.rawValue]))

  private static func teacher(
    _ kind: CoarseTheoryConfiguration.TeacherKind
  ) -> ExperimentKey.Condition {
    ExperimentKey.Condition(selector: "theory.target", values: .names([kind.rawValue]))
  }

  /// Numbers of a teacher.
  private static let coordinates = ExperimentKey.NumberRange(-1000...1000)

  static let theory: [ExperimentKey] = [
    ExperimentKey(
      "theory.mode", Choices.theoryModes, "Where gradients come from", when: onlyTheory,
      at: \.theory.mode),
    ExperimentKey(
      "theory.steps", integer: 1...1_000_000_000, "Steps of descent from a start on",
      when: onlyTheory, at: \.theory.steps),
    seed("theory", when: onlyTheory),
    ExperimentKey(
      "theory.target", Choices.teachers, "Where v* and w* come from", when: onlyTheory,
      at: \.theory.teacher),
    numbers("theory.vStar", "v*, a number for each of the m patches", at: \.theory.v),
    numbers("theory.wStar", "w*, of n numbers; its length is made 1", at: \.theory.w),
    ExperimentKey(
      "theory.patches", integer: 1...256, "m, the patches of an input", when: teacher(.drawn),
      at: \.theory.patches),
    ExperimentKey(
      "theory.inputs", integer: 1...256, "n, the numbers of a patch", when: teacher(.drawn),
      at: \.theory.inputs),
    ExperimentKey(
      "theory.estimator", .estimator, "The straight-through estimator that leads",
      when: onlyTheory
    ) {
      .text($0.experiment.theory.estimator.rawValue)
    } write: { draft, value in
      guard case .text(let text) = value, let name = CoarseEstimatorName(rawValue: text) else {
        return
      }
      draft.experiment.theory.estimator = name
    },
    race,
    number(
      "theory.rate", CoarseTheoryConfiguration.allowedRates, "The step size", at: \.theory.rate),
    ExperimentKey(
      "theory.batch", integer: CoarseTheoryConfiguration.allowedBatches,
      "Samples of a batch in sampled mode", when: onlyTheory, at: \.theory.batch),
    ExperimentKey(
      "theory.normaliseW", flag: \.theory.normalisesW,
      "Whether w is scaled back to its first length after every step; not in the paper",
      when: onlyTheory),
    ExperimentKey(
      "theory.start", Choices.starts, "Where the descents begin", when: onlyTheory,
      at: \.theory.start),
    number(
      "theory.startNorm", CoarseTheoryConfiguration.allowedNorms, "The length of w at the start",
      at: \.theory.startNorm),
    number(
      "theory.speed", CoarseTheoryConfiguration.allowedSpeeds,
      "Steps a second in the dashboard, the highest for no limit; changes no result",
      at: \.theory.speed),
  ]

  private static let race = ExperimentKey(
    "theory.race", .words(Choices.estimators),
    "Estimators that descend beside it from the same start, each once", when: onlyTheory
  ) {
    .list($0.experiment.theory.race.map { .text($0.rawValue) })
  } write: { draft, value in
    guard case .list(let entries) = value else { return }
    draft.experiment.theory.race = entries.compactMap {
      if case .text(let name) = $0 { CoarseEstimatorName(rawValue: name) } else { nil }
    }
  }

  private static func number(
    _ path: String, _ range: ClosedRange<Double>, _ meaning: String,
    at target: ExperimentPath<Double>
  ) -> ExperimentKey {
    ExperimentKey(path, .number(.init(range)), meaning, when: onlyTheory) { draft in
      .number(draft.experiment[keyPath: target])
    } write: { draft, value in
      if case .number(let number) = value { draft.experiment[keyPath: target] = number }
    }
  }

  private static func numbers(
    _ path: String, _ meaning: String, at target: ExperimentPath<[Double]>
  ) -> ExperimentKey {
    ExperimentKey(
      path, .numbers(coordinates, minimumCount: 1), meaning, when: teacher(.given)
    ) { draft in
      .list(draft.experiment[keyPath: target].map(DocumentValue.number))
    } write: { draft, value in
      guard case .list(let entries) = value else { return }
      draft.experiment[keyPath: target] = entries.compactMap {
        if case .number(let number) = $0 { number } else { nil }
      }
    }
  }

  /// Keys that have a place in a training alone; those that depend on others do so through them.
  static func ofTraining(_ keys: [ExperimentKey]) -> [ExperimentKey] {
    let condition = ExperimentKey.Condition(
      selector: kindPath, values: .names([Experiment.Kind.training.rawValue]))
    return keys.map { $0.condition == nil ? $0.under(condition) : $0 }
  }
}

extension ExperimentKey {
  /// Whether its values are names of straight-through estimators.
  var takesEstimators: Bool {
    kind == .estimator || kind == .words(Choices.estimators)
  }
}
