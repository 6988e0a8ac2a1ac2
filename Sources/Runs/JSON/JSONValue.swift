/// A JSON text whose objects keep the order of their keys, which Foundation's encoder does not.
package indirect enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int)
  case unsigned(UInt64)
  /// Written in the shortest form that reads back as the same number; `null` if not finite.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
  /// A JSON text made elsewhere, written as it is.
  case encoded(String)

  /// The text on one line.
  package var text: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .unsigned(let value): text += String(value)
    case .number(let value): text += Self.text(of: value)
    case .string(let value): Self.write(value, to: &text)
    case .encoded(let value): text += value
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        value.write(to: &text)
      }
      text += "]"
    case .object(let object):
      text += "{"
      for (index, member) in object.members.enumerated() {
        if index > 0 { text += "," }
        Self.write(member.key, to: &text)
        text += ":"
        member.value.write(to: &text)
      }
      text += "}"
    }
  }

  private static func text(of number: Double) -> String {
    guard number.isFinite else { return "null" }
    let text = number.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      // The separators are legal in JSON but end a line for some readers.
      case "\u{00}"..."\u{1F}", "\u{7F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

/// The members of a JSON object in the order in which they are written.
package struct JSONObject: Sendable, Equatable {
  package struct Member: Sendable, Equatable {
    package var key: String
    package var value: JSONValue
  }

  package private(set) var members: [Member] = []

  package init() {}

  /// The value of `key`. A new key goes to the end; `nil` removes a key.
  package subscript(key: String) -> JSONValue? {
    get { members.first { $0.key == key }?.value }
    set {
      let index = members.firstIndex { $0.key == key }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (nil, let value?): members.append(Member(key: key, value: value))
      case (let index?, nil): members.remove(at: index)
      case (nil, nil): break
      }
    }
  }

  /// Adds a member whose key is known not to be there, without looking for it.
  mutating func append(new key: String, _ value: JSONValue) {
    members.append(Member(key: key, value: value))
  }

  /// Puts a value below nested objects: path `w.h` into member `h` of member `w`. Where a part of
  /// the path is taken by something that is not an object, or the last part is taken at all, the
  /// value goes under the whole path as one key, so nothing is lost.
  package mutating func insert(_ value: JSONValue, at path: String) {
    let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if !insert(value, below: parts[...]) { self[path] = self[path] ?? value }
  }

  private mutating func insert(_ value: JSONValue, below parts: ArraySlice<String>) -> Bool {
    guard let key = parts.first else { return false }
    let present = self[key]
    if parts.count == 1 {
      guard present == nil else { return false }
      self[key] = value
      return true
    }
    var nested: JSONObject
    switch present {
    case nil: nested = JSONObject()
    case .object(let object): nested = object
    default: return false
    }
    guard nested.insert(value, below: parts.dropFirst()) else { return false }
    self[key] = .object(nested)
    return true
  }

  /// Moves the members named in `order` to the front, in that order, here and in all objects
  /// within.
  package func ordered(by order: [String]) -> JSONObject {
    var ordered = JSONObject()
    for key in order { ordered[key] = self[key] }
    for member in members where !order.contains(member.key) { ordered.members.append(member) }
    for index in ordered.members.indices {
      if case .object(let object) = ordered.members[index].value {
        ordered.members[index].value = .object(object.ordered(by: order))
      }
    }
    return ordered
  }
}
