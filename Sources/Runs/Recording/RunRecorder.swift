package import Engine
package import Foundation

/// Keeps a run in its folder while it goes on: events, readings and when to save a checkpoint.
///
/// Used on the thread of the study. Nothing here ends a run: what cannot be written waits in
/// memory and is tried again, and ``takeNotice()`` says when that begins and ends.
package final class RunRecorder {
  /// Where a run comes from.
  package enum Origin: Sendable, Equatable {
    case new
    /// It goes on from a checkpoint of its own.
    case resumed(step: Int, epoch: Int, checkpoint: String)
    /// It goes on from a checkpoint of another run, whose name or folder is given.
    case forked(parent: String, step: Int)
  }

  package enum Notice: Sendable, Equatable {
    case failed(FileError)
    /// Everything that waited has been written; so many readings and events were given up.
    case recovered(lost: Int)
  }

  private let folder: RunFolder
  private let origin: Origin
  private let rules: SavingRules
  private let date: @Sendable () -> Date
  private var encoder: EventEncoder
  private var events: EventFile?
  private var readings: ReadingWriter?
  /// Lines that were not written yet, the oldest first.
  private var waiting: [String] = []
  /// The first line, for a folder that has to be made again.
  private var beginning = ""
  private var trouble: FileError?
  /// Lines that were given up, and all that was when it was last told.
  private var (lostLines, toldLost) = (0, 0)
  private var notice: Notice?
  private var toldFolder: String?
  private var nextFlush = Duration.zero
  private var lastSave = Duration.zero
  private var shelf: CheckpointShelf
  private var scores = BestScores()
  /// What was recorded of the run that this one was forked from.
  private var inherited: RunPast?

  private static let flushInterval = Duration.seconds(1)
  private static let retryInterval = Duration.seconds(5)
  /// Most lines that wait for a disk; older ones are given up.
  private static let mostWaiting = 100_000

  /// - Parameter past: what was recorded before, of a run that goes on
  package init(
    _ folder: RunFolder, encoder: EventEncoder, origin: Origin = .new, past: RunPast? = nil,
    rules: SavingRules = SavingRules(), date: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.folder = folder
    self.encoder = encoder
    self.origin = origin
    self.rules = rules
    self.date = date
    shelf = CheckpointShelf(newest: rules.newest, steps: 1)
    if case .forked = origin { inherited = past }
    guard case .resumed(let step, _, _) = origin, let past else { return }
    scores = BestScores(past.saved.filter { $0.step <= step })
    shelf = CheckpointShelf(newest: rules.newest, steps: past.steps)
    // A process that was killed may not have come to note its last checkpoint.
    let noted = Set(past.saved.map(\.step))
    let found = folder.path.flatMap { try? StoredRun(folder: $0) }?.checkpoints ?? []
    let unnoted = found.filter { !noted.contains($0.step) }.map {
      RunPast.Saved(step: $0.step, reason: .interval, score: nil)
    }
    for saved in (past.saved + unnoted).sorted(by: { $0.step < $1.step }) {
      shelf.add(step: saved.step, reason: saved.reason)
    }
    shelf.goBack(to: step)
  }

  // MARK: What happens

  package func begin(_ begun: RunBeginning, at time: Duration) {
    lastSave = time
    guard var object = encoder.object(for: .began(begun)) else { return }
    RunBeginning.describe(begun, in: &object)
    if case .resumed(let step, let epoch, let checkpoint) = origin {
      prepareReadings { $0.resume(at: step) }
      // For a folder that has to be made again.
      beginning = line(object)
      var resumed = EventEncoder.event("resumed")
      resumed["step"] = .integer(step)
      resumed["epoch"] = .integer(epoch)
      resumed["checkpoint"] = .string(checkpoint)
      append(resumed)
    } else {
      shelf = CheckpointShelf(newest: rules.newest, steps: begun.progress.steps)
      if case .forked(let parent, let step) = origin {
        var from = JSONObject()
        from["run"] = .string(parent)
        from["step"] = .integer(step)
        object["parent"] = .object(from)
      }
      append(object)
      beginning = waiting.last ?? ""
      inherit()
    }
    flush(at: time)
  }

  /// The curves and results of the run that this one was forked from, up to there, become its own:
  /// it can then be shown without the other.
  private func inherit() {
    guard let past = inherited else { return }
    inherited = nil
    prepareReadings { writer in
      // One column after the other, so that a long record need not wait in memory.
      writer.folder = (try? folder.prepare()).map(RunLocation.readingsFolder) ?? writer.folder
      for (gauge, column) in past.columns {
        writer.append(column.points, of: gauge)
        try? writer.flush()
      }
    }
    for entry in past.entries where !entry.isAbandoned {
      guard case .evaluated(let evaluation) = entry.happening else { continue }
      var object = EventEncoder.object(evaluated: evaluation)
      object["seconds"] = .number(entry.seconds)
      object["inherited"] = .bool(true)
      append(object)
    }
  }

  package func note(_ timed: TimedEvent, at time: Duration) {
    if case .stepped(let stepped) = timed.event {
      prepareReadings { $0.append(stepped, seconds: timed.seconds) }
    } else if var object = encoder.object(for: .event(timed)) {
      object["seconds"] = object["seconds"] ?? .number((timed.seconds * 1000).rounded() / 1000)
      append(object)
      // Between two attempts at a disk that fails events wait too.
      if trouble == nil { return flush(at: time) }
    }
    if time >= nextFlush { flush(at: time) }
  }

  /// The run could not go on.
  package func fail(_ reason: String, at time: Duration) {
    if let object = encoder.object(for: .failed(reason: reason)) { append(object) }
    flush(at: time)
  }

  // MARK: Saving

  /// Whether it is time for a checkpoint.
  package func isSaveDue(at time: Duration) -> Bool { time - lastSave >= rules.interval }

  /// Why a checkpoint is worth writing after an evaluation, if it is.
  package func reasonToSave(after evaluation: Evaluation, isAnnealed: Bool) -> SaveReason? {
    scores.reasonToSave(after: evaluation, isAnnealed: isAnnealed)
  }

  /// Writes what was recorded so far, and waits for the disk if that is wanted; a checkpoint is never
  /// ahead of it.
  package func synchronize(at time: Duration, waitsForDisk: Bool = true) {
    lastSave = time
    flush(at: time)
    guard trouble == nil, waitsForDisk else { return }
    do throws(FileError) {
      try readings?.synchronize()
      try events?.synchronize()
    } catch {
      fail(error, at: time)
    }
  }

  /// A checkpoint was written; those that are not to be kept are deleted.
  package func noteSaved(_ path: String, reason: SaveReason, step: Int, at time: Duration) {
    guard var object = encoder.object(for: .saved(path: path, reason: reason)) else { return }
    if let folder = folder.path, path.hasPrefix(folder + "/") {
      object["checkpoint"] = .string(String(path.dropFirst(folder.count + 1)))
    }
    object["score"] = scores.saved(reason).map(JSONValue.number)
    append(object)
    flush(at: time)
    shelf.add(step: step, reason: reason)
    guard let folder = folder.path else { return }
    for step in shelf.takeSuperfluous() {
      unlink(RunLocation.checkpointFile(in: folder, step: step))
    }
  }

  /// What has changed about writing since it was last asked.
  package func takeNotice() -> Notice? {
    defer { notice = nil }
    return notice
  }

  /// The folder that is written to, once it is there and has not been told yet.
  package func takeFolder() -> String? {
    guard let path = folder.path, path != toldFolder else { return nil }
    toldFolder = path
    return path
  }

  // MARK: Writing

  private func append(_ object: JSONObject) {
    // The beginning comes first and is never given up.
    if waiting.count >= Self.mostWaiting {
      waiting.remove(at: 1)
      lostLines += 1
    }
    waiting.append(line(object))
  }

  private func line(_ object: JSONObject) -> String {
    var object = object
    object["time"] = .string(Self.text(of: date()))
    return JSONValue.object(object).text
  }

  private func prepareReadings(_ work: (ReadingWriter) -> Void) {
    // Without a folder readings wait as if for a disk.
    let path = folder.path.map(RunLocation.readingsFolder)
    let writer = readings ?? ReadingWriter(folder: path ?? "")
    readings = writer
    work(writer)
  }

  private func flush(at time: Duration) {
    nextFlush = time + Self.flushInterval
    do throws(FileError) {
      try write()
      if trouble != nil {
        let lost = lostLines + (readings?.lost ?? 0)
        notice = .recovered(lost: lost - toldLost)
        toldLost = lost
      }
      trouble = nil
    } catch {
      fail(error, at: time)
    }
  }

  private func write() throws(FileError) {
    if !folder.isThere() { forgetFolder() }
    let path = try folder.prepare()
    let file = if let events { events } else { try EventFile(at: RunLocation.eventsFile(in: path)) }
    events = file
    while let line = waiting.first {
      try file.append(line)
      waiting.removeFirst()
    }
    readings?.folder = RunLocation.readingsFolder(in: path)
    try readings?.flush()
  }

  /// The folder has been deleted or moved away: what is to come goes into a new one.
  private func forgetFolder() {
    events = nil
    readings?.closeAll()
    if !beginning.isEmpty { waiting.insert(beginning, at: 0) }
  }

  private func fail(_ error: FileError, at time: Duration) {
    if trouble == nil { notice = .failed(error) }
    trouble = error
    nextFlush = time + Self.retryInterval
  }

  /// A moment as in RFC 3339, in universal time with milliseconds.
  private static func text(of date: Date) -> String {
    date.formatted(
      Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}
