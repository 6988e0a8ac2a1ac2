/// All scheduled quantities of a training run, with the edits made to them.
///
/// The only place where resolutions and the learning rate live; each is a pure function of the
/// step through its journal.
struct Steering {
  /// One scheduled quantity.
  struct Quantity {
    let id: String
    let title: String
    let unit: String
    let site: String?
    let allowed: ClosedRange<Double>
    /// Whether the quantity may be infinite: a resolution in its bypass phase.
    let mayBypass: Bool
    /// The schedule of the experiment, or the constant that was measured before its first step.
    fileprivate(set) var configured: Schedule
    /// Whether it was measured, so that another run of the experiment may have begun with another.
    let isMeasured: Bool
    fileprivate(set) var journal: ScheduleJournal

    init(
      id: String, title: String, unit: String, site: String?, allowed: ClosedRange<Double>,
      mayBypass: Bool, schedule: Schedule, steps: Int, isMeasured: Bool = false
    ) {
      self.id = id
      self.title = title
      self.unit = unit
      self.site = site
      self.allowed = allowed
      self.mayBypass = mayBypass
      configured = schedule
      self.isMeasured = isMeasured
      journal = ScheduleJournal(schedule, steps: steps)
    }

    /// What governs step `step`. A schedule that leaves the allowed range stays at its end.
    func value(at step: Int) -> Double {
      let value = journal.value(at: step)
      guard value.isFinite else { return mayBypass ? .infinity : allowed.upperBound }
      return min(max(value, allowed.lowerBound), allowed.upperBound)
    }
  }

  fileprivate(set) var quantities: [Quantity]
  /// Ids changed by each edit that can be undone or redone, latest last; none of one that the study
  /// takes back itself.
  fileprivate var undoable: [[String]] = []
  fileprivate var redoable: [[String]] = []

  init(_ quantities: [Quantity]) { self.quantities = quantities }

  func value(_ id: String, at step: Int) -> Double? {
    quantities.first { $0.id == id }?.value(at: step)
  }

  /// Lets a measured quantity begin with another constant, as long as nothing was done to it.
  mutating func setMeasured(_ id: String, _ value: Double) {
    for index in quantities.indices where quantities[index].id == id {
      let schedule = Schedule(.hold(value))
      quantities[index].configured = schedule
      quantities[index].journal = ScheduleJournal(
        schedule, steps: quantities[index].journal.steps)
    }
  }

  var knobs: [Knob] {
    quantities.map {
      Knob(
        id: $0.id, title: $0.title, unit: $0.unit, site: $0.site,
        kind: .schedule($0.journal, range: $0.allowed))
    }
  }

  /// Applies an edit to all quantities it names, or to none.
  mutating func apply(_ edit: Edit, at step: Int) throws(EditError) -> [EditRecord.Change] {
    switch edit {
    case .undo: return try revert(at: step)
    case .redo: return try repeatEdit(at: step)
    case .choose(let knob, _), .perform(let knob): throw .unknownKnob(knob)
    case .reshape(let curve, _): throw .unknownCurve(curve)
    case .set(let knob, let value):
      for index in try matches(knob) where !quantities[index].allowed.contains(value) {
        throw .outOfRange(
          knob: quantities[index].id, value: value, allowed: quantities[index].allowed)
      }
      return try change(knob, at: step) { $0.set(value, at: step) }
    case .scale(let knob, let factor):
      guard factor.isFinite, factor > 0 else {
        throw .outOfRange(
          knob: knob, value: factor,
          allowed: Double.leastNormalMagnitude...Double.greatestFiniteMagnitude)
      }
      return try change(knob, at: step) { $0.scale(by: factor, at: step) }
    case .schedule(let knob, let schedule):
      for index in try matches(knob) {
        do throws(ScheduleError) {
          guard quantities[index].mayBypass || schedule.bypass == 0 else {
            throw ScheduleError.phases(bypass: schedule.bypass, hold: schedule.hold)
          }
          try schedule.validate(allowed: quantities[index].allowed)
        } catch {
          throw .invalidSchedule(knob: knob, reason: error)
        }
      }
      return try change(knob, at: step) { $0.replace(by: schedule, at: step) }
    case .hold(let knob): return try change(knob, at: step) { $0.hold(at: step) }
    case .release(let knob): return try change(knob, at: step) { $0.release(at: step) }
    }
  }

  /// Places of the quantities that a knob id means; `prefix.*` means all below the prefix.
  private func matches(_ knob: String) throws(EditError) -> [Int] {
    let indices = quantities.indices.filter {
      quantities[$0].id == knob
        || knob.hasSuffix(".*") && quantities[$0].id.hasPrefix(knob.dropLast())
    }
    guard !indices.isEmpty else { throw .unknownKnob(knob) }
    return indices
  }

