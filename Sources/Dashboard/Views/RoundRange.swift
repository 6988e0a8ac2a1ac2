import Terminal

/// Bounds for logarithmic axes that are 1, 2 or 5 times a power of ten, so that a low chart has
/// round labels too.
enum RoundRange {
  /// Around all finite values above zero; `nil` when there are none.
  static func around(_ series: [Series]) -> AxisRange? {
    var extremes = Extremes()
    for series in series { extremes.add(series.extremes) }
    let lower = extremes.minimumAboveZero
    guard lower.isFinite, extremes.maximum >= lower else { return nil }
    return AxisRange(below(lower), above(extremes.maximum))
  }

  private static func below(_ value: Double) -> Double {
    let power = powerOfTen(notAbove: value)
    return ([5.0, 2].first { $0 * power <= value * 1.000_001 } ?? 1) * power
  }

  private static func above(_ value: Double) -> Double {
    let power = powerOfTen(notAbove: value)
    return ([1.0, 2, 5].first { $0 * power >= value * 0.999_999 } ?? 10) * power
  }

  private static func powerOfTen(notAbove value: Double) -> Double {
    var power = 1.0
    while power > value && power > 1e-300 { power /= 10 }
    while power * 10 <= value && power < 1e300 { power *= 10 }
    return power
  }
}
