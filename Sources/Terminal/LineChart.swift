/// Curves over a common x, drawn in dots, with labels at the left and lines for edits, the present
/// and a value to reach. Later curves are drawn over earlier ones.
package struct LineChart: Equatable, Sendable {
  package var curves: [Curve]
  /// The stretch of x to show; all points when nil.
  package var horizontalRange: AxisRange?
  /// The stretch of y to show; what the visible points need when nil.
  package var verticalRange: AxisRange?
  /// Leaves the farthest values out of a stretch of y that is not given, so that a few outliers do
  /// not press all else flat.
  package var isRobust = false
  package var horizontalScale = Scale.linear
  package var verticalScale = Scale.linear
  /// A value to reach, as a line across.
  package var target: Double?
  /// Places of edits, as broken lines down.
  package var marks: [Double] = []
  /// The present, as a line down.
  package var now: Double?
  /// A place the user looks at, as a bright line down.
  package var cursor: Double?
  package var markers: [Marker] = []
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

  /// Draws the chart in a panel, with the sign of the present in the panel's border.
  package func draw(on canvas: Canvas, in panel: Panel) {
    let inside = panel.draw(on: canvas)
    draw(on: inside)
    guard let now, let layout = ChartLayout(self, size: inside.size),
      let column = layout.column(now)
    else { return }
    // Text of the border is not written over: the sign then stands at the top of its line.
    let place = Point(column: 1 + layout.plot.column + column, row: 0)
    let isFree = canvas.cell(at: place).scalar == canvas.glyphs.horizontal
    let row = isFree ? 0 : 1
    canvas.put(
      canvas.glyphs.now, at: Point(column: place.column, row: row), Style(.accent))
  }

  /// The column of a canvas of `size` at which `x` is drawn; nil when it is not.
  package func column(of x: Double, size: Size) -> Int? {
    guard let layout = ChartLayout(self, size: size) else { return nil }
    return layout.column(x).map { $0 + layout.plot.column }
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
    for mark in marks { drawLine(at: mark, canvas.glyphs.mark, .mark, layout, on: canvas) }
    if let now { drawLine(at: now, canvas.glyphs.vertical, .dim, layout, on: canvas) }
    grid.draw(on: canvas)
    if let cursor { drawCursor(at: cursor, layout, on: canvas) }
    for marker in markers { draw(marker, layout, on: canvas) }
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
