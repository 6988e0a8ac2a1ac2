/// Values of many units over time: one row per unit, one column per step or block of steps, several
/// per step where there is room for that. The magnitude is told by the glyph, the sign by the
/// colour.
package struct RasterView: Equatable, Sendable {
  /// What a value looks like.
  package enum Shape: Hashable, Sendable {
    /// Bars that grow upwards with the magnitude.
    case bars
    /// Whole cells, for a field of values.
    case shades
  }

  /// How values get their colours.
  package enum Coloring: Hashable, Sendable {
    /// The level of a gradient; `signed` tells the sign.
    case gradient(Gradient)
    case roles(positive: Role, negative: Role)
  }

  /// Unit-major: the value of unit `i` at step `t` is `values[i * steps + t]`. Zero is left blank.
  package var values: [Float]
  package var steps: Int
  /// The units to show, from the top; all in their own order when nil.
  package var order: [Int]?
  /// The place in the order of the first row shown.
  package var firstRow = 0
  /// The steps to show; all when nil.
  package var visibleSteps: Range<Int>?
  /// What is written left of each unit, by unit; nothing when empty.
  package var labels: [String] = []
  /// A bar at the right of each row, 0...1 by unit; nothing when empty.
  package var summaries: [Double] = []
  /// The unit that is pointed at.
  package var selectedUnit: Int?
  package var shape = Shape.bars
  package var coloring = Coloring.gradient(.signed)
  /// The magnitude of a full glyph; when nil the largest one, but at least 3 among counts, so that
  /// a single spike never looks like a burst.
  package var fullMagnitude: Double?

  package init(values: [Float], steps: Int) {
    self.values = values
    self.steps = steps
  }

  /// Whole units in `values`.
  package var units: Int { steps > 0 ? values.count / steps : 0 }

  /// The places in the order that fit on a canvas of this height.
  package func visibleRows(height: Int) -> Range<Int> {
    let count = order?.count ?? units
    let first = min(max(0, firstRow), max(0, count - max(0, height)))
    return first..<min(count, first + max(0, height))
  }

  package func draw(on canvas: Canvas) {
    let shown = stepsShown
    guard !canvas.size.isEmpty, units > 0, !shown.isEmpty else { return }
    let labelWidth = labels.isEmpty ? 0 : 2 + labels.reduce(0) { max($0, $1.cellWidth) }
    let summaryWidth = summaries.isEmpty ? 0 : max(4, canvas.width / 12)
    let isNarrow = canvas.width < labelWidth + summaryWidth + 8
    let parts = canvas.bounds.columns(
      .fixed(isNarrow ? 0 : labelWidth), .rest, .fixed(isNarrow ? 0 : summaryWidth))
    let full = RasterScale(values, full: fullMagnitude)
    for (row, place) in visibleRows(height: canvas.height).enumerated() {
      let unit = order?[place] ?? place
      guard unit >= 0 && unit < units else { continue }
      let line = { (part: Rect) in
        canvas[Rect(column: part.column, row: row, width: part.width, height: 1)]
      }
      drawLabel(of: unit, on: line(parts[0]))
      drawValues(of: unit, shown, full, on: line(parts[1]))
      drawSummary(of: unit, on: line(parts[2]))
    }
  }

  /// The row of the canvas that shows a unit; nil when it is out of view.
  package func row(of unit: Int, height: Int) -> Int? {
    let rows = visibleRows(height: height)
    return rows.firstIndex { (order?[$0] ?? $0) == unit }.map { $0 - rows.lowerBound }
  }

  private var stepsShown: Range<Int> {
    (visibleSteps ?? 0..<max(0, steps)).clamped(to: 0..<max(0, steps))
  }

  private func drawLabel(of unit: Int, on canvas: Canvas) {
    guard unit < labels.count else { return }
    let isSelected = unit == selectedUnit
    if isSelected { canvas.put(canvas.glyphs.selected, at: .zero, Style(.accent)) }
    let span = Span(labels[unit], isSelected ? .accent : .dim)
    canvas.drawRight([span], row: 0, end: canvas.width - 1)
  }

  private func drawSummary(of unit: Int, on canvas: Canvas) {
    guard unit < summaries.count, canvas.width > 1 else { return }
    canvas.put(canvas.glyphs.growing.first ?? "|", at: .zero, .dim)
    ProgressBar(fraction: summaries[unit], style: Style(.border))
      .draw(on: canvas[Rect(column: 1, row: 0, width: canvas.width - 1, height: 1)])
  }

  private func drawValues(
    of unit: Int, _ shown: Range<Int>, _ scale: RasterScale, on canvas: Canvas
  ) {
    // Where there is room every step takes the same number of columns.
    let columns = min(canvas.width, shown.count * max(1, canvas.width / shown.count))
    let base = unit * steps + shown.lowerBound
    for column in 0..<columns {
      let start = column * shown.count / columns
      let block = start..<max(start + 1, (column + 1) * shown.count / columns)
      var value: Float = 0
      for step in block where values[base + step].magnitude > value.magnitude {
        value = values[base + step]
      }
      guard value != 0 else { continue }
      let cell = scale.cell(of: Double(value), shape, coloring, canvas.glyphs)
      canvas.set(cell, at: Point(column: column, row: 0))
    }
  }
}
