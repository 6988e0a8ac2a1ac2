import Documents
import Engine

/// The keys of self-learnable activations, and of how networks with them are trained.
extension KeyTable {
  static let onlyFeedForward = ExperimentKey.Condition(
    selector: kindPath, values: .names([Experiment.Kind.feedForward.rawValue]))
  private static let onlyLearned = ExperimentKey.Condition(
    selector: "feedforward.activation",
    values: .names([FeedForwardStudyConfiguration.Activation.learned.rawValue]))

  private static func when(_ key: String, _ names: String...) -> ExperimentKey.Condition {
    ExperimentKey.Condition(selector: "feedforward.\(key)", values: .names(names))
  }

  private static let drawn = FeedForwardDataSet.allCases.filter(\.isDrawn).map(\.rawValue)

  /// Sizes of networks and of what is drawn.
  static let feedForwardSizes: [ExperimentKey] = [
    ExperimentKey(
      "feedforward.width", integer: 1...65536, "Units of a hidden layer",
      when: when("model", "chain"), at: \.feedForward.width),
    ExperimentKey(
      "feedforward.depth", integer: 1...64, "Hidden layers", when: when("model", "chain"),
      at: \.feedForward.depth),
    ExperimentKey(
      "feedforward.filters", integer: 1...1024,
      "Channels of the first convolution; the second has twice as many",
      when: when("model", "cnn"), at: \.feedForward.filters),
    learnedNumber(
      "dropout", .init(Dropout.allowedProbability),
      "Share of the last hidden layer that is left out at random", when: when("model", "cnn"),
      \.dropout),
    ExperimentKey(
      "feedforward.points", integer: 10...10_000_000,
      "Points of an arm of a spiral or around a corner, or rows of a regression",
      when: .init(selector: "feedforward.dataset", values: .names(drawn)),
      at: \.feedForward.points),
    ExperimentKey(
      "feedforward.order", integer: 1...8, "Factors of each product",
      when: when("dataset", "polynomials"), at: \.feedForward.order),
  ]

  /// What the activations are; `recipe` and `routines` set keys of `feedforward.learned`.
  static let feedForwardActivation: [ExperimentKey] = [
    ExperimentKey(
      "feedforward.activation", Choices.activationKinds, "What the activations are",
      when: onlyFeedForward, at: \.feedForward.activation),
    ExperimentKey(
      "feedforward.recipe", .choice(Choices.recipes),
      "Sets everything of learned activations but their degree, and clipNorm", when: onlyLearned
    ) { _ in
      .text(LearnedRecipe.stable.rawValue)
    } write: { draft, value in
      guard case .text(let name) = value, let recipe = LearnedRecipe(rawValue: name) else { return }
      let degree = draft.experiment.feedForward.learned.activation.degree
      draft.experiment.feedForward.take(recipe.recipe(degree: degree))
    },
    ExperimentKey(
      "feedforward.routines", .words(Choices.routines),
      "Training routines, one after the other; each sets what it is about", when: onlyLearned
    ) { _ in
      .list([])
    } write: { draft, value in
      guard case .list(let entries) = value else { return }
      for case .text(let name) in entries {
        guard let routine = SelfLearnableRoutine(rawValue: name) else { continue }
        draft.experiment.feedForward.apply(routine)
      }
    },
  ]

  static let feedForwardOptimizer: [ExperimentKey] = [
    ExperimentKey(
      "feedforward.rule", Choices.feedForwardRules, "How a gradient changes the weights",
      when: onlyFeedForward, at: \.feedForward.rule),
    ExperimentKey(
      "feedforward.clipNorm",
      .number(.init(0...1_000_000), words: [.init(name: "off", meaning: "no clipping")]),
      "Largest norm of the whole gradient; 0 or \"off\" for no clipping", when: onlyFeedForward
    ) {
      $0.experiment.feedForward.clipNorm.map(DocumentValue.number) ?? .text("off")
    } write: { draft, value in
      let norm: Double? = if case .number(let norm) = value { norm } else { nil }
      draft.experiment.feedForward.clipNorm = norm.flatMap { $0 > 0 ? $0 : nil }
    },
    ExperimentKey(
      "feedforward.weightStart", Choices.weightStarts, "How weights begin",
      when: onlyFeedForward, at: \.feedForward.start),
  ]

  /// Rates by steps.
  static let feedForwardSchedule: [ExperimentKey] = [
    numbers(
      "schedule.boundaries", .init(1...1e12), "Steps after which the next of values is the rate",
      when: onlyFeedForward, \.boundaries),
    numbers(
      "schedule.values", .init(OptimizerConfiguration.allowedLearningRate),
      "Learning rates by steps in place of those by epochs, one more than boundaries",
      when: onlyFeedForward, \.rates),
  ]

