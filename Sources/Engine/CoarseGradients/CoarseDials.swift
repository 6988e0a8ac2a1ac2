/// What may be turned in a theory study beside the step size, which follows a schedule.
package struct CoarseDials: Dials {
  package var estimator: CoarseEstimatorName
  package var mode: CoarseTheoryConfiguration.Mode
  package var batch: Int
  package var normalisesW: Bool
  /// Steps a second while somebody watches.
  package var speed: Double

  init(_ configuration: CoarseTheoryConfiguration) {
    estimator = configuration.estimator
    mode = configuration.mode
    batch = configuration.batch
    normalisesW = configuration.normalisesW
    speed = configuration.speed
  }

  /// The ids of the knobs.
  package enum Knobs {
    package static let rate = "learningRate"
    package static let estimator = "estimator"
    package static let mode = "mode"
    package static let batch = "batch"
    package static let normalisesW = "normaliseW"
    package static let speed = "speed"
    package static let start = "start"
    package static let newStart = "newStart"
  }

  /// The batches that a key goes through.
  package static let batches = [10, 50, 1000, 100_000]
  package static let switchWords = ["off", "on"]

  private static var batchRange: ClosedRange<Double> {
    let range = CoarseTheoryConfiguration.allowedBatches
    return Double(range.lowerBound)...Double(range.upperBound)
  }

  func taking(_ turned: Self, whereSameAs configured: Self) -> Self {
    var dials = self
    if configured.estimator == estimator { dials.estimator = turned.estimator }
    if configured.mode == mode { dials.mode = turned.mode }
    if configured.batch == batch { dials.batch = turned.batch }
    if configured.normalisesW == normalisesW { dials.normalisesW = turned.normalisesW }
    if configured.speed == speed { dials.speed = turned.speed }
    return dials
  }

  var knobs: [Knob] {
    [
      Knob(
        id: Knobs.estimator, title: "estimator",
        kind: .choice(
          selected: estimator.kind.rawValue,
          options: CoarseEstimatorName.allCases.map(\.rawValue)))
    ] + estimator.surrogate.knobs(below: Knobs.estimator) + [
      Knob(
        id: Knobs.mode, title: "mode",
        kind: .choice(
          selected: mode.rawValue,
          options: CoarseTheoryConfiguration.Mode.allCases.map(\.rawValue))),
      Knob(
        id: Knobs.batch, title: "batch", unit: "samples",
        kind: .number(value: Double(batch), range: Self.batchRange, step: .multiply(2))),
      Knob(
        id: Knobs.normalisesW, title: "normalise w",
        kind: .choice(selected: Self.switchWords[normalisesW ? 1 : 0], options: Self.switchWords)),
      Knob(
        id: Knobs.speed, title: "speed", unit: "steps/s",
        kind: .number(
          value: speed, range: CoarseTheoryConfiguration.allowedSpeeds, step: .multiply(2))),
    ]
  }

  /// The dials after an edit; `nil` where it is of another knob.
  func turned(by edit: Edit) throws(EditError) -> CoarseDials? {
    switch edit {
    case .choose(let knob, let option): return try choosing(option, of: knob)
    case .set(let knob, let value): return try setting(knob) { _ in value }
    case .scale(let knob, let factor): return try setting(knob) { $0 * factor }
    case .schedule(let knob, _), .hold(let knob), .release(let knob):
      guard !knobs.contains(where: { $0.id == knob }) else { throw .wrongKind(knob: knob) }
      return nil
    case .perform, .reshape, .undo, .redo: return nil
    }
  }

  private func choosing(_ option: String, of knob: String) throws(EditError) -> CoarseDials {
    guard let present = knobs.first(where: { $0.id == knob }) else { throw .unknownKnob(knob) }
    guard case .choice(_, let options) = present.kind else { throw .wrongKind(knob: knob) }
    if knob == Knobs.estimator { return try choosing(estimator: option, among: options) }
    guard options.contains(option) else {
      throw .unknownOption(knob: knob, option: option, allowed: options)
    }
    var dials = self
    switch knob {
    case Knobs.mode: dials.mode = CoarseTheoryConfiguration.Mode(rawValue: option) ?? mode
    default: dials.normalisesW = option == Self.switchWords[1]
    }
    return dials
  }

  /// Another estimator with its standard numbers, or with those that the option names.
  private func choosing(
    estimator option: String, among options: [String]
  ) throws(EditError) -> CoarseDials {
    var dials = self
    do {
      dials.estimator = try CoarseEstimatorName(text: option)
    } catch {
      throw EditError(error, of: Knobs.estimator, option: option, among: options)
    }
    return dials
  }

  private func setting(
    _ knob: String, _ turn: (Double) -> Double
  ) throws(EditError) -> CoarseDials? {
    guard let value = try number(knob, turn) else { return nil }
    var dials = self
    switch knob {
    case Knobs.batch: dials.batch = Int(value.rounded())
    case Knobs.speed: dials.speed = value
    default:
      let parameter = String(knob.dropFirst(Knobs.estimator.count + 1))
      dials.estimator = (try? estimator.setting(parameter, to: value)) ?? estimator
    }
    return dials
  }
}
