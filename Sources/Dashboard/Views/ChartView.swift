import Terminal

/// A line chart in its panel, with named values in the border and at the ends of the lines.
struct ChartView {
  /// A line with its name and its last value as text.
  struct Line {
    var curve: Curve
    var name: String
    var value: String
    /// Style of the name in the border.
    var style: Style
  }

  var title: String
  var lines: [Line] = []
  /// Further text in the border, after the values.
  var spans: [Span] = []
  var footer: [Span] = []
  var isFocused = false
  var chart = LineChart()
  /// Steps of an epoch, for labels below; `nil` for none.
  var stepsPerEpoch: Int?
  /// Whether the last values stand at the ends of the lines, where there is room.
  var hasEndLabels = true
  /// Whether the first line is drawn over the others, rather than the last.
  var hasFirstOnTop = false

  /// Charts with fewer rows have no room for labels of epochs.
  private static let leastHeightForEpochs = 8

  func draw(on canvas: Canvas) {
    var chart = self.chart
    chart.curves = hasFirstOnTop ? lines.reversed().map(\.curve) : lines.map(\.curve)
    let panel = Panel(title, spans: valueSpans + spans, footer: footer, isFocused: isFocused)
    let inside = canvas.bounds.inset()
    let epochs = inside.height >= Self.leastHeightForEpochs ? stepsPerEpoch : nil
    let plot = canvas[
      Rect(
        column: inside.column, row: inside.row, width: inside.width - 1,
        height: inside.height - (epochs == nil ? 0 : 1))]
    panel.draw(on: canvas)
    chart.draw(on: plot)
    drawNow(of: chart, plot: plot.size, on: canvas)
    if hasEndLabels { drawEndLabels(of: chart, on: plot) }
    if let epochs, let range = chart.horizontalRange {
      let row = Rect(
        column: inside.column, row: inside.endRow - 1, width: inside.width, height: 1)
      drawEpochs(of: chart, range: range, stepsPerEpoch: epochs, plot: plot, on: canvas[row])
    }
  }

  /// Names and values; a name keeps the colour of its line.
  private var valueSpans: [Span] {
    lines.filter { !$0.value.isEmpty }.map { Span("\($0.name) \($0.value)", style: $0.style) }
  }

  /// The sign of the present in the border, where no text stands.
  private func drawNow(of chart: LineChart, plot: Size, on canvas: Canvas) {
    guard let now = chart.now, let column = chart.column(of: now, size: plot) else { return }
    let place = Point(column: column + 1, row: 0)
    guard canvas.cell(at: place).scalar == canvas.glyphs.horizontal else { return }
    canvas.put(canvas.glyphs.now, at: place, Style(.accent))
  }

  /// The last values to the right of the lines' ends, each on a row of its own and in the order of
  /// the values; without names where there is no room for all of them.
  private func drawEndLabels(of chart: LineChart, on plot: Canvas) {
    var ends: [(line: Line, row: Int, value: Double)] = []
    var start = 0
    for line in lines where !line.value.isEmpty {
      guard let x = line.curve.series.lastX, let y = line.curve.series.lastY,
        let column = chart.column(of: x, size: plot.size),
        let row = chart.row(of: y, size: plot.size)
      else { continue }
      start = max(start, column + 2)
      ends.append((line, row, y))
    }
    ends.sort { $0.row != $1.row ? $0.row < $1.row : $0.value > $1.value }
    let rows = Self.apart(ends.map(\.row), height: plot.height)
    let hasNames = ends.allSatisfy {
      start + $0.line.name.cellWidth + 1 + $0.line.value.cellWidth <= plot.width
    }
    for (end, row) in zip(ends, rows) {
      let text = hasNames ? "\(end.line.name) \(end.line.value)" : end.line.value
      guard start + text.cellWidth <= plot.width else { continue }
      plot.draw(text, at: Point(column: start, row: row), end.line.style)
    }
  }

  /// Rising rows moved so that no two are the same and all are within the height, as far as it
  /// has room for them.
  private static func apart(_ rows: [Int], height: Int) -> [Int] {
    var result: [Int] = []
    for row in rows { result.append(max(row, (result.last ?? -1) + 1)) }
    var limit = height - 1
    for index in result.indices.reversed() {
      result[index] = min(result[index], limit)
      limit = result[index] - 1
    }
    return result
  }

  /// Round numbers of epochs below the plot, the word at the right end.
  private func drawEpochs(
    of chart: LineChart, range: AxisRange, stepsPerEpoch: Int, plot: Canvas, on canvas: Canvas
  ) {
    guard stepsPerEpoch > 0, let left = chart.column(of: range.lower, size: plot.size) else {
      return
    }
    let epochs = Int(min(range.upper / Double(stepsPerEpoch), 1e9))
    let word = "epoch"
    let end = canvas.width - word.cellWidth - 2
    let step = Self.roundStep(atLeast: Double(epochs) / Double(max(1, (end - left) / 8)))
    var free = left
    for epoch in stride(from: 0, through: epochs, by: step) {
      let label = String(epoch)
      guard
        let column = chart.column(of: Double(epoch * stepsPerEpoch), size: plot.size),
        column >= free, column + label.cellWidth <= end
      else { continue }
      free = canvas.draw(label, at: Point(column: column, row: 0), .dim) + 1
    }
    if end > left { canvas.drawRight([Span(word, .dim)], row: 0, end: canvas.width - 1) }
  }

  /// The smallest of 1, 2, 5, 10, 20, ... that is not below `least`.
  private static func roundStep(atLeast least: Double) -> Int {
    var power = 1
    while power < 1_000_000_000 {
      for step in [1, 2, 5] where Double(step * power) >= least { return step * power }
      power *= 10
    }
    return power
  }
}
