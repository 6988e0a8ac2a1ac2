/// How values are laid along an axis.
package enum Scale: Hashable, Sendable {
  case linear
  /// Base 10; values that are not positive have no place on it.
  case logarithmic
}

/// A stretch of values on an axis; `lower` is never above `upper`.
package struct AxisRange: Hashable, Sendable {
  package let lower: Double
  package let upper: Double

  package init(_ lower: Double, _ upper: Double) {
    self.lower = lower.isFinite ? min(lower, upper.isFinite ? upper : lower) : 0
    self.upper = upper.isFinite ? max(upper, self.lower) : self.lower
  }

  package var length: Double { upper - lower }

  func union(_ other: AxisRange) -> AxisRange {
    AxisRange(min(lower, other.lower), max(upper, other.upper))
  }
}

/// An axis of a chart: from values to places 0...1 along it.
struct Axis {
  let scale: Scale
  let range: AxisRange
  private let start: Double
  private let factor: Double

  /// The range is taken as it is; one without length, or without room for a logarithm, is widened.
  init(scale: Scale, range: AxisRange) {
    var range = range
    if scale == .logarithmic {
      let upper = range.upper > 0 ? range.upper : 1
      range = AxisRange(range.lower > 0 ? range.lower : upper / 1000, upper)
    }
    if range.length <= range.upper.magnitude * 1e-13 { range = Axis.widened(range, scale: scale) }
    self.scale = scale
    self.range = range
    let ends = [range.lower, range.upper].map { scale == .logarithmic ? logarithm10($0) : $0 }
    start = ends[0]
    factor = 1 / (ends[1] - ends[0])
  }

  private static func widened(_ range: AxisRange, scale: Scale) -> AxisRange {
    if scale == .logarithmic { return AxisRange(range.lower / 2, range.upper * 2) }
    let reach = range.upper == 0 ? 1 : range.upper.magnitude * 0.1
    return AxisRange(range.lower - reach, range.upper + reach)
  }

  /// The range with room around the data, so that curves stay off the border. Zero stays the bound
  /// of data that does not cross it.
  static func padded(_ range: AxisRange, scale: Scale) -> AxisRange {
    guard range.length > 0 else { return widened(range, scale: scale) }
    if scale == .logarithmic {
      guard range.lower > 0 else { return range }
      let factor = power(range.upper / range.lower, 0.05)
      return AxisRange(range.lower / factor, range.upper * factor)
    }
    let reach = range.length * 0.05
    let lower = range.lower - reach
    let upper = range.upper + reach
    return AxisRange(
      range.lower >= 0 ? max(0, lower) : lower, range.upper <= 0 ? min(0, upper) : upper)
  }

  /// The place of a value: 0 at the lower end, 1 at the upper; nil when it has none.
  @inline(__always)
  func place(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    if scale == .linear { return (value - start) * factor }
    return value > 0 ? (logarithm10(value) - start) * factor : nil
  }

  /// The value at a place from 0 to 1.
  func value(at place: Double) -> Double {
    let value = start + place / factor
    return scale == .linear ? value : power10(value)
  }
}
