import GRDB

/// Writes runs into the index, within one transaction.
struct IndexWriter {
  struct Entry {
    var summary: RunSummary
    var state: RunState
    var stamp: Int64
    var isOutside: Bool
  }

  /// The two kinds of keys that have numbers.
  enum KeyKind: String {
    case metric, setting
  }

  private let database: Database
  private var numbers: [KeyKind: [String: Int64]] = [.metric: [:], .setting: [:]]

  init(_ database: Database) throws {
    self.database = database
    var numbers = numbers
    try IndexRows(database, sql: "SELECT id, kind, name FROM keys").forEach { row in
      guard let kind = row.text(1).flatMap(KeyKind.init), let name = row.text(2) else { return }
      numbers[kind]?[name] = row.integer(0).map(Int64.init)
    }
    self.numbers = numbers
  }

  mutating func write(_ entry: Entry) throws {
    let id = try writeRow(entry)
    let summary = entry.summary
    for table in ["tags", "metrics", "settings"] {
      try database.cachedStatement(sql: "DELETE FROM \(table) WHERE run = ?").execute(
        arguments: [id])
    }
    let tags = try database.cachedStatement(sql: "INSERT OR IGNORE INTO tags VALUES (?, ?)")
    for tag in summary.tags { try tags.execute(arguments: [id, tag]) }
    let metrics = try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO metrics VALUES (?, ?, ?, ?)")
    for metric in summary.metrics {
      let key = try number(of: metric.key, .metric)
      try metrics.execute(arguments: [id, key, metric.last, metric.best])
    }
    let settings = try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO settings VALUES (?, ?, ?)")
    for setting in summary.settings {
      let key = try number(of: setting.key, .setting)
      try settings.execute(arguments: [id, key, setting.value.databaseValue])
    }
  }

  private static let columns = [
    "folder", "name", "isOutside", "stamp", "hasEvents", "state", "experiment", "model", "seed",
    "parameters", "created", "ended", "outcome", "reason", "step", "steps", "epoch", "epochs",
    "seconds", "parent", "parentStep", "note", "tags", "trace", "best", "last", "test", "infinity",
    "bits",
  ]

  private static let upsert =
    "INSERT INTO runs (\(columns.joined(separator: ", "))) VALUES ("
    + columns.map { _ in "?" }.joined(separator: ", ") + ") ON CONFLICT (folder) DO UPDATE SET "
    + columns.dropFirst().map { "\($0) = excluded.\($0)" }.joined(separator: ", ")

  /// Writes the row of the run and returns its number.
  private func writeRow(_ entry: Entry) throws -> Int64 {
    let summary = entry.summary
    let scores = summary.scores
    let note = summary.note.isEmpty ? nil : summary.note
    let tags = summary.tags.isEmpty ? nil : summary.tags.joined(separator: " ")
    let values: [(any DatabaseValueConvertible)?] = [
      summary.folder, summary.name, entry.isOutside, entry.stamp, summary.hasEvents,
      entry.state.rawValue, summary.experiment, summary.model, summary.seed, summary.parameters,
      summary.created, summary.ended, summary.outcome, summary.reason, summary.step,
      summary.steps, summary.epoch, summary.epochs, summary.seconds, summary.parent,
      summary.parentStep, note, tags, summary.trace.text, scores.best, scores.last, scores.test,
      scores.infinity,
      scores.bits,
    ]
    try database.cachedStatement(sql: Self.upsert).execute(arguments: StatementArguments(values))
    return try Int64.fetchOne(
      database.cachedStatement(sql: "SELECT id FROM runs WHERE folder = ?"),
      arguments: [summary.folder]) ?? 0
  }

  private mutating func number(of key: String, _ kind: KeyKind) throws -> Int64 {
    if let number = numbers[kind]?[key] { return number }
    try database.execute(
      sql: "INSERT INTO keys (kind, name) VALUES (?, ?)", arguments: [kind.rawValue, key])
    let number = database.lastInsertedRowID
    numbers[kind]?[key] = number
    return number
  }
}

extension RunSummary.SettingValue {
  var databaseValue: DatabaseValue {
    switch self {
    case .integer(let value): value.databaseValue
    case .number(let value): value.databaseValue
    case .text(let value): value.databaseValue
    }
  }
}
