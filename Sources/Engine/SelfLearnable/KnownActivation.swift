import Foundation

/// A function that a self-learnable activation may begin as, or be likened to.
package enum KnownActivation: String, Sendable, Codable, CaseIterable {
  case identity, relu, tanh, sigmoid, square

  package func value(_ x: Double) -> Double {
    switch self {
    case .identity: x
    case .relu: max(x, 0)
    case .tanh: Foundation.tanh(x)
    case .sigmoid: 1 / (1 + exp(-x))
    case .square: x * x
    }
  }

  /// The one nearest to `curve` on a range, and the root of their mean squared distance there.
  package static func nearest(
    to curve: (Double) -> Double, on range: ClosedRange<Double>, points: Int = 201
  ) throws(SelfLearnableError) -> (activation: KnownActivation, distance: Double) {
    let inputs = try ActivationFit.points(points, on: range)
    let values = inputs.map(curve)
    guard values.allSatisfy(\.isFinite) else { throw .unfit }
    var best = (activation: KnownActivation.identity, distance: Double.infinity)
    for known in allCases {
      let distances = zip(inputs, values).map { known.value($0) - $1 }
      let distance = (dot(distances, distances) / Double(points)).squareRoot()
      if distance < best.distance { best = (known, distance) }
    }
    return best
  }
}
