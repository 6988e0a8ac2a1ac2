/// A surrogate as it is written in experiment files: `arctan`, or with numbers other than the
/// standard ones `triangular(gamma=0.3, w=2)`.
extension Surrogate {
  /// Throws where the text is of another form, or asks for what there is not.
  package init(
    text: String, normalization: Normalization = .none
  ) throws(SurrogateError) {
    let (kind, given) = try Self.parts(of: text)
    let parameters = zip(kind.parameters, given).map { $1 ?? $0.standard }
    try self.init(kind, parameters: parameters, normalization: normalization)
  }

  /// The kind that a text names and its numbers, `nil` for those that are not given.
  ///
  /// Throws where the text is of another form, or names what there is not.
  static func parts(of text: String) throws(SurrogateError) -> (kind: Kind, given: [Double?]) {
    let parts = text.trimmed.split(separator: "(", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0]).trimmed
    guard let kind = Kind(rawValue: name) else { throw .unknownKind(name) }
    var given = [Double?](repeating: nil, count: kind.parameters.count)
    if parts.count > 1 {
      guard parts[1].last == ")" else { throw .malformed(text) }
      for argument in parts[1].dropLast().split(separator: ",") {
        try Self.take(String(argument), of: kind, into: &given, text: text)
      }
    }
    return (kind, given)
  }

  private static func take(
    _ argument: String, of kind: Kind, into parameters: inout [Double?], text: String
  ) throws(SurrogateError) {
    let sides = argument.split(separator: "=", omittingEmptySubsequences: false)
    guard sides.count == 2, let number = Double(String(sides[1]).trimmed) else {
      throw .malformed(text)
    }
    let name = String(sides[0]).trimmed
    guard let index = kind.parameters.firstIndex(where: { $0.name == name }) else {
      throw .unknownParameter(kind, name)
    }
    parameters[index] = number
  }

  /// The shortest text that means the curve; the normalization is not part of it.
  package var text: String {
    let given = zip(kind.parameters, parameters).map { $0.standard == $1 ? nil : $1 }
    return Self.text(of: kind, given: given)
  }

  /// A kind with the numbers that are given.
  static func text(of kind: Kind, given: [Double?]) -> String {
    let arguments = zip(kind.parameters, given).compactMap { parameter, number in
      number.map { "\(parameter.name)=\(text(of: $0))" }
    }
    guard !arguments.isEmpty else { return kind.rawValue }
    return "\(kind.rawValue)(\(arguments.joined(separator: ", ")))"
  }

  private static func text(of number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }
}

extension Surrogate: Codable {
  private struct Stored: Codable {
    var surrogate: String
    var normalization: Normalization
  }

  package init(from decoder: any Decoder) throws {
    let stored = try Stored(from: decoder)
    try self.init(text: stored.surrogate, normalization: stored.normalization)
  }

  package func encode(to encoder: any Encoder) throws {
    try Stored(surrogate: text, normalization: normalization).encode(to: encoder)
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
