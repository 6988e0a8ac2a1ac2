import Engine
import Terminal

/// The second line: the screens with their keys, and the result of a run that is over.
struct TabView {
  let dashboard: Dashboard

  func draw(on canvas: Canvas) {
<<<<<<< HEAD
    let (hasTitles, result) = form(width: canvas.width)
    var column = 1
    for page in Page.allCases {
      let isShown = page == dashboard.page
      let key = Span("\(page.rawValue)", .key)
      let title = hasTitles || isShown ? page.title : ""
      guard column + key.width + 1 + title.cellWidth <= canvas.width else { break }
      column = canvas.draw([key], at: Point(column: column, row: 0)) + 1
      guard !title.isEmpty else { continue }
      // The underline belongs to the word alone.
      let style = Style(isShown ? .title : .dim, isShown ? [.bold, .underline] : [])
      column = canvas.draw(title, at: Point(column: column, row: 0), style) + 2
    }
    if !result.isEmpty { canvas.drawRight(result, row: 0, end: canvas.width - 1) }
  }

  /// Whether all screens are named, and the result: in short words, or beside the keys of the
  /// other screens alone, where it must be.
  private func form(width: Int) -> (hasTitles: Bool, result: [Span]) {
    let whole = scores()
    for (hasTitles, scores) in [(true, whole), (true, self.scores(isShort: true)), (false, whole)]
    where !whole.isEmpty && self.width(hasTitles: hasTitles) + Self.width(of: scores) < width {
      return (hasTitles, scores)
    }
    return (self.width(hasTitles: true) <= width, [])
  }

  private static func width(of spans: [Span]) -> Int { spans.reduce(0) { $0 + $1.width } }

  /// Columns that the screens take, with the gap after them.
  private func width(hasTitles: Bool) -> Int {
    Page.allCases.reduce(1) { width, page in
      let isTitled = hasTitles || page == dashboard.page
      return width + 2 + (isTitled ? page.title.cellWidth + 2 : 0)
=======
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
>>>>>>> tools
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
  private func scores(isShort: Bool = false) -> [Span] {
    guard let conclusion = dashboard.run.conclusion else { return [] }
    let metric = { (path: String) in conclusion.metrics.first { $0.gauge == path }?.last }
    var spans: [Span] = []
    if let spiking = metric("test.spiking.accuracy") {
      var text = (isShort ? "" : "spiking ") + Figure.percent(spiking)
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
