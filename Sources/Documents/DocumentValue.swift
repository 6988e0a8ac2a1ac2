/// A value as TOML files know it; also the tree that a whole file is written as.
package enum DocumentValue: Sendable, Equatable {
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([DocumentValue])
  /// Fields in the order of writing.
  case table([Field])
  /// A date or a time of day.
  case moment

  package struct Field: Sendable, Equatable {
    package var name: String
    package var value: DocumentValue

    package init(name: String, value: DocumentValue) {
      self.name = name
      self.value = value
    }
  }
}

extension DocumentValue: Encodable {
  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .flag(let flag): try Self.encode(flag, to: encoder)
    case .integer(let integer): try Self.encode(integer, to: encoder)
    case .number(let number): try Self.encode(number, to: encoder)
    case .text(let text): try Self.encode(text, to: encoder)
    case .list(let entries): try Self.encode(entries, to: encoder)
    case .table(let fields):
      var container = encoder.container(keyedBy: Name.self)
      for field in fields {
        try container.encode(field.value, forKey: Name(stringValue: field.name))
      }
    case .moment:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    }
  }

  private static func encode(_ value: some Encodable, to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }
}

extension DocumentValue {
  /// The value as TOML writes it; tables are written inline.
  package var toml: String {
    switch self {
    case .flag(let flag): flag ? "true" : "false"
    case .integer(let integer): String(integer)
    case .number(let number): TOMLText.number(number)
    case .text(let text): TOMLText.quoted(text)
    case .list(let entries): "[" + entries.map(\.toml).joined(separator: ", ") + "]"
    case .table(let fields):
      "{"
        + fields.map { TOMLText.key($0.name) + " = " + $0.value.toml }.joined(separator: ", ") + "}"
    case .moment: "1970-01-01"
    }
  }
}

extension DocumentValue {
  /// The value in an error message: lists and tables are only named.
  package var summary: String {
    switch self {
    case .flag, .integer: toml
    case .number(let number):
      number == number.rounded() && abs(number) < 1e15 ? "\(number)" : toml
    case .text(let text):
      TOMLText.quoted(text.count <= 40 ? text : String(text.prefix(39)) + "\u{2026}")
    case .list(let entries): entries.isEmpty ? "an empty list" : "a list"
    case .table: "a table"
    case .moment: "a date or time"
    }
  }
}
