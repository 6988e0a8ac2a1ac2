/// What may be turned in a simulation beside the coupling, which follows a schedule.
struct InhibitoryDials: Dials {
  var delay: Double
  var lowest: Double
  var highest: Double
  /// K; `nil` where the coupling is global.
  var inDegree: Int?
  /// Simulated time a second while somebody watches.
  var speed: Double
  /// Standard deviation of the noise that ``InhibitoryKnobs/perturb`` adds to all potentials.
  var perturbation = 0.01
  /// Additional drive of neurons that are stimulated from now on.
  var stimulus = 0.2
  /// Ranks that the next influence is on.
  var chosen: ClosedRange<Int>
  var influences: [InhibitoryInfluence] = []
  private let neurons: Int

  init(_ configuration: InhibitoryConfiguration) {
    delay = configuration.delay
    lowest = configuration.lowest
    highest = configuration.highest
    inDegree = configuration.topology == .sparse ? configuration.inDegree : nil
    speed = configuration.speed
    neurons = configuration.neurons
    let last = configuration.neurons - 1
    chosen = last - configuration.neurons / 20...last
  }

  func taking(_ turned: Self, whereSameAs configured: Self) -> Self {
    var dials = self
    func take<Value: Equatable>(_ path: WritableKeyPath<Self, Value>) {
      if configured[keyPath: path] == self[keyPath: path] {
        dials[keyPath: path] = turned[keyPath: path]
      }
    }
    take(\.delay)
    // One end alone could pass the other.
    if configured.lowest == lowest && configured.highest == highest {
      (dials.lowest, dials.highest) = (turned.lowest, turned.highest)
    }
    take(\.inDegree)
    take(\.speed)
    take(\.perturbation)
    take(\.stimulus)
    if neurons == turned.neurons {
      (dials.chosen, dials.influences) = (turned.chosen, turned.influences)
    }
    return dials
  }

  var knobs: [Knob] {
    typealias Configuration = InhibitoryConfiguration
    typealias Knobs = InhibitoryKnobs
    func number(
      _ id: String, _ title: String, _ value: Double, _ range: ClosedRange<Double>,
      _ step: Knob.NotchStep
    ) -> Knob {
      Knob(id: id, title: title, kind: .number(value: value, range: range, step: step))
    }
    let ranks = 1...Double(neurons)
    var knobs = [
      number(Knobs.delay, "delay", delay, Configuration.allowedDelays, .multiply(1.25)),
      number(
        Knobs.lowest, "lowest excitability", lowest,
        Configuration.allowedExcitabilities.lowerBound...highest, .add(0.05)),
      number(
        Knobs.highest, "highest excitability", highest,
        lowest...Configuration.allowedExcitabilities.upperBound, .add(0.05)),
      number(Knobs.speed, "speed", speed, Configuration.allowedSpeeds, .multiply(2)),
      number(Knobs.perturbation, "perturbation", perturbation, 1e-12...10, .multiply(10)),
      number(Knobs.stimulus, "stimulus", stimulus, -10...10, .add(0.1)),
      number(Knobs.first, "first chosen rank", Double(chosen.lowerBound + 1), ranks, .add(1)),
      number(Knobs.last, "last chosen rank", Double(chosen.upperBound + 1), ranks, .add(1)),
    ]
    if let inDegree {
      knobs.insert(
        number(
          Knobs.inDegree, "in-degree", Double(inDegree), 1...Double(neurons - 1), .multiply(1.25)),
        at: 1)
    }
    return knobs
  }

  func turned(by edit: Edit) throws(EditError) -> Self? {
    switch edit {
    case .set(let knob, let value): return try setting(knob) { _ in value }
    case .scale(let knob, let factor): return try setting(knob) { $0 * factor }
    case .perform(let action): return influencing(action)
    case .choose(let knob, _), .schedule(let knob, _), .hold(let knob), .release(let knob):
      guard !knobs.contains(where: { $0.id == knob }) else { throw .wrongKind(knob: knob) }
      return nil
    case .reshape, .undo, .redo: return nil
    }
  }

  private func influencing(_ action: String) -> Self? {
    var dials = self
    switch action {
    case InhibitoryKnobs.silence:
      dials.influences = influences.replacing(chosen, with: .silenced)
    case InhibitoryKnobs.stimulate:
      dials.influences = influences.replacing(chosen, with: .stimulated(stimulus))
    case InhibitoryKnobs.release: dials.influences = influences.replacing(chosen, with: nil)
    case InhibitoryKnobs.releaseAll: dials.influences = []
    default: return nil
    }
    return dials
  }

  private func setting(_ knob: String, _ turn: (Double) -> Double) throws(EditError) -> Self? {
    guard let value = try number(knob, turn) else { return nil }
    var dials = self
    switch knob {
    case InhibitoryKnobs.delay: dials.delay = value
    case InhibitoryKnobs.lowest: dials.lowest = value
    case InhibitoryKnobs.highest: dials.highest = value
    case InhibitoryKnobs.inDegree: dials.inDegree = Int(value.rounded())
    case InhibitoryKnobs.speed: dials.speed = value
    case InhibitoryKnobs.perturbation: dials.perturbation = value
    case InhibitoryKnobs.stimulus: dials.stimulus = value
    default: dials.choose(Int(value.rounded()) - 1, isFirst: knob == InhibitoryKnobs.first)
    }
    return dials
  }

  /// Moves one end of the chosen ranks; the other one follows where it would be passed.
  private mutating func choose(_ rank: Int, isFirst: Bool) {
    chosen =
      isFirst
      ? rank...max(rank, chosen.upperBound) : min(rank, chosen.lowerBound)...rank
  }
}
