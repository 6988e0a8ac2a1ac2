/// What stands for the gradient of the quantized activations of a network: a curve of the catalogue
/// with the numbers that were given. Others are the catalogue's, but that of a clipped curve is
/// where the activations saturate, whatever their bits.
package struct FeedForwardEstimator: Sendable, Equatable {
  package let kind: Surrogate.Kind
  /// One for each parameter of the kind, `nil` where none was given.
  package let given: [Double?]
  package let normalization: Surrogate.Normalization

  /// With no number of its own.
  package init(_ kind: Surrogate.Kind, normalization: Surrogate.Normalization = .none) {
    self.init(
      kind, given: kind.parameters.map { _ in nil }, normalization: normalization)
  }

  private init(
    _ kind: Surrogate.Kind, given: [Double?], normalization: Surrogate.Normalization
  ) {
    (self.kind, self.given, self.normalization) = (kind, given, normalization)
  }

  package static let identity = FeedForwardEstimator(.identity)
  package static let relu = FeedForwardEstimator(.relu)
  package static let clippedReLU = FeedForwardEstimator(.clippedReLU)

  /// The same curve with another number, which its own checks have yet to find in range.
  package func setting(_ name: String, to value: Double) -> FeedForwardEstimator {
    guard let index = kind.parameters.firstIndex(where: { $0.name == name }) else { return self }
    var given = self.given
    let isStandard = !followsSaturation && kind.parameters[index].standard == value
    given[index] = isStandard ? nil : value
    return FeedForwardEstimator(kind, given: given, normalization: normalization)
  }

  package func scaled(_ normalization: Surrogate.Normalization) -> FeedForwardEstimator {
    FeedForwardEstimator(kind, given: given, normalization: normalization)
  }

  /// Whether its number is where activations saturate unless it is given.
  package var followsSaturation: Bool { Self.clipped.contains(kind) }
  private static let clipped: [Surrogate.Kind] = [.clippedReLU, .logTailedReLU, .hardTanh]

  /// Its numbers at a quantizer, or at the step at 0.
  package func parameters(for relu: QuantizedReLU?) -> [Double] {
    zip(kind.parameters, given).map { parameter, number in
      number ?? (followsSaturation ? relu?.clip : nil) ?? parameter.standard
    }
  }

  /// The curve at a quantizer, or at the step at 0.
  ///
  /// Throws where a number is out of its range, or the curve cannot be scaled as asked for.
  package func surrogate(for relu: QuantizedReLU?) throws(SurrogateError) -> Surrogate {
    try Surrogate(kind, parameters: parameters(for: relu), normalization: normalization)
  }
}

extension FeedForwardEstimator {
  /// From the words of experiments, as those of every surrogate: `arctan`, `triangular(w=2)`.
  ///
  /// Throws where the text is of another form, names what there is not or what is not offered, or
  /// has a number out of its range.
  package init(
    text: String, normalization: Surrogate.Normalization = .none
  ) throws(SurrogateError) {
    let (kind, given) = try Surrogate.parts(of: text)
    guard FeedForwardStudyConfiguration.estimators.contains(kind) else {
      throw .unknownKind(kind.rawValue)
    }
    var estimator = FeedForwardEstimator(kind, normalization: normalization)
    for (parameter, number) in zip(kind.parameters, given) {
      guard let number else { continue }
      guard parameter.range.contains(number) else {
        throw .outOfRange(kind, parameter, found: number)
      }
      estimator = estimator.setting(parameter.name, to: number)
    }
    self = estimator
  }

  /// The shortest text that means it; the normalization is not part of it.
  package var text: String { Surrogate.text(of: kind, given: given) }
}

extension FeedForwardEstimator: Codable {
  private struct Scaled: Codable {
    var surrogate: String
    var normalization: Surrogate.Normalization
  }

  /// From its text alone where it is not scaled.
  package init(from decoder: any Decoder) throws {
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      try self.init(text: text)
    } else {
      let stored = try Scaled(from: decoder)
      try self.init(text: stored.surrogate, normalization: stored.normalization)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    if normalization == .none {
      var container = encoder.singleValueContainer()
      try container.encode(text)
    } else {
      try Scaled(surrogate: text, normalization: normalization).encode(to: encoder)
    }
  }
}
