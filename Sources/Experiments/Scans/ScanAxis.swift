package import Documents

/// A key of an experiment that takes several values in turn.
package struct ScanAxis: Sendable, Equatable {
  /// Its column in the table.
  package let name: String
  package let key: String
  /// At least one, in the form in which the key stores them.
  package let values: [DocumentValue]
  /// What is set along with each value.
  let companions: [DocumentValue.Field]
  /// The argument as it was written, for messages.
  let option: String
  /// Its name alone.
  private let optionName: String

  /// The axis of an option with a name of its own, such as `--g 0:10:40`. Of a schedule, `key` is
  /// the table: it then holds each value throughout.
  package init(
    _ name: String, key: String, text: String, option: String,
    companions: [DocumentValue.Field] = []
  ) throws(ScanError) {
    (self.name, self.optionName) = (name, option)
    let argument = "\(option) \(text)"
    self.option = argument
    let isSchedule =
      KeyTable.key(at: key + ".shape") != nil && KeyTable.key(at: key + ".value") != nil
    self.key = isSchedule ? key + ".value" : key
    self.companions =
      companions
      + (isSchedule
        ? [DocumentValue.Field(name: key + ".shape", value: .text(ScheduleShapeName.hold.rawValue))]
        : [])
    guard let entry = KeyTable.key(at: self.key), !entry.isShorthand else {
      throw .unknownKey(
        option: argument, key: key,
        nearest: Suggestion.nearestKey(to: key, in: Self.candidates))
    }
    guard entry.kind.isScannable else { throw .unscannable(option: argument, key: self.key) }
    let parser = ScanValues(option: argument, areIntegers: entry.kind.takesIntegers)
    var values: [DocumentValue] = []
    for value in try parser.parse(text) {
      do {
        values.append(try entry.kind.check(value))
      } catch {
        throw .wrongValue(option: argument, key: self.key, found: value, expected: entry.kind)
      }
    }
    self.values = values
  }

  private static var candidates: [String] {
    KeyTable.keys.filter { !$0.isShorthand }.map(\.path)
  }

  /// The axis of an argument of `--over`, `key=values`. `names` gives the columns of keys that have
  /// one of their own; others are called by the key.
  package init(over argument: String, names: [String: String] = [:]) throws(ScanError) {
    guard let equals = argument.firstIndex(of: "=") else {
      throw .malformedAxis(option: "--over \(argument)")
    }
    let key = argument[..<equals].filter { !$0.isWhitespace }
    try self.init(
      names[key] ?? key, key: key, text: String(argument[argument.index(after: equals)...]),
      option: "--over \(key)")
  }

  /// The argument that one value alone would be.
  func argument(_ value: DocumentValue) -> String { "\(optionName) \(value.scanText)" }

  /// The values as they stand in the table.
  package var labels: [String] { values.map(\.scanText) }
}

extension DocumentValue {
  /// A number or word as it stands in a table.
  package var scanText: String {
    if case .text(let word) = self { word } else { toml }
  }
}

extension ExperimentKey.Kind {
  /// Whether single values of the key may stand in a list.
  fileprivate var isScannable: Bool {
    switch self {
    case .flag, .choice, .integerChoice, .integer, .number, .surrogate, .feedForwardSurrogate,
      .estimator:
      true
    case .name, .line, .path, .words, .numbers, .stopRules, .points: false
    }
  }

  fileprivate var takesIntegers: Bool {
    switch self {
    case .integer, .integerChoice: true
    default: false
    }
  }
}
