import Foundation
package import Terminal

/// Which part of a run its curves show, over what, and where the user looks.
package struct ChartWindow: Sendable, Equatable {
  /// What the curves stand over.
  package enum Axis: String, Sendable, Equatable, CaseIterable {
    case epoch, step, samples, seconds, w

    /// Whether places on it are steps times a constant.
    var isLinear: Bool { self != .seconds && self != .w }

    var title: String {
      switch self {
      case .epoch, .step, .samples: rawValue + "s"
      case .seconds: "seconds of work"
      case .w: "w"
      }
    }
  }

  package internal(set) var axis = Axis.epoch
  package internal(set) var isLogarithmic = false
  /// The steps that are shown; the whole run when `nil`.
  package internal(set) var range: AxisRange?
  /// The step that the user looks at.
  package internal(set) var cursor: Double?

  /// The shortest stretch that is of use.
  private static let shortest = 4.0
  /// What one key does to the stretch, and how far the cursor goes in it.
  private static let zoomFactor = 1.5
  private static let panShare = 0.25
  private static let cursorShare = 0.01

  /// Shows less of a run of so many steps, or more, around a step: if none is said, around the
  /// cursor or the middle of what is shown, or the last step done where that is before it.
  mutating func zoom(
    in isNearer: Bool, of whole: AxisRange, around step: Double? = nil, last: Double = .infinity,
    times: Int = 1
  ) {
    let present = range ?? whole
    let factor = pow(isNearer ? 1 / Self.zoomFactor : Self.zoomFactor, Double(times))
    let length = max(Self.shortest, present.length * factor)
    // Steps nearer and back again end in the whole run, whatever rounding left of it.
    guard length < whole.length * (1 - 1e-9) else {
      range = nil
      return
    }
    let middle =
      step ?? cursor ?? max(present.lower, min((present.lower + present.upper) / 2, last))
    let share = present.length > 0 ? (middle - present.lower) / present.length : 0.5
    show(from: middle - length * share, length: length, of: whole)
  }

  /// Moves the stretch by a quarter of it; `false` where there is nothing further.
  mutating func pan(_ direction: Double, of whole: AxisRange) -> Bool {
    guard let before = range else { return false }
    show(
      from: before.lower + direction * Self.panShare * before.length, length: before.length,
      of: whole)
    return range != before
  }

  /// Moves the stretch to where it begins at a step, as far as the run goes; `false` where it stays.
  mutating func move(_ stretch: AxisRange, to start: Double, of whole: AxisRange) -> Bool {
    let before = range
    show(from: start, length: stretch.length, of: whole)
    return range != before
  }

  /// Puts the cursor at a step that is done.
  mutating func putCursor(at step: Double, last: Double) {
    cursor = min(max(step.rounded(), 0), last)
  }

  private mutating func show(from start: Double, length: Double, of whole: AxisRange) {
    let lower = min(max(start, whole.lower), whole.upper - length)
    range = AxisRange(lower, lower + length)
  }

  /// Moves the cursor, which begins at the last step done; what is shown follows it.
  mutating func moveCursor(_ count: Double, of whole: AxisRange, last: Double) {
    let present = range ?? whole
    let step = max(1, (present.length * Self.cursorShare).rounded())
    let target = min(max((cursor ?? last) + (cursor == nil ? 0 : count * step), 0), last)
    cursor = target
    guard let range else { return }
    if target < range.lower { show(from: target, length: range.length, of: whole) }
    if target > range.upper { show(from: target - range.length, length: range.length, of: whole) }
  }
}
