import Foundation

/// A second-order section: y = a0 x + z1, then z1 = a1 x - b1 y + z2 and z2 = a2 x - b2 y.
package struct SecondOrderSection: Sendable, Equatable {
  package var a0, a1, a2, b1, b2: Double

  package init(a0: Double, a1: Double, a2: Double, b1: Double, b2: Double) {
    (self.a0, self.a1, self.a2, self.b1, self.b2) = (a0, a1, a2, b1, b2)
  }

  package var coefficients: [Double] { [a0, a1, a2, b1, b2] }

  /// The gain at `share` of the sample rate.
  package func gain(at share: Double) -> Double {
    let angle = 2 * Double.pi * share
    let (real, imaginary) = (cos(angle), sin(angle))
    let (real2, imaginary2) = (cos(2 * angle), sin(2 * angle))
    let above = hypot(a2 + a1 * real + a0 * real2, a1 * imaginary + a0 * imaginary2)
    return above / hypot(b2 + b1 * real + real2, b1 * imaginary + imaginary2)
  }

  /// The section with the gain `gain` at `share` of the sample rate.
  func normalized(to gain: Double, at share: Double) -> SecondOrderSection {
    let factor = gain / self.gain(at: share)
    return .init(a0: a0 * factor, a1: a1 * factor, a2: a2 * factor, b1: b1, b2: b2)
  }
}

/// The filters of Lyon's passive ear model as in M. Slaney's Auditory Toolbox (specification of the
/// spiking networks, 5.4): a cascade of second-order sections from high to low frequencies, each of
/// whose outputs is a channel.
package struct LyonFilters: Sendable, Equatable {
  /// Samples a second for which filters are made.
  package static let allowedRates = 1000...192_000

  package let sampleRate: Int
  /// Two front sections, then one a channel.
  package let sections: [SecondOrderSection]
  /// Of the channels, in Hz, falling.
  package let centres: [Double]

  private static let quality = 8.0
  private static let breakFrequency = 1000.0
  private static let zeroOffset = 1.5
  private static let sharpness = 5.0
  private static let emphasisCorner = 300.0
  private static let step = quality / 32

  /// - Precondition: a rate of ``allowedRates``.
  package init(sampleRate: Int) {
    precondition(Self.allowedRates.contains(sampleRate))
    self.sampleRate = sampleRate
    let rate = Double(sampleRate)
    let edge = Self.bandwidth(rate / 2)
    let top = rate / 2 - edge * Self.step * Self.zeroOffset + edge * Self.step
    let centres = Self.centres(below: top)
    self.centres = centres
    let channels = centres.indices.map { channel in
      let above = max(channel, 1)
      return Self.channel(centres[channel], rate)
        .normalized(to: centres[above - 1] / centres[above], at: 0)
    }
    sections = Self.front(top, firstCentre: centres[0], rate) + channels
  }

  /// Of the filter at `frequency`, in Hz.
  private static func bandwidth(_ frequency: Double) -> Double {
    (frequency * frequency + breakFrequency * breakFrequency).squareRoot() / quality
  }

  private static func centres(below top: Double) -> [Double] {
    func reach(_ frequency: Double) -> Double {
      frequency + (frequency * frequency + breakFrequency * breakFrequency).squareRoot()
    }
    let low = breakFrequency / (4 * quality * quality - 1).squareRoot()
    let count = Int((quality * (log(reach(top)) - log(reach(low))) / step).rounded(.down))
    let first = reach(top)
    return (1...count).map { number in
      let decay = exp(-Double(number) * step / quality)
      return (first * decay - breakFrequency * breakFrequency / (first * decay)) / 2
    }
  }

  /// Zeros a little above the centre, poles at it.
  private static func channel(_ centre: Double, _ rate: Double) -> SecondOrderSection {
    let width = bandwidth(centre)
    let zero = centre + width * step * zeroOffset
    let zeros = polynomial(zero, quality: sharpness * zero / width, rate)
    let poles = polynomial(centre, quality: centre / width, rate)
    return .init(a0: 1, a1: zeros.first, a2: zeros.second, b1: poles.first, b2: poles.second)
  }

  /// Outer and middle ear, and what stands for the filters above the highest.
  private static func front(
    _ top: Double, firstCentre: Double, _ rate: Double
  ) -> [SecondOrderSection] {
    let emphasis = exp(-2 * Double.pi * emphasisCorner / rate)
    let poles = polynomial(top, quality: firstCentre / bandwidth(firstCentre), rate)
    return [
      SecondOrderSection(a0: 0, a1: 1, a2: -emphasis, b1: 0, b2: 0),
      SecondOrderSection(a0: 1, a1: 0, a2: -1, b1: poles.first, b2: poles.second),
    ].map { $0.normalized(to: 1, at: 0.25) }
  }

  /// The polynomial z^2 + first z + second with roots at a frequency and of a quality.
  private static func polynomial(
    _ frequency: Double, quality: Double, _ rate: Double
  ) -> (first: Double, second: Double) {
    let radius = exp(-Double.pi * frequency / (rate * quality))
    let angle =
      2 * Double.pi * frequency / rate * (1 - 1 / (4 * quality * quality)).squareRoot()
    return (-2 * radius * cos(angle), radius * radius)
  }
}
