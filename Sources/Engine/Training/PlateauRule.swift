/// Lowers resolutions when the spiking validation accuracy has stopped improving: a schedule that
/// reacts to results is a rule that writes ordinary edits (specification, section 2.2). Only the
/// validations at the ends of epochs count, and only once a quantizer is at work.
struct PlateauRule {
  private let configuration: PlateauConfiguration
  private var best = -Double.infinity
  private var waited = 0

  /// What is saved of a rule; `best` is `nil` before the first score.
  struct State: Codable, Equatable {
    var best: Double?
    var waited: Int
  }

  var state: State { State(best: best.isFinite ? best : nil, waited: waited) }

  mutating func restore(_ state: State) {
    best = state.best ?? -.infinity
    waited = max(state.waited, 0)
  }

  init(_ configuration: PlateauConfiguration) { self.configuration = configuration }

  /// The edits due after a validation with `score`, given the present resolutions by knob.
  mutating func edits(after score: Double, resolutions: [(knob: String, value: Double)]) -> [Edit] {
    guard resolutions.contains(where: { $0.value.isFinite }) else { return [] }
    if score > best {
      best = score
      waited = 0
      return []
    }
    waited += 1
    guard waited >= configuration.patience else { return [] }
    waited = 0
    best = -.infinity
    return resolutions.filter(\.value.isFinite).compactMap { knob, value in
      let factor = max(configuration.factor, configuration.minimum / value)
      return factor < 1 ? .scale(knob: knob, factor: factor) : nil
    }
  }
}
