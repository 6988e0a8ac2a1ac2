import TOMLParser

/// Why a text is not TOML, with line and column counted from 1.
package struct TOMLSyntaxError: Error, Sendable, Equatable {
  package let reason: String
  package let line: Int
  package let column: Int
}

/// A TOML text taken apart. The only place that talks to the TOML parser.
package struct TOMLDocument: Sendable {
  package let fields: [DocumentValue.Field]
  /// By path, counted from 1; see ``KeyLocator/lines``.
  private let lines: [[String]: Int]

  /// The line of a key or, where it has none of its own, of the table around it.
  package func line(of path: [String]) -> Int? {
    for count in stride(from: path.count, to: 0, by: -1) {
      if let line = lines[Array(path.prefix(count))] { return line }
    }
    return nil
  }

  package init(_ text: String) throws(TOMLSyntaxError) {
    // The parser's own words for it name neither the byte nor its place.
    if let zero = text.utf8.firstIndex(of: 0) {
      let before = text.utf8[..<zero].split(
        separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      throw TOMLSyntaxError(
        reason: "contains a zero byte", line: before.count, column: (before.last?.count ?? 0) + 1)
    }
    let locator = KeyLocator(text)
    if let obstacle = locator.obstacle { throw try Self.error(for: obstacle, in: text) }
    fields = try Self.parse(text)
    lines = locator.lines
  }

  /// The parser asserts that a header begins with a key instead of checking it, and builds tables
  /// as deep as it is told to. It is given only what comes before such places.
  private static func error(
    for obstacle: KeyLocator.Obstacle, in text: String
  ) throws(TOMLSyntaxError) -> TOMLSyntaxError {
    switch obstacle.kind {
    case .blankHeader:
      _ = try parse(String(decoding: text.utf8.prefix(obstacle.offset), as: UTF8.self))
      return TOMLSyntaxError(
        reason: "expected the name of a table", line: obstacle.line, column: obstacle.column)
    case .depth:
      return TOMLSyntaxError(
        reason: "tables or lists within each other too deep", line: obstacle.line,
        column: obstacle.column)
    }
  }

  private static func parse(_ text: String) throws(TOMLSyntaxError) -> [DocumentValue.Field] {
    let bytes = Array(text.utf8)
    let reading = bytes.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { toml_read($0.baseAddress, $0.count) }
    }
    defer { toml_reading_free(reading) }
    var (line, column) = (1, 1)
    if let reason = toml_reading_error(reading, &line, &column) {
      throw TOMLSyntaxError(
        reason: singleLine(String(cString: reason)), line: line, column: column)
    }
    var items = TOMLItems(of: reading)
    guard case .table(let fields) = items.next() else { return [] }
    return fields
  }

  private static func singleLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
