import Terminal

/// A panel of lines of text; those that have no room are scrolled to.
struct LinesPanel {
  var panel: Panel
  /// The lines for a room; their number may depend on it.
  var lines: (Size) -> [[Span]]
  /// The lines above the first one shown.
  var scroll = 0

  /// What there is room for within a border.
  static func room(in area: Size) -> Size {
    Size(width: max(0, area.width - 4), height: max(0, area.height - 2))
  }

  /// The most that the lines can be scrolled by.
  func lastScroll(in area: Size) -> Int {
    let room = Self.room(in: area)
    return max(0, lines(room).count - max(1, room.height))
  }

  func draw(on canvas: Canvas) {
    let room = Self.room(in: canvas.size)
    let lines = self.lines(room)
    let first = min(scroll, max(0, lines.count - max(1, room.height)))
    let shown = lines.dropFirst(first).prefix(room.height)
    var panel = self.panel
    if shown.count < lines.count {
      panel.notes = [
        Span("lines \(first + 1)-\(first + shown.count) of \(lines.count)", .dim)
      ]
    }
    let inside = panel.draw(on: canvas)
    let part = inside[inside.bounds.inset(columns: 1, rows: 0)]
    for (row, spans) in shown.enumerated() { part.draw(spans, at: Point(column: 0, row: row)) }
  }
}

/// A cell of a row of text; numbers stand at the right of theirs.
struct RowCell {
  var span: Span
  var width: Int
  var isNumber = false

  init(_ span: Span, _ width: Int, isNumber: Bool = false) {
    self.span = span
    self.width = width
    self.isNumber = isNumber
  }

  /// The spans of cells with a gap after each.
  static func spans(_ cells: [RowCell], ellipsis: Unicode.Scalar) -> [Span] {
    cells.map { cell in
      let text = cell.span.text.clipped(to: cell.width, ellipsis: ellipsis)
      let blank = String(repeating: " ", count: max(0, cell.width - text.cellWidth))
      return Span(
        cell.isNumber ? blank + text + " " : text + blank + " ", style: cell.span.style)
    }
  }
}
