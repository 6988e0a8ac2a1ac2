import Documents
import Engine

extension ExperimentKey {
  /// Which values a key takes.
  package enum Kind: Sendable, Equatable {
    /// A name from which file names may be made.
    case name
    /// One line of text.
    case line
    /// The path of a file; empty for none where it may be.
    case path(isOptional: Bool)
    case flag
    case choice([Choice])
    /// A list of words, each at most once.
    case words([Choice])
    case integerChoice([Int])
    /// An integer in a range, or one of some words.
    case integer(ClosedRange<Int>, words: [Choice] = [])
    case number(NumberRange, words: [Choice] = [])
    case numbers(NumberRange, minimumCount: Int)
    /// A condition on results, see ``StopRules``.
    case stopRules
    /// The name of a surrogate gradient, alone or with numbers, see ``Surrogate``.
    case surrogate
    /// The same of a feed-forward network, see ``FeedForwardEstimator``.
    case feedForwardSurrogate
    /// The same of a theory, see ``CoarseEstimatorName``.
    case estimator
    /// Pairs of a position in 0...1 and a value.
    case points(values: NumberRange)

    /// The words among which the user picks, if any.
    package var words: [Choice] {
      switch self {
      case .choice(let words), .integer(_, let words), .number(_, let words): words
      case .surrogate: Choices.surrogates
      case .feedForwardSurrogate: Choices.feedForwardSurrogates
      case .estimator: Choices.estimators
      default: []
      }
    }
  }

  /// One of the words that a key takes.
  package struct Choice: Sendable, Equatable {
    package let name: String
    package let meaning: String
    /// Another word that is read for it.
    let otherSpelling: String?

    init(name: String, meaning: String, otherSpelling: String? = nil) {
      (self.name, self.meaning, self.otherSpelling) = (name, meaning, otherSpelling)
    }
  }

  /// Numbers from `lower` to `upper`, both included unless said otherwise.
  package struct NumberRange: Sendable, Equatable {
    package let lower: Double
    package let upper: Double
    package let excludesLower: Bool

    init(_ range: ClosedRange<Double>) {
      lower = range.lowerBound
      upper = range.upperBound
      excludesLower = false
    }

    init(above lower: Double, upTo upper: Double) {
      self.lower = lower
      self.upper = upper
      excludesLower = true
    }

    func contains(_ number: Double) -> Bool {
      number <= upper && (excludesLower ? number > lower : number >= lower)
    }
  }

  /// A value that a key does not take.
  struct Refusal: Error, Equatable {
    let found: DocumentValue
    /// Position in the list, counted from 1, if the fault is with one entry of it.
    var entry: Int?
    /// What is wrong with a surrogate whose name is known.
    var surrogate: SurrogateError?
  }
}

extension ExperimentKey.Kind {
  /// The value in the form in which the key stores it: numbers as numbers even when they were
  /// written as integers.
  func check(_ value: DocumentValue) throws(ExperimentKey.Refusal) -> DocumentValue {
    switch (self, value) {
    case (.name, .text(let text)) where Self.isName(text): return value
    case (.line, .text(let text)) where Self.isLine(text): return value
    case (.path(let isOptional), .text(let text)) where Self.isPath(text, isOptional): return value
    case (.stopRules, .text(let text)) where Self.isStopRule(text): return value
    case (.flag, .flag): return value
    case (.surrogate, .text(let text)):
      return try Self.checkSurrogate(text) { text throws(SurrogateError) in
        try Surrogate(text: text).text
      }
    case (.feedForwardSurrogate, .text(let text)):
      return try Self.checkSurrogate(text) { text throws(SurrogateError) in
        try FeedForwardEstimator(text: text).text
      }
    case (.estimator, .text(let text)):
      return try Self.checkSurrogate(text) { text throws(SurrogateError) in
        try CoarseEstimatorName(text: text).rawValue
      }
    case (.words(let words), .list(let entries)):
      return .list(try Self.checkWords(entries, among: words))
    case (.integerChoice(let allowed), .integer(let integer)) where allowed.contains(integer):
      return value
    case (.integer(let range, _), .integer(let integer)) where range.contains(integer):
      return value
    case (.number(let range, _), _):
      if let number = Self.number(value), range.contains(number) { return .number(number) }
    case (.numbers(let range, let minimumCount), .list(let entries))
    where entries.count >= minimumCount:
      return .list(try Self.checkNumbers(entries, in: range))
    case (.points(let range), .list(let entries)) where !entries.isEmpty:
      return .list(try Self.checkPoints(entries, in: range))
    default: break
    }
    if case .text(let word) = value, words.contains(where: { $0.name == word }) { return value }
    throw ExperimentKey.Refusal(found: value)
  }