  private mutating func change(
    _ knob: String, at step: Int, _ edit: (inout ScheduleJournal) -> Void
  ) throws(EditError) -> [EditRecord.Change] {
    let indices = try matches(knob)
    var edited = quantities
    var changes: [EditRecord.Change] = []
    for index in indices {
      let from = edited[index].value(at: step)
      let before = edited[index].journal
      edit(&edited[index].journal)
      guard edited[index].journal != before else { continue }
      // What the journal says, before it is brought back into the range.
      let asked = edited[index].journal.value(at: step)
      let isKept = from == edited[index].value(at: step)
      guard isKept || asked.isFinite && edited[index].allowed.contains(asked) else {
        throw .outOfRange(
          knob: edited[index].id, value: asked, allowed: edited[index].allowed)
      }
      let to = edited[index].value(at: step)
      changes.append(Self.change(edited[index].id, from, to))
    }
    quantities = edited
    if !changes.isEmpty {
      undoable.append(changes.map(\.knob))
      redoable.removeAll()
    }
    return changes
  }

  private mutating func revert(at step: Int) throws(EditError) -> [EditRecord.Change] {
    guard let ids = undoable.popLast() else { throw .nothingToUndo }
    redoable.append(ids)
    return each(ids, at: step) { $0.undo(at: step) }
  }

  private mutating func repeatEdit(at step: Int) throws(EditError) -> [EditRecord.Change] {
    guard let ids = redoable.popLast() else { throw .nothingToRedo }
    undoable.append(ids)
    return each(ids, at: step) { $0.redo(at: step) }
  }

  private mutating func each(
    _ ids: [String], at step: Int, _ edit: (inout ScheduleJournal) -> Void
  ) -> [EditRecord.Change] {
    var changes: [EditRecord.Change] = []
    for index in quantities.indices where ids.contains(quantities[index].id) {
      let from = quantities[index].value(at: step)
      edit(&quantities[index].journal)
      changes.append(Self.change(quantities[index].id, from, quantities[index].value(at: step)))
    }
    return changes
  }

  private static func change(_ id: String, _ from: Double, _ to: Double) -> EditRecord.Change {
    EditRecord.Change(
      knob: id, from: from.isFinite ? from : nil, to: to.isFinite ? to : nil)
  }
}

extension Steering {
  /// Lets all schedules run from their beginning again at `step`; no edit that could be undone.
  mutating func restart(at step: Int) {
    for index in quantities.indices { quantities[index].journal.restart(at: step) }
  }
}

extension Steering: TakenBack {
  var undoesOther: Bool { undoable.last?.isEmpty == true }
  var redoesOther: Bool { redoable.last?.isEmpty == true }

  mutating func noteOther() {
    undoable.append([])
    redoable.removeAll()
  }

  mutating func takeBackOther() { if let turn = undoable.popLast() { redoable.append(turn) } }
  mutating func dropOther() { undoable.removeLast() }
  mutating func repeatOther() { if let turn = redoable.popLast() { undoable.append(turn) } }
}

extension Steering {
  /// What is saved of a steering: the journals with what can be undone, and the schedules that they
  /// began with.
  struct State: Codable, Equatable {
    struct Entry: Codable, Equatable {
      var id: String
      var configured: Schedule
      var journal: ScheduleJournal
    }

    var entries: [Entry]
    var undoable: [[String]]
    var redoable: [[String]]
  }

  var state: State {
    State(
      entries: quantities.map {
        State.Entry(id: $0.id, configured: $0.configured, journal: $0.journal)
      },
      undoable: undoable, redoable: redoable)
  }

  /// Takes over the journals of the same experiment; `false`, and nothing has changed, where they
  /// are of another.
  mutating func restore(_ state: State) -> Bool {
    var restored = self
    var taken = 0
    for index in quantities.indices {
      let quantity = quantities[index]
      guard let entry = state.entries.first(where: { $0.id == quantity.id }) else {
        // Those that were saved before measured quantities could be turned lack them.
        guard quantity.isMeasured else { return false }
        continue
      }
      guard entry.configured == quantity.configured || quantity.isMeasured,
        entry.journal.steps == quantity.journal.steps
      else { return false }
      restored.quantities[index].take(entry)
      taken += 1
    }
    guard taken == state.entries.count else { return false }
    self = restored
    (undoable, redoable) = (state.undoable, state.redoable)
    return true
  }

  /// Takes over the journals of those quantities that follow the schedules they followed there; the
  /// others keep their own, which begin at `start`. What was edited there can only be undone where
  /// all are the same.
  mutating func branch(from state: State, begunAt start: Int = 0) {
    var isAll = quantities.count == state.entries.count
    for index in quantities.indices {
      let quantity = quantities[index]
      let entry = state.entries.first {
        $0.id == quantity.id && ($0.configured == quantity.configured || quantity.isMeasured)
      }
      guard var entry else {
        isAll = false
        if start > 0 { quantities[index].journal.restart(at: start) }
        continue
      }
      entry.journal = ScheduleJournal(continuing: entry.journal, steps: quantity.journal.steps)
      quantities[index].take(entry)
    }
    if isAll { (undoable, redoable) = (state.undoable, state.redoable) }
  }
}

extension Steering.Quantity {
  fileprivate mutating func take(_ entry: Steering.State.Entry) {
    configured = entry.configured
    journal = entry.journal
  }
}
