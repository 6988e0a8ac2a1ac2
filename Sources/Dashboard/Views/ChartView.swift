import Terminal

/// A line chart in its panel, with named values in the border and at the ends of the lines.
struct ChartView {
  /// A line with its name and its last value as text.
  struct Line {
    var curve: Curve
    var name: String
    /// Empty for a line that is a backdrop of others.
    var value: String
    /// Style of the name in the border.
    var style: Style
    /// Stands before the name, so that lines differ without colours.
    var marker: Unicode.Scalar?
    /// Whether the border names it too, where lines are labelled at their ends.
    var isInBorder = true
  }

  /// Something that happened at an x.
  struct Sign {
    var x: Double
    var glyph: Unicode.Scalar
    var role: Role
  }

  var title: String
  var lines: [Line] = []
  /// Further text in the border, after the values.
  var spans: [Span] = []
  var footer: [Span] = []
  var isFocused = false
  var chart = LineChart()
  /// The axis below, if one is to be labelled, and the steps to one of its units.
  var axis: (kind: ChartWindow.Axis, stepsPerUnit: Double)?
  /// The word for that axis, where it is not that of its kind.
  var axisName: String?
  /// Signs in the lower border, such as of checkpoints.
  var signs: [Sign] = []
  /// Whether the last values stand at the ends of the lines, where there is room.
  var hasEndLabels = true
  /// Columns at the right that are kept free of curves, for such labels.
  var labelRoom = 0
  /// Whether the first line is drawn over the others, rather than the last.
  var hasFirstOnTop = false
  /// Whether the border says how many points are beyond the stretch of y.
  var countsOffScale = true

  /// Charts with fewer rows have no room for labels of the axis below.
  private static let leastHeightForAxis = 8

  /// The chart with its stretches worked out.
  private var fitted: LineChart {
    var chart = self.chart
    chart.curves = hasFirstOnTop ? lines.reversed().map(\.curve) : lines.map(\.curve)
    return chart.fitted
  }

  /// Whether a panel of a size has room for the axis below.
  private func showsAxis(in size: Size) -> Bool {
    axis != nil && Rect(size).inset().height >= Self.leastHeightForAxis
  }

  /// Where the chart goes in a panel of a size.
  private func plotArea(in size: Size) -> Rect {
    let inside = Rect(size).inset()
    return Rect(
      column: inside.column, row: inside.row, width: inside.width - 1 - labelRoom,
      height: inside.height - (showsAxis(in: size) ? 1 : 0))
  }

  /// The x under a column of a panel of a size, and how many columns the curves have; `nil` while
  /// there is nothing to draw.
  func x(at column: Int, in size: Size) -> (value: Double, columns: Int)? {
    let plot = plotArea(in: size)
    return fitted.x(at: column - plot.column, size: plot.size)
  }

  func draw(on canvas: Canvas) {
    let chart = fitted
    let inside = canvas.bounds.inset()
    let axis = showsAxis(in: canvas.size) ? axis : nil
    let plot = canvas[plotArea(in: canvas.size)]
    panel(of: chart, width: canvas.width, glyphs: canvas.glyphs).draw(on: canvas)
    chart.draw(on: plot)
    drawNow(of: chart, plot: plot.size, on: canvas)
    if hasEndLabels {
      let area = plotArea(in: canvas.size)
      let wider = Rect(
        column: area.column, row: area.row, width: area.width + labelRoom, height: area.height)
      drawEndLabels(of: chart, plot: plot.size, on: canvas[wider])
    }
    drawSigns(of: chart, plot: plot.size, on: canvas)
    if let axis, let range = chart.horizontalRange {
      let row = Rect(
        column: inside.column, row: inside.endRow - 1, width: inside.width, height: 1)
      RunAxis(
        chart: chart, range: range, axis: axis.kind, stepsPerUnit: axis.stepsPerUnit,
        name: axisName
      )
      .draw(plot: plot.size, on: canvas[row])
    }
  }

