/// How the line of a curve is broken up, so that curves differ without colour.
package enum LineStyle: String, CaseIterable, Hashable, Sendable {
  case solid, dashed, dotted, dashDotted

  /// Whether a dot of an upright run is drawn. Runs longer than a dot or two are broken up along
  /// their length and keep both ends, where the extremes are.
  @inline(__always)
  func shows(column: Int, row: Int, of run: ClosedRange<Int>) -> Bool {
    if self == .solid { return true }
    let isUpright = run.count > 2
    if isUpright && (row == run.lowerBound || row == run.upperBound) { return true }
    let place = isUpright ? row : column
    return switch self {
    case .solid: true
    case .dashed: place % 6 < 4
    case .dotted: place % 2 == 0
    case .dashDotted: place % 8 < 4 || place % 8 == 6
    }
  }
}

/// A line of a chart.
package struct Curve: Equatable, Sendable {
  package var series: Series
  package var style: Style
  package var line: LineStyle
  /// Whether the points only sum up those of another curve, such as a running mean: they are then
  /// none that could be off scale.
  package var isDerived = false

  package init(_ series: Series, _ style: Style, line: LineStyle = .solid) {
    self.series = series
    self.style = style
    self.line = line
  }

  /// A curve through values at equal distances over `range`, as a schedule sampled for a chart.
  package init(
    samples: [Double], over range: AxisRange, _ style: Style, line: LineStyle = .solid
  ) {
    self.init(Series(samples: samples, from: range.lower, to: range.upper), style, line: line)
  }
}

/// A single point of a chart that the user may pick, as of a schedule.
package struct Marker: Equatable, Sendable {
  package var x: Double
  package var y: Double
  package var style: Style
  package var isSelected: Bool

  package init(x: Double, y: Double, style: Style, isSelected: Bool = false) {
    self.x = x
    self.y = y
    self.style = style
    self.isSelected = isSelected
  }
}
