import Runs
package import Terminal

extension ScanBoard {
  package func draw(on canvas: Canvas) {
    guard !canvas.size.isEmpty else { return }
    let numbers = numberLines(width: canvas.width - 2)
    let parts = canvas.bounds.rows(
      .fixed(1), .rest, .fixed(canvas.height < 8 ? 1 : numbers.count), .fixed(1))
    drawHead(on: canvas[parts[0]])
    drawMap(on: canvas[parts[1]])
    for (row, line) in numbers.enumerated() {
      canvas[parts[2]].draw(line, at: Point(column: 1, row: row))
    }
    drawFoot(on: canvas[parts[3]])
  }

  /// The frame that the terminal is to show.
  package var frame: Frame { Frame(size, glyphs: glyphs) { draw(on: $0) } }

  private func drawHead(on canvas: Canvas) {
    var spans = [Span("scan ", .dim), Span(name, .title, .bold), Span("  \(progress.text)")]
    if earlier > 0 { spans.append(Span(", \(earlier) were there before", .dim)) }
    spans.append(Span("  \(threads) threads", .dim))
    canvas.draw(spans, at: Point(column: 1, row: 0))
  }

  private var axesText: String {
    switch means.sides.count {
    case 0: ""
    case 1: " over \(means.sides[0].name)"
    default: " over \(means.sides[0].name) (→) and \(means.sides[1].name) (↑)"
    }
  }

  private func drawMap(on canvas: Canvas) {
    var map = Heatmap(values: means.values(of: result), columns: means.width)
    map.columnLabels = means.sides.first?.labels ?? []
    map.rowLabels = means.sides.count > 1 ? means.sides[1].labels : []
    map.selected = selected
    let panel = Panel(
      means.results[result] + axesText,
      spans: [Span("\(result + 1) of \(means.results.count)", .dim)],
      footer: map.legend(canvas.glyphs), isFocused: true)
    let inside = panel.draw(on: canvas)
    map.draw(on: inside[inside.bounds.inset(columns: 1, rows: 0)])
  }

  /// The chosen cell in numbers, in lines of this width: first where it is, then all results.
  private func numberLines(width: Int) -> [[Span]] {
    let place = zip(means.sides, [selected.column, selected.row]).map { side, index in
      "\(side.name) \(side.labels[index])"
    }
    let head = Span(place.isEmpty ? "all points" : place.joined(separator: "  "), .accent)
    guard let cell = means.means(column: selected.column, row: selected.row) else {
      return [[head, Span("  not measured yet", .dim)]]
    }
    var lines = [[head, Span("  \(cell.map(\.count).max() ?? 0) points", .dim)]]
    var used = lines[0].reduce(0) { $0 + $1.width }
    for (index, mean) in cell.enumerated() {
      let spans = [
        Span("  \(means.results[index]) ", .dim),
        Span(Self.text(of: mean), index == result ? .accent : .text),
      ]
      let length = spans.reduce(0) { $0 + $1.width }
      if used + length > width {
        lines.append([])
        used = 0
      }
      lines[lines.count - 1] += spans
      used += length
    }
    return Array(lines.prefix(4))
  }

  /// `0.42 ± 0.01`
  private static func text(of mean: ScanMeans.Mean) -> String {
    guard mean.count > 0 else { return "-" }
    let spread = mean.spread.map { " ± " + Number.short($0, digits: 2) } ?? ""
    return Figure.plain(mean.value) + spread
  }

  private func drawFoot(on canvas: Canvas) {
    let (text, role): (String, Role) =
      switch phase {
      case .running: ("", .text)
      case .stopping: ("stopping  ", .warning)
      case .ended: ("ended  ", .good)
      case .failed(let sentence): (sentence + "  ", .error)
      }
    let column = canvas.draw(text, at: Point(column: 1, row: 0), Style(role))
    let arrows = canvas.glyphs.isASCII ? "arrows" : "←↑↓→"
    let ending =
      switch phase {
      case .running: ("q", "stop, rows are kept")
      case .stopping: ("Ctrl-C", "leave at once")
      case .ended, .failed: ("q", "leave")
      }
    let hints = [("Tab", "next column"), (arrows, "cell"), ending]
    let spans = hints.flatMap { key, meaning in
      [Span(key, .key), Span(" \(meaning)   ", .dim)]
    }
    canvas.draw(spans, at: Point(column: column, row: 0))
  }
}
