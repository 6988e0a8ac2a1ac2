import Engine
import Terminal

/// The weights over a grid of resolutions: accuracy as a curve, and everything in numbers.
extension Dashboard {
  func sweepChart(on canvas: Canvas) -> ChartView {
    let isLogarithmic = logarithmic.contains(.sweep)
    let title = canvas.width >= 52 ? "accuracy % over w" : "accuracy %"
    var view = ChartView(title: isLogarithmic ? "\(title)  log" : title)
    view.isFocused = isMarkedFocused(.sweep)
    view.hasEndLabels = false
    view.countsOffScale = false
    view.chart.emptyText = sweepHint
    view.chart.verticalScale = isLogarithmic ? .logarithmic : .linear
    view.chart.verticalFit = .within(AxisRange(0, 100))
    view.chart.horizontalScale = .logarithmic
    view.chart.hasHorizontalLabels = true
    if let sweepShare { view.spans.append(Span("\(sweepShare) %", .accent)) }
    guard let sweep else { return view }
    let rows = sweep.rows.filter { $0.position.isFinite }
    guard let first = rows.first, let last = rows.last else { return view }
    let range = AxisRange(first.position, last.position)
    view.chart.horizontalRange = range
    view.chart.now = rows.first(where: \.isTrained)?.position
    view.lines = sweepLines(sweep, rows, over: range)
    let chosen = sweepChoice.map { sweep.rows[$0].position }
    view.chart.markers = rows.compactMap { row in
      row.accuracy.map {
        Marker(
          x: row.position, y: $0 * 100, style: Style(.text, .bold),
          isSelected: chosen.map { $0 == row.position } ?? row.isTrained)
      }
    }
    view.footer = [Span(sweepAxis(sweep, isLong: canvas.width >= 60), .dim)]
    return view
  }

  private func sweepLines(
    _ sweep: ResolutionSweep, _ rows: [ResolutionSweep.Row], over range: AxisRange
  ) -> [ChartView.Line] {
    let figure = { (share: Double) in Number.fixed(share * 100, decimals: 1) }
    let curve = { (value: (ResolutionSweep.Row) -> Double?, style: Style) in
      Curve(Series(rows.map { (x: $0.position, y: (value($0) ?? .nan) * 100) }), style)
    }
    var lines: [ChartView.Line] = []
    if rows.contains(where: { ($0.spread ?? 0) > 0 }) {
      for sign in [-1.0, 1.0] {
        let edge = curve(
          { row in row.accuracy.map { min(1, max(0, $0 + sign * (row.spread ?? 0))) } },
          Style(.border))
        lines.append(ChartView.Line(curve: edge, name: "", value: "", style: Style(.border)))
      }
    }
    let trained = rows.first(where: \.isTrained)?.accuracy
    lines.append(
      ChartView.Line(
        curve: curve(\.accuracy, Style(.text, .bold)), name: "trained",
        value: trained.map(figure) ?? "", style: Style(.text, .bold)))
    if let plain = sweep.rows.last(where: \.isNonSpiking)?.accuracy {
      let level = Curve(
        samples: [plain * 100, plain * 100], over: range, Style(.text), line: .dotted)
      lines.append(
        ChartView.Line(
          curve: level, name: "w=\(glyphs.infinity)", value: figure(plain), style: Style(.text)))
    }
    return lines
  }

  private func sweepAxis(_ sweep: ResolutionSweep, isLong: Bool) -> String {
    let axis =
      sweep.swept.count == 1 && sweep.sites.count > 1
      ? "w of \(sweep.swept[0])" : "multiples of the present w"
    return isLong
      ? "\(axis), \(sweep.samples) \(sweep.split.rawValue) samples, at step \(sweep.step)"
      : axis
  }

  /// How far the sweep is that goes on, in percent.
  private var sweepShare: Int? {
    guard let progress = run.evaluation, progress.purpose == .sweep else { return nil }
    return 100 * progress.done / max(1, progress.total)
  }

