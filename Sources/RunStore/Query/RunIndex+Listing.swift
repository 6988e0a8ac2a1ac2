import GRDB

extension RunIndex {
  /// The runs that a query means.
  ///
  /// - Throws: ``QueryError``, ``UnknownSortKey``
  package func list(_ query: RunQuery = RunQuery()) throws -> [RunRow] {
    try read { database in
      let statement = try ListStatement(query, keys: Self.keys(in: database))
      let rows = try Row.fetchCursor(
        database, sql: statement.sql, arguments: StatementArguments(statement.arguments))
      var list: [RunRow] = []
      while let row = try rows.next() { list.append(RunRow(row, values: statement.values)) }
      return list
    }
  }

  private static func keys(in database: Database) throws -> RunKeys {
    var keys: [String: [String: Int64]] = [:]
    let rows = try Row.fetchCursor(database, sql: "SELECT kind, name, id FROM keys")
    while let row = try rows.next() {
      guard let kind: String = row.read(0), let name: String = row.read(1) else { continue }
      keys[kind, default: [:]][name] = row.read(2)
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
    "tags", "best", "last", "test", "infinity", "bits",
  ]

  init(_ query: RunQuery, keys: RunKeys) throws {
    var compiler = QueryCompiler(text: query.condition ?? "", keys: keys)
    var condition: CompiledCondition?
    if let text = query.condition {
      condition = try compiler.condition(QueryExpression.parse(text))
    }
    values = compiler.named
    var order = "created \(query.isReversed ? "ASC" : "DESC")"
    if let name = query.sort {
      guard let key = keys.key(name) else {
        throw UnknownSortKey(name: name, nearest: keys.nearest(to: name))
      }
      order = Self.order(key, isReversed: query.isReversed) + ", " + "created DESC"
      switch key {
      case .metric, .setting: values = [name] + values.filter { $0 != name }
      case .column, .tag: break
      }
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
    sql += " ORDER BY \(order), runs.id"
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
  fileprivate init(_ row: Row, values names: [String]) {
    let tags: String = row.read(18) ?? ""
    self.init(
      name: row.read(0) ?? "", folder: row.read(1) ?? "", experiment: row.read(2),
      model: row.read(3), seed: row.read(4), parameters: row.read(5), created: row.read(6),
      ended: row.read(7), state: RunState(rawValue: row.read(8) ?? "") ?? .unknown,
      reason: row.read(9), step: row.read(10), steps: row.read(11), epoch: row.read(12),
      epochs: row.read(13), seconds: row.read(14), parent: row.read(15), parentStep: row.read(16),
      note: row.read(17), tags: tags.split(separator: " ").map(String.init),
      scores: RunSummary.Scores(
        best: row.read(19), last: row.read(20), test: row.read(21), infinity: row.read(22),
        bits: row.read(23)),
      values: names.enumerated().map { index, name in
        Value(name: name, value: Self.value(row[24 + index]))
      })
  }

  private static func value(_ value: DatabaseValue) -> RunSummary.SettingValue? {
    switch value.storage {
    case .int64(let integer): .integer(Int(integer))
    case .double(let number): .number(number)
    case .string(let text): .text(text)
    case .null, .blob: nil
    }
  }
}

extension Row {
  /// The value of a column; `nil` also where it is of another type, which is found in damaged
  /// files and would be a trap otherwise.
  func read<Value: DatabaseValueConvertible>(_ index: Int) -> Value? {
    Value.fromDatabaseValue(self[index])
  }
}
