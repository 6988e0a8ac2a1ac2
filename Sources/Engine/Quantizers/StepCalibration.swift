import Foundation

/// The resolution alpha of a quantized ReLU that makes the mean squared error least, for one number
/// of bits and one convention of thresholds, which it stays bound to (specification of the coarse
/// gradient, 4.1).
package struct StepCalibration: Sendable, Equatable {
  package let bits: Int
  package let thresholds: QuantizedReLU.Thresholds
  package let step: Double
  /// Rounds of the alternation; 0 for the optimum in closed form.
  package let iterations: Int

  /// The optimum for standard normal inputs above 0.
  ///
  /// Throws where `bits` is not in 1...16.
  package static func optimum(
    bits: Int, thresholds: QuantizedReLU.Thresholds
  ) throws(QuantizedReLUError) -> StepCalibration {
    let levels = try QuantizedReLU(bits: bits, thresholds: thresholds, step: 1).levels
    func error(_ step: Double) -> Double {
      Self.error(step: step, levels: levels, thresholds: thresholds)
    }
    // From levels that end at 1/2 to ones that end far beyond the last input, in equal ratios.
    let (least, most) = (0.5 / levels, max(8 / levels, 2))
    let ratio = pow(most / least, 1 / 64.0)
    let start = (0...64).map { least * pow(ratio, Double($0)) }.min { error($0) < error($1) }
    let step = Self.minimum(between: (start ?? least) / ratio, and: (start ?? least) * ratio, error)
    return StepCalibration(bits: bits, thresholds: thresholds, step: step, iterations: 0)
  }

  /// The alternation between the nearest level of each sample and the best alpha for these levels
  /// (Lloyd), from max(x) / L until alpha changes by less than 1e-14. Its end depends on data and
  /// start. Samples of 0 and below count for nothing.
  ///
  /// - Parameter rounds: at most so many
  /// Throws where `bits` is not in 1...16 or no sample is above 0.
  package static func lloyd(
    _ samples: [Double], bits: Int, rounds: Int = 100_000
  ) throws(QuantizedReLUError) -> StepCalibration {
    let positive = samples.filter { $0 > 0 && $0.isFinite }
    guard let largest = positive.max() else { throw .noSamples }
    var relu = try QuantizedReLU(bits: bits, step: largest / Double((1 << bits) - 1))
    for iteration in 1...max(1, rounds) {
      var (products, squares) = (0.0, 0.0)
      for x in positive {
        let level = relu.level(x)
        products += x * level
        squares += level * level
      }
      guard squares > 0 else { throw .noSamples }
      let next = try QuantizedReLU(bits: bits, step: products / squares)
      let isSettled = abs(next.step - relu.step) < 1e-14
      relu = next
      if isSettled || iteration == rounds {
        return StepCalibration(
          bits: bits, thresholds: .nearest, step: relu.step, iterations: iteration)
      }
    }
    throw .noSamples
  }

  /// E[(X - q(X))^2 | X > 0], X standard normal.
  package static func error(
    step: Double, bits: Int, thresholds: QuantizedReLU.Thresholds
  ) throws(QuantizedReLUError) -> Double {
    let relu = try QuantizedReLU(bits: bits, thresholds: thresholds, step: step)
    return error(step: step, levels: relu.levels, thresholds: thresholds)
  }

  private static func error(
    step: Double, levels: Double, thresholds: QuantizedReLU.Thresholds
  ) -> Double {
    var total = 0.0
    for level in 0...Int(levels) {
      let index = Double(level)
      let lower = bound(index, step, thresholds)
      let upper = index == levels ? Double.infinity : bound(index + 1, step, thresholds)
      guard lower < upper else { continue }
      total += 2 * squaredDistance(to: index * step, from: lower, upTo: upper)
    }
    return total
  }

  /// Where level `index` begins.
  private static func bound(
    _ index: Double, _ step: Double, _ thresholds: QuantizedReLU.Thresholds
  ) -> Double {
    guard index > 0 else { return 0 }
    switch thresholds {
    case .nearest, .nearestHalfEven: return (index - 0.5) * step
    case .hwgq: return index == 1 ? 0 : (index - 0.5) * step
    case .ceil: return (index - 1) * step
    }
  }

  /// Integral of (x - q)^2 phi(x).
  private static func squaredDistance(to q: Double, from lower: Double, upTo upper: Double)
    -> Double
  {
    func above(_ x: Double) -> Double { erfc(x / 2.0.squareRoot()) / 2 }
    func edge(_ x: Double) -> Double {
      x.isInfinite ? 0 : (x - 2 * q) * exp(-x * x / 2) / (2 * Double.pi).squareRoot()
    }
    return (1 + q * q) * (above(lower) - above(upper)) + edge(lower) - edge(upper)
  }

  /// Golden-section search.
  private static func minimum(
    between lower: Double, and upper: Double, _ function: (Double) -> Double
  ) -> Double {
    let share = (5.0.squareRoot() - 1) / 2
    var (a, b) = (lower, upper)
    for _ in 0..<80 {
      let (left, right) = (b - share * (b - a), a + share * (b - a))
      if function(left) < function(right) { b = right } else { a = left }
    }
    return (a + b) / 2
  }
}
