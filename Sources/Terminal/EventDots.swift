/// Events of many rows over time, in dots: a dot is set where any bin that it stands for has an
/// event, so that none is lost. The first row is the lowest.
package struct EventDots: Equatable, Sendable {
  package var rows: Int
  /// Bins of time; the last one is drawn at the right edge.
  package var columns: Int
  /// `row * columns + column` of every bin with an event.
  package var filled: [UInt32]
  /// By row; `style` for those that have none.
  package var styles: [Int: Style] = [:]
  package var style: Style
  /// A time 0...1 from the left edge to the right, as a broken line down.
  package var mark: Double?

  package init(
    rows: Int, columns: Int, filled: [UInt32], style: Style = Style(.series(0)),
    styles: [Int: Style] = [:]
  ) {
    (self.rows, self.columns, self.filled) = (rows, columns, filled)
    (self.style, self.styles) = (style, styles)
  }

  /// The rows that a line of a canvas of a height shows, from the top; nil where there is none.
  package func rows(atLine line: Int, height: Int) -> ClosedRange<Int>? {
    guard rows > 0, height > 0, (0..<height).contains(line) else { return nil }
    let last = rows - 1 - line * rows / height
    return min(last, max(0, rows - (line + 1) * rows / height))...max(0, last)
  }

  package func draw(on canvas: Canvas) {
    guard !canvas.size.isEmpty else { return }
    if let mark, mark >= 0, mark <= 1 {
      let column = Int(clamping: mark * Double(canvas.width), to: 0...canvas.width - 1)
      canvas.fill(
        Rect(column: column, row: 0, width: 1, height: canvas.height), with: canvas.glyphs.mark,
        Style(.mark))
    }
    guard rows > 0, columns > 0 else { return }
    var grid = DotGrid(canvas.size)
    for bin in filled {
      let (row, column) = Int(bin).quotientAndRemainder(dividingBy: columns)
      guard row < rows else { continue }
      let dots = dots(ofRow: row, height: grid.height)
      let place = grid.width - 1 - (columns - 1 - column) * grid.width / columns
      grid.setRun(place, dots, styles[row] ?? style)
    }
    grid.draw(on: canvas)
  }

  /// The dots of a row, from the top; where rows are several dots high, one is left free between two.
  private func dots(ofRow row: Int, height: Int) -> ClosedRange<Int> {
    let turned = rows - 1 - row
    let first = turned * height / rows
    let end = (turned + 1) * height / rows
    return first...max(first, end - (end - first > 2 ? 2 : 1))
  }
}
