import Engine
import Terminal

extension Dashboard {
  /// The counts of the shown site over one sample, one row per unit or, in dots, per four.
  func drawRaster(on canvas: Canvas) {
    let window = rasterWindow(area: canvas.bounds)
    let raster = shownRaster
    var panel = Panel(rasterTitle(shownSite, raster), isFocused: isMarkedFocused(.raster))
    let isNarrow = canvas.width < 36
    let time = window.stepsText(first: rasterColumn, isShort: isNarrow)
    let isWhole = browser.order == .index && browser.selection == .all || page != .raster
    let unitsText = window.unitsText(first: rasterRow, isWhole: isWhole)
    panel.spans = (isNarrow ? [Span(time, .dim)] : []) + (raster.map(facts) ?? [])
    // The last are the least telling.
    while panel.spans.count > 1,
      Panel.width(title: panel.title, spans: panel.spans) > canvas.width
    {
      panel.spans.removeLast()
    }
    panel.footer = [Span(isNarrow || time.isEmpty ? unitsText : "\(unitsText)  \(time)", .dim)]
    panel.draw(on: canvas)
    let part = canvas[Panel.textArea(in: canvas.bounds)]
    guard let raster, raster.steps > 0 else {
      drawWaiting(on: part)
      return
    }
    let units = min(rasterRow, window.lastFirstUnit)
    let start = min(rasterColumn, window.lastFirstStep)
    let steps = start..<start + window.visibleSteps
    let style = siteStyle(raster.site)
    if window.hasDots {
      DotRaster(raster: raster, firstUnit: units, steps: steps, style: style).draw(on: part)
      return
    }
    var view = RasterView(values: raster.values, steps: raster.steps)
    view.firstRow = units
    view.order = page == .raster ? unitRows : nil
    view.visibleSteps = steps
    view.coloring = .roles(positive: style.role, negative: style.role.dimmed)
    if page == .raster {
      view.labels = (0..<raster.units).map { unit in
        browser.isWatched(unit, of: raster.site) ? "*\(unit)" : String(unit)
      }
      view.selectedUnit = browser.unit(of: raster.site)
      view.summaries = rateBars(of: raster)
    }
    view.draw(on: part)
  }

  /// The rate of each unit, the largest as a whole bar.
  private func rateBars(of raster: Raster) -> [Double] {
    let rates = (0..<raster.units).map { unit in
      raster.values(of: unit).reduce(0) { $0 + Double($1.magnitude) }
    }
    let most = rates.max() ?? 0
    return most > 0 ? rates.map { $0 / most } : []
  }

  private func rasterTitle(_ site: StudySummary.Site?, _ raster: Raster?) -> String {
    guard let site else { return "raster" }
    let name = page == .raster && site.title != site.id ? "\(site.id) \(site.title)" : site.id
    let sample = raster?.sample ?? rasterSample
    if let raster, raster.samples > 1 {
      return "\(name) \(glyphs.separator) samples \(sample)-\(sample + raster.samples - 1)"
    }
    return "\(name) \(glyphs.separator) sample \(sample)"
  }

  private func facts(of raster: Raster) -> [Span] {
    var facts: [Span]
    if raster.samples > 1 {
      facts = [Span("\(raster.correct) of \(raster.samples) right")]
    } else {
      facts = [Span("label \(raster.label) says \(raster.prediction)")]
      if raster.label != raster.prediction { facts[0].style = Style(.warning) }
    }
    if browser.isFrozen { facts.append(Span("frozen", .warning, .bold)) }
    if browser.back > 0 { facts.append(Span("\(browser.back) back", .warning)) }
    if page == .raster {
      if browser.order != .index { facts.append(Span("by \(browser.order.title)", .accent)) }
      if browser.selection != .all { facts.append(Span(browser.selection.rawValue, .accent)) }
    }
    if hasSites {
      facts.append(Span("w \(Figure.value(raster.resolution, infinity: glyphs.infinity))"))
    }
    if page == .raster {
      facts.append(Span("taken at step \(raster.step)", .dim))
      facts.append(Span("\(raster.steps) time steps", .dim))
    }
    return facts
  }

  private func drawWaiting(on canvas: Canvas) {
    guard run.summary != nil else { return }
    let text = mode == .replay ? "rasters are not recorded" : "no raster yet"
    let place = canvas.bounds.centered(Size(width: text.cellWidth, height: 1))
    canvas.draw(text.clipped(to: place.width, ellipsis: glyphs.ellipsis), at: place.origin, .dim)
  }

  /// The mean magnitude over all units, step by step of the sample.
  func populationChart(on canvas: Canvas) -> ChartView {
    var view = ChartView(title: "population")
    view.isFocused = isMarkedFocused(.population)
    view.hasEndLabels = false
    view.chart.verticalScale = logarithmic.contains(.population) ? .logarithmic : .linear
    view.chart.emptyText = ""
    view.footer = [Span("spikes per unit, by time step", .dim)]
    guard let raster = shownRaster, raster.steps > 0, raster.units > 0 else { return view }
    var sums = [Double](repeating: 0, count: raster.steps)
    for (index, value) in raster.values.prefix(raster.units * raster.steps).enumerated() {
      sums[index % raster.steps] += Double(value.magnitude)
    }
    let means = sums.map { $0 / Double(raster.units) }
    let mean = means.reduce(0, +) / Double(means.count)
    let style = siteStyle(raster.site)
    let range = AxisRange(0, Double(max(1, raster.steps - 1)))
    view.chart.horizontalRange = page == .raster ? shownTime : range
    let line = ChartView.Line(
      curve: Curve(samples: means, over: range, style), name: "mean",
      value: Figure.short(mean), style: style)
    view.lines = [marked(line, site: raster.site)]
    return view
  }
}
