/// Named values as bars to the right, one row each.
package struct Bars: Equatable, Sendable {
  /// One row.
  package struct Bar: Equatable, Sendable {
    package var label: String
    package var value: Double
    /// What is written for the value; the value itself, shortened, when nil.
    package var text: String?
    package var style: Style

    package init(
      _ label: String, _ value: Double, text: String? = nil, style: Style = Style(.accent)
    ) {
      self.label = label
      self.value = value
      self.text = text
      self.style = style
    }
  }

  package var bars: [Bar]
  /// The value of a bar over the whole width; the largest magnitude when nil.
  package var full: Double?

  package init(_ bars: [Bar], full: Double? = nil) {
    self.bars = bars
    self.full = full
  }

  package func draw(on canvas: Canvas) {
    let texts = bars.map { $0.text ?? Number.short($0.value) }
    let labelWidth = bars.reduce(0) { max($0, $1.label.cellWidth) } + 1
    let textWidth = texts.reduce(0) { max($0, $1.cellWidth) } + 1
    let isNarrow = canvas.width < labelWidth + textWidth + 3
    let parts = canvas.bounds.columns(
      .fixed(min(labelWidth, canvas.width)), .rest, .fixed(isNarrow ? 0 : textWidth))
    let finite = bars.map(\.value.magnitude).filter(\.isFinite)
    let full = max(self.full ?? finite.max() ?? 1, 1e-300)
    for (row, bar) in bars.enumerated().prefix(canvas.height) {
      canvas[parts[0]].draw(bar.label, at: Point(column: 0, row: row))
      let line = Rect(column: parts[1].column, row: row, width: parts[1].width, height: 1)
      ProgressBar(fraction: bar.value.magnitude / full, style: bar.style).draw(on: canvas[line])
      canvas[parts[2]].drawRight([Span(texts[row], style: bar.style)], row: row)
    }
  }
}
