/// Finds the lines on which the keys of a TOML document stand.
///
/// A second scan beside the parser's, which keeps no places. It knows tables, arrays of tables,
/// dotted and quoted keys, inline tables, all strings and comments, and expects a document that
/// the parser has accepted; on any other it ends as well, with places that mean nothing.
package struct KeyLocator {
  private let bytes: [UInt8]
  private var index = 0
  private var line = 1
  /// The table that the present line belongs to.
  private var table: [String] = []
  private var lines: [[String]: Int] = [:]
  private var blankHeader: BlankHeader?

  /// A table header whose name is missing.
  struct BlankHeader {
    /// Of the opening bracket, in bytes from the beginning of the text.
    let offset: Int
    let line: Int
    /// In bytes, counted from 1.
    let column: Int
  }

  /// Lines, counted from 1, of the first mention of each key and each table.
  package static func lines(of text: String) -> [[String]: Int] {
    var locator = KeyLocator(text)
    locator.scan()
    return locator.lines
  }

  /// The first header that does not begin with a key, if there is one: `[#`, `[[=`.
  static func blankHeader(in text: String) -> BlankHeader? {
    var locator = KeyLocator(text)
    locator.scan()
    return locator.blankHeader
  }

  private init(_ text: String) {
    bytes = Array(text.utf8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
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
    if isAt("[") { advance() }
    skipSpaces()
    if let byte, !TOMLText.isBareKeyByte(byte), !isAt("\""), !isAt("'"), blankHeader == nil {
      let lineStart = bytes[..<start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      blankHeader = BlankHeader(offset: start, line: line, column: start - lineStart + 1)
    }
    table = scanPath()
    record(table, at: header)
    while isAt("]") || isAt(" ") || isAt("\t") { advance() }
  }

  /// `key = value`
  private mutating func scanPair(in prefix: [String]) {
    let start = line
    let path = prefix + scanPath()
    record(path, at: start)
    guard isAt("=") else { return }
    advance()
    skipSpaces()
    skipValue(of: path)
  }

  private mutating func record(_ path: [String], at line: Int) {
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

  /// Skips the value of the key at `path`; keys inside it are recorded unless it is in a list.
  private mutating func skipValue(of path: [String]?) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = scanString()
    case UInt8(ascii: "["): skipList()
    case UInt8(ascii: "{"): skipInlineTable(of: path)
    default:
      let ends = [",", "]", "}", "#", "\n"].map { (end: Unicode.Scalar) in UInt8(ascii: end) }
      while let byte, !ends.contains(byte) { advance() }
    }
  }

  private mutating func skipList() {
    advance()
    skipBlank()
    while byte != nil, !isAt("]") {
      let before = index
      skipValue(of: nil)
      skipBlank()
      if isAt(",") || index == before { advance() }
      skipBlank()
    }
    advance()
  }

  private mutating func skipInlineTable(of path: [String]?) {
    advance()
    skipBlank()
    let recorded = lines
    while byte != nil, !isAt("}") {
      let before = index
      scanPair(in: path ?? [])
      skipBlank()
      if isAt(",") || index == before { advance() }
      skipBlank()
    }
    if path == nil { lines = recorded }
    advance()
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
