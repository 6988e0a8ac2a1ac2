import Engine

/// The record of a run as the reports that it made, from any step on.
///
/// Rasters and the knobs' schedules are not in the record. Abandoned stretches are shown as such and
/// not played.
package struct Replay: Sendable {
  package let past: RunPast
  package let beginning: RunBeginning
  /// Steps that were recorded, rising, and the seconds of work when they were done.
  private let clock: StoredPoints
  /// Entries that were not abandoned, in their order.
  private let entries: [RunPast.Entry]

  /// `nil` where the record has no beginning.
  package init?(_ past: RunPast) {
    guard let beginning = past.beginning else { return nil }
    self.past = past
    self.beginning = beginning
    clock = past.columns[ReadingWriter.secondsGauge]?.points ?? StoredPoints()
    entries = past.entries.filter { !$0.isAbandoned }
  }

  /// The last step of the record.
  package var lastStep: Int { max(clock.last?.step ?? 0, entries.last?.step ?? 0) }

  /// Seconds of work at the end of the record.
  package var duration: Double { max(clock.last?.value ?? 0, entries.last?.seconds ?? 0) }

  /// The last step that was done after so many seconds of work.
  package func step(at seconds: Double) -> Int {
    guard seconds < duration else { return lastStep }
    let next = clock.firstIndex(from: 0) { $0.value > seconds }
    return next > 0 ? clock[next - 1].step : 0
  }

  package func seconds(at step: Int) -> Double {
    let next = clock.firstIndex(from: 0) { $0.step > step }
    return next > 0 ? clock[next - 1].value : 0
  }

  /// Everything up to a step at once.
  package func reports(upTo step: Int) -> [RunnerReport] {
    var begun = beginning
    begun.progress = progress(at: step)
    var reports: [RunnerReport] = [.began(begun), .recalled(past.upTo(step))]
    // All else is recalled.
    if let last = entries.last(where: { $0.step <= step }), case .ended = last.happening {
      reports += self.reports(of: last)
    }
    return reports
  }

  /// What happened after step `start`, up to step `end`, in its order.
  package func reports(after start: Int, upTo end: Int) -> [RunnerReport] {
    var reports: [RunnerReport] = []
    var positions = past.columns.mapValues { column in
      column.points.firstIndex(from: 0) { $0.step > start }
    }
    var index = clock.firstIndex(from: 0) { $0.step > start }
    var happened = entries.drop { $0.step <= start }
    while index < clock.count, clock[index].step <= end {
      let point = clock[index]
      while let entry = happened.first, entry.step < point.step {
        reports += self.reports(of: entry)
        happened.removeFirst()
      }
      reports.append(stepped(point, &positions))
      index += 1
    }
    for entry in happened.prefix(while: { $0.step <= end }) { reports += self.reports(of: entry) }
    return reports
  }

  private func stepped(
    _ point: StoredColumn.Point, _ positions: inout [String: Int]
  ) -> RunnerReport {
    var values: [Reading] = []
    for gauge in beginning.gauges {
      guard let points = past.columns[gauge.id]?.points, var next = positions[gauge.id] else {
        continue
      }
      var found: [Double] = []
      while next < points.count, points[next].step <= point.step {
        if points[next].step == point.step { found.append(points[next].value) }
        next += 1
      }
      positions[gauge.id] = next
      guard let last = found.last else { continue }
      values.append(
        Reading(
          gauge: gauge.id, last: last, minimum: found.min() ?? last, maximum: found.max() ?? last))
    }
    let progress = progress(at: point.step)
    let readings = Readings(
      epoch: progress.epoch + 1, step: point.step, samples: 0, values: values)
    return timed(.stepped(readings), seconds: point.value, progress)
  }

  private func reports(of entry: RunPast.Entry) -> [RunnerReport] {
    let progress = progress(at: entry.step)
    switch entry.happening {
    case .evaluated(let evaluation):
      return [timed(.evaluated(evaluation), seconds: entry.seconds, progress)]
    case .edited(let record): return [timed(.edited(record), seconds: entry.seconds, progress)]
    case .stability(let report):
      return [timed(.stability(report), seconds: entry.seconds, progress)]
    case .ended(let conclusion):
      return [timed(.ended(conclusion), seconds: entry.seconds, progress), .state(.ended)]
    case .saved, .resumed: return []
    }
  }

  private func timed(
    _ event: StudyEvent, seconds: Double, _ progress: StudyProgress
  ) -> RunnerReport {
    .event(
      TimedEvent(seconds: seconds, samplesPerSecond: 0, progress: progress, event: event))
  }

  private func progress(at step: Int) -> StudyProgress {
    var progress = beginning.progress
    progress.step = step
    progress.epoch = step / max(progress.stepsPerEpoch, 1)
    return progress
  }
}

extension RunPast {
  /// The record as it was when a step had been done.
  func upTo(_ step: Int) -> RunPast {
    var past = self
    past.columns = columns.mapValues { column in
      var column = column
      column.tellOnly(upTo: step)
      return column
    }
    past.entries = entries.filter { $0.isAbandoned || $0.step <= step }
    return past
  }
}
