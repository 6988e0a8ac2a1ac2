import Engine

/// The knobs of a ``ScriptedStudy``: a schedule for the learning rate and one per site, and a
/// plain number, with one history of edits over all of them.
struct Dials {
  /// What one edit touched, so that it can be taken back.
  private enum Touched {
    case schedules([String])
    case clipNorm(Double)
  }

  private var journals: [String: ScheduleJournal]
  private let scheduleIds: [String]
  private var clipNorm = 1.0
  private var undoable: [Touched] = []
  private var redoable: [Touched] = []

  private static let clipNormRange = 0.01...100.0

  init(_ script: Script) {
    journals = ["learningRate": ScheduleJournal(script.learningRate, steps: script.steps)]
    for site in script.sites {
      journals["w." + site.id] = ScheduleJournal(script.resolution, steps: script.steps)
    }
    scheduleIds = ["learningRate"] + script.sites.map { "w." + $0.id }
  }

  func value(of knob: String, at step: Int) -> Double {
    knob == "clipNorm" ? clipNorm : journals[knob]?.value(at: step) ?? .nan
  }

  func knobs(of script: Script) -> [Knob] {
    var knobs: [Knob] = []
    for id in scheduleIds {
      guard let journal = journals[id] else { continue }
      let site = script.sites.first { "w." + $0.id == id }
      knobs.append(
        Knob(
          id: id, title: site.map { "resolution of " + $0.title } ?? "learning rate",
          site: site?.id, kind: .schedule(journal, range: Self.range(of: id))))
    }
    knobs.append(
      Knob(
        id: "clipNorm", title: "gradient clipping",
        kind: .number(value: clipNorm, range: Self.clipNormRange, step: .multiply(1.1))))
    knobs.append(Knob(id: "validate", title: "validate now", kind: .action))
    return knobs
  }

  /// Applies an edit of knobs (not an action) at `step` and says what changed.
  mutating func apply(_ edit: Edit, at step: Int) throws(EditError) -> [EditRecord.Change] {
    let before = self
    switch edit {
    case .set("clipNorm", let value):
      try Self.check(value, in: Self.clipNormRange, knob: "clipNorm")
      record(.clipNorm(clipNorm))
      clipNorm = value
    case .undo: try undo(at: step)
    case .redo: try redo(at: step)
    case .set(let knob, _), .scale(let knob, _), .schedule(let knob, _), .hold(let knob),
      .release(let knob):
      let ids = try schedules(matching: knob)
      for id in ids { try turn(id, by: edit, at: step) }
      record(.schedules(ids))
    case .choose(let knob, _): throw .wrongKind(knob: knob)
    case .perform(let action): throw .unknownKnob(action)
    case .reshape(let curve, _): throw .unknownCurve(curve)
    }
    return changes(since: before, at: step)
  }

  private mutating func record(_ touched: Touched) {
    undoable.append(touched)
    redoable.removeAll()
  }

  private func schedules(matching knob: String) throws(EditError) -> [String] {
    if knob == "clipNorm" || knob == "validate" { throw .wrongKind(knob: knob) }
    let ids = scheduleIds.filter {
      $0 == knob || (knob.hasSuffix(".*") && $0.hasPrefix(knob.dropLast()))
    }
    guard !ids.isEmpty else { throw .unknownKnob(knob) }
    return ids
  }

  private mutating func turn(_ id: String, by edit: Edit, at step: Int) throws(EditError) {
    guard var journal = journals[id] else { throw .unknownKnob(id) }
    let range = Self.range(of: id)
    switch edit {
    case .set(_, let value):
      try Self.check(value, in: range, knob: id)
      journal.set(value, at: step)
    case .scale(_, let factor):
      let value = journal.value(at: step) * factor
      if value.isFinite { try Self.check(value, in: range, knob: id) }
      journal.scale(by: factor, at: step)
    case .schedule(_, let schedule):
      do throws(ScheduleError) {
        try schedule.validate(allowed: range)
      } catch {
        throw .invalidSchedule(knob: id, reason: error)
      }
      journal.replace(by: schedule, at: step)
    case .hold: journal.hold(at: step)
    case .release: journal.release(at: step)
    default: throw .wrongKind(knob: id)
    }
    journals[id] = journal
  }

  private mutating func undo(at step: Int) throws(EditError) {
    guard let touched = undoable.popLast() else { throw .nothingToUndo }
    switch touched {
    case .clipNorm(let value):
      redoable.append(.clipNorm(clipNorm))
      clipNorm = value
    case .schedules(let ids):
      redoable.append(touched)
      for id in ids { journals[id]?.undo(at: step) }
    }
  }

  private mutating func redo(at step: Int) throws(EditError) {
    guard let touched = redoable.popLast() else { throw .nothingToRedo }
    switch touched {
    case .clipNorm(let value):
      undoable.append(.clipNorm(clipNorm))
      clipNorm = value
    case .schedules(let ids):
      undoable.append(touched)
      for id in ids { journals[id]?.redo(at: step) }
    }
  }

  private func changes(since before: Dials, at step: Int) -> [EditRecord.Change] {
    (scheduleIds + ["clipNorm"]).compactMap { id in
      let (from, to) = (before.value(of: id, at: step), value(of: id, at: step))
      guard from != to else { return nil }
      return EditRecord.Change(
        knob: id, from: from.isFinite ? from : nil, to: to.isFinite ? to : nil)
    }
  }

  private static func range(of knob: String) -> ClosedRange<Double> {
    knob == "learningRate"
      ? OptimizerConfiguration.allowedLearningRate : QuantizerSite.allowedResolution
  }

  private static func check(
    _ value: Double, in allowed: ClosedRange<Double>, knob: String
  ) throws(EditError) {
    guard allowed.contains(value) else {
      throw .outOfRange(knob: knob, value: value, allowed: allowed)
    }
  }
}
