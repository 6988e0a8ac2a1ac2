/// A surrogate gradient (straight-through estimator): the curve mu'(x) that stands for the
/// derivative of a threshold or a staircase on the way back, where the true one is 0 almost
/// everywhere. x is relative to the threshold.
///
/// Specification of the coarse gradient, section 5: the entries of 5.2 with their numbers and a
/// switch for their scale, which acts as a learning rate of its own in every layer.
package struct Surrogate: Sendable, Hashable {
  package let kind: Kind
  /// One for each of ``Kind/parameters``, in their order and within their ranges.
  package let parameters: [Double]
  package let normalization: Normalization
  /// What the curve of the kind is multiplied by: 1 unless it is normalized.
  package let scale: Double

  /// How the curve is scaled.
  package enum Normalization: String, Sendable, Codable, CaseIterable {
    /// As its source defines it.
    case none
    /// So that its integral is 1.
    case unitMass
    /// So that its largest value is 1.
    case unitPeak
  }

  /// Throws where there are not as many parameters as the kind has, where one is out of its range,
  /// or where the curve has no mass or peak that could become 1.
  package init(
    _ kind: Kind, parameters: [Double]? = nil, normalization: Normalization = .none
  ) throws(SurrogateError) {
    let numbers = parameters ?? kind.parameters.map(\.standard)
    guard numbers.count == kind.parameters.count else {
      throw .wrongCount(kind, found: numbers.count)
    }
    for (parameter, number) in zip(kind.parameters, numbers)
    where !parameter.range.contains(number) {
      throw .outOfRange(kind, parameter, found: number)
    }
    let plain = Surrogate(kind, numbers, .none, scale: 1)
    switch normalization {
    case .none: self = plain
    case .unitMass:
      guard let mass = plain.mass, mass.isFinite, mass > 0 else {
        throw .notNormalizable(kind, normalization, found: plain.mass)
      }
      self.init(kind, numbers, normalization, scale: 1 / mass)
    case .unitPeak:
      guard plain.peak > 0 else {
        throw .notNormalizable(kind, normalization, found: plain.peak)
      }
      self.init(kind, numbers, normalization, scale: 1 / plain.peak)
    }
  }

  private init(
    _ kind: Kind, _ parameters: [Double], _ normalization: Normalization, scale: Double
  ) {
    self.kind = kind
    self.parameters = parameters
    self.normalization = normalization
    self.scale = scale
  }

  /// mu' = 1: what passes gradients straight through.
  package static let identity = Surrogate(.identity, [], .none, scale: 1)

  /// The kind as its source defines it.
  package static func standard(_ kind: Kind) -> Surrogate {
    Surrogate(kind, kind.parameters.map(\.standard), .none, scale: 1)
  }
}

/// Why a surrogate cannot be as asked for, or cannot stand where it was put.
package enum SurrogateError: Error, Sendable, Equatable {
  case unknownKind(String)
  /// Text that is no `name(parameter=number, ...)`.
  case malformed(String)
  case unknownParameter(Surrogate.Kind, String)
  case wrongCount(Surrogate.Kind, found: Int)
  case outOfRange(Surrogate.Kind, Surrogate.Parameter, found: Double)
  /// The mass or peak is not finite and above 0; `nil` where there is none.
  case notNormalizable(Surrogate.Kind, Surrogate.Normalization, found: Double?)
  /// A sum over thresholds needs a finite mass above 0; `nil` where there is none.
  case noFiniteMass(Surrogate.Kind, found: Double?)
  /// More of the curve than `limit` lies further away than the thresholds that are summed over.
  case tooWide(Surrogate.Kind, share: Double, thresholds: Int, limit: Double)
  /// The quantizer has no thresholds.
  case noThresholds(Quantizer)
}

extension Surrogate {
  /// One number of a curve.
  package struct Parameter: Sendable, Equatable {
    package let name: String
    package let standard: Double
    package let range: ClosedRange<Double>
    /// What one notch does to it: a quarter of an octave where it is above 0, else a sum.
    package let step: Knob.NotchStep

    /// - Parameter addend: what a notch adds, where the range holds 0
    init(
      _ name: String, _ standard: Double, in range: ClosedRange<Double> = Self.positive,
      by addend: Double? = nil
    ) {
      self.name = name
      self.standard = standard
      self.range = range
      step = addend.map { .add($0) } ?? .multiply(2.0.squareRoot().squareRoot())
    }

    /// Widths, slopes, heights.
    static let positive = 1e-4...1e4
  }

  /// Where a curve is not 0.
  package enum Support: String, Sendable {
    /// On x > 0 alone: mu' = 0 below the threshold.
    case oneSided
    /// mu'(-x) = mu'(x).
    case symmetric
    case asymmetric
    /// Nowhere.
    case none
  }
}
