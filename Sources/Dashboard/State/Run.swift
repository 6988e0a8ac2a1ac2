package import Engine
import Runs

/// What the dashboard knows of the run beside its curves.
package struct Run: Sendable, Equatable {
  /// How far the run has come in its life, as shown in the header.
  package enum Phase: Sendable, Equatable {
    case preparing, training, paused, evaluating, stopping, ended, failed
  }

  package internal(set) var summary: StudySummary?
  package internal(set) var progress: StudyProgress?
  package internal(set) var knobs: [Knob] = []
  package internal(set) var phase: Phase = .preparing
  /// The evaluation going on, if one is.
  package internal(set) var evaluation: EvaluationProgress?
  package internal(set) var conclusion: Conclusion?
  /// The last results of an evaluation.
  package internal(set) var lastEvaluation: Evaluation?
  /// Why the run could not be made or could not go on.
  package internal(set) var failure: String?
  /// Seconds of work, pauses not counted.
  package internal(set) var seconds = 0.0
  package internal(set) var samplesPerSecond = 0.0
  /// When the last checkpoint was written, on the dashboard's clock.
  package internal(set) var savedAt: Double?
  package internal(set) var savedPath: String?
  /// The steps done when it was.
  var savedStep: Int?
  var pace = Pace()

  /// Whether nothing will happen any more.
  package var isOver: Bool { phase == .ended || phase == .failed }

  /// Whether all that was trained is on the disk.
  var isSaved: Bool { savedStep != nil && savedStep == progress?.step }

  /// Seconds of work left at the recent pace, `nil` until there is one.
  package var remaining: Double? {
    guard let progress, !isOver, let secondsPerStep = pace.secondsPerStep else { return nil }
    return Double(max(0, progress.steps - progress.step)) * secondsPerStep
  }

  /// Samples in a batch, as the run says or as it shows in the counts; at least 1.
  var batchSize: Int {
    if let batch = summary?.batch { return max(1, batch) }
    guard let progress, progress.step > 0 else { return 1 }
    return max(1, (progress.samples + progress.step - 1) / progress.step)
  }

  var sites: [StudySummary.Site] { summary?.sites ?? [] }

  /// The knobs that turn the resolutions w, with their journals, in the order of the sites.
  var resolutions: [ScheduledKnob] { knobs.compactMap(ScheduledKnob.init).filter(\.isResolution) }

  /// The knob of the learning rate.
  var learningRate: ScheduledKnob? {
    knobs.lazy.compactMap(ScheduledKnob.init).first { $0.knob.id == "learningRate" }
  }

  /// The knob of the coupling of a network that is simulated.
  var coupling: ScheduledKnob? {
    knobs.lazy.compactMap(ScheduledKnob.init).first { $0.knob.id == InhibitoryKnobs.coupling }
  }

  /// The multiplier of a site's resolution at the present step.
  func scale(of site: String?) -> Double? {
    guard let site else { return nil }
    return knobs.lazy.compactMap(ScheduledKnob.init).first { $0.knob.id == "site.\(site).scale" }?
      .journal.value(at: progress?.step ?? 0)
  }

  mutating func note(_ event: TimedEvent) {
    seconds = event.seconds
    samplesPerSecond = event.samplesPerSecond
    progress = event.progress
    pace.note(seconds: event.seconds, step: event.progress.step)
  }
}

/// A knob whose quantity follows a schedule.
struct ScheduledKnob: Sendable, Equatable {
  let knob: Knob
  let journal: ScheduleJournal

  init?(_ knob: Knob) {
    guard case .schedule(let journal, _) = knob.kind else { return nil }
    self.knob = knob
    self.journal = journal
  }

  /// Whether the quantity is the resolution w of a site.
  var isResolution: Bool { knob.id.hasPrefix("w.") }
}

/// The recent speed of a run, from which the remaining time is estimated.
struct Pace: Sendable, Equatable {
  private struct Mark: Sendable, Equatable {
    var seconds: Double
    var step: Int
  }

  /// Least seconds between two marks, and how many marks are kept: about the last 12 seconds, so
  /// that a validation now and then is in the mean.
  private static let spacing = 0.5
  private static let capacity = 24

  private var marks: [Mark] = []
  private var latest: Mark?

  mutating func note(seconds: Double, step: Int) {
    let mark = Mark(seconds: seconds, step: step)
    latest = mark
    guard let last = marks.last else {
      marks = [mark]
      return
    }
    guard seconds - last.seconds >= Self.spacing else { return }
    marks.append(mark)
    if marks.count > Self.capacity { marks.removeFirst() }
  }

  /// `nil` until half a second of work has been seen.
  var secondsPerStep: Double? {
    guard let first = marks.first, let latest, latest.step > first.step,
      latest.seconds - first.seconds >= Self.spacing
    else { return nil }
    return (latest.seconds - first.seconds) / Double(latest.step - first.step)
  }
}
