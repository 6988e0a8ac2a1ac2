import GRDB

/// A condition in SQL; all values are arguments.
struct CompiledCondition {
  var sql: String
  var arguments: [DatabaseValue]
}

/// Makes SQL of an expression. Conditions are true or false, never unknown: a comparison with what
/// a run does not have is false.
struct QueryCompiler {
  let text: String
  let keys: RunKeys
  /// Metrics and settings that were named, in order.
  private(set) var named: [String] = []

  init(text: String, keys: RunKeys) {
    (self.text, self.keys) = (text, keys)
  }

  mutating func condition(
    _ expression: QueryExpression
  ) throws(QueryError) -> CompiledCondition {
    switch expression {
    case .comparison(let name, let comparison, let value):
      return try condition(name, comparison, value)
    case .not(let inner):
      var condition = try condition(inner)
      condition.sql = "NOT \(condition.sql)"
      return condition
    case .all(let parts): return try joined(parts, " AND ")
    case .any(let parts): return try joined(parts, " OR ")
    }
  }

  private mutating func joined(
    _ parts: [QueryExpression], _ word: String
  ) throws(QueryError) -> CompiledCondition {
    var joined = CompiledCondition(sql: "", arguments: [])
    for part in parts {
      let condition = try condition(part)
      joined.sql += (joined.sql.isEmpty ? "" : word) + condition.sql
      joined.arguments += condition.arguments
    }
    joined.sql = "(\(joined.sql))"
    return joined
  }

  private mutating func condition(
    _ name: QueryToken, _ comparison: QueryComparison, _ value: QueryToken
  ) throws(QueryError) -> CompiledCondition {
    guard let key = keys.key(name.text) else {
      throw QueryError(
        text: text, place: name.place,
        reason: .unknownName(name.text, nearest: keys.nearest(to: name.text)))
    }
    switch key {
    case .column(let column):
      let isNumber = column.contents == .number && comparison != .contains
      let test = Self.test(
        "runs.\(column.rawValue)", comparison,
        isNumber ? try number(value, for: name) : value.text.databaseValue)
      return CompiledCondition(sql: "coalesce(\(test.sql), 0)", arguments: test.arguments)
    case .tag:
      // Not to have a tag is not the same as to have another.
      let isNegated = comparison == .unequal
      let test = Self.test("tag", isNegated ? .equal : comparison, value.text.databaseValue)
      return CompiledCondition(
        sql: (isNegated ? "NOT " : "")
          + "EXISTS (SELECT 1 FROM tags WHERE run = runs.id AND \(test.sql))",
        arguments: test.arguments)
    case .metric(let number, let isBest):
      note(name.text)
      let isText = comparison == .contains
      let test = Self.test(
        isBest ? "best" : "last", comparison,
        isText ? value.text.databaseValue : try self.number(value, for: name))
      return Self.exists("metrics", number, test)
    case .setting(let number):
      note(name.text)
      return Self.exists("settings", number, Self.settingTest(comparison, value))
    }
  }

  private mutating func note(_ name: String) {
    if !named.contains(name) { named.append(name) }
  }

  private static func exists(
    _ table: String, _ key: Int64, _ test: CompiledCondition
  ) -> CompiledCondition {
    CompiledCondition(
      sql: "EXISTS (SELECT 1 FROM \(table) WHERE run = runs.id AND key = ? AND \(test.sql))",
      arguments: [key.databaseValue] + test.arguments)
  }

  private static func test(
    _ column: String, _ comparison: QueryComparison, _ value: DatabaseValue
  ) -> CompiledCondition {
    let sql =
      comparison == .contains
      ? "instr(lower(CAST(\(column) AS TEXT)), lower(?)) > 0"
      : "\(column) \(comparison.rawValue) ?"
    return CompiledCondition(sql: sql, arguments: [value])
  }

  /// Settings are numbers or texts: the order of one with the other means nothing.
  private static func settingTest(
    _ comparison: QueryComparison, _ value: QueryToken
  ) -> CompiledCondition {
    guard comparison != .contains else {
      return test("value", comparison, value.text.databaseValue)
    }
    if value.kind == .word, let number = number(value.text) {
      let test = test("value", comparison, number.databaseValue)
      let isUnequal = comparison == .unequal
      return CompiledCondition(
        sql: isUnequal ? test.sql : "typeof(value) <> 'text' AND \(test.sql)",
        arguments: test.arguments)
    }
    let test = test("value", comparison, value.text.databaseValue)
    let isOrder = comparison != .equal && comparison != .unequal
    return CompiledCondition(
      sql: isOrder ? "typeof(value) = 'text' AND \(test.sql)" : test.sql,
      arguments: test.arguments)
  }

  private func number(
    _ value: QueryToken, for name: QueryToken
  ) throws(QueryError) -> DatabaseValue {
    guard let number = Self.number(value.text) else {
      throw QueryError(
        text: text, place: value.place, reason: .notNumber(name: name.text, found: value.text))
    }
    return number.databaseValue
  }

  private static func number(_ text: String) -> Double? {
    guard let number = Double(text), !number.isNaN else { return nil }
    return number
  }
}
