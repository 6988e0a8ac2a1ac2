package import Engine

/// A sweep over resolutions as a table, row by row if need be, and as JSON.
package struct SweepText {
  private let sites: [String]
  private let columns: [(content: Content, column: PlainColumn)]
  private let sweep: ResolutionSweep

  /// What a column shows.
  private enum Content {
    case resolution(Int)
    case accuracy, spread, loss, events
    case metric(BitMetric, site: String)
  }

  /// Metrics of every site in the table, with their titles and how soon they are left out.
  private static let metrics: [(BitMetric, String, PlainColumn.Weight)] = [
    (.bitsRange, "bits", .needed), (.bitsEntropy, "entropy", .extra),
    (.significantBits, "sig", .useful), (.zeroFraction, "zero", .useful),
  ]

  /// `sweep` may have no rows yet; the columns follow from its sites.
  package init(_ sweep: ResolutionSweep, width: Int) {
    self.sweep = sweep
    sites = sweep.sites
    var columns: [(Content, PlainColumn)] = sites.enumerated().map {
      (.resolution($0), PlainColumn("w \($1)", width: 6))
    }
    columns += [
      (.accuracy, PlainColumn("accuracy", width: 8)), (.spread, PlainColumn("spread", width: 7)),
      (.loss, PlainColumn("loss", width: 7, weight: .extra)),
    ]
    for (metric, title, weight) in Self.metrics {
      columns += sites.map { site in
        (
          .metric(metric, site: site),
          PlainColumn("\(title) \(site)", width: 5, weight: weight)
        )
      }
    }
    columns.append((.events, PlainColumn("events", width: 8, weight: .useful)))
    let kept = Set(PlainColumn.fitting(columns.map(\.1), into: width - 2).map(\.title))
    self.columns = columns.filter { kept.contains($0.1.title) }
  }

  /// The whole sweep with a title.
  package var table: [String] {
    ["", heading, titles] + sweep.rows.map { row($0) }
  }

  package var heading: String {
    "w sweep at step \(sweep.step), \(sweep.samples) samples of the \(sweep.split.rawValue) part, "
      + "\(sweep.swept.joined(separator: ", ")) varied (* as trained)"
  }

  package var titles: String { "  " + joined(columns.map { $0.column.cell($0.column.title) }) }

  package func row(_ row: ResolutionSweep.Row) -> String {
    let cells = columns.map { $0.column.cell(text(of: $0.content, row) ?? "-") }
    return (row.isTrained ? "* " : "  ") + joined(cells)
  }

  private func joined(_ cells: [String]) -> String {
    cells.joined(separator: String(repeating: " ", count: PlainColumn.gap))
  }

  private func text(of content: Content, _ row: ResolutionSweep.Row) -> String? {
    switch content {
    case .resolution(let index):
      return PlainText.significant(row.resolutions[index])
    case .accuracy: return row.accuracy.map(PlainText.percent)
    case .spread: return row.spread.map(PlainText.percent)
    case .loss: return row.loss.map { PlainText.fixed($0, 4) }
    case .events: return row["operations.events"].map { PlainText.fixed($0, 0) }
    case .metric(let metric, let site):
      return row["sites.\(site).\(metric.rawValue)"].map { PlainText.fixed($0, 3) }
    }
  }

  // MARK: JSON

  /// The sweep as the event `swept`.
  static func event(_ sweep: ResolutionSweep) -> JSONObject {
    var object = head("swept", sweep)
    object["rows"] = .array(sweep.rows.map { .object(members(of: $0, sweep, in: JSONObject())) })
    return object
  }

  /// A row as an object of its own.
  package static func line(_ row: ResolutionSweep.Row, of sweep: ResolutionSweep) -> String {
    JSONValue.object(members(of: row, sweep, in: head("sweepPoint", sweep))).text
  }

  private static func head(_ event: String, _ sweep: ResolutionSweep) -> JSONObject {
    var object = EventEncoder.event(event)
    object["epoch"] = .integer(sweep.epoch)
    object["step"] = .integer(sweep.step)
    object["split"] = .string(sweep.split.rawValue)
    object["samples"] = .integer(sweep.samples)
    object["swept"] = .array(sweep.swept.map(JSONValue.string))
    return object
  }

  private static func members(
    of row: ResolutionSweep.Row, _ sweep: ResolutionSweep, in object: JSONObject
  ) -> JSONObject {
    var object = object
    var resolutions = JSONObject()
    for (site, w) in zip(sweep.sites, row.resolutions) { resolutions[site] = .number(w) }
    object["w"] = .object(resolutions)
    object["trained"] = .bool(row.isTrained)
    for member in EventEncoder.nested(row.metrics).members { object[member.key] = member.value }
    return object
  }
}
