/// What may be turned in the training of a feed-forward network beside the learning rate: what the
/// quantized activations are. In full precision it waits for them.
package struct FeedForwardDials: Dials {
  package var estimator: Surrogate.Kind
  package var bits: Int

  /// The ids of the knobs.
  package enum Knobs {
    package static let rate = "learningRate"
    package static let estimator = "estimator"
    package static let bits = "bits"
    package static let validate = "validate"
  }

  init(_ configuration: FeedForwardStudyConfiguration) {
    estimator = configuration.estimator
    bits = configuration.bits
  }

  private static let allowedBits: ClosedRange<Double> = {
    let range = FeedForwardStudyConfiguration.allowedBits
    return Double(range.lowerBound)...Double(range.upperBound)
  }()

  var knobs: [Knob] {
    [
      Knob(
        id: Knobs.estimator, title: "estimator",
        kind: .choice(
          selected: estimator.rawValue,
          options: FeedForwardStudyConfiguration.estimators.map(\.rawValue))),
      Knob(
        id: Knobs.bits, title: "bits of activations", unit: "bits",
        kind: .number(value: Double(bits), range: Self.allowedBits, step: .add(1))),
    ]
  }

  func turned(by edit: Edit) throws(EditError) -> FeedForwardDials? {
    switch edit {
    case .choose(Knobs.estimator, let option):
      let allowed = FeedForwardStudyConfiguration.estimators
      guard let kind = allowed.first(where: { $0.rawValue == option }) else {
        throw .unknownOption(
          knob: Knobs.estimator, option: option, allowed: allowed.map(\.rawValue))
      }
      var dials = self
      dials.estimator = kind
      return dials
    case .set(Knobs.bits, let value): return try setting(bits: value)
    case .scale(Knobs.bits, let factor): return try setting(bits: Double(bits) * factor)
    case .choose(let knob, _):
      throw knob == Knobs.bits ? .wrongKind(knob: knob) : .unknownKnob(knob)
    case .set(let knob, _), .scale(let knob, _), .schedule(let knob, _), .hold(let knob),
      .release(let knob):
      guard !knobs.contains(where: { $0.id == knob }) else { throw .wrongKind(knob: knob) }
      return nil
    case .perform, .undo, .redo: return nil
    }
  }

  func taking(_ turned: Self, whereSameAs configured: Self) -> Self {
    var dials = self
    if configured.estimator == estimator { dials.estimator = turned.estimator }
    if configured.bits == bits { dials.bits = turned.bits }
    return dials
  }

  private func setting(bits value: Double) throws(EditError) -> FeedForwardDials {
    guard Self.allowedBits.contains(value) else {
      throw .outOfRange(knob: Knobs.bits, value: value, allowed: Self.allowedBits)
    }
    var dials = self
    dials.bits = Int(value.rounded())
    return dials
  }
}
