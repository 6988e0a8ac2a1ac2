/// How the stretch of an axis is chosen around the values that it has to show.
package enum RangeFit: Hashable, Sendable {
  /// Some room on either side, so that curves stay off the border.
  case padded
  /// From zero to a whole number above values that are never negative: an axis that does not jump
  /// about. Other values, and those on a logarithmic axis, are padded.
  case fromZero
  /// Padded by one at least, but never beyond the bounds of what the values can be.
  case within(AxisRange)
  /// On a logarithmic axis to the next 1, 2 or 5 times a power of ten, so that a low chart has
  /// round labels too; else padded.
  case round

  func range(around values: AxisRange, scale: Scale) -> AxisRange {
    switch self {
    case .fromZero where scale == .linear && values.lower >= 0:
      return AxisRange(0, max(1, (values.upper * 1.02).rounded(.up)))
    case .within(let bounds) where scale == .linear:
      let room = max(values.length * 0.05, 1)
      return AxisRange(
        max(bounds.lower, values.lower - room), min(bounds.upper, values.upper + room))
    case .round where scale == .logarithmic && values.lower > 0:
      return AxisRange(RangeFit.below(values.lower), RangeFit.above(values.upper))
    default: return Axis.padded(values, scale: scale)
    }
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
    var power = power10(logarithm10(value).rounded(.down))
    // The logarithm may be off by its last digit, on either side.
    if power > value { power /= 10 }
    if power * 10 <= value { power *= 10 }
    return power > 0 ? power : value
  }
}
