/// A titled frame around a view: its border text and whether it has the focus.
package struct Panel: Hashable, Sendable {
  package var title: String
  /// At the right of the top side; the last ones are left out when room is short.
  package var spans: [Span]
  /// In the bottom side.
  package var footer: [Span]
  /// At the right of the bottom side, before the footer where both have no room.
  package var notes: [Span] = []
  package var isFocused: Bool
  /// Whether the spans stand closer together, where they need the room.
  package var isDense = false

  package init(
    _ title: String, spans: [Span] = [], footer: [Span] = [], isFocused: Bool = false
  ) {
    self.title = title
    self.spans = spans
    self.footer = footer
    self.isFocused = isFocused
  }

  /// Draws the border and returns the canvas inside.
  @discardableResult
  package func draw(on canvas: Canvas) -> Canvas {
    canvas.box(
      title: title, spans: spans, footer: footer, notes: notes, isFocused: isFocused,
      isDense: isDense)
  }

  /// The area inside the border of a panel that text has, with a blank column at each side.
  package static func textArea(in area: Rect) -> Rect {
    area.inset().inset(columns: 1, rows: 0)
  }

  /// Columns of a panel that shows its title whole and all these spans beside it.
  package static func width(title: String, spans: [Span], isDense: Bool = false) -> Int {
    let shown = spans.filter { !$0.text.isEmpty }
    let gaps = max(0, shown.count - 1) * (isDense ? 1 : 2)
    let text = shown.reduce(gaps) { $0 + $1.width }
    return title.cellWidth + text + (isDense ? 7 : 8)
  }
}
