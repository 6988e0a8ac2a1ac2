import Engine
import Terminal

/// The second line: the screens with their keys, and the result of a run that is over.
struct TabView {
  let dashboard: Dashboard

  func draw(on canvas: Canvas) {
    let result = self.result
    let width = result.reduce(0) { $0 + $1.width }
    let least = Page.allCases.reduce(2) { $0 + leastWidth(of: $1) }
    let hasResult = !result.isEmpty && least + width <= canvas.width
    let end = canvas.width - (hasResult ? width + 1 : 0)
    var column = 1
    for (index, page) in Page.allCases.enumerated() {
      guard column < canvas.width else { break }
      let rest = Page.allCases[(index + 1)...].reduce(0) { $0 + leastWidth(of: $1) }
      let isNamed = page == dashboard.page || column + fullWidth(of: page) + rest <= end
      column = draw(page, isNamed: isNamed, at: column, on: canvas)
    }
    if hasResult, column + width + 1 <= canvas.width {
      canvas.drawRight(result, row: 0, end: canvas.width - 1)
    }
  }

  /// Columns of a screen with its name; where names have no room, keys stand for the other screens.
  private func fullWidth(of page: Page) -> Int { page.title.cellWidth + 4 }
  private func leastWidth(of page: Page) -> Int { page == dashboard.page ? fullWidth(of: page) : 2 }

  private func draw(_ page: Page, isNamed: Bool, at start: Int, on canvas: Canvas) -> Int {
    let key = Span("\(page.rawValue)", .key)
    var column = canvas.draw([key], at: Point(column: start, row: 0))
    // The underline belongs to the word alone.
    column = canvas.draw(" ", at: Point(column: column, row: 0))
    guard isNamed else { return column }
    let isShown = page == dashboard.page
    let title = Span(
      page.title, isShown ? .title : .dim, isShown ? [.bold, .underline] : [])
    return canvas.draw(page.title, at: Point(column: column, row: 0), title.style) + 2
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
