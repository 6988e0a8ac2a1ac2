import Engine
import Terminal

/// Drawing a schedule by hand on the Schedule screen.
extension Dashboard {
  /// The quantities that follow schedules, as they are chosen one after the other.
  var scheduled: [ScheduledKnob] {
    run.resolutions + [run.learningRate, run.coupling].compactMap { $0 }
  }

  /// The one that is drawn, or would be.
  var chosenSchedule: ScheduledKnob? {
    let all = scheduled
    return all.isEmpty ? nil : all[min(max(scheduleIndex, 0), all.count - 1)]
  }

  mutating func performOnSchedule(_ action: Action) -> [Effect] {
    switch action {
    case .nextSchedule: chooseNextSchedule()
    case .applyDraft: return applyDraft()
    case .draft(let change): draft(change)
    default: break
    }
    return []
  }

  private mutating func chooseNextSchedule() {
    guard scheduled.count > 1 else {
      say(Sentence.noOtherSchedule)
      return
    }
    guard draft == nil else {
      say(Sentence.draftFirst)
      return
    }
    scheduleIndex = (min(scheduleIndex, scheduled.count - 1) + 1) % scheduled.count
    if let knob = chosenSchedule?.knob { say(Sentence.drawing(knob)) }
  }

  private mutating func draft(_ change: DraftChange) {
    guard canCommand(), var draft = draft ?? newDraft() else {
      if scheduled.isEmpty { say(Sentence.noSchedule) }
      return
    }
    let isDone: Bool
    switch change {
    case .select(let distance): isDone = draft.select(distance)
    case .turn(let notches): isDone = draft.turn(notches)
    case .move(let notches): isDone = draft.move(notches)
    case .add: isDone = draft.add()
    case .remove: isDone = draft.remove()
    case .interpolation:
      draft.nextInterpolation()
      isDone = true
    case .preset:
      let presets = ScheduleDraft.Preset.allCases
      draft.take(presets[draftPreset % presets.count])
      say(Sentence.preset(presets[draftPreset % presets.count].rawValue))
      draftPreset += 1
      self.draft = draft
      return
    case .bypass(let notches), .hold(let notches):
      if case .bypass = change {
        isDone = draft.lengthenBypass(notches)
      } else {
        isDone = draft.lengthenHold(notches)
      }
      self.draft = draft
      say(isDone ? Sentence.phases(draft) : Sentence.phasesStay)
      return
    case .set(let value):
      isDone = draft.set(value)
    }
    self.draft = draft
    say(
      isDone
        ? Sentence.point(
          draft, steps: wholeRun.upper, stepsPerEpoch: stepsPerEpoch,
          unit: simulatedAxisName ?? "epoch")
        : Sentence.pointStays)
  }

  private func newDraft() -> ScheduleDraft? {
    guard let chosen = chosenSchedule, case .schedule(_, let range) = chosen.knob.kind else {
      return nil
    }
    return ScheduleDraft(chosen, allowed: range, step: run.progress?.step ?? 0)
  }

  private mutating func applyDraft() -> [Effect] {
    guard let draft else {
      say(Sentence.nothingDrawn)
      return []
    }
    // It stays in view until the run has taken it.
    return perform(.edit(.schedule(knob: draft.knob, schedule: draft.schedule)))
  }
}

/// What a key does to a schedule that is drawn.
package enum DraftChange: Sendable, Equatable {
  case select(Int)
  case turn(Double)
  case move(Double)
  case add, remove, interpolation, preset
  /// Notches of a twentieth of the run.
  case bypass(Double)
  case hold(Double)
  case set(Double)
}
