import Documents
package import Engine

extension SurrogateError {
  /// The mistake in words: what was found, and what was expected.
  package var sentence: String {
    switch self {
    case .unknownKind(let name):
      "found \(TOMLText.quoted(name)), expected \(ExperimentKey.Kind.surrogate.description)"
    case .malformed(let text):
      "found \(TOMLText.quoted(text)), expected a name, or a name with numbers as in "
        + "\"triangular(gamma=0.3, w=2)\""
    case .unknownParameter(let kind, let name):
      "\(kind.quoted) has no number \(TOMLText.quoted(name)), expected "
        + (kind.parameters.isEmpty
          ? "none" : Wording.enumeration(kind.parameters.map(\.name), "or"))
    case .wrongCount(let kind, let found):
      "found \(found) numbers for \(kind.quoted), expected \(kind.parameters.count)"
    case .outOfRange(let kind, let parameter, let found):
      "\(parameter.name) of \(kind.quoted): found \(TOMLText.number(found)), expected "
        + ExperimentKey.Kind.number(.init(parameter.range)).description
    case .notNormalizable(let kind, let normalization, let found):
      "\(kind.quoted) does not fit surrogateNormalization \(TOMLText.quoted(normalization.rawValue))"
        + ": \(Self.size(normalization == .unitPeak ? "peak" : "mass", found))"
    case .noFiniteMass(let kind, let found):
      "\(kind.quoted) does not fit surrogatePlacement \"thresholds\": \(Self.size("mass", found))"
    case .tooWide(let kind, let share, let thresholds, let limit):
      "\(kind.quoted) does not fit surrogatePlacement \"thresholds\": "
        + "\(Self.percent(share)) of its mass lie beyond \(thresholds) thresholds, expected at most "
        + Self.percent(limit)
    case .noThresholds(let quantizer):
      "surrogatePlacement \"thresholds\" does not fit quantizer "
        + "\(TOMLText.quoted(quantizer.rawValue)), which has none, expected \"activity\""
    }
  }

  private static func size(_ name: String, _ found: Double?) -> String {
    let value = found.map { $0.isFinite ? "is \(TOMLText.number($0))" : "is infinite" }
    return "its \(name) \(value ?? "is not defined"), expected a finite one above 0"
  }

  private static func percent(_ share: Double) -> String {
    "\(TOMLText.number((share * 1000).rounded() / 10)) %"
  }
}

extension Surrogate.Kind {
  fileprivate var quoted: String { TOMLText.quoted(rawValue) }
}