  static let learned: [ExperimentKey] =
    curve + [
      ExperimentKey(
        "feedforward.learned.rateFactor", .number(.init(0...1000)),
        "Times the learning rate, for coefficients", when: onlyLearned
      ) {
        .number($0.experiment.feedForward.learned.training.rateFactor)
      } write: { draft, value in
        if case .number(let number) = value {
          draft.experiment.feedForward.learned.training.rateFactor = number
        }
      },
      ExperimentKey(
        "feedforward.learned.alternation", integer: 0...1_000_000,
        "So many steps of weights alone, then as many of coefficients; 0 for all together",
        when: onlyLearned, at: \.feedForward.learned.fields.alternation),
      ExperimentKey(
        "feedforward.learned.frozen", flag: \.feedForward.learned.training.isFrozen,
        "Whether coefficients stay as they begin", when: onlyLearned),
      field(
        "penaltyAbsolute", .init(0...100), "Strength of the penalty on coefficients' sizes",
        \.penalty.absolute),
      field(
        "penaltySquare", .init(0...100), "Strength of the penalty on half their squares",
        \.penalty.square),
      ExperimentKey(
        "feedforward.learned.penaltyOnLow",
        flag: \.feedForward.learned.fields.penalty.favoursHighPowers,
        "Whether low powers pay more, twice as much a power", when: onlyLearned),
    ]

  private static let curve: [ExperimentKey] = [
    ExperimentKey(
      "feedforward.learned.basis", Choices.bases, "The functions that are added up",
      when: onlyLearned, at: \.feedForward.learned.activation.basis),
    ExperimentKey(
      "feedforward.learned.degree", integer: ActivationBasis.allowedDegrees,
      "The highest of them", when: onlyLearned, at: \.feedForward.learned.activation.degree),
    degrees,
    ExperimentKey(
      "feedforward.learned.sharing", Choices.sharings, "Which units have a row of coefficients",
      when: onlyLearned, at: \.feedForward.learned.activation.sharing),
    ExperimentKey(
      "feedforward.learned.normalization", Choices.elementNormalizations, "What is normalized",
      when: onlyLearned, at: \.feedForward.learned.fields.normalization),
    ExperimentKey(
      "feedforward.learned.inputNorm", flag: \.feedForward.learned.normalizesInputs,
      "Whether a batch normalization precedes each", when: onlyLearned),
    ExperimentKey(
      "feedforward.learned.gate", flag: \.feedForward.learned.activation.isGated,
      "Whether each power has a gate, shared by a layer", when: onlyLearned),
    ExperimentKey(
      "feedforward.learned.ends", Choices.ends, "What becomes of inputs far out",
      when: onlyLearned, at: \.feedForward.learned.fields.ends),
    field(
      "clipScale", .init(above: 0, upTo: 1e6), "Inputs as large as this come to the end",
      when: when("learned.ends", "clipped"), \.clipScale),
    ExperimentKey(
      "feedforward.learned.start", Choices.curveStarts, "How they begin", when: onlyLearned,
      at: \.feedForward.learned.fields.start),
    field(
      "startDeviation", .init(0...10), "Deviation of the noise then",
      when: when("learned.start", "identity"), \.deviation),
    field(
      "startReach", .init(above: 0, upTo: 1000), "Inputs up to this size are fitted",
      when: when("learned.start", "relu", "tanh", "sigmoid", "square"), \.reach),
    ExperimentKey(
      "feedforward.learned.places", integer: 0...10_000,
      "How many activations learn, the first ones; 0 for all, others are the network's own",
      when: onlyLearned, at: \.feedForward.learned.fields.places),
  ]

  private static let degrees = ExperimentKey(
    "feedforward.learned.degrees", .numbers(.init(1...16), minimumCount: 0),
    "Degrees of the first activations, where they differ", when: onlyLearned
  ) {
    .list($0.experiment.feedForward.learned.degrees.map { .number(Double($0)) })
  } write: { draft, value in
    guard case .list(let entries) = value else { return }
    draft.experiment.feedForward.learned.degrees = entries.compactMap {
      if case .number(let number) = $0 { Int(number.rounded()) } else { nil }
    }
  }

  private static func field(
    _ name: String, _ range: ExperimentKey.NumberRange, _ meaning: String,
    when condition: ExperimentKey.Condition = onlyLearned,
    _ target: any WritableKeyPath<LearnedFields, Double> & Sendable
  ) -> ExperimentKey {
    ExperimentKey("feedforward.learned.\(name)", .number(range), meaning, when: condition) {
      .number($0.experiment.feedForward.learned.fields[keyPath: target])
    } write: { draft, value in
      if case .number(let number) = value {
        draft.experiment.feedForward.learned.fields[keyPath: target] = number
      }
    }
  }

  private static func learnedNumber(
    _ name: String, _ range: ExperimentKey.NumberRange, _ meaning: String,
    when condition: ExperimentKey.Condition,
    _ target: any WritableKeyPath<FeedForwardStudyConfiguration, Double> & Sendable
  ) -> ExperimentKey {
    ExperimentKey("feedforward.\(name)", .number(range), meaning, when: condition) {
      .number($0.experiment.feedForward[keyPath: target])
    } write: { draft, value in
      if case .number(let number) = value {
        draft.experiment.feedForward[keyPath: target] = number
      }
    }
  }

  private static func numbers(
    _ name: String, _ range: ExperimentKey.NumberRange, _ meaning: String,
    when condition: ExperimentKey.Condition,
    _ target: any WritableKeyPath<FeedForwardStudyConfiguration, [Double]> & Sendable
  ) -> ExperimentKey {
    ExperimentKey(
      "feedforward.\(name)", .numbers(range, minimumCount: 0), meaning, when: condition
    ) {
      .list($0.experiment.feedForward[keyPath: target].map(DocumentValue.number))
    } write: { draft, value in
      guard case .list(let entries) = value else { return }
      draft.experiment.feedForward[keyPath: target] = entries.compactMap {
        if case .number(let number) = $0 { number } else { nil }
      }
    }
  }
}
