import Foundation

/// What of the control points of a kind of curves is trained beside their heights.
package enum TrainedCovariance: String, Sendable, Codable, CaseIterable {
  case lengthScale, noise, inputs
}

/// Adam on the logarithms of length scale and noise and on the control inputs, in double. A step
/// that would make control points of which no curves can be made is not done.
struct CovarianceOptimizer: Sendable, Equatable, Codable {
  private var first: [Double]
  private var second: [Double]
  private var updates = 0

  /// Slower than curves, which have to follow.
  private static let share = 0.1
  private static let leastNoise = 1e-9

  init(_ points: ControlPoints) {
    first = [Double](repeating: 0, count: points.count + 2)
    second = first
  }

  /// Whether it is one of as many control points.
  func fits(_ points: ControlPoints) -> Bool {
    first.count == points.count + 2 && second.count == first.count && updates >= 0
  }

  /// The points after a step.
  mutating func step(
    _ points: ControlPoints, _ gradient: CovarianceGradient, trained: Set<TrainedCovariance>,
    rate: Double
  ) -> ControlPoints {
    let slopes =
      [
        trained.contains(.lengthScale) ? gradient.lengthScale * points.lengthScale : 0,
        trained.contains(.noise) ? gradient.noise * points.noise : 0,
      ] + gradient.inputs.map { trained.contains(.inputs) ? $0 : 0 }
    updates += 1
    let (bias1, bias2) = (1 - pow(0.9, Double(updates)), 1 - pow(0.999, Double(updates)))
    let changes = slopes.indices.map { index -> Double in
      first[index] += 0.1 * (slopes[index] - first[index])
      second[index] += 0.001 * (slopes[index] * slopes[index] - second[index])
      return -Self.share * rate * first[index] / bias1
        / ((second[index] / bias2).squareRoot() + 1e-8)
    }
    guard changes.contains(where: { $0 != 0 }) else { return points }
    let noise = max(points.noise * exp(changes[1]), Self.leastNoise)
    guard
      let next = try? ControlPoints(
        inputs: zip(points.inputs, changes.dropFirst(2)).map { $0 + $1 }, kernel: points.kernel,
        lengthScale: points.lengthScale * exp(changes[0]),
        noise: trained.contains(.noise) ? min(noise, ControlPoints.mostNoise) : points.noise),
      next.suitsFloat
    else { return points }
    return next
  }
}
