import Runs
import Terminal

/// The stored runs: a list, their curves over each other, and what their experiments differ in.
extension Dashboard {
  func drawRuns(on canvas: Canvas) {
    var panel = Panel("runs", isFocused: isMarkedFocused(.runs))
    let shown = runs.shown
    if !runs.filter.isEmpty { panel.spans.append(Span("/\(runs.filter)", .accent)) }
    panel.footer = [
      Span("\(shown.count) \(glyphs.separator) by \(runs.order.title)", .dim)
    ]
    panel.draw(on: canvas)
    let area = Panel.textArea(in: canvas.bounds)
    runsTable(width: area.width).draw(on: canvas[area])
  }

  /// The list within its panel.
  func runsTable(width: Int) -> Table {
    let columns = runColumns(width: width)
    var table = Table(
      columns.map(\.column),
      rows: runs.shown.map { entry in columns.map { $0.cell(entry) } },
      selectedRow: runs.selectedIndex)
    table.firstRow = runs.firstRow
    table.emptyText =
      runs.entries == nil
      ? "reading the runs" : runs.filter.isEmpty ? "no run is stored yet" : "no run fits"
    return table
  }

  private struct RunColumn {
    var column: Table.Column
    var cell: (RunEntry) -> Span
    /// Columns it takes at least.
    var width: Int

    init(
      _ title: String, _ width: Int, _ alignment: Table.Alignment = .right,
      isFilling: Bool = false, _ cell: @escaping (RunEntry) -> Span
    ) {
      column = Table.Column(title, isFilling ? .rest : .fixed(width), alignment)
      self.cell = cell
      self.width = width
    }
  }

  /// Columns of the course of a run's validation accuracy.
  private static let traceWidth = 12

  /// As many columns as there is room for, the most telling first.
  private func runColumns(width: Int) -> [RunColumn] {
    let percent = { (value: Double?) in
      Span(value.map { Number.fixed($0 * 100, decimals: 2) } ?? "-")
    }
    let marked = runs.marked
    let marks = marked.indices.map { glyphs.mark(ofSeries: $0).marker }
    var columns = [
      RunColumn("", 2, .left) { entry in
        guard let index = marked.firstIndex(of: entry.folder) else { return Span("") }
        return Span(String(Character(marks[index])), style: Style(.series(index), .bold))
      },
      RunColumn("run", 24, .left, isFilling: true) { Span($0.name, .text) },
      RunColumn("spiking", 9) { percent($0.spiking) },
    ]
    let infinity = "w=\(glyphs.infinity)"
    let further = [
      RunColumn("course", Self.traceWidth + 1, .left) { [glyphs] in
        Span(
          Sparkline($0.trace, range: AxisRange(0, 1)).text(width: Self.traceWidth, glyphs: glyphs),
          .accent)
      },
      RunColumn("state", 12) { Span($0.state, $0.state == "running" ? .good : .dim) },
      RunColumn(infinity, 8) { percent($0.nonSpiking) },
      RunColumn("bits", 7) { Span($0.bits.map { Number.fixed($0, decimals: 2) } ?? "-") },
      RunColumn("step", 9) { Span($0.step.map(String.init) ?? "-", .dim) },
      RunColumn("tags", 16, .left) { Span($0.tags.joined(separator: " "), .accent) },
      RunColumn("note", 24, .left) { Span($0.note, .dim) },
    ]
    for column in further {
      guard columns.reduce(column.width, { $0 + $1.width }) <= width else { break }
      columns.append(column)
    }
    return columns
  }

  var comparisonChart: ChartView {
    var view = ChartView(title: runs.metric.title)
    view.isFocused = isMarkedFocused(.comparison)
    view.countsOffScale = false
    view.hasEndLabels = false
    view.chart.verticalScale = logarithmic.contains(.comparison) ? .logarithmic : .linear
    view.chart.horizontalScale = runs.axis == .w ? .logarithmic : .linear
    view.chart.hasHorizontalLabels = true
    view.chart.emptyText =
      runs.marked.isEmpty ? "a adds the chosen run, up to six" : "no values of this kind"
    view.footer = [Span("by \(runs.axis.rawValue)", .dim)]
    for (index, folder) in runs.marked.enumerated() {
      guard let curves = runs.curves[folder] else { continue }
      let series = Series(comparedPoints(of: curves))
      let mark = glyphs.mark(ofSeries: index)
      let style = Style(.series(index))
      view.lines.append(
        ChartView.Line(
          curve: Curve(series, style, line: mark.line), name: String(Character(mark.marker)),
          value: series.lastY.map(Figure.short) ?? "", style: style))
    }
    return view
  }

  /// The values of the chosen metric over the chosen axis, in rising order there.
  private func comparedPoints(of curves: RunCurves) -> [(x: Double, y: Double)] {
    let points = (curves.curves[runs.metric.rawValue] ?? []).map {
      (x: place($0.step, in: curves), y: $0.value * runs.metric.factor)
    }
    guard runs.axis == .w else { return points }
    // w falls while a run is annealed, and is infinite before that.
    return points.filter { $0.x.isFinite && $0.x > 0 }.sorted { $0.x < $1.x }
  }

  /// Where a step stands on the axis.
  private func place(_ step: Int, in curves: RunCurves) -> Double {
    switch runs.axis {
    case .step: return Double(step)
    case .epoch: return Double(step) / Double(max(curves.stepsPerEpoch, 1))
    case .seconds: return curves.value(of: ReadingWriter.secondsGauge, at: step) ?? 0
    case .w:
      // Of the first site, as all sites follow like schedules.
      let gauge = curves.curves.keys.filter { $0.hasPrefix("w.") }.min()
      return gauge.flatMap { curves.value(of: $0, at: step) } ?? .nan
    }
  }

  func drawDifferences(on canvas: Canvas) {
    let panel = Panel("differences", isFocused: isMarkedFocused(.differences))
    let inside = panel.draw(on: canvas)
    let area = inside[inside.bounds.inset(columns: 1, rows: 0)]
    let width = max(8, min(16, (area.width - 20) / max(runs.marked.count, 1)))
    var columns = [Table.Column("setting", .rest)]
    columns += runs.marked.indices.map { index in
      Table.Column(String(Character(glyphs.mark(ofSeries: index).marker)), .fixed(width), .right)
    }
    var table = Table(
      columns,
      rows: runs.differences.map { difference in
        [Span(difference.key, .text)]
          + difference.values.enumerated().map { Span($1, style: Style(.series($0))) }
      })
    table.emptyText =
      runs.marked.count < 2 ? "two runs or more are compared" : "the same settings"
    table.draw(on: area)
  }
}
