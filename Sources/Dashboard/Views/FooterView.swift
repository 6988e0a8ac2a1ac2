import Engine
import Terminal

/// The last line: what keys do here at the left, what there is to say at the right.
struct FooterView {
  let dashboard: Dashboard
  private let hints: [KeyTable.Hint]

  init(dashboard: Dashboard) {
    self.dashboard = dashboard
    hints = dashboard.keys.hints(
      page: dashboard.page, overlay: dashboard.overlay, isOver: dashboard.run.isOver,
      hasSites: dashboard.hasSites,
      hasSurrogates: dashboard.run.summary?.surrogates.isEmpty == false,
      curves: dashboard.run.summary?.curves, isSimulation: dashboard.isSimulation,
      mode: dashboard.mode,
      glyphs: dashboard.glyphs)
  }

  /// The hints that stay beside any sentence, as long as that keeps so many columns.
  private static let lasting: Set<String> = ["help", "quit", "answer", "cancel", "close"]
  private static let leastStatusWidth = 20

  func draw(on canvas: Canvas) {
    guard !canvas.size.isEmpty else { return }
    var status = self.status
    let room = statusRoom(width: canvas.width)
    if status.width > room {
      status.text = status.text.clipped(to: room, ellipsis: canvas.glyphs.ellipsis)
    }
    let end = drawHints(on: canvas, room: canvas.width - status.width - 1)
    canvas.drawRight([status], row: 0, end: canvas.width - 1)
    if status.text.isEmpty { drawLastSave(on: canvas, after: end) }
  }

  /// Columns for the status: what the lasting hints leave, or all where that would be too little.
  private func statusRoom(width: Int) -> Int {
    let lasting = hints.filter { Self.lasting.contains($0.text) }
    let left = width - 2 - lasting.reduce(0) { $0 + self.width(of: $1) }
    return left >= min(status.width, Self.leastStatusWidth) ? left : max(0, width - 2)
  }

  /// When the last checkpoint was written, where the hints leave room.
  private func drawLastSave(on canvas: Canvas, after column: Int) {
    guard let saved = dashboard.run.savedAt else { return }
    let span = Span("saved \(Figure.duration(dashboard.now - saved)) ago", .dim)
    guard column + span.width + 1 <= canvas.width else { return }
    canvas.drawRight([span], row: 0, end: canvas.width - 1)
  }

  private var status: Span {
    guard let status = dashboard.status else {
      return Span(dashboard.cursorText ?? "", .accent)
    }
    switch status.kind {
    case .notice: return Span(status.text, .text)
    case .asked: return Span(status.text, .accent)
    case .warning: return Span(status.text, .warning)
    case .error: return Span(status.text, .error, .bold)
    }
  }

  private func width(of hint: KeyTable.Hint) -> Int {
    hint.keys.cellWidth + 1 + hint.text.cellWidth + 2
  }

  /// As many hints as there is room for; the lasting ones are the last to go. Returns where they
  /// end.
  private func drawHints(on canvas: Canvas, room: Int) -> Int {
    var left = room - 1
    var shown: Set<Int> = []
    let isLasting = { (index: Int) in Self.lasting.contains(hints[index].text) }
    for index in hints.indices.filter(isLasting) + hints.indices.filter({ !isLasting($0) }) {
      guard width(of: hints[index]) <= left else { break }
      left -= width(of: hints[index])
      shown.insert(index)
    }
    var column = 1
    for (index, hint) in hints.enumerated() where shown.contains(index) {
      column = canvas.draw(
        [Span(hint.keys, .key), Span(" \(hint.text)  ", .dim)], at: Point(column: column, row: 0))
    }
    return column
  }
}
