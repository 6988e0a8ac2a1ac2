import Engine
import Terminal

/// The mean potential and the rate signal of a simulated network, over time and against each other.
extension Dashboard {
  /// Traces of fewer rows than this stand in one chart.
  private static let leastHeightForBoth = 6

  // MARK: Traces

  func drawField(on canvas: Canvas) {
    var panel = Panel("field", isFocused: isMarkedFocused(.field))
    let (field, rate) = (potential, rateSignal)
    panel.spans = [
      Span("mean potential \(field.lastY.map(Figure.short) ?? "-")", .series(1), .bold),
      Span("rate \(rate.lastY.map(Figure.short) ?? "-")", .series(2), .bold),
    ]
    let inside = panel.draw(on: canvas)
    guard !field.isEmpty || !rate.isEmpty else { return drawEmptyDynamics(on: inside) }
    let layout = DynamicsLayout(canvas.size)
    let area = Rect(column: 0, row: 0, width: layout.plot.endColumn, height: layout.plot.height)
    let isHigh = area.height >= Self.leastHeightForBoth
    let parts = isHigh ? area.rows(.share(1), .share(1)) : [area]
    trace(field, Style(.series(1)), layout).draw(on: inside[parts[0]])
    if isHigh { trace(rate, Style(.series(2)), layout).draw(on: inside[parts[1]]) }
    drawTimes(layout, on: inside)
  }

  private func trace(_ series: Series, _ style: Style, _ layout: DynamicsLayout) -> LineChart {
    var chart = LineChart([Curve(series, style)])
    chart.horizontalRange = dynamicsTimes
    chart.margin = layout.margin
    chart.emptyText = ""
    if let transient = run.summary?.dynamics?.transient { chart.marks = [transient] }
    return chart
  }

  private var potential: Series { series(dynamics?.field, recordedAs: "field") }
  private var rateSignal: Series { series(dynamics?.rate, recordedAs: "rate") }

  /// A trace over time; a record alone has the readings of a gauge.
  private func series(_ trace: DynamicsReport.Trace?, recordedAs gauge: String) -> Series {
    guard let trace else { return recorded(gauge) }
    let end = dynamicsTimes.upper
    var series = Series()
    for (index, value) in trace.values.enumerated() {
      let age = Double(trace.values.count - 1 - index) * trace.interval
      series.append(x: end - age, y: Double(value))
    }
    return series
  }

  private func recorded(_ gauge: String) -> Series {
    guard mode == .replay, let series = history.series[gauge],
      let interval = run.summary?.dynamics?.interval, interval > 0
    else { return Series() }
    let (first, last) = (dynamicsTimes.lower / interval, dynamicsTimes.upper / interval)
    return Series(
      series.indices(from: first, through: last).map { index in
        (x: series[index].x * interval, y: series[index].y)
      })
  }

  // MARK: Phase portrait

  /// The share of the span that is drawn bright.
  private static let latestShare = 0.25

  func drawPortrait(on canvas: Canvas) {
    var panel = Panel("portrait", isFocused: isMarkedFocused(.portrait))
    panel.footer = [
      Span(canvas.width >= 40 ? "change of the mean potential over it" : "dV/dt over V", .dim)
    ]
    let inside = panel.draw(on: canvas)
    let points = portrait
    guard let range = Self.hull(points) else { return drawEmptyDynamics(on: inside) }
    var chart = LineChart()
    (chart.horizontalRange, chart.verticalRange) = (range.horizontal, range.vertical)
    chart.hasHorizontalLabels = true
    let latest = Int(Double(points.count) * (1 - Self.latestShare))
    chart.paths = [
      PlanePath(Array(points[...latest]), Style(.dim)),
      PlanePath(Array(points[latest...]), Style(.series(1), .bold)),
    ]
    let room = inside[
      Rect(column: 0, row: 0, width: inside.width - 1, height: inside.height)]
    chart.draw(on: room)
    guard let last = points.last, let column = chart.column(of: last.x, size: room.size),
      let row = chart.row(of: last.y, size: room.size)
    else { return }
    room.put(glyphs.point, at: Point(column: column, row: row), Style(.accent, .bold))
  }

  /// (V, dV/dt) at all times but the first and the last, by central differences.
  private var portrait: [SIMD2<Double>] {
    guard let trace = dynamics?.field, trace.interval > 0, trace.values.count > 2 else { return [] }
    return (1..<trace.values.count - 1).map { index in
      let change = Double(trace.values[index + 1]) - Double(trace.values[index - 1])
      return SIMD2(Double(trace.values[index]), change / (2 * trace.interval))
    }
  }

  /// The stretches that hold all points, with some room around them; `nil` without a point.
  private static func hull(
    _ points: [SIMD2<Double>]
  ) -> (horizontal: AxisRange, vertical: AxisRange)? {
    let finite = points.filter { $0.x.isFinite && $0.y.isFinite }
    guard let first = finite.first else { return nil }
    var (low, high) = (first, first)
    for point in finite {
      low = pointwiseMin(low, point)
      high = pointwiseMax(high, point)
    }
    let room = (high - low) * 0.05
    return (AxisRange(low.x - room.x, high.x + room.x), AxisRange(low.y - room.y, high.y + room.y))
  }
}
