/// A value as experiment files know it; also the tree that a whole experiment is written as.
package enum ExperimentValue: Sendable, Equatable {
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([ExperimentValue])
  /// Fields in the order of writing.
  case table([Field])
  /// A date or a time of day, which no key takes.
  case moment

  package struct Field: Sendable, Equatable {
    package var name: String
    package var value: ExperimentValue

    package init(name: String, value: ExperimentValue) {
      self.name = name
      self.value = value
    }
  }
}

extension ExperimentValue: Encodable {
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

extension ExperimentValue {
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
