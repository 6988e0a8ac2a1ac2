import Foundation

/// The path of a scheduled value from its start to its end.
///
/// p is the progress 0...1 through the annealed phase, `elapsed` the steps done in it. Formulas:
/// hybrid-spiking specification, section 2.2.
package enum ScheduleShape: Sendable, Equatable, Codable {
  /// value
  case hold(Double)
  /// w0 + (w1 - w0) p
  case linear(start: Double, end: Double)
  /// w0 (w1 / w0)^p: equal bits lost per step
  case geometric(start: Double, end: Double)
  /// 1 / (1/w0 + (1/w1 - 1/w0) p): linear in the quantum 1/w
  case harmonic(start: Double, end: Double)
  /// w1 + (w0 - w1)(1 + cos(pi p))/2
  case cosine(start: Double, end: Double)
  /// The cosine of the logarithm.
  case cosineLog(start: Double, end: Double)
  /// `plateaus` equal stretches, geometric from one to the next.
  case step(start: Double, end: Double, plateaus: Int)
  /// w0 r^(elapsed/s), or r^floor(elapsed/s) when `staircase`; has no end value.
  case exponential(start: Double, rate: Double, decaySteps: Double, staircase: Bool)
  /// `values[i]` at the first i with elapsed <= boundaries[i], else the last value.
  case piecewiseConstant(boundaries: [Double], values: [Double])
  /// Straight lines (in w or log w) or steps between points.
  case keypoints([Keypoint], interpolation: Interpolation)
  /// w = (2^b - 1)/width with the bits b linear in p; `width` = hi - lo of the activity.
  case bits(start: Double, end: Double, width: Double)

  /// One point of a keypoint schedule.
  package struct Keypoint: Sendable, Equatable, Codable {
    /// Progress 0...1.
    package var position: Double
    package var value: Double

    package init(position: Double, value: Double) {
      self.position = position
      self.value = value
    }
  }

  /// How a keypoint schedule goes from one point to the next.
  package enum Interpolation: String, Sendable, Codable, CaseIterable {
    case log, linear, hold
  }

  /// The value at progress `p` (0...1), `elapsed` steps after the start.
  package func value(progress p: Double, elapsed: Double) -> Double {
    switch self {
    case .hold(let value): value
    case .linear(let start, let end): start + (end - start) * p
    case .geometric(let start, let end): start * pow(end / start, p)
    case .harmonic(let start, let end): 1 / (1 / start + (1 / end - 1 / start) * p)
    case .cosine(let start, let end): end + (start - end) * (1 + cos(.pi * p)) / 2
    case .cosineLog(let start, let end):
      exp(log(end) + (log(start) - log(end)) * (1 + cos(.pi * p)) / 2)
    case .step(let start, let end, let plateaus):
      start * pow(end / start, Self.plateau(p, of: plateaus))
    case .exponential(let start, let rate, let decaySteps, let staircase):
      start * pow(rate, staircase ? (elapsed / decaySteps).rounded(.down) : elapsed / decaySteps)
    case .piecewiseConstant(let boundaries, let values):
      values[boundaries.firstIndex { elapsed <= $0 } ?? values.count - 1]
    case .keypoints(let points, let interpolation):
      Self.interpolate(points, by: interpolation, at: p)
    case .bits(let start, let end, let width):
      (pow(2, start + (end - start) * p) - 1) / width
    }
  }

  /// Position 0...1 of the plateau that `p` lies on.
  private static func plateau(_ p: Double, of plateaus: Int) -> Double {
    guard plateaus > 1 else { return 1 }
    let index = min(Double(plateaus - 1), (p * Double(plateaus)).rounded(.down))
    return index / Double(plateaus - 1)
  }

  private static func interpolate(
    _ points: [Keypoint], by interpolation: Interpolation, at p: Double
  ) -> Double {
    guard let next = points.firstIndex(where: { $0.position > p }) else {
      return points[points.count - 1].value
    }
    guard next > 0 else { return points[0].value }
    let (a, b) = (points[next - 1], points[next])
    let t = (p - a.position) / (b.position - a.position)
    switch interpolation {
    case .hold: return a.value
    case .linear: return a.value + (b.value - a.value) * t
    case .log: return exp(log(a.value) + (log(b.value) - log(a.value)) * t)
    }
  }
}
