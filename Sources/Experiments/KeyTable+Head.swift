import Documents
import Engine

/// The last layer of a network without time.
extension KeyTable {
  private static let withCurves = ExperimentKey.Condition(
    selector: "feedforward.head",
    values: .names([FeedForwardStudyConfiguration.Head.kolmogorov.rawValue]))

  /// What a linear layer has no use for becomes that of the standard experiment.
  static let feedForwardHead: [ExperimentKey] = [
    ExperimentKey(
      "feedforward.head", .choice(Choices.heads), "The last layer", when: onlyFeedForward
    ) {
      .text($0.experiment.feedForward.head.rawValue)
    } write: { draft, value in
      guard case .text(let name) = value,
        let head = FeedForwardStudyConfiguration.Head(rawValue: name)
      else { return }
      draft.experiment.feedForward.head = head
      if head != .kolmogorov { draft.experiment.feedForward.kolmogorov = KolmogorovHead() }
    }
  ]

  static let feedForwardKolmogorov: [ExperimentKey] = [
    ExperimentKey(
      "feedforward.kolmogorov.features", integer: KolmogorovHead.allowedFeatures,
      "Features that a linear layer makes for it; 0 for those of the last hidden layer",
      when: withCurves, at: \.feedForward.kolmogorov.features),
    ExperimentKey(
      "feedforward.kolmogorov.units", integer: KolmogorovHead.allowedUnits,
      "Q, units, each with a curve for every feature and one for every output", when: withCurves,
      at: \.feedForward.kolmogorov.units),
    ExperimentKey(
      "feedforward.kolmogorov.points", integer: ControlPoints.allowedCount,
      "M, control points of a curve", when: withCurves, at: \.feedForward.kolmogorov.points),
    ExperimentKey(
      "feedforward.kolmogorov.kernel", Choices.kernels, "Covariance of the Gaussian processes",
      when: withCurves, at: \.feedForward.kolmogorov.kernel),
    number(
      "lengthScale", KolmogorovConfiguration.allowedLengthScales,
      "Length scale, in distances of two control points", \.lengthScale),
    number(
      "noise", KolmogorovConfiguration.allowedNoises,
      "Noise variance, added to the covariance's diagonal", \.noise),
  ]

  private static func number(
    _ name: String, _ range: ClosedRange<Double>, _ meaning: String,
    _ target: any WritableKeyPath<KolmogorovHead, Double> & Sendable
  ) -> ExperimentKey {
    ExperimentKey(
      "feedforward.kolmogorov.\(name)", .number(.init(range)), meaning, when: withCurves
    ) {
      .number($0.experiment.feedForward.kolmogorov[keyPath: target])
    } write: { draft, value in
      if case .number(let number) = value {
        draft.experiment.feedForward.kolmogorov[keyPath: target] = number
      }
    }
  }
}
