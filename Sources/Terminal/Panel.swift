/// A titled frame around a view: its border text and whether it has the focus.
package struct Panel: Hashable, Sendable {
  package var title: String
  /// At the right of the top side; the last ones are left out when room is short.
  package var spans: [Span]
  /// In the bottom side.
  package var footer: [Span]
  package var isFocused: Bool

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
    canvas.box(title: title, spans: spans, footer: footer, isFocused: isFocused)
  }
}
