import GRDB

extension RunIndex {
  /// The runs that a query means.
  ///
  /// - Throws: ``QueryError``, ``UnknownSortKey``
  package func list(_ query: RunQuery = RunQuery()) throws -> [RunRow] {
    try read { database in
      let statement = try ListStatement(query, keys: Self.keys(in: database))
      let rows = try IndexRows(database, sql: statement.sql, arguments: statement.arguments)
      var list: [RunRow] = []
      try rows.forEach { list.append(RunRow($0, values: statement.values)) }
      return list
    }
  }

  private static func keys(in database: Database) throws -> RunKeys {
    var keys: [String: [String: Int64]] = [:]
    try IndexRows(database, sql: "SELECT kind, name, id FROM keys").forEach { row in
      guard let kind = row.text(0), let name = row.text(1) else { return }
      keys[kind, default: [:]][name] = row.integer(2).map(Int64.init)
    }
    return RunKeys(
      metrics: keys[IndexWriter.KeyKind.metric.rawValue] ?? [:],
      settings: keys[IndexWriter.KeyKind.setting.rawValue] ?? [:])
  }
}

/// The statement of a query.
private struct ListStatement {
  private(set) var sql: String
  private(set) var arguments: [DatabaseValue] = []
  /// Names of the metrics and settings that follow the columns of each row.
  private(set) var values: [String] = []

  private static let columns = [
    "name", "folder", "experiment", "model", "seed", "parameters", "created", "ended", "state",
    "reason", "step", "steps", "epoch", "epochs", "seconds", "parent", "parentStep", "note",
    "tags", "best", "last", "test", "infinity", "bits", "trace",
  ]

  init(_ query: RunQuery, keys: RunKeys) throws {
    var compiler = QueryCompiler(text: query.condition ?? "", keys: keys)
    var condition: CompiledCondition?
    if let text = query.condition {
      condition = try compiler.condition(QueryExpression.parse(text))
    }
    values = compiler.named
    // In the order of an index of the table, or in that turned round.
    let direction = query.isReversed ? "ASC" : "DESC"
    var order = "runs.created \(direction), runs.id \(direction)"
    if let name = query.sort {
      guard let key = keys.key(name) else {
        throw UnknownSortKey(name: name, nearest: keys.nearest(to: name))
      }
      order =
        Self.order(key, isReversed: query.isReversed)
        + ", runs.created DESC, runs.id"
      switch key {
      case .metric, .setting: values = [name] + values.filter { $0 != name }
      case .column, .tag: break
      }
    }
    for name in query.shows where !values.contains(name) && keys.key(name) != nil {
      values.append(name)
    }
    var selected = Self.columns.map { "runs.\($0)" }
    for name in values {
      if let key = keys.key(name) { selected.append(Self.expression(key)) }
    }
    sql = "SELECT \(selected.joined(separator: ", ")) FROM runs"
    if let condition {
      sql += " WHERE \(condition.sql)"
      arguments = condition.arguments
    }
    sql += " ORDER BY \(order)"
    if let limit = query.limit {
      sql += " LIMIT ?"
      arguments.append(limit.databaseValue)
    }
  }

  /// The value of a key. What stands in it was made here: columns, and numbers of keys.
  private static func expression(_ key: RunKey) -> String {
    switch key {
    case .column(let column): "runs.\(column.rawValue)"
    case .tag: "runs.tags"
    case .metric(let number, let isBest):
      "(SELECT \(isBest ? "best" : "last") FROM metrics WHERE run = runs.id AND key = \(number))"
    case .setting(let number):
      "(SELECT value FROM settings WHERE run = runs.id AND key = \(number))"
    }
  }

  private static func order(_ key: RunKey, isReversed: Bool) -> String {
    let value = expression(key)
    let (rising, falling) = isReversed ? ("DESC", "ASC") : ("ASC", "DESC")
    switch key {
    case .column(let column) where column.contents == .text:
      return "\(value) IS NULL, \(value) COLLATE NOCASE \(rising)"
    case .tag: return "\(value) IS NULL, \(value) COLLATE NOCASE \(rising)"
    case .column, .metric: return "\(value) IS NULL, \(value) \(falling)"
    case .setting:
      return "\(value) IS NULL, typeof(\(value)) = 'text', "
        + "CASE WHEN typeof(\(value)) = 'text' THEN \(value) END \(rising), \(value) \(falling)"
    }
  }
}

extension RunRow {
  /// Columns in the order of ``ListStatement``.
  fileprivate convenience init(_ row: IndexRow, values names: [String]) {
    self.init(
      name: row.text(0) ?? "", folder: row.text(1) ?? "", experiment: row.text(2),
      model: row.text(3), seed: row.integer(4), parameters: row.integer(5), created: row.text(6),
      ended: row.text(7), state: RunState(rawValue: row.text(8) ?? "") ?? .unknown,
      reason: row.text(9), step: row.integer(10), steps: row.integer(11), epoch: row.integer(12),
      epochs: row.integer(13), seconds: row.number(14), parent: row.text(15),
      parentStep: row.integer(16), note: row.text(17),
      tags: row.text(18)?.split(separator: " ").map(String.init) ?? [],
      scores: RunSummary.Scores(
        best: row.number(19), last: row.number(20), test: row.number(21),
        infinity: row.number(22), bits: row.number(23)),
      trace: AccuracyTrace(row.text(24) ?? ""),
      values: names.enumerated().map { index, name in
        Value(name: name, value: row.value(Int32(25 + index)))
      })
  }
}
