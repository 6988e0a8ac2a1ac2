import Engine
import Terminal

/// A chart of its own for every gauge whose name has the words asked for.
extension Dashboard {
  /// Whether the grid takes the place of the usual panels; a simulation has none of these.
  var showsGrid: Bool { page == .train && (!gaugeFilter.isEmpty || isSimulation) }

  /// The gauges in the grid; `*` is all of them. Of a simulation those without values take no room.
  var filteredGauges: [Gauge] {
    let words = gaugeFilter.lowercased().split(separator: " ")
    let isEmpty = history.series.isEmpty
    return history.gauges.filter { gauge in
      if isSimulation && !isEmpty && history.series[gauge.id] == nil { return false }
      let text = "\(gauge.id) \(gauge.title) \(gauge.group.rawValue)".lowercased()
      return words.allSatisfy { $0 == "*" || text.contains($0) }
    }
  }

  /// Charts beside and above one another in a canvas of a size.
  private static func cells(in size: Size) -> (columns: Int, rows: Int) {
    (max(1, size.width / 36), max(1, size.height / 9))
  }

  /// The last row of the grid that can be its first one.
  var lastGridRow: Int {
    guard let area = layout.area(of: .grid) else { return 0 }
    let cells = Self.cells(in: area.size)
    return max(0, (filteredGauges.count + cells.columns - 1) / cells.columns - cells.rows)
  }

  func drawGrid(on canvas: Canvas) {
    let gauges = filteredGauges
    guard !gauges.isEmpty else {
      var panel = Panel(
        "gauges", spans: gaugeFilter.isEmpty ? [] : [Span("/\(gaugeFilter)", .accent)])
      panel.footer = [Span("Esc shows the usual panels", .dim)]
      let inside = panel.draw(on: canvas)
      inside.draw("no gauge has these words in its name", at: Point(column: 1, row: 0), .dim)
      return
    }
    let shown = gridPlaces(of: gauges, in: canvas.size)
    let first = min(gridRow, lastGridRow) * Self.cells(in: canvas.size).columns
    for (index, (gauge, area)) in shown.enumerated() {
      var view = gaugeChart(gauge)
      if index == shown.count - 1 {
        let filter = gaugeFilter.isEmpty ? "gauges " : "/\(gaugeFilter)  "
        view.footer = [
          Span("\(filter)\(first + 1)-\(first + shown.count) of \(gauges.count)", .dim)
        ]
      }
      view.draw(on: canvas[area])
    }
  }

  /// The gauges that are in view in a grid of a size, and where.
  private func gridPlaces(of gauges: [Gauge], in size: Size) -> [(gauge: Gauge, area: Rect)] {
    let cells = Self.cells(in: size)
    let first = min(gridRow, lastGridRow) * cells.columns
    let shown = gauges[min(first, gauges.count)...].prefix(cells.columns * cells.rows)
    let rows = min(cells.rows, (shown.count + cells.columns - 1) / cells.columns)
    let areas = Rect(size).rows([Extent](repeating: .rest, count: rows)).flatMap {
      $0.columns([Extent](repeating: .rest, count: cells.columns))
    }
    return zip(shown, areas).map { (gauge: $0, area: $1) }
  }

  /// The chart of the grid at a place in it, and its area.
  func gridChart(at place: Point, in size: Size) -> (chart: ChartView, area: Rect)? {
    gridPlaces(of: filteredGauges, in: size).first { $0.area.contains(place) }
      .map { (gaugeChart($0.gauge), $0.area) }
  }

  private func gaugeChart(_ gauge: Gauge) -> ChartView {
    let value = window.cursor.map { history.value(of: gauge, at: $0) } ?? history.latest(gauge)
    let style = gauge.site.map { siteStyle($0) } ?? Style(.text)
    var view = ChartView(title: isSimulation ? gauge.title : gauge.id)
    view.lines = [
      ChartView.Line(
        curve: Curve(history.values(of: gauge), style), name: "",
        value: value.map(Figure.short) ?? "", style: style)
    ]
    view.hasEndLabels = false
    view.chart.verticalScale = gauge.scale == .logarithmic ? .logarithmic : .linear
    view.chart.isRobust = true
    view.chart.emptyText = "no values yet"
    place(&view)
    return view
  }
}
