import Engine
import Terminal

/// The second line: the screens with their keys, and the result of a run that is over.
struct TabView {
  let dashboard: Dashboard

  /// A screen in the line and the columns it takes, with or without its name.
  private struct Tab {
    var page: Page
    var columns: Range<Int>
    var isNamed: Bool
  }

  func draw(on canvas: Canvas) {
    let tabs = tabs(width: canvas.width)
    for tab in tabs { draw(tab, on: canvas) }
    let result = self.result
    let width = width(of: result)
    let end = tabs.last?.columns.upperBound ?? 0
    if !result.isEmpty, end + width + 1 <= canvas.width {
      canvas.drawRight(result, row: 0, end: canvas.width - 1)
    }
  }

  /// The screen at a column of a line of a width.
  func page(at column: Int, width: Int) -> Page? {
    tabs(width: width).first { $0.columns.contains(column) }?.page
  }

  private func tabs(width: Int) -> [Tab] {
    let result = self.width(of: self.result)
    let pages = dashboard.pages
    let least = pages.reduce(2) { $0 + leastWidth(of: $1) }
    let end = width - (result > 0 && least + result <= width ? result + 1 : 0)
    var tabs: [Tab] = []
    var column = 1
    for (index, page) in pages.enumerated() where column < width {
      let rest = pages[(index + 1)...].reduce(0) { $0 + leastWidth(of: $1) }
      let isNamed = page == dashboard.page || column + fullWidth(of: page) + rest <= end
      let next = column + (isNamed ? fullWidth(of: page) : 2)
      tabs.append(Tab(page: page, columns: column..<next, isNamed: isNamed))
      column = next
    }
    return tabs
  }

  private func width(of spans: [Span]) -> Int { spans.reduce(0) { $0 + $1.width } }

  /// Columns of a screen with its name; where names have no room, keys stand for the other screens.
  private func fullWidth(of page: Page) -> Int { title(of: page).cellWidth + 4 }
  private func leastWidth(of page: Page) -> Int { page == dashboard.page ? fullWidth(of: page) : 2 }

  /// With how far a test of stability is that goes on.
  private func title(of page: Page) -> String {
    guard page == .stability, let share = dashboard.stabilityShare else { return page.title }
    return "\(page.title) \(share) %"
  }

  private func draw(_ tab: Tab, on canvas: Canvas) {
    let start = tab.columns.lowerBound
    canvas.draw([Span("\(tab.page.key)", .key)], at: Point(column: start, row: 0))
    guard tab.isNamed else { return }
    let isShown = tab.page == dashboard.page
    // The underline belongs to the word alone.
    let title = Span(
      title(of: tab.page), isShown ? .title : .dim, isShown ? [.bold, .underline] : [])
    canvas.draw(title.text, at: Point(column: start + 2, row: 0), title.style)
  }

  /// The accuracies on the test split, with their spread over draws of the initial voltages.
  private var result: [Span] {
    guard let conclusion = dashboard.run.conclusion else { return [] }
    let metric = { (path: String) in conclusion.metrics.first { $0.gauge == path }?.last }
    var spans: [Span] = []
    if let spiking = metric("test.spiking.accuracy") {
      var text = "\(dashboard.name(of: .spiking)) \(Figure.percent(spiking))"
      if let spread = metric("test.spiking.spread") {
        text += " \(dashboard.glyphs.plusMinus) \(Number.fixed(spread * 100, decimals: 1))"
      }
      spans.append(Span(text, .title, .bold))
    }
    if let nonSpiking = metric("test.nonSpiking.accuracy") {
      let gap = spans.isEmpty ? "" : "  "
      let name = dashboard.name(of: .nonSpiking)
      spans.append(Span("\(gap)\(name) \(Figure.percent(nonSpiking))"))
    }
    if !spans.isEmpty { spans.insert(Span("test ", .title, .bold), at: 0) }
    return spans
  }
}
