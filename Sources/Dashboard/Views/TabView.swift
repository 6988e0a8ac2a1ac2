import Engine
import Terminal

/// The second line: the screens with their keys, and the result of a run that is over.
struct TabView {
  let dashboard: Dashboard

  func draw(on canvas: Canvas) {
    let result = self.result
    let width = result.reduce(0) { $0 + $1.width }
    // Where the names have no room, the keys stand for the other screens.
    let named = Page.allCases.reduce(1) { $0 + $1.title.cellWidth + 4 }
    let isShort = named + (result.isEmpty ? 0 : width + 1) > canvas.width
    var column = 1
    for page in Page.allCases {
      let isShown = page == dashboard.page
      if isShort && !isShown {
        column =
          canvas.draw([Span("\(page.rawValue)", .key)], at: Point(column: column, row: 0)) + 1
        continue
      }
      let key = Span("\(page.rawValue)", .key)
      let title = Span(
        " \(page.title)", isShown ? .title : .dim, isShown ? [.bold, .underline] : [])
      guard column + key.width + title.width <= canvas.width else { break }
      column = canvas.draw([key], at: Point(column: column, row: 0))
      // The underline belongs to the word alone.
      column = canvas.draw(" ", at: Point(column: column, row: 0))
      column = canvas.draw(page.title, at: Point(column: column, row: 0), title.style) + 2
    }
    if !result.isEmpty, column + width + 1 <= canvas.width {
      canvas.drawRight(result, row: 0, end: canvas.width - 1)
    }
  }

  /// The accuracies on the test split, with their spread over draws of the initial voltages.
  private var result: [Span] {
    guard let conclusion = dashboard.run.conclusion else { return [] }
    let metric = { (path: String) in conclusion.metrics.first { $0.gauge == path }?.last }
    var spans: [Span] = []
    if let spiking = metric("test.spiking.accuracy") {
      var text = "spiking \(Figure.percent(spiking))"
      if let spread = metric("test.spiking.spread") {
        text += " \(dashboard.glyphs.plusMinus) \(Number.fixed(spread * 100, decimals: 1))"
      }
      spans.append(Span(text, .title, .bold))
    }
    if let nonSpiking = metric("test.nonSpiking.accuracy") {
      let gap = spans.isEmpty ? "" : "  "
      spans.append(Span("\(gap)w=\(dashboard.glyphs.infinity) \(Figure.percent(nonSpiking))"))
    }
    if !spans.isEmpty { spans.insert(Span("test ", .title, .bold), at: 0) }
    return spans
  }
}
