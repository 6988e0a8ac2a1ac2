extension Canvas {
  /// A horizontal line of the glyph set, `length` cells to the right.
  package func horizontalLine(from point: Point, length: Int, _ style: Style = Style(.border)) {
    fill(
      Rect(column: point.column, row: point.row, width: length, height: 1),
      with: glyphs.horizontal, style)
  }

  /// A vertical line of the glyph set, `length` cells down.
  package func verticalLine(from point: Point, length: Int, _ style: Style = Style(.border)) {
    fill(
      Rect(column: point.column, row: point.row, width: 1, height: length),
      with: glyphs.vertical, style)
  }

  /// The border of a whole canvas with `title` at the left of its top side, `spans` at the right of
  /// it, `footer` in the bottom side and `notes` at the right of that. Returns the canvas inside.
  @discardableResult
  package func box(
    title: String = "", spans: [Span] = [], footer: [Span] = [], notes: [Span] = [],
    isFocused: Bool = false, isDense: Bool = false
  ) -> Canvas {
    let inside = self[bounds.inset()]
    guard width >= 2 && height >= 2 else { return inside }
    let border = Style(isFocused ? .borderFocused : .border)
    drawBorder(border)
    let titleStyle = Style(.title, isFocused ? .bold : [])
    let used = drawInBorder([Span(title, style: titleStyle)], row: 0, from: 1)
    drawInBorder(spans, row: 0, after: used, isDense: isDense)
    // Notes are warnings, so that the footer gives way to them.
    let free = width - notes.reduce(0) { $0 + $1.width } - (notes.isEmpty ? 0 : 4)
    let footerEnd = drawInBorder(footer, row: height - 1, from: 1, before: free)
    drawInBorder(notes, row: height - 1, after: footerEnd, isDense: true)
    return inside
  }

  private func drawBorder(_ style: Style) {
    let right = width - 1
    let bottom = height - 1
    for row in [0, bottom] {
      horizontalLine(from: Point(column: 1, row: row), length: width - 2, style)
    }
    for column in [0, right] {
      verticalLine(from: Point(column: column, row: 1), length: height - 2, style)
    }
    set(Cell(glyphs.topLeft, style), at: .zero)
    set(Cell(glyphs.topRight, style), at: Point(column: right, row: 0))
    set(Cell(glyphs.bottomLeft, style), at: Point(column: 0, row: bottom))
    set(Cell(glyphs.bottomRight, style), at: Point(column: right, row: bottom))
  }

  /// Text in a side of the border, from its left: `─ text `. Returns the column after it.
  @discardableResult
  private func drawInBorder(
    _ spans: [Span], row: Int, from column: Int, before end: Int? = nil
  ) -> Int {
    let room = min(width - 2, end ?? width) - column - 2
    guard room > 0, spans.contains(where: { !$0.text.isEmpty }) else { return column }
    var end = column + 2
    draw(" ", at: Point(column: end - 1, row: row))
    for span in spans {
      let text = span.text.clipped(to: column + 2 + room - end, ellipsis: glyphs.ellipsis)
      end = draw(text, at: Point(column: end, row: row), span.style)
    }
    draw(" ", at: Point(column: end, row: row))
    return end + 1
  }

  /// Text in a side of the border, at its right: ` text ─`. The last spans go first when room is
  /// short. Dense text has single blanks between its spans, and shares one with the text before.
  private func drawInBorder(_ spans: [Span], row: Int, after used: Int, isDense: Bool) {
    let room = width - 2 - max(used, 1) - 2 + (isDense && used > 1 ? 1 : 0)
    let blanks = isDense ? 1 : 2
    var shown: [Span] = []
    var length = 0
    for span in spans where !span.text.isEmpty {
      let gap = shown.isEmpty ? 0 : blanks
      guard length + gap + span.width <= room else { break }
      if gap > 0 { shown.append(Span(String(repeating: " ", count: gap))) }
      shown.append(span)
      length += gap + span.width
    }
    guard !shown.isEmpty else { return }
    drawRight([Span(" ")] + shown + [Span(" ")], row: row, end: width - 2)
  }
}
