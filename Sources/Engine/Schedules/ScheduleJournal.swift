/// A schedule together with everything that was done to it while it ran.
///
/// The journal is itself a pure function of the step: each edit starts a new segment from its
/// step on, earlier values never change, and undo starts a segment that continues the one before
/// the edit. A run is therefore reproducible from its experiment and its journals.
package struct ScheduleJournal: Sendable, Equatable, Codable {
  /// What holds from one edit to the next.
  package struct Segment: Sendable, Equatable, Codable {
    /// First step that this segment governs.
    package var start: Int
    package var steering: Steering
  }

  /// A schedule as bent by hand.
  package struct Steering: Sendable, Equatable, Codable {
    package var schedule: Schedule
    /// Multiplies what the schedule says.
    package var factor: Double = 1
    /// Steps that the schedule was held in all, by which it now runs late.
    package var delay: Int = 0
    /// The frozen value and the step since which it is frozen.
    package var held: Held?

    package struct Held: Sendable, Equatable, Codable {
      /// `nil` where the schedule was infinite: files have no such number.
      package var finiteValue: Double?
      package var since: Int

      var value: Double { finiteValue ?? .infinity }

      init(value: Double, since: Int) {
        finiteValue = value.isFinite ? value : nil
        self.since = since
      }
    }

    func value(at step: Double, of steps: Int) -> Double {
      if let held { return held.value }
      return factor * schedule.value(at: max(step - Double(delay), 0), of: steps)
    }
  }

  package private(set) var segments: [Segment]
  /// Steps of the whole run.
  package let steps: Int
  private var undoable: [Steering] = []
  private var redoable: [Steering] = []
  /// Since when schedules run again from their beginning, if they were begun again.
  private var origin: Int?

  package init(_ schedule: Schedule, steps: Int) {
    self.steps = steps
    segments = [Segment(start: 0, steering: Steering(schedule: schedule))]
  }

  /// The journal of a run that a longer or shorter one goes on from.
  package init(continuing journal: ScheduleJournal, steps: Int) {
    self.steps = steps
    segments = journal.segments
    undoable = journal.undoable
    redoable = journal.redoable
    origin = journal.origin
  }

  /// The steering in force from the last edit on.
  package var current: Steering { segments[segments.count - 1].steering }
  package var isHeld: Bool { current.held != nil }

  /// The value that governs step `step` (from 0); steps between may be asked for when drawing.
  package func value(at step: Double) -> Double {
    // Charts ask for hundreds of steps, and a held key makes thousands of segments.
    var (lower, upper) = (0, segments.count)
    while upper - lower > 1 {
      let middle = (lower + upper) / 2
      if Double(segments[middle].start) <= step { lower = middle } else { upper = middle }
    }
    return segments[lower].steering.value(at: step, of: steps)
  }

  package func value(at step: Int) -> Double { value(at: Double(step)) }

  /// Multiplies everything from `step` on by `factor`.
  package mutating func scale(by factor: Double, at step: Int) {
    edit(at: step) { steering in
      if let held = steering.held {
        steering.held = Steering.Held(value: held.value * factor, since: held.since)
      }
      steering.factor *= factor
    }
  }

  /// Makes the value at `step` equal to `value` by scaling what follows; a schedule that is
  /// infinite there (bypassed) is replaced by the constant.
  package mutating func set(_ value: Double, at step: Int) {
    let present = self.value(at: step)
    if present.isFinite && present > 0 {
      scale(by: value / present, at: step)
    } else {
      replace(by: Schedule(.hold(value)), at: step)
    }
  }

  package mutating func replace(by schedule: Schedule, at step: Int) {
    let origin = origin ?? 0
    edit(at: step) { $0 = Steering(schedule: schedule, delay: origin) }
  }

  /// Freezes the present value. Does nothing when it is frozen already.
  package mutating func hold(at step: Int) {
    guard !isHeld else { return }
    let value = self.value(at: step)
    edit(at: step) { $0.held = Steering.Held(value: value, since: step) }
  }

  /// Goes on from where the schedule was frozen, late by the steps it was held.
  package mutating func release(at step: Int) {
    guard let held = current.held else { return }
    edit(at: step) { steering in
      steering.delay += step - held.since
      steering.held = nil
    }
  }

  /// Lets the schedule run from its beginning again at `step`, with everything that was done to it;
  /// so do those that undo and redo return to. A value that is frozen stays.
  package mutating func restart(at step: Int) {
    let restarted = { (steering: Steering) -> Steering in
      var steering = steering
      steering.delay = step
      steering.held?.since = step
      return steering
    }
    let present = restarted(current)
    undoable = undoable.map(restarted)
    redoable = redoable.map(restarted)
    origin = step
    begin(present, at: step)
  }

  /// Returns to the steering before the last edit, from `step` on.
  @discardableResult
  package mutating func undo(at step: Int) -> Bool {
    guard let previous = undoable.popLast() else { return false }
    redoable.append(current)
    begin(previous, at: step)
    return true
  }

  @discardableResult
  package mutating func redo(at step: Int) -> Bool {
    guard let next = redoable.popLast() else { return false }
    undoable.append(current)
    begin(next, at: step)
    return true
  }

  private mutating func edit(at step: Int, _ change: (inout Steering) -> Void) {
    var steering = current
    change(&steering)
    undoable.append(current)
    redoable.removeAll()
    begin(steering, at: step)
  }

  private mutating func begin(_ steering: Steering, at step: Int) {
    while let last = segments.last, last.start >= step { segments.removeLast() }
    segments.append(Segment(start: step, steering: steering))
  }
}
