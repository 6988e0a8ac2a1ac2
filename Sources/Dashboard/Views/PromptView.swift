import Engine
import Terminal

/// The bottom line while a text is typed: what it is, the text with the cursor, and how to leave.
struct PromptView {
  let prompt: Prompt
  /// What the last word may become.
  var completions: [String] = []

  private var label: String {
    switch prompt.purpose {
    case .filter, .gauges, .log: "/"
    case .note: "note "
    case .tags: "tags "
    case .stability: "stability with "
    case .command: ":"
    }
  }

  private var hint: String {
    switch prompt.purpose {
    case .filter, .gauges, .log: "Enter keeps, Esc clears"
    case .note, .tags: "Enter writes, Esc leaves it"
    case .stability(let plan):
      prompt.text.isEmpty
        ? "Enter: \(plan.surrogate) \(Figure.plain(plan.rate)) \(plan.epochs), Esc leaves"
        : StabilityWords.usage
    case .command:
      if let command = CommandLine.command(of: prompt.text) {
        command.usage
      } else {
        "Tab completes, Esc leaves"
      }
    }
  }

  func draw(on canvas: Canvas) {
    guard !canvas.size.isEmpty else { return }
    let (before, after) = prompt.parts
    let start = canvas.draw([Span(label, .key)], at: Point(column: 1, row: 0))
    // The cursor stays in view: of a long text the end before it is shown.
    let room = max(1, canvas.width - start - 2)
    let shown = Self.tail(of: before, width: room)
    let cursor = canvas.draw(shown, at: Point(column: start, row: 0), .text)
    let under = after.first.map(String.init) ?? " "
    let column = canvas.draw(under, at: Point(column: cursor, row: 0), Style(.text, .reverse))
    let end = canvas.draw(String(after.dropFirst()), at: Point(column: column, row: 0), .text)
    drawHint(on: canvas, after: end)
  }

  /// What may follow, or how to leave, in the room that is left.
  private func drawHint(on canvas: Canvas, after end: Int) {
    let room = canvas.width - end - 4
    if completions.count > 1 {
      let text = completions.joined(separator: " ").clipped(
        to: room, ellipsis: canvas.glyphs.ellipsis)
      if room >= 12 { canvas.drawRight([Span(text, .dim)], row: 0, end: canvas.width - 1) }
      return
    }
    guard end + hint.cellWidth + 3 <= canvas.width else { return }
    canvas.drawRight([Span(hint, .dim)], row: 0, end: canvas.width - 1)
  }

  private static func tail(of text: String, width: Int) -> String {
    var (rest, left) = (Substring(text), text.cellWidth)
    while left > width, let first = rest.popFirst() { left -= String(first).cellWidth }
    return String(rest)
  }
}
