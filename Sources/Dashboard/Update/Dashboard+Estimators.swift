import Engine
import Terminal

/// What keys do while an estimator is picked.
extension Dashboard {
  private typealias Knobs = FeedForwardDials.Knobs

  mutating func pickEstimator() {
    guard let summary = run.summary else {
      say(Sentence.stillPreparing)
      return
    }
    let options = run.knobs.compactMap { knob -> [String]? in
      guard knob.id == Knobs.estimator, case .choice(_, let options) = knob.kind else { return nil }
      return options
    }.first
    overlay = .estimators(
      isTheory
        ? theoryPicker(options)
        : summary.hasTime ? Self.picker(of: Surrogate.Kind.allCases) : networkPicker(options))
  }

  /// Of a run whose surrogates stay as its experiment has them.
  private static func picker(of kinds: [Surrogate.Kind]) -> EstimatorPicker {
    EstimatorPicker(
      kinds.map { .init(name: $0.rawValue, kind: $0) }, scope: .nothing, present: nil)
  }

  private func theoryPicker(_ options: [String]?) -> EstimatorPicker {
    let names =
      options.map { $0.compactMap(CoarseEstimatorName.init(rawValue:)) }
      ?? CoarseEstimatorName.allCases
    let present = theoryEstimator.map { name in
      zip(name.kind.parameters, name.surrogate.parameters).reduce(
        FeedForwardEstimator(name.kind)
      ) { estimator, entry in
        entry.0.standard == entry.1 ? estimator : estimator.setting(entry.0.name, to: entry.1)
      }
    }
    return EstimatorPicker(
      names.map { .init(name: $0.rawValue, kind: $0.kind) }, scope: .step, present: present)
  }

  private func networkPicker(_ options: [String]?) -> EstimatorPicker {
    let kinds =
      options.map { $0.compactMap(Surrogate.Kind.init(rawValue:)) }
      ?? FeedForwardStudyConfiguration.estimators
    // A record has no knobs, but a curve of the bits.
    let bits = number(Knobs.bits) ?? history.series["bits"]?.lastY ?? 2
    let relu = try? QuantizedReLU.calibrated(
      bits: Int(exactly: bits.rounded()) ?? 2, thresholds: run.summary?.thresholds ?? .nearest)
    guard let relu else { return Self.picker(of: kinds) }
    return EstimatorPicker(
      kinds.map { .init(name: $0.rawValue, kind: $0) }, scope: .numbers(relu),
      present: presentEstimator(at: relu))
  }

  /// The estimator in force with its numbers, from the knobs.
  private func presentEstimator(at relu: QuantizedReLU) -> FeedForwardEstimator? {
    guard let kind = choice(Knobs.estimator).flatMap(Surrogate.Kind.init(rawValue:)) else {
      return nil
    }
    let scale = choice(Knobs.normalization).flatMap(Surrogate.Normalization.init(rawValue:))
    let plain = FeedForwardEstimator(kind, normalization: scale ?? .none)
    return zip(kind.parameters, plain.parameters(for: relu)).reduce(plain) { estimator, entry in
      let (parameter, own) = entry
      guard let value = number(Knobs.parameter(parameter.name)), value != own else {
        return estimator
      }
      return estimator.setting(parameter.name, to: value)
    }
  }

  private func choice(_ id: String) -> String? {
    run.knobs.first { $0.id == id }.flatMap { knob in
      if case .choice(let selected, _) = knob.kind { selected } else { nil }
    }
  }

  private func number(_ id: String) -> Double? {
    run.knobs.first { $0.id == id }.flatMap { knob in
      if case .number(let value, _, _) = knob.kind { value } else { nil }
    }
  }

  // MARK: Keys

  mutating func pick(_ key: Key, from picker: EstimatorPicker) -> [Effect] {
    var picker = picker
    switch key {
    case .escape, .character("D"), .control("c"):
      overlay = nil
      return key == .control("c") && isQuitting ? [.quit] : []
    case .enter: return apply(picker)
    case .up, .character("k"): picker.move(by: -1)
    case .down, .character("j"): picker.move(by: 1)
    case .pageUp: picker.move(by: -10)
    case .pageDown: picker.move(by: 10)
    case .home: picker.move(by: -picker.entries.count)
    case .end: picker.move(by: picker.entries.count)
    case .tab: picker.nextRow(by: 1)
    case .backTab: picker.nextRow(by: -1)
    case .left, .character("h"): picker.turn(by: -1)
    case .right, .character("l"): picker.turn(by: 1)
    case .character(let letter): picker.jump(to: letter)
    default: break
    }
    overlay = .estimators(picker)
    return []
  }

  mutating func point(_ event: PointerEvent, at picker: EstimatorPicker) -> [Effect] {
    var picker = picker
    switch event.kind {
    case .wheel(let notches): picker.move(by: min(max(-100, notches), 100))
    case .press:
      let view = EstimatorPickerView(picker: picker, glyphs: glyphs)
      guard let entry = view.entry(at: event.place, in: size) else { return [] }
      if entry == picker.selected { return apply(picker) }
      picker.mark(entry)
    default: break
    }
    overlay = .estimators(picker)
    return []
  }

  /// Puts the marked estimator in force as any other edit does.
  private mutating func apply(_ picker: EstimatorPicker) -> [Effect] {
    guard picker.scope != .nothing else {
      say(Sentence.surrogatesStay)
      return []
    }
    guard canCommand() else { return [] }
    overlay = nil
    if picker.edits.isEmpty { say(Sentence.sameEstimator) }
    return picker.edits.flatMap { edit in
      self.edit(edit) { Sentence.asked(edit, isRunning: $0) }
    }
  }
}
