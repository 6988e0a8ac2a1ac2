import Documents
import Runs

/// Nested members as dotted keys, within limits that no real run comes near.
enum Flattening {
  /// Most keys of a run, and most bytes of one.
  static let mostKeys = 4096
  static let longestKey = 256

  /// The numbers in an object that are finite, by their paths.
  static func numbers(_ object: JSONObject, below prefix: String) -> [(key: String, value: Double)]
  {
    var found: [(key: String, value: Double)] = []
    collect(object, below: prefix) { key, value in
      guard found.count < mostKeys, let number = value.double else { return }
      found.append((key, number))
    }
    return found
  }

  private static func collect(
    _ object: JSONObject, below prefix: String, _ take: (String, JSONValue) -> Void
  ) {
    for member in object.members {
      let key = prefix + member.key
      guard key.utf8.count <= longestKey else { continue }
      if case .object(let inner) = member.value {
        collect(inner, below: key + ".", take)
      } else {
        take(key, member.value)
      }
    }
  }

  /// The settings of an experiment, as its first event has them.
  static func settings(_ object: JSONObject) -> [RunSummary.Setting] {
    var settings: [RunSummary.Setting] = []
    collect(object, below: "") { key, value in
      guard settings.count < mostKeys, let value = RunSummary.SettingValue(document(value)) else {
        return
      }
      settings.append(RunSummary.Setting(key: key, value: value))
    }
    return settings
  }

  /// The settings in an experiment file, or in part of it.
  static func settings(
    _ fields: [DocumentValue.Field], below prefix: String = ""
  ) -> [RunSummary.Setting] {
    var settings: [RunSummary.Setting] = []
    for field in fields where settings.count < mostKeys {
      let key = prefix + field.name
      guard key.utf8.count <= longestKey else { continue }
      if case .table(let inner) = field.value {
        settings += self.settings(inner, below: key + ".")
      } else if let value = RunSummary.SettingValue(field.value) {
        settings.append(RunSummary.Setting(key: key, value: value))
      }
    }
    return Array(settings.prefix(mostKeys))
  }

  private static func document(_ value: JSONValue) -> DocumentValue {
    switch value {
    case .null, .object, .encoded: .moment
    case .bool(let flag): .flag(flag)
    case .integer(let integer): .integer(integer)
    case .unsigned(let integer): .number(Double(integer))
    case .number(let number): .number(number)
    // JSON has no word for it; the encoder writes infinite settings so.
    case .string("inf"): .number(.infinity)
    case .string("-inf"): .number(-.infinity)
    case .string(let text): .text(text)
    case .array(let entries): .list(entries.map(document))
    }
  }
}

extension RunSummary.SettingValue {
  /// `nil` for tables and what has no value.
  init?(_ value: DocumentValue) {
    switch value {
    case .flag(let flag): self = .text(flag ? "true" : "false")
    case .integer(let integer): self = .integer(integer)
    case .number(let number):
      guard !number.isNaN else { return nil }
      self = Int(exactly: number).map { .integer($0) } ?? .number(number)
    case .text(let text): self = .text(RunSummary.shortened(text))
    case .list: self = .text(RunSummary.shortened(value.toml))
    case .table, .moment: return nil
    }
  }
}

extension JSONValue {
  var string: String? { if case .string(let text) = self { text } else { nil } }

  var object: JSONObject? { if case .object(let object) = self { object } else { nil } }

  /// A finite number.
  var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .unsigned(let value): Double(value)
    case .number(let value): value.isFinite ? value : nil
    default: nil
    }
  }

  /// A whole number that is not negative.
  var count: Int? {
    switch self {
    case .integer(let value): value >= 0 ? value : nil
    case .number(let value): Int(exactly: value).flatMap { $0 >= 0 ? $0 : nil }
    default: nil
    }
  }
}
