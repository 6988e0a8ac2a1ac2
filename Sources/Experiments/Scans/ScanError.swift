package import Documents

/// Why a scan cannot be planned. `option` is the argument as it was written, e.g. `--g 0:10:40`.
package enum ScanError: Error, Sendable, Equatable {
  /// No values, or an empty place in a list of them.
  case noValue(option: String)
  /// A part with colons that is no range.
  case malformedRange(option: String, found: String)
  /// A range with a number of points that is none, or not one of `allowed`.
  case wrongCount(option: String, found: String, allowed: ClosedRange<Int>)
  /// An end of a range that is not finite, or for equal ratios not above 0.
  case wrongEnd(option: String, found: String, isGeometric: Bool)
  /// A range between whose ends a distance or ratio is no number any more.
  case tooWideRange(option: String, found: String)
  /// A word with characters that no word of an experiment has.
  case wrongWord(option: String, found: String)
  /// A value that is there twice, by rounding perhaps.
  case repeatedValue(option: String, value: DocumentValue)
  case tooManyValues(option: String, found: Int, most: Int)
  /// An argument of `--over` without `=`.
  case malformedAxis(option: String)
  case unknownKey(option: String, key: String, nearest: String?)
  /// The seed, which every point gets from the seeds of the scan.
  case seedAxis(option: String, key: String)
  /// A key whose values cannot be axes: texts, paths and lists.
  case unscannable(option: String, key: String)
  case wrongValue(
    option: String, key: String, found: DocumentValue, expected: ExperimentKey.Kind)
  /// Two axes set the same key.
  case repeatedAxis(option: String, other: String, key: String)
  case tooManyPoints(most: Int)
  /// A kind of experiment of which no points are measured yet.
  case unmeasured(kind: String, measured: [String])
}

extension ScanError {
  /// The mistake in words, on one line, beginning with its place.
  package var sentence: String {
    switch self {
    case .noValue(let option): "\(option): found no value, expected \(Self.values)"
    case .malformedRange(let option, let found):
      "\(option): found \(TOMLText.quoted(found)), expected \(Self.values)"
    case .wrongCount(let option, let found, let allowed):
      "\(option): found \(TOMLText.quoted(found)) as the number of points, expected "
        + "\(allowed.lowerBound) to \(allowed.upperBound), with log before it for equal ratios"
    case .wrongEnd(let option, let found, let isGeometric):
      "\(option): found \(TOMLText.quoted(found)) as an end, expected a finite number"
        + (isGeometric ? " above 0, as ratios are equal" : "")
    case .tooWideRange(let option, let found):
      "\(option): found \(TOMLText.quoted(found)), expected ends that are not as far apart"
    case .wrongWord(let option, let found):
      "\(option): found \(TOMLText.quoted(found)), expected a number or a word"
    case .repeatedValue(let option, let value):
      "\(option): found \(value.summary) twice, expected each value once"
    case .tooManyValues(let option, let found, let most):
      "\(option): found \(found) values, expected at most \(most)"
    case .malformedAxis(let option): "\(option): expected key=values"
    case .unknownKey(let option, let key, let nearest):
      "\(option): unknown key \(key)" + Wording.hint(nearest)
    case .seedAxis(let option, let key):
      "\(option): found the seed, expected --seeds COUNT, from that of --set \(key)=SEED on"
    case .unscannable(let option, let key):
      "\(option): \(key): found a text, path or list, expected a key of numbers or words"
    case .wrongValue(let option, let key, let found, let expected):
      "\(option): \(key): found \(found.summary), expected \(expected.description)"
        + Wording.hint(expected.nearestWord(to: found).map(TOMLText.quoted))
    case .repeatedAxis(let option, let other, let key):
      "\(option): sets \(key), which \(other) sets already"
    case .tooManyPoints(let most):
      "the scan has too many points, expected at most \(most)"
    case .unmeasured(let kind, let measured):
      "a scan measures experiments with study = "
        + Wording.enumeration(measured.map(TOMLText.quoted), "or")
        + "; this one has \(TOMLText.quoted(kind))"
    }
  }

  private static let values =
    "a list such as 1,2,5, or a range: 0:10:40 for 40 points at equal distances, 0.1:10:log20 for 20 "
    + "at equal ratios"
}
