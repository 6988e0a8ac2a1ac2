/// An estimator that a theory study may be asked for, by the words of experiment files: eight
/// names, and every curve of the catalogue of surrogates that is a function, with its standard
/// numbers or with others: `arctan`, `leakyReLU(slope=0.3)`. What has a closed form keeps it under
/// both names.
package struct CoarseEstimatorName: RawRepresentable, Sendable, Hashable, Codable {
  /// In the shortest form.
  package let rawValue: String
  /// The curve with its numbers.
  package let surrogate: Surrogate

  package var kind: Surrogate.Kind { surrogate.kind }

  /// `nil` for what ``init(text:)`` refuses.
  package init?(rawValue: String) {
    guard let name = try? CoarseEstimatorName(text: rawValue) else { return nil }
    self = name
  }

  /// Throws where the text is of another form, names what there is not or the random curve, or has a
  /// number out of its range.
  package init(text: String) throws(SurrogateError) {
    let name = text.split(separator: "(", omittingEmptySubsequences: false)[0]
    let word = String(name.filter { $0 != " " })
    guard let kind = Self.spellings[word] ?? Surrogate.Kind(rawValue: word), kind != Self.random
    else { throw .unknownKind(word) }
    self.init(word, curve: try Surrogate(text: kind.rawValue + text.dropFirst(name.count)))
  }

  /// With its standard numbers.
  private init(_ word: String, _ kind: Surrogate.Kind) {
    self.init(word, curve: .standard(kind))
  }

  private init(_ word: String, curve surrogate: Surrogate) {
    rawValue = word + surrogate.text.dropFirst(surrogate.kind.rawValue.count)
    self.surrogate = surrogate
  }

  /// The same curve with another number.
  ///
  /// Throws where it has no such number, or that is out of its range.
  package func setting(
    _ parameter: String, to value: Double
  ) throws(SurrogateError) -> CoarseEstimatorName {
    guard let index = kind.parameters.firstIndex(where: { $0.name == parameter }) else {
      throw .unknownParameter(kind, parameter)
    }
    var numbers = surrogate.parameters
    numbers[index] = value
    let word = String(rawValue.prefix { $0 != "(" })
    return CoarseEstimatorName(word, curve: try Surrogate(kind, parameters: numbers))
  }

  package static let identity = CoarseEstimatorName("identity", .identity)
  package static let relu = CoarseEstimatorName("relu", .relu)
  package static let clippedReLU = CoarseEstimatorName("clippedReLU", .clippedReLU)
  package static let hardTanh = CoarseEstimatorName("hardTanh", .hardTanh)
  package static let leakyReLU = CoarseEstimatorName("leakyReLU", .leakyReLU)
  package static let reverseReLU = CoarseEstimatorName("reverseReLU", .reverseReLU)
  package static let arctan = CoarseEstimatorName("arctan", .arctan)
  package static let triangular = CoarseEstimatorName("triangular", .triangular)

  /// Its value changes from draw to draw, so that it has no expected coarse gradient of its own.
  package static let random = Surrogate.Kind.stochasticSpike

  /// Names that are written otherwise than in the catalogue.
  private static let spellings = Dictionary(
    uniqueKeysWithValues: [clippedReLU, hardTanh, leakyReLU, reverseReLU].map {
      ($0.rawValue, $0.kind)
    })

  package var estimator: CoarseEstimator {
    let numbers = surrogate.parameters
    return switch kind {
    case .identity: .identity
    case .relu: .relu
    case .clippedReLU: CoarseEstimator(name: rawValue, .clippedReLU(clip: numbers[0]))
    case .hardTanh: CoarseEstimator(name: rawValue, .hardTanh(clip: numbers[0]))
    case .leakyReLU: CoarseEstimator(name: rawValue, .leakyReLU(slope: numbers[0]))
    case .reverseReLU: CoarseEstimator(name: rawValue, .reverseReLU)
    default: CoarseEstimator(surrogate, name: rawValue)
    }
  }

  /// What the curve is, in a formula.
  package var formula: String { kind.formula }

  /// The first of the names of the same curve, under which it is chosen from a list.
  var common: CoarseEstimatorName { Self.allCases.first { $0.kind == kind } ?? self }

  /// The catalogue's spellings of curves that are in the list under another name.
  package static let otherSpellings = Surrogate.Kind.allCases.compactMap { kind in
    spellings.values.contains(kind) ? CoarseEstimatorName(kind.rawValue, kind) : nil
  }
}

extension CoarseEstimatorName: CaseIterable {
  /// Each curve once: the eight first, then the rest of the catalogue in its order.
  package static let allCases: [CoarseEstimatorName] = {
    let eight = [
      identity, relu, clippedReLU, hardTanh, leakyReLU, reverseReLU, arctan, triangular,
    ]
    return eight
      + Surrogate.Kind.allCases.compactMap { kind in
        kind == random || eight.contains { $0.kind == kind }
          ? nil : CoarseEstimatorName(kind.rawValue, kind)
      }
  }()
}
