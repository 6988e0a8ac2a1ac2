import Engine
import Terminal

/// What the dashboard shows under a cell of the screen.
enum PointerTarget: Equatable {
  case tab(Page)
  /// A panel and its area, border included.
  case panel(PanelName, Rect)
}

extension Dashboard {
  /// What is at a place while nothing lies over the page, by the layout that it is drawn with; `nil`
  /// where nothing can be pointed at.
  func target(at place: Point) -> PointerTarget? {
    let layout = self.layout
    if layout.tabs.contains(place) {
      return TabView(dashboard: self)
        .page(at: place.column - layout.tabs.column, width: layout.tabs.width)
        .map(PointerTarget.tab)
    }
    guard failureDialog == nil else { return nil }
    return layout.places.first { $0.area.contains(place) }.map { .panel($0.panel, $0.area) }
  }

  /// The line that text of a panel has at a place, counted from 0, and the room for text; `nil` on
  /// the border.
  func line(at place: Point, in area: Rect) -> (line: Int, room: Size)? {
    let text = Panel.textArea(in: area)
    let lines = Rect(
      column: area.column, row: text.row, width: area.width, height: text.height)
    return lines.contains(place) ? (place.row - text.row, text.size) : nil
  }

  /// The step of the run under a place of a chart, and how many columns its curves have; `nil` where
  /// no curves over the run are drawn.
  func step(at place: Point, of panel: PanelName, in area: Rect) -> (step: Double, columns: Int)? {
    let inside = Point(column: place.column - area.column, row: place.row - area.row)
    let found: (value: Double, columns: Int)?
    if panel == .grid {
      found = gridChart(at: inside, in: area.size).flatMap { chart, area in
        chart.x(at: inside.column - area.column, in: area.size)
      }
    } else {
      found = runChart(panel, width: area.width)?.x(at: inside.column, in: area.size)
    }
    return found.map { (step(atPlace: $0.value), $0.columns) }
  }

  /// The step that stands at a place of the axis that curves are shown over.
  private func step(atPlace x: Double) -> Double {
    guard !window.axis.isLinear else { return x }
    // Places never fall while steps rise.
    var (lower, upper) = (wholeRun.lower, Double(run.progress?.step ?? 0))
    while upper - lower > 1 {
      let middle = ((lower + upper) / 2).rounded()
      if history.place(of: middle).map({ $0 < x }) ?? true {
        lower = middle
      } else {
        upper = middle
      }
    }
    return upper
  }
}
