import Engine
import Foundation

/// Follows the record of a run that another process writes: what has been added since the last look.
package final class RunTail {
  private struct Column {
    var offset: off_t = 0
    /// Points that were read and not told yet.
    var points: [StoredColumn.Point] = []
  }

  /// What was there at the first look.
  package private(set) var past: RunPast
  package let beginning: RunBeginning
  private let folder: String
  private var eventsOffset: off_t = 0
  private var splitter = LineSplitter(longest: 16 << 20)
  private var columns: [String: Column] = [:]
  /// The last step that was told, and the last that all columns had at the last look.
  private var toldStep: Int
  private var safeStep: Int
  private var seconds = 0.0
  /// The last test of stability, as far as it has come.
  private var stability: StabilityReport?
  /// Events that wait for the readings of their step.
  private var waiting: [StoredEvent] = []

  /// - Throws: ``RunError/noRecord(folder:)``, ``FileError``
  package init(run folder: String) throws {
    self.folder = folder
    // Sizes of columns first: what is added meanwhile is read twice rather than never.
    var sizes: [String: off_t] = [:]
    for gauge in StoredReadings(run: folder).gauges {
      sizes[gauge] = Self.size(StoredReadings.path(ofGauge: gauge, in: folder))
    }
    past = try RunPast(run: folder)
    eventsOffset = past.eventsSize
    guard let beginning = past.beginning else { throw RunError.noRecord(folder: folder) }
    toldStep = past.columns[ReadingWriter.secondsGauge]?.points.last?.step ?? 0
    seconds = past.seconds(at: toldStep)
    safeStep = toldStep
    self.beginning = beginning
    stability = past.stability
    // What the other columns have gained meanwhile is read again and told then.
    for gauge in past.columns.keys {
      past.columns[gauge]?.tellOnly(upTo: toldStep)
    }
    for (gauge, size) in sizes {
      let record = off_t(ReadingColumn.recordSize)
      columns[gauge] = Column(offset: size - size % record)
    }
  }

  /// Everything that was there at the first look.
  package var opening: [RunnerReport] {
    var begun = beginning
    begun.progress = progress(at: toldStep)
    return [.began(begun), .recalled(past)]
  }

  /// What was added since the last look, as reports in their order.
  package func look() -> [RunnerReport] {
    readEvents()
    // The writer writes one column after the other: a step is whole once the next look finds it.
    let upTo = safeStep
    let clock = read(ReadingWriter.secondsGauge)
    for gauge in beginning.gauges.map(\.id) { _ = read(gauge) }
    safeStep = clock.last?.step ?? safeStep
    return reports(upTo: upTo)
  }

  /// Reads what a column has gained; points of its own that were not told yet.
  private func read(_ gauge: String) -> [StoredColumn.Point] {
    var column = columns[gauge] ?? Column()
    defer { columns[gauge] = column }
    let descriptor = open(StoredReadings.path(ofGauge: gauge, in: folder), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return column.points }
    defer { close(descriptor) }
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = chunk.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress, $0.count, column.offset)
      }
      let whole = count - count % ReadingColumn.recordSize
      guard whole > 0 else { return column.points }
      chunk.withUnsafeBytes { bytes in
        for start in stride(from: 0, to: whole, by: ReadingColumn.recordSize) {
          guard case .reading(let step, let value)? = ReadingColumn.record(in: bytes, at: start),
            step > toldStep
          else { continue }
          column.points.append(.init(step: step, value: value))
        }
      }
      column.offset += off_t(whole)
    }
  }

  private func readEvents() {
    let descriptor = open(RunLocation.eventsFile(in: folder), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = chunk.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress, $0.count, eventsOffset)
      }
      guard count > 0 else { return }
      eventsOffset += off_t(count)
      splitter.add(chunk[..<count]) { line in
        guard let line, case .object(let object)? = try? JSONParser.parse(line),
          let event = StoredEvent(object)
        else { return }
        waiting.append(event)
      }
    }
  }

  private func reports(upTo step: Int) -> [RunnerReport] {
    var reports: [RunnerReport] = []
    let clock = columns[ReadingWriter.secondsGauge]?.points ?? []
    for point in clock where point.step > toldStep && point.step <= step {
      reports += events(before: point.step)
      reports.append(stepped(point))
      (toldStep, seconds) = (point.step, point.value)
    }
    columns[ReadingWriter.secondsGauge]?.points.removeAll { $0.step <= toldStep }
    return reports + events(before: toldStep + 1)
  }

  private func stepped(_ point: StoredColumn.Point) -> RunnerReport {
    var values: [Reading] = []
    for gauge in beginning.gauges {
      guard var column = columns[gauge.id] else { continue }
      let found = column.points.prefix { $0.step <= point.step }.filter { $0.step == point.step }
      column.points.removeFirst(column.points.prefix { $0.step <= point.step }.count)
      columns[gauge.id] = column
      guard let last = found.last?.value else { continue }
      let all = found.map(\.value)
      values.append(
        Reading(
          gauge: gauge.id, last: last, minimum: all.min() ?? last, maximum: all.max() ?? last))
    }
    let progress = progress(at: point.step)
    return timed(
      .stepped(Readings(epoch: progress.epoch + 1, step: point.step, samples: 0, values: values)),
      seconds: point.value, at: point.step)
  }

  /// The events that happened before a step was done; an end comes after everything.
  private func events(before step: Int) -> [RunnerReport] {
    var reports: [RunnerReport] = []
    while let event = waiting.first {
      let place =
        event.evaluation?.step ?? event.edit?.step ?? event.count("trained")
        ?? event.count("step")
      if let place, place >= step { break }
      // An end, which has no step, waits for the readings that were written before it.
      if place == nil, event.name == "ended",
        columns[ReadingWriter.secondsGauge]?.points.isEmpty == false
      {
        break
      }
      waiting.removeFirst()
      let seconds = event.number("seconds") ?? seconds
      if let evaluation = event.evaluation {
        reports.append(timed(.evaluated(evaluation), seconds: seconds, at: evaluation.step))
      } else if let record = event.edit {
        reports.append(timed(.edited(record), seconds: seconds, at: record.step))
      } else if let report = event.stability(after: stability) {
        stability = report
        reports.append(
          timed(.stability(report), seconds: seconds, at: max(toldStep, report.step)))
      } else if let conclusion = event.conclusion {
        reports.append(timed(.ended(conclusion), seconds: seconds, at: toldStep))
        reports.append(.state(.ended))
      } else if let path = event.text("checkpoint"), event.name == "saved" {
        let reason = event.text("reason").flatMap(SaveReason.init) ?? .interval
        reports.append(.saved(path: folder + "/" + path, reason: reason))
      }
    }
    return reports
  }

  private func timed(_ event: StudyEvent, seconds: Double, at step: Int) -> RunnerReport {
    .event(
      TimedEvent(
        seconds: seconds, samplesPerSecond: 0, progress: progress(at: step), event: event))
  }

  private func progress(at step: Int) -> StudyProgress {
    var progress = beginning.progress
    progress.step = step
    progress.epoch = step / max(progress.stepsPerEpoch, 1)
    return progress
  }

  private static func size(_ path: String) -> off_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_size : 0
  }
}
