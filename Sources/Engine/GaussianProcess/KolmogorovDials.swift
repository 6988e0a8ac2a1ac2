/// What may be turned in the training of a Kolmogorov network beside the learning rate.
package struct KolmogorovDials: Dials {
  package var energy: Double
  package var groupL1: Double
  /// Steps a second while somebody watches.
  package var speed: Double
  /// What curves are rounded to, and its bits or time steps, where these can be turned.
  package let rounding: CurveRounding?
  package var resolution: Double?

  init(_ configuration: KolmogorovConfiguration) {
    (energy, groupL1) = (configuration.energy, configuration.groupL1)
    speed = configuration.speed
    resolution = configuration.resolution
    rounding = resolution == nil ? nil : configuration.quantizer
  }

  /// The ids of the knobs.
  package enum Knobs {
    package static let rate = "learningRate"
    package static let energy = "energy"
    package static let groupL1 = "groupL1"
    package static let speed = "speed"
    package static let bits = "bits"
    package static let spikeSteps = "spikeSteps"
    package static let prune = "prune"
    package static let validate = "validate"
  }

  var knobs: [Knob] {
    [
      Knob(
        id: Knobs.energy, title: "prior energy",
        kind: .number(
          value: energy, range: KolmogorovConfiguration.allowedEnergies, step: .add(0.001))),
      Knob(
        id: Knobs.groupL1, title: "group L1",
        kind: .number(
          value: groupL1, range: KolmogorovConfiguration.allowedGroupL1, step: .add(0.001))),
      Knob(
        id: Knobs.speed, title: "speed", unit: "steps/s",
        kind: .number(
          value: speed, range: KolmogorovConfiguration.allowedSpeeds, step: .multiply(2))),
    ] + (resolution.map { [knob(of: $0)] } ?? [])
  }

  private func knob(of resolution: Double) -> Knob {
    let isSpiking = rounding == .spiking
    let allowed =
      isSpiking ? KolmogorovConfiguration.allowedSpikeSteps : CurveQuantizer.allowedBits
    return Knob(
      id: isSpiking ? Knobs.spikeSteps : Knobs.bits,
      title: isSpiking ? "time steps of spikes" : "bits of curves", unit: isSpiking ? "" : "bits",
      kind: .number(
        value: resolution, range: Double(allowed.lowerBound)...Double(allowed.upperBound),
        step: isSpiking ? .multiply(2) : .add(1)))
  }

  func turned(by edit: Edit) throws(EditError) -> KolmogorovDials? {
    switch edit {
    case .set(let knob, let value): return try setting(knob) { _ in value }
    case .scale(let knob, let factor): return try setting(knob) { $0 * factor }
    case .choose(let knob, _):
      throw knobs.contains { $0.id == knob } ? .wrongKind(knob: knob) : .unknownKnob(knob)
    case .schedule(let knob, _), .hold(let knob), .release(let knob):
      guard !knobs.contains(where: { $0.id == knob }) else { throw .wrongKind(knob: knob) }
      return nil
    case .perform, .reshape, .undo, .redo: return nil
    }
  }

  private func setting(
    _ knob: String, _ turn: (Double) -> Double
  ) throws(EditError) -> KolmogorovDials? {
    guard let value = try number(knob, turn) else { return nil }
    var dials = self
    switch knob {
    case Knobs.energy: dials.energy = value
    case Knobs.groupL1: dials.groupL1 = value
    case Knobs.bits, Knobs.spikeSteps: dials.resolution = value.rounded()
    default: dials.speed = value
    }
    return dials
  }

  func taking(_ turned: Self, whereSameAs configured: Self) -> Self {
    var dials = self
    if configured.energy == energy { dials.energy = turned.energy }
    if configured.groupL1 == groupL1 { dials.groupL1 = turned.groupL1 }
    if configured.speed == speed { dials.speed = turned.speed }
    if configured.rounding == rounding, configured.resolution == resolution {
      dials.resolution = turned.resolution
    }
    return dials
  }
}
