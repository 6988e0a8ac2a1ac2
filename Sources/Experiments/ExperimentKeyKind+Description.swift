import Documents

extension ExperimentKey.Kind {
  /// What the key takes, in words: `an integer in 1...4096`.
  package var description: String {
    switch self {
    case .name: "a name of up to 64 letters, digits, \"-\", \"_\" and \".\""
    case .line: "one line of text of up to 100 characters"
    case .path(let isOptional): "the path of a file" + (isOptional ? " or \"\" for none" : "")
    case .flag: "true or false"
    case .choice(let words) where words.count > Self.mostWords:
      "a name that `interspike list` shows"
    case .choice(let words): Self.alternatives(words.map(\.name).map(TOMLText.quoted))
    case .words(let words) where words.count > Self.mostWords:
      "a list of different names that `interspike list` shows"
    case .words(let words):
      "a list of different ones of "
        + Wording.enumeration(words.map(\.name).map(TOMLText.quoted), "and")
    case .integerChoice(let allowed): Self.alternatives(allowed.map(String.init))
    case .integer(let range, let words):
      Self.alternatives(
        ["an integer in \(range.lowerBound)...\(range.upperBound)"]
          + words.map { TOMLText.quoted($0.name) })
    case .number(let range, let words):
      Self.alternatives(
        ["a number \(range.description)"] + words.map { TOMLText.quoted($0.name) })
    case .numbers(let range, let minimumCount):
      "a list of \(minimumCount > 0 ? "at least \(minimumCount) " : "")"
        + "\(minimumCount == 1 ? "number" : "numbers") \(range.description)"
    case .stopRules:
      "conditions on results joined by \"or\", such as \"spiking.accuracy >= 0.98\" or"
        + " \"spiking.loss stalls 5\", or \"\" for none"
    case .surrogate:
      "a surrogate that `interspike list surrogates` shows, alone or with numbers as in"
        + " \"triangular(gamma=0.3, w=2)\""
    case .feedForwardSurrogate:
      "a surrogate that `interspike list surrogates` shows and that is not random, alone or with"
        + " numbers as in \"triangular(gamma=0.3, w=2)\""
    case .estimator:
      "a name that `interspike list estimators` shows, alone or with numbers as in"
        + " \"leaky_relu(slope=0.3)\""
    case .points(let range):
      "a list of pairs [position, value], positions in 0...1 and values \(range.description)"
    }
  }

  /// Longer lists are not repeated in every sentence.
  private static let mostWords = 16

  private static func alternatives(_ words: [String]) -> String {
    Wording.enumeration(words, "or")
  }

  /// The word that a refused text was probably meant to be.
  func nearestWord(to value: DocumentValue) -> String? {
    guard case .text(let text) = value else { return nil }
    return Suggestion.nearest(to: text, in: words.map(\.name))
  }
}

extension ExperimentKey.NumberRange {
  fileprivate var description: String {
    let (lower, upper) = (TOMLText.number(lower), TOMLText.number(upper))
    return excludesLower ? "above \(lower) up to \(upper)" : "in \(lower)...\(upper)"
  }
}
