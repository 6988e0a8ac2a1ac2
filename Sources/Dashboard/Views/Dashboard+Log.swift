import Terminal

/// How the lines of the log are laid out in a width: when and at which step as far as there is
/// room, then the text, wrapped where it is too long.
struct LogLayout {
  /// Where the step and the text begin; `nil` where there is no room for the step.
  let stepColumn: Int?
  let textColumn: Int
  private let textWidth: Int

  private static let timeWidth = 8
  private static let stepWidth = 14
  /// Narrower texts are not worth a column beside them.
  private static let leastTextWidth = 30

  init(width: Int) {
    let full = Self.timeWidth + 2 + Self.stepWidth
    if width - full >= Self.leastTextWidth {
      (stepColumn, textColumn) = (Self.timeWidth + 2, full)
    } else if width - Self.timeWidth - 2 >= Self.leastTextWidth / 2 {
      (stepColumn, textColumn) = (nil, Self.timeWidth + 2)
    } else {
      (stepColumn, textColumn) = (nil, 0)
    }
    textWidth = max(0, width - textColumn)
  }

  /// Column after the time; 0 where it is left out.
  var timeEnd: Int { textColumn == 0 ? 0 : Self.timeWidth }

  func rows(of entry: LogEntry) -> [[Span]] {
    Wrapping.lines(of: entry.text, width: textWidth, style: entry.kind.style)
  }
}

extension Dashboard {
  /// Everything that happened, in words; the newest at the bottom.
  func drawLog(on canvas: Canvas) {
    let text = canvas[Panel.textArea(in: canvas.bounds)]
    let layout = LogLayout(width: text.width)
    let entries = shownLog
    let end = max(0, entries.count - logScroll)
    let shown = logLines(of: entries[..<end], in: text.size)
    logPanel(shown: end - shown.count..<end, of: entries.count).draw(on: canvas)
    if entries.isEmpty {
      text.draw(
        log.isEmpty ? "nothing has happened yet" : "no line has these words", at: .zero, .dim)
    }
    var row = 0
    for (entry, rows) in shown {
      draw(entry, rows, row: row, layout, on: text)
      if entry == chosenLogEntry {
        let lines = Rect(column: 0, row: row, width: text.width, height: rows.count)
        text.restyle(lines) { $0 = Style(.selection, $0.emphasis) }
      }
      row += rows.count
    }
  }

  /// The last of some entries that fit in a room, and their rows there; one that is higher than the
  /// room shows its start.
  private func logLines(
    of entries: ArraySlice<LogEntry>, in room: Size
  ) -> [(entry: LogEntry, rows: [[Span]])] {
    let layout = LogLayout(width: room.width)
    var shown: [(entry: LogEntry, rows: [[Span]])] = []
    var height = 0
    for entry in entries.reversed() where height < room.height {
      let rows = layout.rows(of: entry)
      guard height + rows.count <= room.height || shown.isEmpty else { break }
      shown.append((entry, rows))
      height += rows.count
    }
    return shown.reversed()
  }

  /// The line of the log in a row of its panel, within the border; `nil` where there is none.
  func logEntry(atRow row: Int, in room: Size) -> LogEntry? {
    let entries = shownLog
    var rest = row
    for (entry, rows) in logLines(of: entries[..<max(0, entries.count - logScroll)], in: room)
    where rest >= 0 {
      if rest < rows.count { return entry }
      rest -= rows.count
    }
    return nil
  }

  /// The lines with the words asked for, which may be of their text or their kind.
  private var shownLog: [LogEntry] {
    logFilter.isEmpty ? log.entries : log.entries.filter(isShown)
  }

  /// Whether a line has the words asked for.
  func isShown(_ entry: LogEntry) -> Bool {
    let text = "\(entry.kind.rawValue) \(entry.text)".lowercased()
    return logFilter.lowercased().split(separator: " ").allSatisfy { text.contains($0) }
  }

  private func logPanel(shown: Range<Int>, of count: Int) -> Panel {
    var panel = Panel("log")
    if !logFilter.isEmpty { panel.spans = [Span("/\(logFilter)", .accent)] }
    guard count > 0 else { return panel }
    // What is dropped is counted only where nothing else is left out.
    let dropped = logFilter.isEmpty ? log.droppedCount : 0
    panel.footer = [
      Span(
        "lines \(dropped + shown.lowerBound + 1)-\(dropped + shown.upperBound) of "
          + "\(dropped + count)", .dim)
    ]
    if dropped > 0 { panel.footer.append(Span("  the first \(dropped) are dropped", .dim)) }
    return panel
  }

  private func draw(
    _ entry: LogEntry, _ rows: [[Span]], row: Int, _ layout: LogLayout, on canvas: Canvas
  ) {
    if layout.timeEnd > 0 {
      let time = Figure.duration(entry.seconds)
      canvas.drawRight([Span(time, .dim)], row: row, end: layout.timeEnd)
    }
    if let column = layout.stepColumn {
      canvas.draw("step \(entry.step)", at: Point(column: column, row: row), .dim)
    }
    for (index, spans) in rows.enumerated() {
      canvas.draw(spans, at: Point(column: layout.textColumn, row: row + index))
    }
  }

  /// The most lines that the log can be scrolled up by: its first line is then the first row.
  var lastLogScroll: Int {
    guard let area = self.layout.area(of: .log) else { return 0 }
    let room = area.inset()
    let layout = LogLayout(width: room.inset(columns: 1, rows: 0).width)
    var height = 0
    var fitting = 0
    let entries = shownLog
    for entry in entries where height < room.height {
      height += layout.rows(of: entry).count
      if height <= room.height || fitting == 0 { fitting += 1 }
    }
    return max(0, entries.count - max(1, fitting))
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
