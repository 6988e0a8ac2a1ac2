/// Reads JSON texts (RFC 8259) with the order of keys kept and duplicate keys refused: Foundation's
/// parser drops duplicates without a word, and a file with two arrays of one name is damaged.
package struct JSONParser {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  /// Deeper nesting is refused rather than left to the stack.
  private static let deepest = 64

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The value of a whole text. Spaces around it are allowed, anything else is not.
  package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
    var parser = JSONParser(bytes)
    let value = try parser.value()
    parser.skipSpaces()
    guard parser.position == bytes.count else { throw parser.unexpected() }
    return value
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func unexpected() -> JSONError {
    next == nil ? .endsEarly : .unexpected(byte: bytes[position], offset: position)
  }

  private mutating func skipSpaces() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpaces()
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ byte: UInt8) throws(JSONError) {
    guard take(byte) else { throw unexpected() }
  }

  private mutating func value() throws(JSONError) -> JSONValue {
    guard depth < Self.deepest else { throw .nestedTooDeeply(offset: position) }
    depth += 1
    defer { depth -= 1 }
    skipSpaces()
    switch next {
    case UInt8(ascii: "{"): return .object(try object())
    case UInt8(ascii: "["): return .array(try array())
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func object() throws(JSONError) -> JSONObject {
    var object = JSONObject()
    try expect(UInt8(ascii: "{"))
    if take(UInt8(ascii: "}")) { return object }
    var keys: Set<String> = []
    repeat {
      skipSpaces()
      let key = try string()
      guard keys.insert(key).inserted else { throw .duplicateKey(key) }
      try expect(UInt8(ascii: ":"))
      object.append(new: key, try value())
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"))
    return object
  }

  private mutating func array() throws(JSONError) -> [JSONValue] {
    var values: [JSONValue] = []
    try expect(UInt8(ascii: "["))
    if take(UInt8(ascii: "]")) { return values }
    repeat { values.append(try value()) } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"))
    return values
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
    for byte in word.utf8 {
      guard next == byte else { throw unexpected() }
      position += 1
    }
    return value
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = position
    while let byte = next, "+-.0123456789eE".utf8.contains(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if let value = Int(text), text.first != "+" { return .integer(value) }
    guard text.first != "+", text.first != ".", let value = Double(text) else {
      position = start
      throw unexpected()
    }
    return .number(value)
  }

  private mutating func string() throws(JSONError) -> String {
    guard next == UInt8(ascii: "\"") else { throw unexpected() }
    position += 1
    var units: [UInt8] = []
    while let byte = next, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw unexpected() }
      position += 1
      if byte == UInt8(ascii: "\\") {
        units += try escaped()
      } else {
        units.append(byte)
      }
    }
    guard next != nil else { throw .endsEarly }
    position += 1
    guard let text = String(validating: units, as: UTF8.self) else {
      throw .notUnicode(offset: position)
    }
    return text
  }

  /// The UTF-8 of what follows a backslash.
  private mutating func escaped() throws(JSONError) -> [UInt8] {
    guard let byte = next else { throw .endsEarly }
    let plain: [UInt8: UInt8] = [
      0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D,
      0x74: 0x09,
    ]
    if let meant = plain[byte] {
      position += 1
      return [meant]
    }
    guard byte == UInt8(ascii: "u") else { throw unexpected() }
    position += 1
    var units = [try hexadecimal()]
    if UTF16.isLeadSurrogate(units[0]), position + 1 < bytes.count, bytes[position] == 0x5C,
      bytes[position + 1] == UInt8(ascii: "u")
    {
      position += 2
      units.append(try hexadecimal())
    }
    guard let text = String(validating: units, as: UTF16.self) else {
      throw .notUnicode(offset: position)
    }
    return Array(text.utf8)
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt16 {
    guard position + 4 <= bytes.count else { throw .endsEarly }
    let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
    guard digits.first != "+", let unit = UInt16(digits, radix: 16) else { throw unexpected() }
    position += 4
    return unit
  }
}

/// Why a text is not JSON, or not JSON that can be trusted. Offsets are bytes from the start.
package enum JSONError: Error, Sendable, Equatable {
  case unexpected(byte: UInt8, offset: Int)
  case endsEarly
  case duplicateKey(String)
  case nestedTooDeeply(offset: Int)
  case notUnicode(offset: Int)
}
