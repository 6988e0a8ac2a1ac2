/// Finds the lines on which the keys of a TOML document stand.
///
/// A second scan beside the parser's, which keeps no places. It knows tables, arrays of tables,
/// dotted and quoted keys, inline tables, all strings and comments. On a text that is not TOML it
/// ends as well; what it found before the first mistake holds.
package struct KeyLocator {
  private let bytes: [UInt8]
  private var index = 0
  private var line = 1
  /// The table that the present line belongs to.
  private var table: [String] = []
  /// Lines, counted from 1, of the first mention of each key and each table. Entries of lists have
  /// their place, counted from 1, behind the name: `series[2]`, `color`.
  package private(set) var lines: [[String]: Int] = [:]
  /// The first place that the parser must not see, if there is one.
  package private(set) var obstacle: Obstacle?
  /// Parts of keys and brackets around the present place.
  private var depth = 0
  /// How many tables each array of tables has so far.
  private var counts: [[String]: Int] = [:]

  /// More than any key needs, and little enough to be walked through recursively.
  private static let deepest = 100

  package struct Obstacle: Sendable, Equatable {
    package enum Kind: Sendable {
      /// A header that does not begin with a key: `[#`, `[[=`.
      case blankHeader
      /// Tables or lists within each other without end.
      case depth
    }

    package let kind: Kind
    /// In bytes from the beginning of the text.
    package let offset: Int
    package let line: Int
    /// In bytes, counted from 1.
    package let column: Int
  }

  package init(_ text: String) {
    bytes = Array(text.utf8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    scan()
  }

  private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

  private func isAt(_ character: Unicode.Scalar) -> Bool {
    byte == UInt8(ascii: character)
  }

  private mutating func advance() {
    if isAt("\n") { line += 1 }
    index += 1
  }

  private mutating func scan() {
    skipBlank()
    while byte != nil {
      let before = index
      if isAt("[") { scanHeader() } else { scanPair(in: table) }
      if index == before { advance() }
      skipBlank()
    }
  }

  private mutating func scanHeader() {
    let (start, header) = (index, line)
    advance()
    let isEntry = isAt("[")
    if isEntry { advance() }
    skipSpaces()
    if let byte, !TOMLText.isBareKeyByte(byte), !isAt("\""), !isAt("'"), obstacle == nil {
      obstacle = self.obstacle(.blankHeader, at: start)
    }
    let path = scanPath()
    depth = path.count
    checkDepth()
    if depth <= Self.deepest { enter(path, isEntry: isEntry, at: header) }
    while isAt("]") || isAt(" ") || isAt("\t") { advance() }
  }

  /// Makes the table of a header the present one; `isEntry` begins one more of an array of tables.
  private mutating func enter(_ path: [String], isEntry: Bool, at line: Int) {
    table = []
    for (index, part) in path.enumerated() {
      let list = table + [part]
      let isLast = index == path.count - 1
      if isLast { record(list, at: line) }
      if isLast && isEntry { counts[list, default: 0] += 1 }
      table.append(counts[list].map { "\(part)[\($0)]" } ?? part)
    }
    record(table, at: line)
  }

  /// `key = value`
  private mutating func scanPair(in prefix: [String]) {
    let (start, before) = (line, depth)
    let parts = scanPath()
    let path = prefix + parts
    depth += parts.count
    checkDepth()
    record(path, at: start)
    if isAt("=") {
      advance()
      skipSpaces()
      skipValue(of: path)
    }
    depth = before
  }

  /// Ends the scan where it has become too deep.
  private mutating func checkDepth() {
    guard depth > Self.deepest else { return }
    if obstacle == nil { obstacle = obstacle(.depth, at: min(index, bytes.count)) }
    index = bytes.count
  }

  private func obstacle(_ kind: Obstacle.Kind, at offset: Int) -> Obstacle {
    let lineStart = bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return Obstacle(kind: kind, offset: offset, line: line, column: offset - lineStart + 1)
  }

  private mutating func record(_ path: [String], at line: Int) {
    guard path.count <= Self.deepest else { return }
    for count in stride(from: path.count, to: 0, by: -1) {
      let prefix = Array(path.prefix(count))
      guard lines[prefix] == nil else { return }
      lines[prefix] = line
    }
  }

  private mutating func scanPath() -> [String] {
    var path: [String] = []
    while true {
      skipSpaces()
      path.append(scanPart())
      skipSpaces()
      guard isAt(".") else { return path }
      advance()
    }
  }

  private mutating func scanPart() -> String {
    if isAt("\"") || isAt("'") { return scanString() }
    let start = index
    while let byte, TOMLText.isBareKeyByte(byte) { advance() }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func skipValue(of path: [String]) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = scanString()
    case UInt8(ascii: "["): skipList(of: path)
    case UInt8(ascii: "{"): skipInlineTable(of: path)
    default:
      let ends = [",", "]", "}", "#", "\n"].map { (end: Unicode.Scalar) in UInt8(ascii: end) }
      while let byte, !ends.contains(byte) { advance() }
    }
  }

  private mutating func skipList(of path: [String]) {
    var place = 0
    skipEntries(until: "]") { locator in
      place += 1
      locator.skipValue(of: path.dropLast() + ["\(path.last ?? "")[\(place)]"])
    }
  }

  private mutating func skipInlineTable(of path: [String]) {
    skipEntries(until: "}") { locator in locator.scanPair(in: path) }
  }

  /// Skips what stands between brackets, separated by commas.
  private mutating func skipEntries(
    until end: Unicode.Scalar, _ skipEntry: (inout KeyLocator) -> Void
  ) {
    advance()
    depth += 1
    checkDepth()
    skipBlank()
    while byte != nil, !isAt(end) {
      let before = index
      skipEntry(&self)
      skipBlank()
      if isAt(",") || index == before { advance() }
      skipBlank()
    }
    advance()
    depth -= 1
  }

  /// A string of any of the four kinds, with its escapes resolved.
  private mutating func scanString() -> String {
    guard let quote = byte else { return "" }
    let isLong = bytes[index...].starts(with: [quote, quote, quote])
    let closing = Array(repeating: quote, count: isLong ? 3 : 1)
    var content: [UInt8] = []
    for _ in closing { advance() }
    while let byte, !bytes[index...].starts(with: closing) {
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        content += scanEscape()
      } else {
        content.append(byte)
        advance()
      }
    }
    for _ in closing { advance() }
    // A long string may end in up to two quotes of its own.
    while isLong, byte == quote { advance() }
    return String(decoding: content, as: UTF8.self)
  }

  private mutating func scanEscape() -> [UInt8] {
    advance()
    guard let kind = byte else { return [] }
    advance()
    let simple: [Unicode.Scalar: UInt8] = ["b": 8, "t": 9, "n": 10, "f": 12, "r": 13]
    if let resolved = simple[Unicode.Scalar(kind)] { return [resolved] }
    let length = kind == UInt8(ascii: "u") ? 4 : kind == UInt8(ascii: "U") ? 8 : 0
    guard length > 0, index + length <= bytes.count else { return [kind] }
    let digits = String(decoding: bytes[index..<index + length], as: UTF8.self)
    guard let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) else { return [] }
    index += length
    return Array(String(Character(scalar)).utf8)
  }

  private mutating func skipSpaces() {
    while isAt(" ") || isAt("\t") { advance() }
  }

  /// Skips spaces, line ends and comments.
  private mutating func skipBlank() {
    while true {
      if isAt(" ") || isAt("\t") || isAt("\n") || isAt("\r") {
        advance()
      } else if isAt("#") {
        while byte != nil, !isAt("\n") { advance() }
      } else {
        return
      }
    }
  }
}
