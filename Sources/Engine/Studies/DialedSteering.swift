/// All that is turned in a study that has dials beside what follows schedules, with what can be
/// undone.
struct DialedSteering<Settings: Dials>: Sendable {
  /// An edit that can be undone.
  enum Turn: Sendable, Equatable, Codable {
    case schedule
    case dials(from: Settings, to: Settings)
    /// Something that the study itself takes back.
    case other
  }

  private var schedules: Steering
  private let configured: Settings
  private(set) var dials: Settings
  private var undoable: [Turn] = []
  private var redoable: [Turn] = []

  init(_ schedules: [Steering.Quantity], dials: Settings) {
    self.schedules = Steering(schedules)
    configured = dials
    self.dials = dials
  }

  /// What a schedule says of a step.
  func value(_ id: String, at step: Int) -> Double? { schedules.value(id, at: step) }

  var knobs: [Knob] { schedules.knobs + dials.knobs }

  mutating func apply(_ edit: Edit, at step: Int) throws(EditError) -> [EditRecord.Change] {
    switch edit {
    case .undo:
      guard let turn = undoable.popLast() else { throw .nothingToUndo }
      redoable.append(turn)
      if turn == .other { return [] }
      guard case .dials(let from, _) = turn else { return try schedules.apply(.undo, at: step) }
      return self.turn(to: from)
    case .redo:
      guard let turn = redoable.popLast() else { throw .nothingToRedo }
      undoable.append(turn)
      if turn == .other { return [] }
      guard case .dials(_, let to) = turn else { return try schedules.apply(.redo, at: step) }
      return self.turn(to: to)
    default:
      guard let turned = try dials.turned(by: edit) else {
        let changes = try schedules.apply(edit, at: step)
        if !changes.isEmpty { note(.schedule) }
        return changes
      }
      if turned != dials { note(.dials(from: dials, to: turned)) }
      return turn(to: turned)
    }
  }

  /// Lets all schedules run from their beginning again at `step`.
  mutating func restart(at step: Int) { schedules.restart(at: step) }

  private mutating func note(_ turn: Turn) {
    undoable.append(turn)
    redoable.removeAll()
  }

  private mutating func turn(to dials: Settings) -> [EditRecord.Change] {
    let changes = dials.changes(from: self.dials)
    self.dials = dials
    return changes
  }
}

extension DialedSteering: TakenBack {
  var undoesOther: Bool { undoable.last == .other }
  var redoesOther: Bool { redoable.last == .other }

  mutating func noteOther() { note(.other) }
  mutating func takeBackOther() { if let turn = undoable.popLast() { redoable.append(turn) } }
  mutating func dropOther() { undoable.removeLast() }
  mutating func repeatOther() { if let turn = redoable.popLast() { undoable.append(turn) } }
}

extension DialedSteering {
  struct State: Codable, Equatable {
    var schedules: Steering.State
    /// The dials of the experiment and as they were turned.
    var configured: Settings
    var dials: Settings
    var undoable: [Turn]
    var redoable: [Turn]
  }

  var state: State {
    State(
      schedules: schedules.state, configured: configured, dials: dials, undoable: undoable,
      redoable: redoable)
  }

  /// Takes over what the same experiment saved; `false`, and nothing has changed, where it is of
  /// another.
  mutating func restore(_ state: State) -> Bool {
    guard state.configured == configured, schedules.restore(state.schedules) else { return false }
    (dials, undoable, redoable) = (state.dials, state.undoable, state.redoable)
    return true
  }

  /// Takes over what follows the same settings there, and lets other schedules begin at `start`;
  /// nothing of before can be undone.
  mutating func branch(from state: State, begunAt start: Int = 0) {
    schedules.branch(from: state.schedules, begunAt: start)
    dials = configured.taking(state.dials, whereSameAs: state.configured)
  }
}