  /// The border with the values, closer together where they have no room otherwise, and with what
  /// is off scale.
  private func panel(of chart: LineChart, width: Int, glyphs: Glyphs) -> Panel {
    var panel = Panel(
      title, spans: valueSpans(markedBy: { "\($0) " }) + spans, footer: footer,
      isFocused: isFocused)
    if Panel.width(title: title, spans: panel.spans) > width {
      // A letter as a marker would be taken for a part of the name.
      panel.spans = valueSpans(markedBy: { glyphs.isASCII ? "" : String($0) }) + spans
      panel.isDense = !glyphs.isASCII
    }
    guard countsOffScale else { return panel }
    let offScale = chart.offScale
    guard !offScale.isEmpty else { return panel }
    let long = offScale.text(glyphs: glyphs)
    let isShort = long.cellWidth + 6 > width
    panel.notes = [Span(isShort ? offScale.text(glyphs: glyphs, isShort: true) : long, .warning)]
    return panel
  }

  /// Names and values with their markers; a name keeps the colour of its line.
  private func valueSpans(markedBy sign: (Character) -> String) -> [Span] {
    lines.filter { !$0.value.isEmpty && $0.isInBorder }.map { line in
      let marker = line.marker.map { sign(Character($0)) } ?? ""
      return Span("\(marker)\(line.name) \(line.value)", style: line.style)
    }
  }

  /// The sign of the present in the border or, where text stands there, at the top of its line.
  private func drawNow(of chart: LineChart, plot: Size, on canvas: Canvas) {
    guard let now = chart.now, let column = chart.column(of: now, size: plot) else { return }
    let border = Point(column: column + 1, row: 0)
    let isFree = canvas.cell(at: border).scalar == canvas.glyphs.horizontal
    let place = Point(column: border.column, row: isFree ? 0 : 1)
    let isLine = canvas.cell(at: place).scalar == canvas.glyphs.vertical
    if isFree || isLine { canvas.put(canvas.glyphs.now, at: place, Style(.accent)) }
  }

  /// Signs stand where the lower border is free.
  private func drawSigns(of chart: LineChart, plot: Size, on canvas: Canvas) {
    for sign in signs {
      guard let column = chart.column(of: sign.x, size: plot) else { continue }
      let place = Point(column: column + 1, row: canvas.height - 1)
      let present = canvas.cell(at: place).scalar
      guard present == canvas.glyphs.horizontal || present == canvas.glyphs.saved else { continue }
      canvas.put(sign.glyph, at: place, Style(sign.role))
    }
  }

  /// The last values to the right of the lines' ends, each on a row of its own and in the order of
  /// the values. Where there is no room for all of them they lose their names, then their markers.
  private func drawEndLabels(of chart: LineChart, plot: Size, on canvas: Canvas) {
    var ends: [(line: Line, row: Int, value: Double)] = []
    var start = 0
    for line in lines where !line.value.isEmpty {
      guard let x = line.curve.series.lastX, let y = line.curve.series.lastY,
        let column = chart.column(of: x, size: plot),
        let row = chart.row(of: y, size: plot)
      else { continue }
      start = max(start, column + 2)
      ends.append((line, row, y))
    }
    ends.sort { $0.row != $1.row ? $0.row < $1.row : $0.value > $1.value }
    let rows = Self.apart(ends.map(\.row), height: plot.height)
    let forms = Self.endLabels(of: ends.map(\.line))
    let texts = forms.first { texts in
      texts.allSatisfy { start + $0.cellWidth <= canvas.width }
    }
    for (index, text) in (texts ?? forms[forms.count - 1]).enumerated() {
      guard start + text.cellWidth <= canvas.width else { continue }
      canvas.draw(text, at: Point(column: start, row: rows[index]), ends[index].line.style)
    }
  }

  /// What stands at the ends of lines, from the longest form to the shortest.
  private static func endLabels(of lines: [Line]) -> [[String]] {
    let marked = { (line: Line, text: String) in
      line.marker.map { "\(Character($0)) \(text)" } ?? text
    }
    return [
      lines.map { marked($0, "\($0.name) \($0.value)") }, lines.map { marked($0, $0.value) },
      lines.map(\.value),
    ]
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
}
