import Terminal

/// The last line: what keys do here at the left, what there is to say at the right.
struct FooterView {
  let dashboard: Dashboard

  func draw(on canvas: Canvas) {
    guard !canvas.size.isEmpty else { return }
    let ellipsis = canvas.glyphs.ellipsis
    var status = self.status
    status.text = status.text.clipped(to: canvas.width - 2, ellipsis: ellipsis)
    let gap = status.text.isEmpty ? 1 : 3
    let end = drawHints(on: canvas, room: canvas.width - status.width - gap)
    canvas.drawRight([status], row: 0, end: canvas.width - 1)
    if status.text.isEmpty { drawLastSave(on: canvas, after: end) }
  }

  /// When the last checkpoint was written, where the hints leave room.
  private func drawLastSave(on canvas: Canvas, after column: Int) {
    guard let saved = dashboard.run.savedAt else { return }
    let span = Span("saved \(Figure.duration(dashboard.now - saved)) ago", .dim)
    guard column + span.width + 1 <= canvas.width else { return }
    canvas.drawRight([span], row: 0, end: canvas.width - 1)
  }

  private var status: Span {
    if let status = dashboard.status {
      switch status.kind {
      case .notice: return Span(status.text, .text)
      case .warning: return Span(status.text, .warning)
      case .error: return Span(status.text, .error, .bold)
      }
    }
    return Span("")
  }

  /// As many hints as there is room for; help and quit are the last to go. Returns where they end.
  private func drawHints(on canvas: Canvas, room: Int) -> Int {
    let hints = KeyMap.hints(
      page: dashboard.page, overlay: dashboard.overlay, isOver: dashboard.run.isOver,
      glyphs: dashboard.glyphs)
    let kept = ["help", "quit"]
    var left = room - 1
    var shown: Set<String> = []
    for hint in hints.filter({ kept.contains($0.text) }) + hints.filter({ !kept.contains($0.text) })
    {
      let width = hint.keys.cellWidth + 1 + hint.text.cellWidth + 2
      guard width <= left else { break }
      left -= width
      shown.insert(hint.text)
    }
    var column = 1
    for hint in hints where shown.contains(hint.text) {
      column = canvas.draw(
        [Span(hint.keys, .key), Span(" \(hint.text)  ", .dim)], at: Point(column: column, row: 0))
    }
    return column
  }
}
