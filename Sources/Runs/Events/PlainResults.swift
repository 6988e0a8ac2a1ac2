import Engine

/// The tables at the end of a printed run: scores, what each site says in bits, operations
/// and energy.
struct PlainResults {
  let style: PlainStyle
  let sites: [StudySummary.Site]
  let width: Int
  /// What the scores with quantizers and without them are called.
  var regimeNames = (spiking: "spiking", nonSpiking: "non-spiking")
  /// The time that was simulated; `nil` where something else was done.
  var simulated: Double?
  /// What the scores were measured on.
  var title = "test"

  private static let split = "test"

  func lines(for conclusion: Conclusion, seconds: Double) -> [String] {
    let paint = isFailure(conclusion.outcome) ? style.failure : style.title
    let reason = conclusion.reason.isEmpty ? "" : ": \(conclusion.reason)"
    let done =
      simulated.map { "\(PlainText.significant($0, 9)) units of time" }
      ?? "\(conclusion.epochs) \(conclusion.epochs == 1 ? "epoch" : "epochs")"
    let verdict =
      "\(conclusion.outcome.rawValue) after \(done) and "
      + "\(PlainText.duration(seconds)) of work\(reason)"
    return [""] + PlainText.wrapped(verdict, to: width).map(paint) + tables(conclusion.metrics)
  }

  /// The tables of results with paths below the split, each after an empty line.
  func tables(_ readings: [Reading]) -> [String] {
    let metrics = Metrics(readings)
    let parts = [
      descents(readings), observables(readings),
      scores(metrics), bits(metrics), operations(metrics),
      energy(EnergyResults(readings, below: Self.split + ".")),
    ]
    return parts.filter { !$0.isEmpty }.flatMap { [""] + $0 }
  }

  private func isFailure(_ outcome: Conclusion.Outcome) -> Bool {
    outcome == .diverged || outcome == .failed
  }

  /// Results by path.
  private struct Metrics {
    let readings: [Reading]

    init(_ readings: [Reading]) { self.readings = readings }

    subscript(path: String) -> Double? {
      readings.first { $0.gauge == PlainResults.split + "." + path }?.last
    }

    /// Paths below `prefix` with their values.
    func below(_ prefix: String) -> [(name: String, value: Double)] {
      let start = PlainResults.split + "." + prefix + "."
      return readings.compactMap { reading in
        guard reading.gauge.hasPrefix(start) else { return nil }
        return (String(reading.gauge.dropFirst(start.count)), reading.last)
      }
    }
  }

  /// What the estimators of a theory study have come to.
  private func descents(_ readings: [Reading]) -> [String] {
    let value = { (path: String) in readings.first { $0.gauge == path }?.last }
    let names = readings.compactMap { reading -> String? in
      let parts = reading.gauge.split(separator: ".")
      return parts.count == 3 && parts[0] == "final" && parts[2] == "loss" ? String(parts[1]) : nil
    }
    guard !names.isEmpty else { return [] }
    let columns = [
      PlainColumn("loss", width: 10), PlainColumn("angle", width: 8),
      PlainColumn("increases", width: 9), PlainColumn("least |w|", width: 10),
    ]
    let fields = ["loss", "angle", "increases", "smallestNorm"]
    let row = { (name: String, cells: [String]) in
      PlainText.padded(name, to: 14)
        + zip(columns, cells).map { $0.cell($1) }.joined(separator: "  ")
    }
    return [style.title(row("", columns.map(\.title)))]
      + names.map { name in
        row(
          name,
          fields.map { value("final.\(name).\($0)").map { PlainText.significant($0) } ?? "-" })
      }
  }

  /// What was observed of a simulated network after its transient, beside what was to be expected
  /// where that is told as `observables.predicted.*`.
  private func observables(_ readings: [Reading]) -> [String] {
    let (all, predicted) = ("observables.", "observables.predicted.")
    var (ids, measured, expected): ([String], [String: Double], [String: Double]) = ([], [:], [:])
    for reading in readings where reading.gauge.hasPrefix(all) {
      let isExpected = reading.gauge.hasPrefix(predicted)
      let id = String(reading.gauge.dropFirst((isExpected ? predicted : all).count))
      if measured[id] == nil && expected[id] == nil { ids.append(id) }
      if isExpected { expected[id] = reading.last } else { measured[id] = reading.last }
    }
    guard !ids.isEmpty else { return [] }
    var columns = [PlainColumn("measured", width: 10)]
    if !expected.isEmpty { columns.append(PlainColumn("theory", width: 10)) }
    return [titles("observables", columns)]
      + ids.map { id in
        row(id, [measured[id], expected[id]].map { $0.map { PlainText.significant($0) } }, columns)
      }
  }

