/// Something about a study that may be turned between two units of work.
package struct Knob: Sendable, Equatable, Codable {
  package enum Kind: Sendable, Equatable, Codable {
    case number(value: Double, range: ClosedRange<Double>, step: NotchStep)
    case choice(selected: String, options: [String])
    case action
    /// A quantity that follows a schedule, with everything that was done to it so far.
    case schedule(ScheduleJournal, range: ClosedRange<Double>)
  }

  /// What one notch does to a number.
  package enum NotchStep: Sendable, Equatable, Codable {
    case add(Double)
    case multiply(Double)
  }

  /// Dotted id, e.g. `w.m`, `learningRate`, `validate`.
  package var id: String
  package var title: String
  package var unit: String
  /// The quantized signal that the knob belongs to, if to one.
  package var site: String?
  package var kind: Kind

  package init(id: String, title: String, unit: String = "", site: String? = nil, kind: Kind) {
    self.id = id
    self.title = title
    self.unit = unit
    self.site = site
    self.kind = kind
  }
}

/// One turn of a knob. Edits are values, so a run's journal can be stored and replayed.
///
/// A knob id that ends in `.*` means every knob below that prefix: `w.*` is all resolutions.
package enum Edit: Sendable, Equatable, Codable {
  case set(knob: String, value: Double)
  /// Multiply what a schedule says from now on.
  case scale(knob: String, factor: Double)
  case choose(knob: String, option: String)
  /// Replace a schedule from now on.
  case schedule(knob: String, schedule: Schedule)
  /// Freeze a schedule at its present value.
  case hold(knob: String)
  /// Let a held schedule go on from where it was frozen.
  case release(knob: String)
  case perform(action: String)
  /// Do something to a learned activation, or to a layer of them.
  case reshape(curve: String, change: CurveChange)
  case undo
  case redo
}

/// An edit that was applied, with what it changed.
package struct EditRecord: Sendable, Equatable, Codable {
  /// Who turned the knob: the person at the keyboard, or a rule of the experiment.
  package enum Source: String, Sendable, Codable {
    case user, rule
  }

  /// The present value of one knob before and after. Not finite values are stored as `nil`.
  package struct Change: Sendable, Equatable, Codable {
    package var knob: String
    package var from: Double?
    package var to: Double?

    package init(knob: String, from: Double?, to: Double?) {
      self.knob = knob
      self.from = from
      self.to = to
    }
  }

  /// Steps done when the edit took effect.
  package var step: Int
  /// Results told between that step and the edit, where the study says; `nil` for none.
  package var results: Int?
  package var source: Source
  package var edit: Edit
  package var changes: [Change]

  package init(
    step: Int, results: Int? = nil, source: Source, edit: Edit, changes: [Change]
  ) {
    self.step = step
    self.results = results
    self.source = source
    self.edit = edit
    self.changes = changes
  }
}

/// Why an edit was refused. Nothing has changed then.
package enum EditError: Error, Sendable, Equatable {
  case unknownKnob(String)
  case wrongKind(knob: String)
  case outOfRange(knob: String, value: Double, allowed: ClosedRange<Double>)
  case unknownOption(knob: String, option: String, allowed: [String])
  case invalidSchedule(knob: String, reason: ScheduleError)
  /// A surrogate that cannot be made.
  case invalidSurrogate(knob: String, reason: SurrogateError)
  case unknownCurve(String)
  /// A learned activation that this cannot be done to; `reason` is a clause.
  case unchangeable(curve: String, reason: String)
  /// What it makes takes `needed` bytes where there are `available`.
  case tooLarge(needed: Int, available: Int)
  case nothingToUndo
  case nothingToRedo
}
