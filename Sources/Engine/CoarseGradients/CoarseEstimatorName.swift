/// An estimator that a theory study may be asked for, by the words of experiment files: eight
/// names, and every curve of the catalogue of surrogates that is a function, with its standard
/// numbers. What has a closed form keeps it under both names.
package struct CoarseEstimatorName: RawRepresentable, Sendable, Hashable, Codable {
  package let rawValue: String
  package let kind: Surrogate.Kind

  /// `nil` for a word that is no name, and for the random curve.
  package init?(rawValue: String) {
    let kind = Self.spellings[rawValue] ?? Surrogate.Kind(rawValue: rawValue)
    guard let kind, kind != Self.random else { return nil }
    (self.rawValue, self.kind) = (rawValue, kind)
  }

  private init(_ rawValue: String, _ kind: Surrogate.Kind) {
    (self.rawValue, self.kind) = (rawValue, kind)
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
    switch kind {
    case .identity: .identity
    case .relu: .relu
    case .clippedReLU: CoarseEstimator(name: rawValue, .clippedReLU(clip: 1))
    case .hardTanh: CoarseEstimator(name: rawValue, .hardTanh(clip: 1))
    case .leakyReLU: CoarseEstimator(name: rawValue, .leakyReLU(slope: 0.1))
    case .reverseReLU: CoarseEstimator(name: rawValue, .reverseReLU)
    default: CoarseEstimator(.standard(kind))
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