  /// In the shortest form.
  private static func checkSurrogate(
    _ text: String, _ shortest: (String) throws(SurrogateError) -> String
  ) throws(ExperimentKey.Refusal) -> DocumentValue {
    do {
      return .text(try shortest(text))
    } catch .unknownKind {
      throw ExperimentKey.Refusal(found: .text(text))
    } catch {
      throw ExperimentKey.Refusal(found: .text(text), surrogate: error)
    }
  }

  /// Each once, under its name.
  private static func checkWords(
    _ entries: [DocumentValue], among words: [ExperimentKey.Choice]
  ) throws(ExperimentKey.Refusal) -> [DocumentValue] {
    var names: [DocumentValue] = []
    for (index, entry) in entries.enumerated() {
      guard case .text(let word) = entry,
        let choice = words.first(where: { $0.name == word || $0.otherSpelling == word }),
        !names.contains(.text(choice.name))
      else { throw ExperimentKey.Refusal(found: entry, entry: index + 1) }
      names.append(.text(choice.name))
    }
    return names
  }

  private static func checkNumbers(
    _ entries: [DocumentValue], in range: ExperimentKey.NumberRange
  ) throws(ExperimentKey.Refusal) -> [DocumentValue] {
    var numbers: [DocumentValue] = []
    for (index, entry) in entries.enumerated() {
      guard let number = number(entry), range.contains(number) else {
        throw ExperimentKey.Refusal(found: entry, entry: index + 1)
      }
      numbers.append(.number(number))
    }
    return numbers
  }

  private static func checkPoints(
    _ entries: [DocumentValue], in range: ExperimentKey.NumberRange
  ) throws(ExperimentKey.Refusal) -> [DocumentValue] {
    var points: [DocumentValue] = []
    for (index, entry) in entries.enumerated() {
      guard case .list(let pair) = entry, pair.count == 2,
        let position = number(pair[0]), (0...1).contains(position),
        let value = number(pair[1]), range.contains(value)
      else { throw ExperimentKey.Refusal(found: entry, entry: index + 1) }
      points.append(.list([.number(position), .number(value)]))
    }
    return points
  }

  private static func number(_ value: DocumentValue) -> Double? {
    switch value {
    case .integer(let integer): Double(integer)
    case .number(let number): number
    default: nil
    }
  }

  /// 1 to 64 ASCII letters, digits, `.`, `-`, `_`, the first a letter or digit.
  static func isName(_ text: String) -> Bool {
    guard (1...64).contains(text.utf8.count), let first = text.unicodeScalars.first,
      first.isASCII, first.properties.isAlphabetic || first.properties.numericType != nil
    else { return false }
    return text.utf8.allSatisfy { TOMLText.isBareKeyByte($0) || $0 == UInt8(ascii: ".") }
  }

  private static func isStopRule(_ text: String) -> Bool {
    text.utf8.count <= 400 && StopRules(text) != nil
  }

  private static func isLine(_ text: String) -> Bool {
    text.count <= 100 && !hasControls(text)
  }

  /// At most as long as the system takes it.
  private static func isPath(_ text: String, _ isOptional: Bool) -> Bool {
    (isOptional || !text.isEmpty) && text.utf8.count < 4096 && !hasControls(text)
  }

  private static func hasControls(_ text: String) -> Bool {
    let isControl = { (scalar: Unicode.Scalar) in
      scalar.properties.generalCategory == .control
        || scalar.properties.generalCategory == .lineSeparator
        || scalar.properties.generalCategory == .paragraphSeparator
    }
    return text.unicodeScalars.contains(where: isControl)
  }
}
