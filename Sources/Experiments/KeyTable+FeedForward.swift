import Documents
import Engine

extension KeyTable {
  static let feedForward: [ExperimentKey] = [
    network, feedForwardTable, levels, feedForwardSizes, feedForwardHead, feedForwardActivation,
    estimator,
    course("fullPrecision", "in full precision, before anything is quantized", \.fullPrecision),
    course("quantized", "with quantized activations", \.quantized), feedForwardOptimizer, rule,
    work, feedForwardSchedule, feedForwardKolmogorov, learned,
  ].flatMap { $0 }

  private static let network: [ExperimentKey] = [
    ExperimentKey(
      "feedforward.model", Choices.feedForwardModels, "The network", when: onlyFeedForward,
      at: \.feedForward.model)
  ]

  private static let levels: [ExperimentKey] = [
    ExperimentKey(
      "feedforward.bits", integer: FeedForwardStudyConfiguration.allowedBits,
      "Bits of every activation", when: onlyFeedForward, at: \.feedForward.bits),
    ExperimentKey(
      "feedforward.thresholds", Choices.thresholds, "Where an activation goes to its next level",
      when: onlyFeedForward, at: \.feedForward.thresholds),
  ]

  private static let hasOtherSurrogate = ExperimentKey.Condition(
    selector: "feedforward.surrogate",
    values: .other(than: Surrogate.Kind.identity.rawValue))

  /// Called as those of a quantizer.
  private static let estimator: [ExperimentKey] = [
    ExperimentKey(
      "feedforward.surrogate", .feedForwardSurrogate,
      "The straight-through estimator; clipped ones end where activations saturate unless told",
      when: onlyFeedForward
    ) {
      .text($0.experiment.feedForward.estimator.text)
    } write: { draft, value in
      let present = draft.experiment.feedForward.estimator.normalization
      guard case .text(let text) = value,
        let estimator = try? FeedForwardEstimator(text: text, normalization: present)
      else { return }
      // The identity is scaled in one way only.
      draft.experiment.feedForward.estimator =
        estimator.kind == .identity ? .identity : estimator
    },
    ExperimentKey(
      "feedforward.surrogateNormalization", .choice(Choices.surrogateNormalizations),
      "How that is scaled", when: hasOtherSurrogate
    ) {
      .text($0.experiment.feedForward.estimator.normalization.rawValue)
    } write: { draft, value in
      guard case .text(let text) = value, let scale = Surrogate.Normalization(rawValue: text)
      else { return }
      draft.experiment.feedForward.estimator = draft.experiment.feedForward.estimator.scaled(scale)
    },
  ]

  private static let rule: [ExperimentKey] = [
    ExperimentKey(
      "feedforward.resolution", Choices.resolutionRules,
      "How alpha, the distance of two levels, is found", when: onlyFeedForward,
      at: \.feedForward.resolution),
    number(
      "elementWise", .init(FeedForwardStudyConfiguration.allowedElementWise),
      "delta of EWGS, which scales gradients by how far inputs are from their levels",
      \.elementWise),
    ExperimentKey(
      "feedforward.scaledNorm", flag: \.feedForward.scalesNorm,
      "Whether batch normalization has a gain and a shift", when: onlyFeedForward),
    number(
      "factor", .init(above: 0, upTo: 1), "What the rate is multiplied by at each milestone",
      \.factor),
    number("momentum", .init(0...0.999999), "Share of the last change that is kept", \.momentum),
    number(
      "weightDecay", .init(0...1), "Times each weight, added to its gradient", \.weightDecay),
    ExperimentKey(
      "feedforward.augmentation", flag: \.feedForward.augments,
      "Whether training images are moved by up to 4 pixels and mirrored", when: onlyFeedForward),
  ]

  private static let work: [ExperimentKey] = [
    count("batch", 1...65536, "Samples of one optimizer step", \.batch),
    count(
      "shards", 1...256,
      "Parts that a batch is divided into; results depend on it, not on the number of threads",
      \.shards),
    ExperimentKey(
      "feedforward.trainsOnValidation", flag: \.feedForward.trainsOnValidation,
      "Whether samples that validate train too, so that those of the test validate",
      when: onlyFeedForward),
    count(
      "trainingSamples", 0...1_000_000_000, "How many samples train, the first ones; 0 for all",
      \.trainingSamples),
    count(
      "evaluationSamples", 0...1_000_000_000,
      "How many samples validate and how many test, the first ones; 0 for all",
      \.evaluationSamples),
    number(
      "speed", .init(FeedForwardStudyConfiguration.allowedSpeeds),
      "Steps a second in the dashboard, the highest for no limit; changes no result", \.speed),
    count("everyEpochs", 1...100_000, "Validate after every so many epochs", \.everyEpochs),
    seed("feedforward", when: onlyFeedForward),
  ]

  private typealias Target<Value> =
    any WritableKeyPath<FeedForwardStudyConfiguration, Value> & Sendable

  /// Epochs and rate of a part of the training.
  private static func course(
    _ name: String, _ meaning: String, _ target: Target<FeedForwardStudyConfiguration.Course>
  ) -> [ExperimentKey] {
    [
      ExperimentKey(
        "feedforward.\(name)Epochs", .integer(0...100_000),
        "Passes over the training data \(meaning)", when: onlyFeedForward
      ) {
        .integer($0.experiment.feedForward[keyPath: target].epochs)
      } write: { draft, value in
        if case .integer(let count) = value {
          draft.experiment.feedForward[keyPath: target].epochs = count
        }
      },
      ExperimentKey(
        "feedforward.\(name)Rate",
        .number(.init(OptimizerConfiguration.allowedLearningRate)), "Learning rate then",
        when: onlyFeedForward
      ) {
        .number($0.experiment.feedForward[keyPath: target].rate)
      } write: { draft, value in
        if case .number(let rate) = value {
          draft.experiment.feedForward[keyPath: target].rate = rate
        }
      },
      ExperimentKey(
        "feedforward.\(name)Milestones", .numbers(.init(0...100_000), minimumCount: 0),
        "Epochs then, counted from 0, from which on the rate is lower", when: onlyFeedForward
      ) {
        .list($0.experiment.feedForward[keyPath: target].milestones.map(DocumentValue.number))
      } write: { draft, value in
        guard case .list(let entries) = value else { return }
        draft.experiment.feedForward[keyPath: target].milestones = entries.compactMap {
          if case .number(let number) = $0 { number } else { nil }
        }
      },
    ]
  }

  private static func number(
    _ name: String, _ range: ExperimentKey.NumberRange, _ meaning: String, _ target: Target<Double>
  ) -> ExperimentKey {
    ExperimentKey("feedforward.\(name)", .number(range), meaning, when: onlyFeedForward) {
      .number($0.experiment.feedForward[keyPath: target])
    } write: { draft, value in
      if case .number(let number) = value {
        draft.experiment.feedForward[keyPath: target] = number
      }
    }
  }

  private static func count(
    _ name: String, _ range: ClosedRange<Int>, _ meaning: String, _ target: Target<Int>
  ) -> ExperimentKey {
    ExperimentKey("feedforward.\(name)", .integer(range), meaning, when: onlyFeedForward) {
      .integer($0.experiment.feedForward[keyPath: target])
    } write: { draft, value in
      if case .integer(let count) = value {
        draft.experiment.feedForward[keyPath: target] = count
      }
    }
  }
}
