import Engine
import Terminal

/// What the keys of the Theory screen do.
extension Dashboard {
  private typealias Knobs = CoarseDials.Knobs

  mutating func turnTheory(_ turn: TheoryTurn) -> [Effect] {
    guard canCommand() else { return [] }
    guard isTheory else {
      say(Sentence.noTheory)
      return []
    }
    switch turn {
    case .estimator(let distance): return choose(Knobs.estimator, by: distance)
    case .mode: return choose(Knobs.mode, by: 1)
    case .normalisation: return choose(Knobs.normalisesW, by: 1)
    case .nextStart: return choose(Knobs.start, by: 1)
    case .newStart:
      return edit(.perform(action: Knobs.newStart)) { Sentence.askedForStart(isRunning: $0) }
    case .batch(let distance): return turnBatch(by: distance)
    case .speed(let factor): return turnSpeed(by: factor)
    }
  }

  /// The place of a knob among those of the run, and its kind.
  private func knob(_ id: String) -> (index: Int, kind: Knob.Kind)? {
    run.knobs.firstIndex { $0.id == id }.map { ($0, run.knobs[$0].kind) }
  }

  /// The next option; what was asked for counts at once, so that a held key goes on.
  private mutating func choose(_ id: String, by distance: Int) -> [Effect] {
    guard let (index, kind) = knob(id), case .choice(let selected, let options) = kind,
      let place = options.firstIndex(of: selected)
    else { return [] }
    let next = options[(place + distance + options.count) % options.count]
    run.knobs[index].kind = .choice(selected: next, options: options)
    return edit(.choose(knob: id, option: next)) {
      Sentence.asked(.choose(knob: id, option: next), isRunning: $0)
    }
  }

  private mutating func turnBatch(by distance: Int) -> [Effect] {
    guard let (_, kind) = knob(Knobs.batch), case .number(let value, _, _) = kind else { return [] }
    let batches = CoarseDials.batches.map(Double.init)
    let next = distance > 0 ? batches.first { $0 > value } : batches.last { $0 < value }
    guard let next else {
      say(Sentence.nothingFurther)
      return []
    }
    return set(Knobs.batch, to: next)
  }

  private mutating func turnSpeed(by factor: Double) -> [Effect] {
    guard let (_, kind) = knob(Knobs.speed), case .number(let value, let range, _) = kind else {
      return []
    }
    let next = min(max(value * factor, range.lowerBound), range.upperBound)
    guard next != value else {
      say(Sentence.nothingFurther)
      return []
    }
    return set(Knobs.speed, to: next)
  }

  private mutating func set(_ id: String, to value: Double) -> [Effect] {
    if let (index, kind) = knob(id), case .number(_, let range, let step) = kind {
      run.knobs[index].kind = .number(value: value, range: range, step: step)
    }
    return edit(.set(knob: id, value: value)) {
      Sentence.asked(.set(knob: id, value: value), isRunning: $0)
    }
  }
}
