import Engine

extension ExperimentError {
  /// The mistake in words, on one line, beginning with its place.
  package var sentence: String {
    switch self {
    case .missingFile(let path): "\(path): no such file"
    case .directory(let path): "\(path): is a directory, not an experiment file"
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .tooLong(let path, let limit):
      "\(path): longer than \(limit) bytes, which no experiment file is"
    case .notText(let path, let line): "\(path):\(line): not UTF-8 text"
    case .syntax(let origin, let reason): "\(origin.text): not valid TOML: \(reason)"
    case .unknownPreset(let name, let nearest, let all):
      "unknown preset \(TOMLText.quoted(name))" + Self.hint(nearest) + "; presets are "
        + Self.enumeration(all, "and") + ", and a file is named with / or .toml"
    case .malformedAssignment(let argument): "--set \(argument): expected key=value"
    case .unknownKey(let origin, let key, let nearest):
      "\(origin.text): unknown key \(key)" + Self.hint(nearest)
    case .wrongValue(let origin, let key, let entry, let found, let expected):
      "\(origin.text): \(key): found \(found.description)"
        + (entry.map { " at entry \($0)" } ?? "") + ", expected \(expected.description)"
        + Self.hint(expected.nearestWord(to: found).map(TOMLText.quoted))
    case .notTable(let origin, let key, let found):
      "\(origin.text): \(key): found \(found.description), expected a table of keys"
    case .unused(let origin, let key, let condition, let present, let takes):
      "\(origin.text): \(key): " + Self.unused(condition, present: present, takes: takes)
    case .missing(let origin, let key, let selector, let value):
      "\(origin.text): \(key): missing, needed where \(Self.name(selector)) is "
        + value.description
    case .wrongSide(let origin, let side, let dataSet, let allowed):
      "\(origin.text): problem.side: found \(side), expected "
        + Self.enumeration(allowed.map(String.init), "or") + " for data set \(dataSet)"
    case .moreShardsThanSamples(let origin, let shards, let batch):
      "\(origin.text): training.shards: found \(shards), expected at most the samples of a "
        + "batch, \(batch)"
    case .schedule(let origin, let table, let error):
      "\(origin.text): \(table)" + Self.sentence(of: error)
    }
  }

  private static func unused(
    _ condition: ExperimentKey.Condition, present: ExperimentValue, takes: [String]
  ) -> String {
    let selector = name(condition.selector)
    let needed =
      switch condition.values {
      case .names(let names): enumeration(names.map(TOMLText.quoted), "or")
      case .number: "a number"
      }
    let which = takes.isEmpty ? "" : ", which takes " + enumeration(takes, "and")
    return "used only where \(selector) is \(needed); it is \(present.description)\(which)"
  }

  private static func sentence(of error: ScheduleError) -> String {
    switch error {
    case .phases(let bypass, let hold):
      ".hold: found \(TOMLText.number(hold)) beside bypass = \(TOMLText.number(bypass)), "
        + "expected shares of at most 1 together"
    case .outOfRange(let field, let value, let allowed):
      ".\(field): leads to \(TOMLText.number(value)), expected "
        + ExperimentKey.Kind.number(.init(allowed)).description
    case .tooFew(let field, let count, let minimum):
      ".\(field): found \(count) entries, expected at least \(minimum)"
    case .notIncreasing(let field, let index):
      ".\(field): found entry \(index + 1) not above entry \(index), expected increasing "
        + (field == "points" ? "positions" : "numbers")
    case .wrongCount(let field, let count, let expected):
      ".\(field): found \(count) entries, expected \(expected), one more than boundaries"
    }
  }

  private static func hint(_ nearest: String?) -> String {
    nearest.map { "; did you mean \($0)?" } ?? ""
  }

  private static func name(_ path: String) -> String {
    path.split(separator: ".").last.map(String.init) ?? path
  }

  /// `a, b and c`
  static func enumeration(_ words: [String], _ conjunction: String) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
  }
}

extension ExperimentError.Origin {
  /// `digits.toml:12`
  fileprivate var text: String {
    switch self {
    case .file(let path, let line, let column):
      ([path] + [line, column].compactMap { $0 }.map(String.init)).joined(separator: ":")
    case .argument(let argument): argument
    case .preset(let name): "preset \(name)"
    }
  }
}

extension ExperimentValue {
  /// The value in an error message: lists and tables are only named.
  fileprivate var description: String {
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
