import Terminal

extension Dashboard {
  /// Everything that happened, in words; the newest at the bottom.
  func drawLog(on canvas: Canvas) {
    let rows = max(0, canvas.height - 2)
    let end = max(0, log.count - logScroll)
    let first = max(0, end - rows)
    var panel = Panel("log")
    if !log.isEmpty {
      panel.footer = [Span("lines \(first + 1)-\(end) of \(log.count)", .dim)]
    }
    let inside = panel.draw(on: canvas)
    let text = inside[inside.bounds.inset(columns: 1, rows: 0)]
    guard !log.isEmpty else {
      text.draw("nothing has happened yet", at: .zero, .dim)
      return
    }
    for (row, entry) in log[first..<end].enumerated() { draw(entry, row: row, on: text) }
  }

  private func draw(_ entry: LogEntry, row: Int, on canvas: Canvas) {
    let time = Figure.duration(entry.seconds)
    let step = "step \(entry.step)"
    canvas.drawRight([Span(time, .dim)], row: row, end: 8)
    canvas.draw(step, at: Point(column: 10, row: row), .dim)
    let column = 12 + max(12, step.cellWidth)
    let room = max(0, canvas.width - column)
    canvas.draw(
      entry.text.clipped(to: room, ellipsis: glyphs.ellipsis),
      at: Point(column: column, row: row), entry.kind.style)
  }
}

extension LogEntry.Kind {
  fileprivate var style: Style {
    switch self {
    case .run: Style(.title, .bold)
    case .edit: Style(.mark)
    case .result: .text
    case .save: Style(.good)
    case .program: Style(.dim)
    case .warning: Style(.warning)
    case .error: Style(.error)
    }
  }
}
