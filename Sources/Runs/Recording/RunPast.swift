package import Engine
import Foundation

/// What was recorded of a run before: its curves, results and edits.
package struct RunPast: Sendable, Equatable {
  /// A checkpoint that was written.
  package struct Saved: Sendable, Equatable {
    package var step: Int
    package var reason: SaveReason
    /// The validation score that it was written for.
    package var score: Double?
  }

  /// An event that is told again.
  package enum Happening: Sendable, Equatable {
    case evaluated(Evaluation)
    case edited(EditRecord)
    /// A test of stability, as far as it had come.
    case stability(StabilityReport)
    case saved(step: Int, reason: SaveReason)
    case resumed(step: Int)
    case ended(Conclusion)

    /// Whether it is a checkpoint of that step.
    func isSave(of step: Int) -> Bool {
      if case .saved(step, _) = self { true } else { false }
    }
  }

  package struct Entry: Sendable, Equatable {
    package var seconds: Double
    /// Steps done when it happened.
    package var step: Int
    package var happening: Happening
    /// Whether the run went back behind it later.
    package var isAbandoned = false
  }

  /// The folder of the run.
  package let folder: String
  /// The first report, without what was before.
  package private(set) var beginning: RunBeginning?
  /// Steps of the whole run.
  package var steps: Int { beginning?.progress.steps ?? 1 }
  /// The curves by gauge.
  package internal(set) var columns: [String: StoredColumn] = [:]
  package internal(set) var entries: [Entry] = []
  /// Checkpoints that were written, the oldest first; some may have been deleted since.
  package private(set) var saved: [Saved] = []
  /// Lines and readings that were skipped because they were damaged.
  package private(set) var damaged = 0
  /// Bytes of the file of events that were read.
  private(set) var eventsSize: off_t = 0

  /// Reads what the folder of a run holds.
  ///
  /// - Parameter step: where the run goes on now; `nil` for the run as it stands
  package init(run folder: String, goingOnAt step: Int? = nil) throws(FileError) {
    self.folder = folder
    let stored = try StoredEvents.read(run: folder)
    (damaged, eventsSize) = (stored.damaged, stored.size)
    for event in stored.events { add(event) }
    let readings = StoredReadings(run: folder)
    // The seconds first: in a run that goes on no other column ends before them.
    let others = readings.gauges.filter { $0 != ReadingWriter.secondsGauge }
    for gauge in readings.gauges.filter({ !others.contains($0) }) + others {
      var column = try readings.column(of: gauge)
      damaged += column.damaged
      if let step { column.goBack(to: step) }
      columns[gauge] = column
    }
    if let step { goBack(to: step) }
  }

  /// How the run ended, if it has and did not go on since.
  package var conclusion: Conclusion? {
    for entry in entries.reversed() where !entry.isAbandoned {
      if case .ended(let conclusion) = entry.happening { return conclusion }
    }
    return nil
  }

  /// Whether all epochs were done and nothing is left to go on with.
  package var isCompleted: Bool {
    // An end is abandoned as soon as the run goes on, which is what is asked here.
    var isCompleted = false
    for entry in entries.reversed() {
      switch entry.happening {
      case .ended(let conclusion):
        guard conclusion.outcome == .completed else { return false }
        isCompleted = true
      // Without the checkpoint of its end, as where the disk was full, it goes on from the last one.
      case .saved(_, reason: .end): return isCompleted
      case .resumed: return false
      case .evaluated, .edited, .stability, .saved: break
      }
    }
    return false
  }

  /// Seconds of work when a step was done.
  package func seconds(at step: Int) -> Double {
    guard let points = columns[ReadingWriter.secondsGauge]?.points else { return 0 }
    let next = points.firstIndex(from: 0) { $0.step > step }
    return next > 0 ? points[next - 1].value : 0
  }

  /// The last test of stability, whatever became of it.
  package var stability: StabilityReport? {
    for entry in entries.reversed() {
      if case .stability(let report) = entry.happening { return report }
    }
    return nil
  }

  private mutating func add(_ event: StoredEvent) {
    switch event.name {
    case "began":
      // A folder that was made again begins again.
      if beginning == nil { beginning = event.beginning }
    case "resumed":
      guard let step = event.count("step") else { return }
      goBack(to: step)
      note(.resumed(step: step), event, step)
    case "evaluated":
      if let evaluation = event.evaluation { note(.evaluated(evaluation), event, evaluation.step) }
    case "edited":
      if let record = event.edit { note(.edited(record), event, record.step) }
    case "stability":
      guard let report = event.stability(after: stability) else { return }
      note(.stability(report), event, event.count("trained") ?? report.step)
    case "saved":
      guard let step = event.count("step"),
        let reason = event.text("reason").flatMap(SaveReason.init)
      else { return }
      saved.append(Saved(step: step, reason: reason, score: event.number("score")))
      note(.saved(step: step, reason: reason), event, step)
    case "ended":
      if let conclusion = event.conclusion {
        note(.ended(conclusion), event, entries.last?.step ?? 0)
      }
    default: break
    }
  }

  private mutating func note(_ happening: Happening, _ event: StoredEvent, _ step: Int) {
    entries.append(
      Entry(
        seconds: event.number("seconds") ?? entries.last?.seconds ?? 0, step: step,
        happening: happening))
  }

  /// What came after the checkpoint of a step is abandoned, and so is an end: the run goes on.
  private mutating func goBack(to step: Int) {
    // What happened at its own step, but after it was written, happens again.
    let written = entries.lastIndex { $0.happening.isSave(of: step) } ?? entries.endIndex
    for index in entries.indices {
      switch entries[index].happening {
      case .resumed: break
      case .ended: entries[index].isAbandoned = true
      case .evaluated, .edited, .stability, .saved:
        let isLater = entries[index].step == step && index > written
        if entries[index].step > step || isLater { entries[index].isAbandoned = true }
      }
    }
  }
}
