/// Curves over a common x, drawn in dots, with labels at the left and lines for edits, the present
/// and a value to reach. Later curves are drawn over earlier ones.
package struct LineChart: Equatable, Sendable {
  package var curves: [Curve]
  /// The stretch of x to show; all points when nil.
  package var horizontalRange: AxisRange?
  /// The stretch of y to show; what the visible points need when nil.
  package var verticalRange: AxisRange?
  /// How a stretch of y that is not given lies around the values.
  package var verticalFit = RangeFit.padded
  /// Leaves the farthest values out of a stretch of y that is not given, so that a few outliers do
  /// not press all else flat; `offScale` says how many they are.
  package var isRobust = false
  package var horizontalScale = Scale.linear
  package var verticalScale = Scale.linear
  /// A value to reach, as a line across.
  package var target: Double?
  /// Places of edits in rising order, as broken lines down.
  package var marks: [Double] = []
  /// The present, as a line down.
  package var now: Double?
  /// A place the user looks at, as a bright line down.
  package var cursor: Double?
  package var markers: [Marker] = []
  /// Lines that may go back and forth; they do not count for stretches that are not given.
  package var paths: [PlanePath] = []
  /// Columns at the left for labels, so that charts above one another stand in line; as many as the
  /// labels need when nil.
  package var margin: Int?
  /// Labels below the chart, where it is high enough for them.
  package var hasHorizontalLabels = false
  /// What is shown while there is nothing to draw.
  package var emptyText = "no data yet"

  package init(_ curves: [Curve] = []) {
    self.curves = curves
  }

  package func draw(on canvas: Canvas) {
    guard !canvas.size.isEmpty else { return }
    guard let layout = ChartLayout(self, size: canvas.size) else {
      drawEmpty(on: canvas)
      return
    }
    layout.drawLabels(on: canvas)
    drawPlot(layout, on: canvas[layout.plot])
  }

  /// The column of a canvas of `size` at which `x` is drawn; nil when it is not.
  package func column(of x: Double, size: Size) -> Int? {
    guard let layout = ChartLayout(self, size: size) else { return nil }
    return layout.column(x).map { $0 + layout.plot.column }
  }

  /// The x that a column of a canvas of `size` shows, and how many columns the curves have; nil
  /// while there is nothing to draw.
  package func x(at column: Int, size: Size) -> (value: Double, columns: Int)? {
    guard let layout = ChartLayout(self, size: size) else { return nil }
    return (layout.x(atColumn: column - layout.plot.column), layout.plot.width)
  }

  /// The row of a canvas of `size` at which `y` is drawn; nil when it is not.
  package func row(of y: Double, size: Size) -> Int? {
    guard let layout = ChartLayout(self, size: size) else { return nil }
    return layout.row(y).map { $0 + layout.plot.row }
  }

  private func drawEmpty(on canvas: Canvas) {
    let text = emptyText.clipped(to: canvas.width, ellipsis: canvas.glyphs.ellipsis)
    let place = canvas.bounds.centered(Size(width: text.cellWidth, height: 1))
    canvas.draw(text, at: place.origin, .dim)
  }

  private func drawPlot(_ layout: ChartLayout, on canvas: Canvas) {
    var grid = DotGrid(canvas.size)
    if let target {
      let line = Curve(
        samples: [target, target], over: layout.horizontal.range, Style(.target), line: .dotted)
      CurveTracer.draw(
        line, horizontal: layout.horizontal, vertical: layout.vertical, into: &grid)
    }
    for curve in curves {
      CurveTracer.draw(
        curve, horizontal: layout.horizontal, vertical: layout.vertical, into: &grid)
    }
    for path in paths {
      path.draw(horizontal: layout.horizontal, vertical: layout.vertical, into: &grid)
    }
    drawMarks(layout, on: canvas)
    if let now { drawLine(at: now, canvas.glyphs.vertical, .dim, layout, on: canvas) }
    grid.draw(on: canvas)
    if let cursor { drawCursor(at: cursor, layout, on: canvas) }
    for marker in markers { draw(marker, layout, on: canvas) }
  }

  /// One line in every column that has marks, however many: the marks of the others in a column
  /// are passed over by a search.
  private func drawMarks(_ layout: ChartLayout, on canvas: Canvas) {
    var index = marks.lowerBound { layout.horizontal.place($0) ?? -1 >= 0 }
    while index < marks.count, let column = layout.column(marks[index]) {
      drawLine(at: marks[index], canvas.glyphs.mark, .mark, layout, on: canvas)
      index = marks.lowerBound(from: index + 1) { layout.column($0) != column }
    }
  }

  private func drawLine(
    at x: Double, _ glyph: Unicode.Scalar, _ role: Role, _ layout: ChartLayout, on canvas: Canvas
  ) {
    guard let column = layout.column(x) else { return }
    let line = Rect(column: column, row: 0, width: 1, height: canvas.height)
    canvas.fill(line, with: glyph, Style(role))
  }

  /// The cursor goes over the curves but does not hide their dots.
  private func drawCursor(at x: Double, _ layout: ChartLayout, on canvas: Canvas) {
    guard let column = layout.column(x) else { return }
    for row in 0..<canvas.height {
      let point = Point(column: column, row: row)
      let isFree = canvas.cell(at: point).scalar == " "
      if isFree { canvas.put(canvas.glyphs.vertical, at: point, Style(.accent)) }
    }
  }

  private func draw(_ marker: Marker, _ layout: ChartLayout, on canvas: Canvas) {
    guard let column = layout.column(marker.x), let row = layout.row(marker.y) else { return }
    let glyph = marker.isSelected ? canvas.glyphs.pointSelected : canvas.glyphs.point
    canvas.put(glyph, at: Point(column: column, row: row), marker.style)
  }
}
