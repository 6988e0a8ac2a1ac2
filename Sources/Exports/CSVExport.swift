import Engine
import Foundation
package import Runs

/// The record of a run as tables of comma-separated values (RFC 4180), a line at a time.
///
/// The table of readings has a row for each step with `step`, `epoch`, `seconds` and `branch`, and a
/// column for each gauge, empty where it has no value. Branch 0 is the run as it stands, 1 and so on
/// what it left behind when it went back to a checkpoint.
package struct CSVExport {
  private let past: RunPast
  private let gauges: [String]
  /// Share that a smoothed column keeps of its last value; `nil` for no such columns.
  private let smoothing: Double?

  package init(_ past: RunPast, smoothing: Double? = nil) {
    self.past = past
    self.smoothing = smoothing
    let known = past.beginning?.gauges.map(\.id) ?? []
    let stored = past.columns.keys.filter { $0 != ReadingWriter.secondsGauge }
    gauges = known.filter(stored.contains) + stored.filter { !known.contains($0) }.sorted()
  }

  // MARK: Readings

  package func writeReadings(_ write: (String) throws -> Void) throws {
    var head = ["step", "epoch", "seconds", "branch"]
    for gauge in gauges {
      head.append(gauge)
      if smoothing != nil { head.append(gauge + ".smooth") }
    }
    try write(Self.line(head))
    try writeRows(branch: 0, past.columns.mapValues(\.points), write)
    for (index, branch) in branches.enumerated() {
      try writeRows(branch: index + 1, branch, write)
    }
  }

  /// The stretches that were left, each with what all gauges have of it.
  private var branches: [[String: StoredPoints]] {
    var places: [[Int]] = []
    var branches: [[String: StoredPoints]] = []
    for (gauge, column) in past.columns.sorted(by: { $0.key < $1.key }) {
      var counts: [Int: Int] = [:]
      for branch in column.abandoned {
        // Several may go back to one step; a gauge without values in one lacks it.
        counts[branch.resumedAt, default: 0] += 1
        let place = [branch.resumedAt, counts[branch.resumedAt] ?? 1]
        let index = places.firstIndex(of: place) ?? places.count
        if index == places.count {
          places.append(place)
          branches.append([:])
        }
        branches[index][gauge] = branch.points
      }
    }
    return branches
  }

  private func writeRows(
    branch: Int, _ columns: [String: StoredPoints], _ write: (String) throws -> Void
  ) throws {
    guard let clock = columns[ReadingWriter.secondsGauge] else { return }
    let stepsPerEpoch = max(past.beginning?.progress.stepsPerEpoch ?? 1, 1)
    var positions = [Int](repeating: 0, count: gauges.count)
    var averages = gauges.map { _ in MovingAverage(keeping: smoothing ?? 0) }
    for point in clock {
      var row = [
        "\(point.step)", "\((point.step - 1) / stepsPerEpoch + 1)", Self.text(point.value),
        "\(branch)",
      ]
      for (index, gauge) in gauges.enumerated() {
        let points = columns[gauge] ?? StoredPoints()
        var value: Double?
        while positions[index] < points.count, points[positions[index]].step <= point.step {
          if points[positions[index]].step == point.step { value = points[positions[index]].value }
          positions[index] += 1
        }
        row.append(value.map(Self.text) ?? "")
        guard smoothing != nil else { continue }
        row.append(value.map { Self.text(averages[index].add($0)) } ?? "")
      }
      try write(Self.line(row))
    }
  }

  // MARK: Results

  /// A row for each evaluation that was not abandoned, with a column for each metric.
  package func writeEvaluations(_ write: (String) throws -> Void) throws {
    var evaluations: [(Evaluation, Double)] = []
    for entry in past.entries where !entry.isAbandoned {
      if case .evaluated(let evaluation) = entry.happening {
        evaluations.append((evaluation, entry.seconds))
      }
    }
    let metrics = Set(evaluations.flatMap { $0.0.metrics.map(\.gauge) }).sorted()
    try write(Self.line(["step", "epoch", "seconds", "split"] + metrics))
    for (evaluation, seconds) in evaluations {
      let head = [
        "\(evaluation.step)", "\(evaluation.epoch)", Self.text(seconds), evaluation.split.rawValue,
      ]
      try write(Self.line(head + metrics.map { evaluation[$0].map(Self.text) ?? "" }))
    }
  }

  /// The shortest text that reads as the same number; words as pandas and R know them.
  private static func text(_ value: Double) -> String {
    value.isNaN ? "nan" : value.isInfinite ? (value > 0 ? "inf" : "-inf") : "\(value)"
  }

  static func line(_ fields: [String]) -> String {
    fields.map { field in
      field.contains { $0 == "," || $0 == "\"" || $0.isNewline }
        ? "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : field
    }.joined(separator: ",") + "\r\n"
  }
}

/// An exponential moving average that is right from its start, as TensorBoard shows it.
struct MovingAverage {
  private let keep: Double
  private var sum = 0.0
  private var weight = 0.0

  init(keeping keep: Double) { self.keep = keep }

  /// Values that are not finite are passed on and left out.
  mutating func add(_ value: Double) -> Double {
    guard value.isFinite else { return value }
    sum = keep * sum + (1 - keep) * value
    weight = keep * weight + (1 - keep)
    return sum / weight
  }
}
