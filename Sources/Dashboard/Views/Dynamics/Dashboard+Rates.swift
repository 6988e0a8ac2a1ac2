import Engine
import Terminal

/// How often the neurons of a simulated network fire, and how that agrees with theory.
extension Dashboard {
  private static let leastHeightForBoth = 8
  private static let leastWidthForBoth = 56

  // MARK: Rates

  func drawRates(on canvas: Canvas) {
    var panel = Panel("rates", isFocused: isMarkedFocused(.rates))
    if let rates = dynamics?.rates {
      panel.spans = [
        Span("\(rates.silent) silent", rates.silent > 0 ? .warning : .dim),
        Span("highest \(Figure.short(rates.highest))"),
      ]
      panel.footer = [
        Span("by rank", .series(0)), Span("  asynchronous", .target),
        Span("  how many", .accent),
      ]
    }
    let inside = panel.draw(on: canvas)
    guard let rates = dynamics?.rates else { return drawEmptyDynamics(on: inside) }
    let room = Rect(column: 0, row: 0, width: inside.width - 1, height: inside.height)
    let isWide = inside.width >= Self.leastWidthForBoth
    let isHigh = inside.height >= Self.leastHeightForBoth
    let parts =
      isWide
      ? room.columns(.share(3), .fixed(1), .share(2))
      : isHigh ? room.rows(.share(3), .fixed(0), .share(2)) : [room]
    profile(of: rates).draw(on: inside[parts[0]])
    if parts.count > 2 { drawHistogram(of: rates, on: inside[parts[2]]) }
  }

  /// The mean rate of each row of the raster, with that of the asynchronous state in dots.
  private func profile(of rates: DynamicsReport.Rates) -> LineChart {
    let neurons = Double(max(2, run.summary?.dynamics?.neurons ?? 2))
    let range = AxisRange(1, neurons)
    var chart = LineChart()
    if rates.predictedByRow.count > 1 {
      chart.curves.append(
        Curve(
          samples: rates.predictedByRow.map(Double.init), over: range, Style(.target), line: .dotted
        ))
    }
    chart.curves.append(
      Curve(samples: rates.byRow.map(Double.init), over: range, Style(.series(0))))
    chart.horizontalRange = range
    chart.hasHorizontalLabels = true
    chart.emptyText = dynamicsEmptyText
    return chart
  }

  /// Neurons by rate; the silent ones are told in the border.
  private func drawHistogram(of rates: DynamicsReport.Rates, on canvas: Canvas) {
    let rows = canvas.bounds.rows(.rest, .fixed(canvas.height >= 3 ? 1 : 0))
    let bars = rates.histogram.map(Double.init)
    let most = bars.max() ?? 0
    guard canvas.width > 0, !bars.isEmpty else { return }
    // Few bars are drawn several columns wide.
    let width = max(1, canvas.width / bars.count)
    let values = bars.flatMap { [Double](repeating: $0, count: width) }
    Sparkline(values, range: AxisRange(0, max(most, 1))).draw(on: canvas[rows[0]])
    let foot = canvas[rows[1]]
    foot.draw("0", at: .zero, .dim)
    let end = min(canvas.width, values.count)
    foot.drawRight([Span(Figure.short(rates.highest), .dim)], row: 0, end: end)
  }

  // MARK: Observables

  /// Differences from theory below this are told quietly; far above, loudly.
  private static let smallDifference = 0.03
  private static let largeDifference = 0.2

  func drawObservables(on canvas: Canvas) {
    var panel = Panel("observables", isFocused: isMarkedFocused(.observables))
    panel.spans = dynamicsState
    let inside = panel.draw(on: canvas)
    let room = inside[inside.bounds.inset(columns: 1, rows: 0)]
    let isWide = room.width >= 44
    var columns = [
      Table.Column("", .rest),
      Table.Column(isWide ? "measured" : "now", .fixed(isWide ? 9 : 7), .right),
      Table.Column("theory", .fixed(7), .right),
    ]
    if isWide { columns.append(Table.Column("of", .fixed(14))) }
    var table = Table(columns, rows: comparisons.map { row(of: $0, isWide: isWide) })
    table.emptyText = dynamicsEmptyText
    table.draw(on: room)
  }

  /// Coupling and delay as they are set.
  var dynamicsState: [Span] {
    let coupling = run.coupling.map(present) ?? dynamics?.places.last?.coupling
    let delay = dynamicsNumber(InhibitoryKnobs.delay) ?? dynamics?.places.last?.delay
    return [
      coupling.map { Span("g \(Figure.short($0))", .accent, .bold) },
      delay.map { Span("delay \(Figure.short($0))", .accent, .bold) },
    ].compactMap { $0 }
  }

  /// What was measured; of a record alone, the last readings of the gauges.
  private var comparisons: [DynamicsReport.Comparison] {
    if let dynamics { return dynamics.comparisons }
    guard mode == .replay else { return [] }
    return history.gauges.compactMap { gauge in
      history.latest(gauge).map {
        DynamicsReport.Comparison(id: gauge.id, title: gauge.title, measured: $0)
      }
    }
  }

  private func row(of comparison: DynamicsReport.Comparison, isWide: Bool) -> [Span] {
    let style = style(of: comparison)
    var cells = [
      Span(isWide ? comparison.title : shortName(comparison), .dim),
      Span(comparison.measured.map(Figure.short) ?? "-", style: style),
      Span(
        comparison.predicted.map(Figure.short) ?? "-", comparison.predicted == nil ? .dim : .target),
    ]
    if isWide { cells.append(Span(" " + (comparison.theory ?? ""), .dim)) }
    return cells
  }

  /// Within a few per cent of theory it is good, far from it a warning: theory does not hold there.
  private func style(of comparison: DynamicsReport.Comparison) -> Style {
    guard let measured = comparison.measured, let predicted = comparison.predicted,
      predicted != 0, measured.isFinite
    else { return Style(.text) }
    let difference = ((measured - predicted) / predicted).magnitude
    if difference <= Self.smallDifference { return Style(.good) }
    return difference <= Self.largeDifference ? Style(.text) : Style(.warning, .bold)
  }
}
