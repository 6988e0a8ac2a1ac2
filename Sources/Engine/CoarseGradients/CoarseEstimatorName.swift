/// An estimator that a theory study may be asked for, by the words of experiment files: every curve
/// of the catalogue of surrogates that is a function, under its name there, with its standard
/// numbers or with others: `arctan`, `leaky_relu(slope=0.3)`. Four are known by a second spelling
/// too, `leakyReLU`, which older records and files have.
package struct CoarseEstimatorName: RawRepresentable, Sendable, Hashable, Codable {
  /// In the catalogue's spelling and the shortest form.
  package var rawValue: String { surrogate.text }
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
    surrogate = try Surrogate(text: kind.rawValue + text.dropFirst(name.count))
  }

  /// With its standard numbers.
  package init(_ kind: Surrogate.Kind) { surrogate = .standard(kind) }

  private init(curve surrogate: Surrogate) { self.surrogate = surrogate }

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
    return CoarseEstimatorName(curve: try Surrogate(kind, parameters: numbers))
  }

  package static let identity = CoarseEstimatorName(.identity)
  package static let relu = CoarseEstimatorName(.relu)
  package static let clippedReLU = CoarseEstimatorName(.clippedReLU)
  package static let hardTanh = CoarseEstimatorName(.hardTanh)
  package static let leakyReLU = CoarseEstimatorName(.leakyReLU)
  package static let reverseReLU = CoarseEstimatorName(.reverseReLU)
  package static let arctan = CoarseEstimatorName(.arctan)
  package static let triangular = CoarseEstimatorName(.triangular)

  /// Its value changes from draw to draw, so that it has no expected coarse gradient of its own.
  package static let random = Surrogate.Kind.stochasticSpike

  /// Second spellings, which are read and not written.
  package static let spellings: [String: Surrogate.Kind] = [
    "clippedReLU": .clippedReLU, "hardTanh": .hardTanh, "leakyReLU": .leakyReLU,
    "reverseReLU": .reverseReLU,
  ]

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
          ? nil : CoarseEstimatorName(kind)
      }
  }()
}
