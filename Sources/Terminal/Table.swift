/// Rows of cells under a heading; scrolls so that the selected row is in view.
package struct Table: Equatable, Sendable {
  /// The side of its column that a cell stands at.
  package enum Alignment: Hashable, Sendable {
    case left, right
  }

  /// A heading and the room its cells get.
  package struct Column: Hashable, Sendable {
    package var title: String
    package var extent: Extent
    package var alignment: Alignment

    package init(_ title: String, _ extent: Extent, _ alignment: Alignment = .left) {
      self.title = title
      self.extent = extent
      self.alignment = alignment
    }
  }

  package var columns: [Column]
  package var rows: [[Span]]
  package var selectedRow: Int?
  /// A row drawn like the selected one, whether it is in view or not.
  package var highlightedRow: Int?
  /// The first row shown where nothing is selected.
  package var firstRow = 0
  package var emptyText = ""

  package init(_ columns: [Column], rows: [[Span]], selectedRow: Int? = nil) {
    self.columns = columns
    self.rows = rows
    self.selectedRow = selectedRow
  }

  /// The rows that fit below the heading of a canvas of this height.
  package func visibleRows(height: Int) -> Range<Int> {
    let room = max(0, height - 1)
    let last = max(0, rows.count - room)
    var first = min(max(0, firstRow), last)
    if let selectedRow, room > 0 {
      first = min(max(first, selectedRow - room + 1), max(0, selectedRow))
    }
    return min(first, last)..<min(rows.count, min(first, last) + room)
  }

  /// The row shown in a line of a canvas of this height; nil for the heading and where none is.
  package func row(atLine line: Int, height: Int) -> Int? {
    let visible = visibleRows(height: height)
    return line >= 1 && line - 1 < visible.count ? visible.lowerBound + line - 1 : nil
  }

  package func draw(on canvas: Canvas) {
    guard !canvas.size.isEmpty else { return }
    let parts = canvas.bounds.columns(columns.map(\.extent))
    for (column, part) in zip(columns, parts) {
      draw(Span(column.title, .dim), column.alignment, row: 0, on: canvas[part])
    }
    let visible = visibleRows(height: canvas.height)
    for (row, index) in visible.enumerated() {
      for (cell, (column, part)) in zip(rows[index], zip(columns, parts)) {
        draw(cell, column.alignment, row: row + 1, on: canvas[part])
      }
      guard index == selectedRow || index == highlightedRow else { continue }
      let line = Rect(column: 0, row: row + 1, width: canvas.width, height: 1)
      canvas.restyle(line) { $0 = Style(.selection, $0.emphasis) }
    }
    if rows.isEmpty { canvas.draw(emptyText, at: Point(column: 0, row: 1), .dim) }
  }

  /// One column is left free at the right, so that cells do not touch.
  private func draw(_ cell: Span, _ alignment: Alignment, row: Int, on canvas: Canvas) {
    let room = canvas.width - 1
    let text = cell.text.clipped(to: room, ellipsis: canvas.glyphs.ellipsis)
    let column = alignment == .left ? 0 : room - text.cellWidth
    canvas.draw(text, at: Point(column: column, row: row), cell.style)
  }
}