  /// What stands where there is no sweep yet.
  private var sweepHint: String {
    if run.summary == nil { return "" }
    return sweepShare == nil ? "W measures the present weights over w" : "measuring"
  }

  // MARK: In numbers

  func drawSweepTable(on canvas: Canvas) {
    var panel = Panel("w sweep", isFocused: isMarkedFocused(.sweepTable))
    let room = canvas.bounds.inset()
    if let sweep {
      let shown = min(sweep.rows.count, max(0, room.height - 1))
      if shown < sweep.rows.count {
        let first = min(sweepRow, lastSweepRow)
        panel.footer = [Span("rows \(first + 1)-\(first + shown) of \(sweep.rows.count)", .dim)]
      } else {
        panel.footer = [Span("* as trained", .dim)]
      }
    }
    panel.draw(on: canvas)
    let area = Panel.textArea(in: canvas.bounds)
    sweepTable(width: area.width).draw(on: canvas[area])
  }

  /// The table within its panel.
  func sweepTable(width: Int) -> Table {
    let columns = sweepColumns(width: width)
    var table = Table(
      columns.map(\.column),
      rows: (sweep?.rows ?? []).map { row in
        columns.map { column in
          Span(column.text(row), style: Style(row.isTrained ? .accent : .text))
        }
      })
    table.firstRow = sweepRow
    table.highlightedRow = sweepChoice
    table.emptyText = sweepHint
    return table
  }

  /// The row that was chosen, where there is such a row.
  var sweepChoice: Int? {
    sweepSelection.flatMap { (sweep?.rows.indices.contains($0) ?? false) ? $0 : nil }
  }

  /// The last row that can be the first one shown.
  var lastSweepRow: Int {
    guard let sweep, let area = layout.area(of: .sweepTable) else { return 0 }
    return max(0, sweep.rows.count - max(1, area.height - 3))
  }

  private struct SweepColumn {
    var column: Table.Column
    var text: (ResolutionSweep.Row) -> String
    var width: Int

    init(_ title: String, _ width: Int, _ text: @escaping (ResolutionSweep.Row) -> String) {
      column = Table.Column(title, .fixed(width), .right)
      self.text = text
      self.width = width
    }
  }

  /// As many columns as there is room for, the most telling first.
  private func sweepColumns(width: Int) -> [SweepColumn] {
    let sites = sweep?.sites ?? run.sites.map(\.id)
    let infinity = glyphs.infinity
    var columns = [SweepColumn("", 2) { $0.isTrained ? "*" : "" }]
    columns += sites.enumerated().map { index, site in
      SweepColumn("w \(site)", max(8, site.cellWidth + 3)) {
        Figure.value($0.resolutions[index], infinity: infinity)
      }
    }
    columns += [
      SweepColumn("accuracy", 10) { $0.accuracy.map(Figure.percent) ?? "-" },
      SweepColumn("spread", 8) { $0.spread.map { Number.fixed($0 * 100, decimals: 1) } ?? "-" },
    ]
    let metrics: [(BitMetric, String)] = [
      (.bitsRange, "bits"), (.significantBits, "sig."), (.zeroFraction, "zero"),
      (.bitsEntropy, "entr."),
    ]
    var further: [SweepColumn] = []
    for (metric, title) in metrics {
      further += sites.map { site in
        SweepColumn("\(title) \(site)", max(7, title.cellWidth + site.cellWidth + 2)) {
          $0["sites.\(site).\(metric.rawValue)"].map { Number.fixed($0, decimals: 2) } ?? "-"
        }
      }
      if metric == .zeroFraction {
        further.append(
          SweepColumn("events", 9) { $0["operations.events"].map(Figure.short) ?? "-" })
      }
    }
    for column in further {
      guard columns.reduce(column.width, { $0 + $1.width }) <= width else { break }
      columns.append(column)
    }
    return columns
  }
}
