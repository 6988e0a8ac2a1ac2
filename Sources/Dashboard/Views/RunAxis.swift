import Foundation
import Terminal

/// Round numbers below a chart over a run, the word for them at the right end.
struct RunAxis {
  var chart: LineChart
  /// The stretch of x that the chart shows.
  var range: AxisRange
  var axis: ChartWindow.Axis
  /// Steps to one of the axis' units, for those that are linear in steps.
  var stepsPerUnit: Double

  /// The word for the axis, where it is not that of its kind.
  var name: String?

  /// Columns from one number to the next, at least.
  private static let spacing = 8

  private var word: String {
    if let name { return name }
    return switch axis {
    case .epoch: "epoch"
    case .step: "step"
    case .samples: "samples"
    case .seconds: "time"
    case .w: "w"
    }
  }

  /// Draws one row, in line with a plot of that size at its left end.
  func draw(plot: Size, on canvas: Canvas) {
    guard stepsPerUnit > 0, let left = chart.column(of: range.lower, size: plot) else { return }
    let end = canvas.width - word.cellWidth - 2
    let labels = max(1, (end - left) / Self.spacing)
    var free = left
    for tick in ticks(atMost: labels) {
      guard let column = chart.column(of: tick.place, size: plot), column >= free,
        column + tick.label.cellWidth <= end
      else { continue }
      free = canvas.draw(tick.label, at: Point(column: column, row: 0), .dim) + 1
    }
    if end > left { canvas.drawRight([Span(word, .dim)], row: 0, end: canvas.width - 1) }
  }

  private func ticks(atMost count: Int) -> [(place: Double, label: String)] {
    if axis == .w { return powersOfTwo(atMost: count) }
    let unit = axis.isLinear ? stepsPerUnit : 1
    let (lower, upper) = (range.lower / unit, min(range.upper / unit, 1e15))
    if chart.horizontalScale == .logarithmic { return powersOfTen(lower, upper, unit) }
    let distance = Self.roundStep(
      atLeast: (upper - lower) / Double(count), isWhole: axis != .seconds)
    var values: [Double] = []
    var value = (lower / distance).rounded(.up) * distance
    while value <= upper, values.count < 100 {
      values.append(value)
      value += distance
    }
    let isFine = axis == .seconds && distance < 1
    return values.map {
      (place: $0 * unit, label: isFine ? Number.short($0) + " s" : label($0))
    }
  }

  private func label(_ value: Double) -> String {
    switch axis {
    case .seconds: Figure.duration(value)
    case .samples: Number.short(value)
    default: value < 1e6 ? String(Int(value)) : Number.short(value)
    }
  }

  private func powersOfTen(
    _ lower: Double, _ upper: Double, _ unit: Double
  ) -> [(place: Double, label: String)] {
    (0...15).map { pow(10, Double($0)) }.filter { $0 >= lower && $0 <= upper }.map {
      (place: $0 * unit, label: label($0))
    }
  }

  private func powersOfTwo(atMost count: Int) -> [(place: Double, label: String)] {
    let (first, last) = (range.lower.rounded(.up), range.upper.rounded(.down))
    guard last >= first, last - first < 100 else { return [] }
    let distance = max(1, ((last - first) / Double(count)).rounded(.up))
    return stride(from: first, through: last, by: distance).map {
      (place: $0, label: Number.short(pow(2, -$0)))
    }
  }

  /// The smallest of 1, 2, 5, 10, 20, ... that is not below `least`.
  private static func roundStep(atLeast least: Double, isWhole: Bool) -> Double {
    var power = isWhole ? 1.0 : 0.001
    while power < 1e15 {
      for step in [1.0, 2, 5] where step * power >= least { return step * power }
      power *= 10
    }
    return power
  }
}
