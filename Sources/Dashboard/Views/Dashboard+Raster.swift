import Engine
import Terminal

extension Dashboard {
  /// The counts of the shown site over one sample, one row per unit.
  func drawRaster(on canvas: Canvas) {
    let site = shownSite
    let raster = shownRaster
    let units = raster?.units ?? site?.units ?? 0
    let first = min(rasterRow, max(0, units - max(0, canvas.height - 2)))
    let last = min(units, first + max(0, canvas.height - 2)) - 1
    var panel = Panel(rasterTitle(site, raster), isFocused: isMarkedFocused(.raster))
    panel.spans = raster.map(facts) ?? []
    if last >= first { panel.footer = [Span("units \(first)-\(last) of \(units)", .dim)] }
    let inside = panel.draw(on: canvas)
    guard let raster, raster.steps > 0 else {
      drawWaiting(on: inside)
      return
    }
    let style = siteStyle(raster.site)
    var view = RasterView(values: raster.values, steps: raster.steps)
    view.firstRow = first
    view.coloring = .roles(positive: style.role, negative: style.role.dimmed)
    if !raster.resolution.isFinite { view.fullMagnitude = largest(raster.values) }
    if page == .raster { view.labels = (0..<raster.units).map(String.init) }
    view.draw(on: inside[inside.bounds.inset(columns: 1, rows: 0)])
  }

  private func rasterTitle(_ site: StudySummary.Site?, _ raster: Raster?) -> String {
    guard let site else { return "raster" }
    let name = page == .raster && site.title != site.id ? "\(site.id) \(site.title)" : site.id
    let sample = raster?.sample ?? rasterSample
    return "\(name) \(glyphs.separator) sample \(sample)"
  }

  private func facts(of raster: Raster) -> [Span] {
    var facts = [Span("label \(raster.label) says \(raster.prediction)")]
    if raster.label != raster.prediction { facts[0].style = Style(.warning) }
    if page == .raster {
      facts.append(Span("w \(Figure.value(raster.resolution, infinity: glyphs.infinity))"))
      facts.append(Span("\(raster.steps) time steps", .dim))
      facts.append(Span("taken at step \(raster.step)", .dim))
    }
    return facts
  }

  private func drawWaiting(on canvas: Canvas) {
    let text = run.phase == .preparing ? "preparing" : "no raster yet"
    let place = canvas.bounds.centered(Size(width: text.cellWidth, height: 1))
    canvas.draw(text.clipped(to: place.width), at: place.origin, .dim)
  }

  /// Activities are drawn on a scale of their own while nothing is quantized.
  private func largest(_ values: [Float]) -> Double {
    Double(values.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 })
  }

  /// The mean magnitude over all units, step by step of the sample.
  func populationChart(on canvas: Canvas) -> ChartView {
    var view = ChartView(title: "population")
    view.isFocused = isMarkedFocused(.population)
    view.hasEndLabels = false
    view.chart.verticalScale = logarithmic.contains(.population) ? .logarithmic : .linear
    view.chart.emptyText = ""
    view.footer = [Span("mean magnitude over all units, by time step", .dim)]
    guard let raster = shownRaster, raster.steps > 0, raster.units > 0 else { return view }
    var sums = [Double](repeating: 0, count: raster.steps)
    for (index, value) in raster.values.prefix(raster.units * raster.steps).enumerated() {
      sums[index % raster.steps] += Double(value.magnitude)
    }
    let means = sums.map { $0 / Double(raster.units) }
    let mean = means.reduce(0, +) / Double(means.count)
    let style = siteStyle(raster.site)
    let range = AxisRange(0, Double(max(1, raster.steps - 1)))
    view.chart.horizontalRange = range
    view.lines = [
      ChartView.Line(
        curve: Curve(samples: means, over: range, style), name: "mean",
        value: Figure.short(mean), style: style)
    ]
    return view
  }
}
