/// Where the parts of a line chart go on a canvas, and what its axes show.
struct ChartLayout {
  let horizontal: Axis
  let vertical: Axis
  /// The area of the curves.
  let plot: Rect
  private let labels: [(row: Int, text: String)]
  private let horizontalLabels: [(column: Int, text: String)]

  /// A chart with fewer columns left for curves gets no labels.
  private static let leastPlotWidth = 6

  /// Nil when the chart has nothing to show.
  init?(_ chart: LineChart, size: Size) {
    guard let ranges = chart.ranges else { return nil }
    let horizontal = Axis(scale: chart.horizontalScale, range: ranges.horizontal)
    let vertical = Axis(scale: chart.verticalScale, range: ranges.vertical)
    let hasFooter = chart.hasHorizontalLabels && size.height >= 6
    let height = size.height - (hasFooter ? 1 : 0)
    let labels = ChartLayout.labels(of: vertical, height: height)
    let widest = labels.reduce(0) { max($0, $1.text.cellWidth) }
    let wanted = chart.margin ?? widest + 1
    let margin = size.width - wanted < ChartLayout.leastPlotWidth ? 0 : max(0, wanted)
    let plot = Rect(column: margin, row: 0, width: size.width - margin, height: height)
    self.horizontal = horizontal
    self.vertical = vertical
    self.plot = plot
    self.labels = margin > 0 ? labels : []
    horizontalLabels = hasFooter ? ChartLayout.footer(of: horizontal, width: plot.width) : []
  }

  /// The column of the plot that shows a value of x.
  func column(_ x: Double) -> Int? {
    horizontal.place(x).flatMap { ChartLayout.cell($0, dots: plot.width * 2, perCell: 2) }
  }

  /// The value of x in the middle of a column of the plot, the nearest end for one beside it.
  func x(atColumn column: Int) -> Double {
    let dots = Double(max(2, plot.width * 2))
    let column = Double(min(max(0, column), max(0, plot.width - 1)))
    return horizontal.value(at: (column * 2 + 0.5) / (dots - 1))
  }

  /// The row of the plot that shows a value of y.
  func row(_ y: Double) -> Int? {
    vertical.place(y).flatMap { ChartLayout.cell(1 - $0, dots: plot.height * 4, perCell: 4) }
  }

  /// The cell of the dot at a place 0...1 of an axis; nil beyond its ends.
  private static func cell(_ place: Double, dots: Int, perCell: Int) -> Int? {
    guard dots > 0, place >= -1e-9, place <= 1 + 1e-9 else { return nil }
    return Int(clamping: place * Double(dots - 1) + 0.5, to: 0...dots - 1) / perCell
  }

  func drawLabels(on canvas: Canvas) {
    for label in labels {
      canvas.drawRight([Span(label.text, .dim)], row: label.row, end: plot.column - 1)
    }
    for label in horizontalLabels {
      let point = Point(column: plot.column + label.column, row: plot.endRow)
      canvas.draw(label.text, at: point, .dim)
    }
  }

  /// Round values on rows of their own: so many as read well, but more of them where fewer than two
  /// would be left to tell the scale. The bounds of the axis stand in where there are none.
  private static func labels(of axis: Axis, height: Int) -> [(row: Int, text: String)] {
    guard height >= 2 else { return [] }
    for count in max(2, min(7, (height + 1) / 2))...8 {
      let labels = labels(of: Ticks.of(axis, count: count), on: axis, height: height)
      if labels.count >= 2 { return labels }
    }
    guard height >= 3 else { return labels(of: Ticks.of(axis, count: 2), on: axis, height: height) }
    return [(0, Number.short(axis.range.upper)), (height - 1, Number.short(axis.range.lower))]
  }

  private static func labels(
    of ticks: [Tick], on axis: Axis, height: Int
  ) -> [(row: Int, text: String)] {
    var labels: [(row: Int, text: String)] = []
    for tick in ticks {
      guard let row = axis.place(tick.value).flatMap({ cell(1 - $0, dots: height * 4, perCell: 4) })
      else { continue }
      if labels.last.map({ $0.row > row }) ?? true { labels.append((row, tick.label)) }
    }
    return labels
  }

  private static func footer(of axis: Axis, width: Int) -> [(column: Int, text: String)] {
    var labels: [(column: Int, text: String)] = []
    var free = 0
    for tick in Ticks.of(axis, count: max(2, width / 12)) {
      guard let column = axis.place(tick.value).flatMap({ cell($0, dots: width * 2, perCell: 2) })
      else { continue }
      let length = tick.label.cellWidth
      let start = min(max(0, column - length / 2), width - length)
      guard start >= free else { continue }
      labels.append((start, tick.label))
      free = start + length + 1
    }
    return labels
  }
}