  private func scores(_ metrics: Metrics) -> [String] {
    guard regimes.contains(where: { metrics[$0.path + ".accuracy"] != nil }) else {
      return errors(metrics)
    }
    let columns = [
      PlainColumn("accuracy", width: 9), PlainColumn("spread", width: 8),
      PlainColumn("draws", width: 5), PlainColumn("loss", width: 7),
    ]
    let rows = regimes.compactMap { path, title -> String? in
      guard let score = metrics[path + ".accuracy"].map(PlainText.percent) else { return nil }
      return row(
        title,
        [
          score,
          metrics[path + ".spread"].map(PlainText.percent),
          metrics[path + ".draws"].map { PlainText.fixed($0, 0) },
          metrics[path + ".loss"].map { PlainText.fixed($0, 4) },
        ], columns)
    }
    return [titles(title, columns)] + rows
  }

  private var regimes: [(path: String, title: String)] {
    [("spiking", regimeNames.spiking), ("nonSpiking", regimeNames.nonSpiking)]
  }

  /// What stands in the place of the accuracy where values are told, as far as it was measured.
  private func errors(_ metrics: Metrics) -> [String] {
    let known = [("rmse", "rmse"), ("R^2", "r2"), ("loss", "loss")].filter { _, path in
      regimes.contains { metrics["\($0.path).\(path)"] != nil }
    }
    guard !known.isEmpty else { return [] }
    let columns = known.map { PlainColumn($0.0, width: 9) }
    let rows = regimes.compactMap { path, title -> String? in
      let cells = known.map { metrics["\(path).\($0.1)"].map { PlainText.significant($0) } }
      return cells.contains { $0 != nil } ? row(title, cells, columns) : nil
    }
    return [titles(title, columns)] + rows
  }

  /// One table, or one below another where there are more sites than stand side by side.
  private func bits(_ metrics: Metrics) -> [String] {
    let count = max(1, (width - Self.nameWidth) / (Self.siteWidth + PlainColumn.gap))
    return stride(from: 0, to: sites.count, by: count).flatMap { first in
      bits(metrics, of: sites[first..<min(first + count, sites.count)])
    }
  }

  private func bits(_ metrics: Metrics, of sites: ArraySlice<StudySummary.Site>) -> [String] {
    let columns = sites.map { PlainColumn($0.id, width: Self.siteWidth) }
    let rows = BitMetric.allCases.compactMap { metric -> String? in
      let values = sites.map { metrics["sites.\($0.id).\(metric.rawValue)"] }
      guard values.contains(where: { $0 != nil }) else { return nil }
      return row(metric.rawValue, values.map { $0.map { PlainText.fixed($0, 3) } }, columns)
    }
    return rows.isEmpty ? [] : [titles("per site", columns)] + rows
  }

  private func operations(_ metrics: Metrics) -> [String] {
    let column = PlainColumn("", width: 12)
    let rows = metrics.below("operations").map { name, value in
      row(name, [PlainText.significant(value, 9)], [column])
    }
    return rows.isEmpty ? [] : [style.title("operations per inference")] + rows
  }

  /// Width of the first column, which names the rows.
  private static let nameWidth = 22
  /// Width of the columns of sites.
  private static let siteWidth = 9

  func titles(_ name: String, _ columns: [PlainColumn]) -> String {
    style.title(row(name, columns.map(\.title), columns))
  }

  func row(_ name: String, _ cells: [String?], _ columns: [PlainColumn]) -> String {
    let gap = String(repeating: " ", count: PlainColumn.gap)
    let padded = zip(columns, cells).map { column, cell in column.cell(cell ?? "-") }
    return PlainText.padded(name, to: Self.nameWidth) + padded.map { gap + $0 }.joined()
  }
}
