import Foundation

/// Time as its exponential, E = e^t 2^-exponent (specification of inhibitory networks, 2.2). The
/// power of two, which keeps E in range as time goes on, changes no other bit of any number, so that
/// it does not matter when it is changed.
struct GrowthScale: Sendable, Equatable {
  var exponent = 0

  /// ln 2 in two parts, the first of so few digits that its products with whole numbers are exact.
  private static let log2 = (high: 0x1.62e42feep-1, low: 0x1.a39ef35793c76p-33)

  /// Infinite when the time lies too far ahead for the exponent of now.
  func growth(at time: Double) -> Double {
    let power = (time / (Self.log2.high + Self.log2.low)).rounded(.down)
    let rest = (time - power * Self.log2.high) - power * Self.log2.low
    return scalbn(exp(rest), Int(power) - exponent)
  }

  func time(of growth: Double) -> Double {
    let power = Double(Int(growth.exponent) + exponent)
    return power * Self.log2.high + (log(growth.significand) + power * Self.log2.low)
  }
}

extension GrowthScale {
  /// On which the growth at a time is from 1 to 2.
  init(at time: Double) {
    self.init(exponent: Int((time / (Self.log2.high + Self.log2.low)).rounded(.down)))
  }
}
