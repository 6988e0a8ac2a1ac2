import Engine
import Terminal

/// One unit of the raster that is shown, close to.
extension Dashboard {
  func drawNeuron(on canvas: Canvas) {
    guard let site = shownSite, let raster = shownRaster else {
      Panel("unit", isFocused: isMarkedFocused(.neuron)).draw(on: canvas)
      return
    }
    let unit = browser.unit(of: site.id)
    var panel = Panel("unit \(unit)", isFocused: isMarkedFocused(.neuron))
    if browser.isWatched(unit, of: site.id) { panel.spans = [Span("watched", .accent)] }
    let inside = panel.draw(on: canvas)
    let area = inside[inside.bounds.inset(columns: 1, rows: 0)]
    let values = raster.values(of: unit)
    let facts = facts(of: UnitStatistics(values), isSpiking: raster.resolution.isFinite)
    let parts = area.bounds.rows(.fixed(facts.count + 1), .rest, .fixed(4), .rest)
    for (row, fact) in facts.enumerated() {
      area[parts[0]].draw(fact.name, at: Point(column: 0, row: row), .dim)
      area[parts[0]].draw(fact.value, at: Point(column: 13, row: row))
    }
    let style = siteStyle(site.id)
    let range = AxisRange(0, Double(max(1, raster.steps - 1)))
    draw(
      "emitted, by time step", Series(values.enumerated().map { (Double($0), Double($1)) }),
      style, over: range, on: area[parts[1]])
    drawIntervals(of: values, style, on: area[parts[2]])
    draw(
      "rate over training", browser.rates(of: unit, site.id), style, over: nil,
      on: area[parts[3]])
  }

  private func facts(
    of unit: UnitStatistics, isSpiking: Bool
  ) -> [(name: String, value: String)] {
    let figure = { (value: Double?) in value.map { Number.fixed($0, decimals: 2) } ?? "-" }
    var facts = [
      ("rate", figure(unit.rate) + " per step"), ("zero share", Figure.percent(unit.zeroShare)),
      ("values", "\(Figure.short(unit.lowest)) to \(Figure.short(unit.highest))"),
      ("first spike", unit.firstSpike.map { "step \($0)" } ?? "none"),
      ("intervals", "\(figure(unit.meanInterval)), CV \(figure(unit.intervalVariation))"),
    ]
    if isSpiking {
      facts.append(("bits", "range \(figure(unit.bitsRange))"))
      facts.append(("", "entropy \(figure(unit.bitsEntropy))"))
      facts.append(("significant", figure(unit.significantBits)))
    }
    if unit.isDead { facts.append(("", "dead: never a spike")) }
    if unit.isSaturated { facts.append(("", "saturated: always one value")) }
    return facts
  }

  private func draw(
    _ title: String, _ series: Series, _ style: Style, over range: AxisRange?, on canvas: Canvas
  ) {
    guard canvas.height >= 3 else { return }
    canvas.draw(title, at: .zero, .dim)
    var chart = LineChart([Curve(series, style)])
    chart.horizontalRange = range
    chart.verticalFit = range == nil ? .fromZero : .padded
    chart.draw(on: canvas[canvas.bounds.rows(.fixed(1), .rest)[1]])
  }

  /// How often each number of steps lies between two spikes, from 1 on.
  private func drawIntervals(of values: ArraySlice<Float>, _ style: Style, on canvas: Canvas) {
    guard canvas.height >= 2 else { return }
    canvas.draw("steps from spike to spike, from 1", at: .zero, .dim)
    let intervals = UnitStatistics.intervals(of: values)
    var counts = [Double](repeating: 0, count: max(1, canvas.width))
    for interval in intervals { counts[min(interval, counts.count) - 1] += 1 }
    let used = (counts.lastIndex { $0 > 0 } ?? -1) + 1
    Sparkline(Array(counts.prefix(used)), style: style)
      .draw(on: canvas[canvas.bounds.rows(.fixed(1), .fixed(2), .rest)[1]])
  }
}
