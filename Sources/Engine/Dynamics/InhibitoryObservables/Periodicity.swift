import Foundation

/// The period of a signal that was sampled in equal steps, such as V̄, in two ways (specification of
/// inhibitory networks, 4).
package enum Periodicity {
  /// The correlation of the signal with itself, shifted by 0, 1, ... up to half its length, in units
  /// of its variance: 1 at first. Empty for a signal that does not move or has fewer than four
  /// samples.
  package static func autocorrelation(_ signal: [Double]) -> [Double] {
    let count = signal.count
    guard count >= 4, let centred = centred(signal) else { return [] }
    // By way of the power, with as many zeros after it that nothing wraps around.
    let length = FourierTransform.length(for: 2 * count)
    let power = FourierTransform.power(of: centred, length: length)
    var real = power + power[1..<length / 2].reversed()
    var imaginary = Array(repeating: 0.0, count: length)
    FourierTransform.transform(&real, &imaginary)
    let variance = real[0] / Double(count)
    return (0...count / 2).map { real[$0] / Double(count - $0) / variance }
  }

  /// The shift of the first high maximum of the autocorrelation, in units of time: after it was
  /// first below 0, the first local maximum that is at least half as high as any later one. `nil`
  /// where there is none, as for a signal with less than two periods, or where none is above 0.1.
  package static func period(_ signal: [Double], step: Double) -> Double? {
    let correlation = autocorrelation(signal)
    guard let crossing = correlation.firstIndex(where: { $0 < 0 }) else { return nil }
    let highest = correlation[crossing...].max() ?? 0
    guard highest > 0.1 else { return nil }
    for shift in crossing..<correlation.count - 1
    where correlation[shift] >= highest / 2 && correlation[shift] > correlation[shift - 1]
      && correlation[shift] >= correlation[shift + 1]
    {
      return step * (Double(shift) + vertex(correlation, at: shift))
    }
    return nil
  }

  /// A power spectrum.
  package struct Spectrum: Sendable, Equatable {
    /// In cycles per unit of time, between neighbouring powers.
    package let step: Double
    /// Mean square per unit of frequency from 0 on: the sum of power times step is the variance.
    package let power: [Double]

    /// The frequency of the largest power beyond the first two, which the window smears the mean
    /// over, between samples by a parabola through logarithms; `nil` without power. Beware of
    /// harmonics.
    package var peak: Double? {
      guard power.count > 4 else { return nil }
      let inner = 2..<power.count - 1
      guard let index = inner.max(by: { power[$0] < power[$1] }), power[index] > 0,
        power[index - 1] > 0, power[index + 1] > 0
      else { return nil }
      let logarithms = power[index - 1...index + 1].map { log($0) }
      return step * (Double(index) + vertex(logarithms, at: 1))
    }
  }

  /// The spectrum with a Hann window. Empty for a signal that does not move or has fewer than four
  /// samples.
  package static func spectrum(_ signal: [Double], step: Double) -> Spectrum {
    let length = FourierTransform.length(for: signal.count)
    let resolution = 1 / (step * Double(length))
    guard signal.count >= 4, let centred = centred(signal) else {
      return Spectrum(step: resolution, power: [])
    }
    let hann = signal.indices.map { index in
      let half = sin(.pi * (Double(index) + 0.5) / Double(signal.count))
      return half * half
    }
    let weight = hann.reduce(0) { $0 + $1 * $1 }
    let power = FourierTransform.power(of: zip(centred, hann).map { $0 * $1 }, length: length)
    // Both signs of a frequency together, but for the ends, which are their own mirror images.
    return Spectrum(
      step: resolution,
      power: power.enumerated().map { index, power in
        let sides = index == 0 || index == length / 2 ? 1.0 : 2
        return sides * power * step / weight
      })
  }

  /// The signal without its mean; `nil` where nothing but rounding is left.
  private static func centred(_ signal: [Double]) -> [Double]? {
    let mean = signal.reduce(0, +) / Double(signal.count)
    let centred = signal.map { $0 - mean }
    let largest = centred.reduce(0) { max($0, abs($1)) }
    return largest > 1e-13 * abs(mean) && largest.isFinite ? centred : nil
  }

  /// Where a parabola through three neighbours is highest, from the middle one.
  fileprivate static func vertex(_ values: [Double], at index: Int) -> Double {
    let (before, here, after) = (values[index - 1], values[index], values[index + 1])
    let curvature = before - 2 * here + after
    return curvature < 0 ? min(max((before - after) / (2 * curvature), -0.5), 0.5) : 0
  }
}
