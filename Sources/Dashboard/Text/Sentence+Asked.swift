import Engine
import Foundation
import Terminal

/// What was asked for, said at once: an order is carried out after the batch that runs, which may
/// take a while. The report of what was done takes the place of these.
extension Sentence {
  static func askedForResolution(factor: Double, isRunning: Bool) -> String {
    "w \(notches(factor, of: KeyMap.resolutionNotch))\(soon(isRunning))."
  }

  static func askedForLearningRate(factor: Double, isRunning: Bool) -> String {
    "Learning rate \(notches(factor, of: KeyMap.learningRateNotch))\(soon(isRunning))."
  }

  static func askedForHold(_ isHeld: Bool, isRunning: Bool) -> String {
    "w \(isHeld ? "held" : "released")\(soon(isRunning))."
  }

  static func askedForUndo(isRunning: Bool) -> String { "Undo\(soon(isRunning))." }
  static func askedForRedo(isRunning: Bool) -> String { "Redo\(soon(isRunning))." }
  static func asked(_ edit: Edit, isRunning: Bool) -> String {
    let text =
      switch edit {
      case .set(let knob, let value): "\(knob) to \(Figure.value(value))"
      case .scale(let knob, let factor): "\(knob) times \(Figure.value(factor))"
      case .choose(let knob, let option): "\(knob) to \(option)"
      case .schedule(let knob, _): "Another schedule of \(knob)"
      case .hold(let knob): "\(knob) held"
      case .release(let knob): "\(knob) released"
      case .perform(let action): action
      case .reshape(let curve, let change): "\(curve) \(reshaped(change))"
      case .undo: "Undo"
      case .redo: "Redo"
      }
    return text + soon(isRunning) + "."
  }

  static let noSchedule = "This run has no schedule to draw."
  static let noOtherSchedule = "There is no other schedule to draw."
  static let nothingDrawn = "Nothing is drawn: arrows choose and move points of the schedule."
  static let draftFirst = "Enter applies what was drawn, Esc drops it."
  static let draftDropped = "What was drawn is dropped."
  static let phasesStay = "It goes no further, or this quantity has no bypass."
  static func timeSteps(_ count: Int) -> String { "\(count) time steps in view." }
  static func sampleSet(_ count: Int) -> String {
    count == 1 ? "One sample." : "The mean of \(count) samples."
  }
  static let pointStays = "The point stays where it is."
  static func drawing(_ knob: Knob) -> String { "Keys draw the schedule of \(knob.title)." }
  static func preset(_ name: String) -> String { "\(name) from now on; Enter applies it." }
  static func point(_ draft: ScheduleDraft, steps: Double, stepsPerEpoch: Double, unit: String)
    -> String
  {
    let epoch = draft.place(of: draft.point) * steps / stepsPerEpoch
    let text =
      "\(draft.knob) point \(draft.selected + 1) of \(draft.points.count): \(unit) "
      + "\(Number.fixed(epoch, decimals: 1)), \(Figure.value(draft.point.value)), "
      + draft.interpolation.rawValue
    return draft.isPast ? text + " (past)" : text
  }

  static func phases(_ draft: ScheduleDraft) -> String {
    "\(draft.knob): bypass \(Figure.percent(draft.bypass)), hold \(Figure.percent(draft.hold))"
      + " of the run"
  }

  static func running(_ batches: Int) -> String {
    batches == 1 ? oneBatch : "\(batches) batches, then pause."
  }
  static let oneBatch = "One batch, then pause."
  static let toEndOfEpoch = "To the end of the epoch, then pause."

  /// `one notch down`, `3 notches up`.
  private static func notches(_ factor: Double, of notch: Double) -> String {
    let count = (log(factor) / log(notch)).magnitude.rounded()
    let direction = factor < 1 ? "down" : "up"
    return count > 1 && count < 1e6
      ? "\(Int(count)) notches \(direction)" : "one notch \(direction)"
  }

  private static func soon(_ isRunning: Bool) -> String { isRunning ? " after this batch" : "" }
}
