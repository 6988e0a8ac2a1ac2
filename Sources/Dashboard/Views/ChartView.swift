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

  /// The last values to the right of the lines' ends, each on a row of its own.
  private func drawEndLabels(of chart: LineChart, on plot: Canvas) {
    var taken: Set<Int> = []
    for line in lines where !line.value.isEmpty {
      let series = line.curve.series
      guard let x = series.lastX, let y = series.lastY,
        let column = chart.column(of: x, size: plot.size),
        let row = chart.row(of: y, size: plot.size)
      else { continue }
      let start = column + 2
      let texts = ["\(line.name) \(line.value)", line.value]
      guard let text = texts.first(where: { start + $0.cellWidth <= plot.width }),
        let free = [row, row + 1, row - 1, row + 2].first(where: {
          $0 >= 0 && $0 < plot.height && !taken.contains($0)
        })
      else { continue }
      taken.insert(free)
      plot.draw(text, at: Point(column: start, row: free), line.style)
    }
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
