/// What may be turned in the training of a feed-forward network beside the learning rate: what the
/// quantized activations are. In full precision it waits for them.
package struct FeedForwardDials: Dials {
  package var estimator: FeedForwardEstimator
  package var bits: Int
  /// Of the experiment; not turned, but decides where activations saturate.
  package let thresholds: QuantizedReLU.Thresholds
  /// How the coefficients of learned activations are trained.
  package var coefficients: CoefficientTraining
  /// Of the experiment: whether activations learn, and whether any are quantized.
  package let isLearned: Bool
  package let isQuantized: Bool

  /// The ids of the knobs.
  package enum Knobs {
    package static let rate = "learningRate"
    package static let estimator = "estimator"
    /// How the estimator is scaled, where it may be scaled.
    package static let normalization = "estimator.normalization"
    package static let bits = "bits"
    package static let validate = "validate"
    /// How much faster coefficients are trained than weights, and what holds them small.
    package static let rateFactor = "learned.rateFactor"
    package static let absolute = "learned.penaltyAbsolute"
    package static let square = "learned.penaltySquare"

    /// A number of the estimator.
    package static func parameter(_ name: String) -> String { "\(estimator).\(name)" }
  }

  init(_ configuration: FeedForwardStudyConfiguration) {
    estimator = configuration.estimator
    bits = configuration.bits
    thresholds = configuration.thresholds
    coefficients = configuration.learned.training
    isLearned = configuration.activation == .learned
    isQuantized = configuration.isQuantized
  }

  private static let allowedBits: ClosedRange<Double> = {
    let range = FeedForwardStudyConfiguration.allowedBits
    return Double(range.lowerBound)...Double(range.upperBound)
  }()

  var knobs: [Knob] {
    (isLearned ? coefficientKnobs : []) + (isQuantized ? quantizerKnobs : [])
  }

  private var quantizerKnobs: [Knob] {
    [
      Knob(
        id: Knobs.estimator, title: "estimator",
        kind: .choice(
          selected: estimator.kind.rawValue,
          options: FeedForwardStudyConfiguration.estimators.map(\.rawValue)))
    ] + parameterKnobs + [
      Knob(
        id: Knobs.normalization, title: "scale of the estimator",
        kind: .choice(
          selected: estimator.normalization.rawValue,
          options: Surrogate.Normalization.allCases.map(\.rawValue))),
      Knob(
        id: Knobs.bits, title: "bits of activations", unit: "bits",
        kind: .number(value: Double(bits), range: Self.allowedBits, step: .add(1))),
    ]
  }

  /// One for each number of the present estimator.
  private var parameterKnobs: [Knob] {
    guard let relu, let surrogate = try? estimator.surrogate(for: relu) else { return [] }
    return surrogate.knobs(below: Knobs.estimator)
  }

  /// The quantizer of all activations; bits in their range have one.
  private var relu: QuantizedReLU? {
    try? QuantizedReLU.calibrated(bits: bits, thresholds: thresholds)
  }

  func turned(by edit: Edit) throws(EditError) -> FeedForwardDials? {
    switch edit {
    case .choose(Knobs.estimator, let option) where isQuantized: return try choosing(option)
    case .choose(Knobs.normalization, let option) where isQuantized: return try scaling(option)
    case .choose(let knob, _):
      throw knobs.contains { $0.id == knob } ? .wrongKind(knob: knob) : .unknownKnob(knob)
    case .set(let knob, let value): return try setting(knob) { _ in value }
    case .scale(let knob, let factor): return try setting(knob) { $0 * factor }
    case .schedule(let knob, _), .hold(let knob), .release(let knob):
      guard !knobs.contains(where: { $0.id == knob }) else { throw .wrongKind(knob: knob) }
      return nil
    case .perform, .reshape, .undo, .redo: return nil
    }
  }

  func taking(_ turned: Self, whereSameAs configured: Self) -> Self {
    var dials = self
    if configured.estimator == estimator { dials.estimator = turned.estimator }
    if configured.bits == bits { dials.bits = turned.bits }
    if configured.coefficients == coefficients { dials.coefficients = turned.coefficients }
    return dials
  }

  /// Another estimator with its own numbers, or with those that the option names; it keeps the
  /// present scale where it can be scaled so.
  private func choosing(_ option: String) throws(EditError) -> FeedForwardDials {
    var dials = self
    do {
      dials.estimator = try FeedForwardEstimator(text: option).scaled(estimator.normalization)
    } catch {
      throw EditError(
        error, of: Knobs.estimator, option: option,
        among: FeedForwardStudyConfiguration.estimators.map(\.rawValue))
    }
    if dials.isPossible { return dials }
    dials.estimator = dials.estimator.scaled(.none)
    return dials
  }

  private func scaling(_ option: String) throws(EditError) -> FeedForwardDials {
    guard let normalization = Surrogate.Normalization(rawValue: option) else {
      throw .unknownOption(
        knob: Knobs.normalization, option: option,
        allowed: Surrogate.Normalization.allCases.map(\.rawValue))
    }
    var dials = self
    dials.estimator = estimator.scaled(normalization)
    return try dials.checked(Knobs.normalization)
  }

  /// A number turned; `nil` where no dial has this id.
  private func setting(
    _ id: String, _ turn: (Double) -> Double
  ) throws(EditError) -> FeedForwardDials? {
    guard let value = try number(id, turn) else { return nil }
    if let coefficients = coefficients(id, value) {
      var dials = self
      dials.coefficients = coefficients
      return dials
    }
    var dials = self
    if id == Knobs.bits {
      dials.bits = Int(value.rounded())
    } else {
      let name = String(id.dropFirst(Knobs.parameter("").count))
      dials.estimator = estimator.setting(name, to: value)
    }
    return try dials.checked(id)
  }

  private var isPossible: Bool { (try? checked(Knobs.estimator)) != nil }

  /// These dials; throws where the estimator cannot be scaled as it is to be.
  private func checked(_ knob: String) throws(EditError) -> FeedForwardDials {
    guard let relu else { return self }
    do {
      _ = try estimator.surrogate(for: relu)
    } catch {
      throw .invalidSurrogate(knob: knob, reason: error)
    }
    return self
  }
}

extension FeedForwardDials {
  private enum CodingKeys: CodingKey {
    case estimator, bits, thresholds, coefficients, isLearned, isQuantized
  }

  /// Checkpoints had no thresholds once, when all runs but few had these; nor had they learned
  /// activations.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    estimator = try values.decode(FeedForwardEstimator.self, forKey: .estimator)
    bits = try values.decode(Int.self, forKey: .bits)
    let thresholds = try values.decodeIfPresent(
      QuantizedReLU.Thresholds.self, forKey: .thresholds)
    self.thresholds = thresholds ?? .nearest
    let coefficients = try values.decodeIfPresent(
      CoefficientTraining.self, forKey: .coefficients)
    self.coefficients = coefficients ?? CoefficientTraining()
    isLearned = try values.decodeIfPresent(Bool.self, forKey: .isLearned) ?? false
    isQuantized = try values.decodeIfPresent(Bool.self, forKey: .isQuantized) ?? true
  }
}
