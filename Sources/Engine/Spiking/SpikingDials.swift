/// What may be turned in the training of a network of spike trains beside the learning rate.
package struct SpikingDials: Dials {
  package var rule: SpikeTrainRule
  package var penalty: Double

  init(_ configuration: SpikingConfiguration) {
    (rule, penalty) = (configuration.training.rule, configuration.training.penalty)
  }

  /// The ids of the knobs.
  package enum Knobs {
    package static let rate = "learningRate"
    package static let method = "method"
    package static let weightRule = "weightRule"
    package static let desired = "desired"
    package static let undesired = "undesired"
    package static let margin = "margin"
    package static let penalty = "penalty"
    package static let validate = "validate"
  }

  package static let allowedCounts = 0...1000
  package static let allowedPenalties = 0.0...1000.0

  var knobs: [Knob] {
    [
      Knob(
        id: Knobs.method, title: "gradient of spike trains",
        kind: .choice(
          selected: rule.method.rawValue,
          options: SpikeTrainRule.Method.allCases.map(\.rawValue))),
      Knob(
        id: Knobs.weightRule, title: "rule of recurrent layers",
        kind: .choice(
          selected: rule.weightRule.rawValue,
          options: SpikeTrainRule.WeightRule.allCases.map(\.rawValue))),
      count(Knobs.desired, "spikes wanted of the class", rule.desired),
      count(Knobs.undesired, "spikes wanted of others", rule.undesired),
      count(Knobs.margin, "margin of counts", rule.margin),
      Knob(
        id: Knobs.penalty, title: "penalty on weights",
        kind: .number(value: penalty, range: Self.allowedPenalties, step: .add(1))),
    ]
  }

  private func count(_ id: String, _ title: String, _ value: Int) -> Knob {
    let range = Double(Self.allowedCounts.lowerBound)...Double(Self.allowedCounts.upperBound)
    return Knob(
      id: id, title: title, unit: "spikes",
      kind: .number(value: Double(value), range: range, step: .add(1)))
  }

  func turned(by edit: Edit) throws(EditError) -> SpikingDials? {
    switch edit {
    case .set(let knob, let value): return try setting(knob) { _ in value }
    case .scale(let knob, let factor): return try setting(knob) { $0 * factor }
    case .choose(let knob, let option): return try choosing(knob, option)
    case .schedule(let knob, _), .hold(let knob), .release(let knob):
      guard !knobs.contains(where: { $0.id == knob }) else { throw .wrongKind(knob: knob) }
      return nil
    case .perform, .reshape, .undo, .redo: return nil
    }
  }

  private func choosing(_ knob: String, _ option: String) throws(EditError) -> SpikingDials {
    var dials = self
    switch knob {
    case Knobs.method:
      dials.rule.method = try Self.value(of: knob, option)
    case Knobs.weightRule:
      dials.rule.weightRule = try Self.value(of: knob, option)
    default:
      throw knobs.contains { $0.id == knob } ? .wrongKind(knob: knob) : .unknownKnob(knob)
    }
    return dials
  }

  private static func value<Choice: RawRepresentable<String> & CaseIterable>(
    of knob: String, _ option: String
  ) throws(EditError) -> Choice {
    guard let choice = Choice(rawValue: option) else {
      throw .unknownOption(
        knob: knob, option: option, allowed: Choice.allCases.map(\.rawValue))
    }
    return choice
  }

  private func setting(
    _ knob: String, _ turn: (Double) -> Double
  ) throws(EditError) -> SpikingDials? {
    guard let value = try number(knob, turn) else { return nil }
    var dials = self
    switch knob {
    case Knobs.desired: dials.rule.desired = Int(value.rounded())
    case Knobs.undesired: dials.rule.undesired = Int(value.rounded())
    case Knobs.margin: dials.rule.margin = Int(value.rounded())
    default: dials.penalty = value
    }
    return dials
  }

  func taking(_ turned: Self, whereSameAs configured: Self) -> Self {
    var dials = self
    if configured.rule == rule { dials.rule = turned.rule }
    if configured.penalty == penalty { dials.penalty = turned.penalty }
    return dials
  }
}
