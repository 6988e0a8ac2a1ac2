import Foundation

/// Ein(x) = ∫_0^x (1 - e^{-y})/y dy = ln x + γ + E1(x), for x >= 0.
enum EntireExponentialIntegral {
  /// Euler's constant.
  static let euler = 0.577_215_664_901_532_9

  /// To about two units in the last place.
  static func value(_ x: Double) -> Double {
    x < 2 ? series(x) : log(x) + euler + exp(-x) * fraction(x)
  }

  /// -Σ (-x)^k/(k k!)
  private static func series(_ x: Double) -> Double {
    var (sum, power) = (0.0, -1.0)
    var k = 1.0
    while true {
      power *= -x / k
      let next = sum + power / k
      if next == sum { return sum }
      sum = next
      k += 1
    }
  }

  /// e^x E1(x) by its continued fraction (Lentz's method).
  private static func fraction(_ x: Double) -> Double {
    var b = x + 1
    var d = 1 / b
    var (c, value) = (Double.infinity, d)
    for k in 1...100 {
      let a = -Double(k * k)
      b += 2
      d = 1 / (a * d + b)
      c = b + a / c
      value *= c * d
      if abs(c * d - 1) < 1e-16 { break }
    }
    return value
  }
}
