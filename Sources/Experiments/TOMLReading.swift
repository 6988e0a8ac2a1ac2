import TOMLKit

/// The only place that talks to the TOML parser.
enum TOMLReading {
  /// Why a text is not TOML, with line and column counted from 1.
  struct SyntaxError: Error {
    let reason: String
    let line: Int
    let column: Int
  }

  /// A text taken apart.
  struct Document {
    let fields: [ExperimentValue.Field]
    /// By path, counted from 1.
    let lines: [[String]: Int]
  }

  static func document(of text: String) throws(SyntaxError) -> Document {
    // The parser takes a zero-terminated string and would silently stop at a zero.
    if let zero = text.utf8.firstIndex(of: 0) {
      let before = text.utf8[..<zero].split(
        separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      throw SyntaxError(
        reason: "contains a zero byte", line: before.count, column: (before.last?.count ?? 0) + 1)
    }
    let locator = KeyLocator(text)
    if let obstacle = locator.obstacle { throw try error(for: obstacle, in: text) }
    return Document(fields: fields(of: try parse(text)), lines: locator.lines)
  }

  /// The parser asserts that a header begins with a key instead of checking it, and builds tables
  /// as deep as it is told to. It is given only what comes before such places.
  private static func error(
    for obstacle: KeyLocator.Obstacle, in text: String
  ) throws(SyntaxError) -> SyntaxError {
    switch obstacle.kind {
    case .blankHeader:
      _ = try parse(String(decoding: text.utf8.prefix(obstacle.offset), as: UTF8.self))
      return SyntaxError(
        reason: "expected the name of a table", line: obstacle.line, column: obstacle.column)
    case .depth:
      return SyntaxError(
        reason: "tables or lists within each other too deep", line: obstacle.line,
        column: obstacle.column)
    }
  }

  private static func parse(_ text: String) throws(SyntaxError) -> TOMLTable {
    do {
      return try TOMLTable(string: text)
    } catch {
      guard let error = error as? TOMLParseError else {
        throw SyntaxError(reason: "\(error)", line: 1, column: 1)
      }
      throw SyntaxError(
        reason: singleLine(error.description), line: error.source.begin.line,
        column: error.source.begin.column)
    }
  }

  private static func fields(of table: TOMLTable) -> [ExperimentValue.Field] {
    // Not the table's own iterator: it traps on keys that contain an escaped zero.
    table.keys.map { key in
      ExperimentValue.Field(name: key, value: table[key].map(value) ?? .moment)
    }
  }

  private static func value(of node: any TOMLValueConvertible) -> ExperimentValue {
    if let flag = node.bool { return .flag(flag) }
    if let integer = node.int { return .integer(integer) }
    if let number = node.double { return .number(number) }
    if let text = node.string { return .text(text) }
    if let table = node.table { return .table(fields(of: table)) }
    if let list = node.array { return .list((0..<list.count).map { value(of: list[$0]) }) }
    return .moment
  }

  private static func singleLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
