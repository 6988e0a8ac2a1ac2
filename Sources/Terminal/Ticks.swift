/// A labelled value of an axis.
struct Tick: Hashable {
  let value: Double
  let label: String
}

/// Chooses the labelled values of an axis.
enum Ticks {
  /// Round values within the axis, about `count` of them, in rising order.
  static func of(_ axis: Axis, count: Int) -> [Tick] {
    guard count > 0 else { return [] }
    if axis.scale == .logarithmic, let ticks = logarithmic(axis.range, count: count) {
      return ticks
    }
    return linear(axis.range, count: count)
  }

  private static func linear(_ range: AxisRange, count: Int) -> [Tick] {
    let rough = range.length / Double(count)
    guard rough > 0, rough.isFinite else { return [] }
    let power = power10(logarithm10(rough).rounded(.down))
    let step = [1, 2, 5].first { $0 * power >= rough * 0.999 } ?? 10
    let distance = step * power
    let first = (range.lower / distance - 1e-9).rounded(.up)
    let last = (range.upper / distance + 1e-9).rounded(.down)
    guard distance > 0, last - first < 1000, first.magnitude < 1e15 else { return [] }
    let values = stride(from: first, through: last, by: 1).map { $0 * distance }
    return labelled(values, step: distance)
  }

  private static func labelled(_ values: [Double], step: Double) -> [Tick] {
    let largest = values.reduce(0) { max($0, $1.magnitude) }
    if largest >= 10_000 || step < 0.0005 {
      let digits = 1 + Int(clamping: logarithm10(largest / step) + 0.001, to: 0...6)
      return values.map { Tick(value: $0, label: Number.compact($0, digits: digits)) }
    }
    let decimals = Int(clamping: (-logarithm10(step) + 0.999), to: 0...6)
    return values.map { Tick(value: $0, label: Number.fixed($0, decimals: decimals)) }
  }

  /// Powers of ten and, where they are too few, twice and five times of them; nil when the range is so short
  /// that equal distances read better.
  private static func logarithmic(_ range: AxisRange, count: Int) -> [Tick]? {
    let lower = logarithm10(range.lower)
    let upper = logarithm10(range.upper)
    let decades = upper - lower
    guard decades > 0.4 else { return nil }
    let multiples: [Double] = decades * 3 <= Double(count) * 1.5 ? [1, 2, 5] : [1]
    let stride = max(1, (decades / Double(count)).rounded(.up))
    var ticks: [Tick] = []
    var exponent = (lower / stride).rounded(.down) * stride
    while exponent <= upper && ticks.count < 100 {
      for multiple in multiples {
        let value = multiple * power10(exponent)
        let isWithin = value >= range.lower * 0.9999 && value <= range.upper * 1.0001
        if isWithin { ticks.append(Tick(value: value, label: Number.compact(value, digits: 1))) }
      }
      exponent += stride
    }
    return ticks.isEmpty ? nil : ticks
  }
}

extension Number {
  /// The value with at most `digits` leading digits and no zeros that say nothing: `0.1`, `20k`.
  static func compact(_ value: Double, digits: Int) -> String {
    let text = short(value, digits: digits)
    guard let dot = text.firstIndex(of: "."), !text.contains("e") else { return text }
    let tail = text[dot...].drop { !$0.isLetter }
    var number = text[..<text.index(text.endIndex, offsetBy: -tail.count)]
    while number.last == "0" { number.removeLast() }
    if number.last == "." { number.removeLast() }
    return String(number) + tail
  }
}
