package import Engine

/// The quantizers of the hybrid-spiking specification (sections 1.1 and 1.5) for one signal, in
/// plain Double. Counts are integers held in Doubles, so that no activity is too large.
package enum ReferenceQuantizer {
  /// What a quantizer makes of a sequence of activities.
  package struct Sequence: Sendable, Equatable {
    /// n of each step; 0 when bypassed.
    package var counts: [Double]
    /// n/w of each step; the activity itself when bypassed.
    package var outputs: [Double]
    /// The voltage after the last step.
    package var voltage: Double
  }

  /// s = v + (w a), n = floor(s), v = s - n; at infinite w nothing happens.
  package static func diffused(
    _ activities: [Double], resolution: Double, voltage: Double
  ) -> Sequence {
    var sequence = Sequence(counts: [], outputs: [], voltage: voltage)
    for activity in activities {
      let step = diffused(activity, resolution: resolution, voltage: &sequence.voltage)
      sequence.counts.append(step.count)
      sequence.outputs.append(step.output)
    }
    return sequence
  }

  /// One step of `diffused`.
  package static func diffused(
    _ activity: Double, resolution: Double, voltage: inout Double
  ) -> (count: Double, output: Double) {
    guard resolution.isFinite else { return (0, activity) }
    let sum = voltage + (resolution * activity)
    let count = sum.rounded(.down)
    voltage = sum - count
    return (count, count / resolution)
  }

  /// n = round(w a), ties to even. No state: the voltage stays 0.
  package static func nearest(_ activities: [Double], resolution: Double) -> Sequence {
    stateless(activities, resolution: resolution) { scaled, _ in
      scaled.rounded(.toNearestOrEven)
    }
  }

  /// n = sign(a) (trunc(w |a|) + (U < frac(w |a|))) with one listed uniform U per step.
  package static func stochastic(
    _ activities: [Double], resolution: Double, uniforms: [Double]
  ) -> Sequence {
    stateless(activities, resolution: resolution) { scaled, step in
      let magnitude = abs(scaled)
      let whole = magnitude.rounded(.towardZero)
      let count = whole + (uniforms[step] < magnitude - whole ? 1 : 0)
      return scaled < 0 ? -count : count
    }
  }

  private static func stateless(
    _ activities: [Double], resolution: Double, count: (_ scaled: Double, _ step: Int) -> Double
  ) -> Sequence {
    guard resolution.isFinite else {
      return Sequence(
        counts: activities.map { _ in 0 }, outputs: activities, voltage: 0)
    }
    let counts = activities.enumerated().map { count(resolution * $0.element, $0.offset) }
    return Sequence(counts: counts, outputs: counts.map { $0 / resolution }, voltage: 0)
  }

  /// do/da of a step that began with a voltage: that of the site's surrogate, or 1 where nothing is
  /// quantized. A curve that cannot be scaled as asked for gives NaN.
  package static func slope(
    _ activity: Double, by surrogate: SiteSurrogate, resolution: Double, voltage: Double
  ) -> Double {
    guard resolution.isFinite else { return 1 }
    let position = voltage + resolution * activity
    return (try? surrogate.slope(activity: activity, position: position)) ?? .nan
  }

  /// Straight-through gradient of base activation and quantizer: dL/do f'(x), whatever w and the
  /// voltages are (section 1.6).
  package static func gradient(
    _ x: [Double], upstream: [Double], activation: ReferenceActivation
  ) -> [Double] {
    zip(x, upstream).map { $1 * activation.derivative($0) }
  }

  /// Number of values that n can take for activities in `range` (section 1.3).
  package static func levels(resolution: Double, range: ClosedRange<Double>) -> Double {
    (resolution * range.upperBound).rounded(.up) - (resolution * range.lowerBound).rounded(.down)
      + 1
  }
}
