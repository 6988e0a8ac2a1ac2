import Engine
import Terminal

extension Dashboard {
  /// Panels at least this wide have room for long titles.
  private static let widthForLongTitles = 36

  func lossChart(on canvas: Canvas) -> ChartView {
    var lines: [ChartView.Line] = []
    for gauge in history.gauges(.loss, .training) {
      // Every batch as a backdrop, so that no spike is lost; where they go in front of it.
      lines.append(
        ChartView.Line(
          curve: Curve(history.values(of: gauge), Style(.border)), name: "", value: "",
          style: Style(.border)))
      guard let trend = history.trend(of: gauge) else { continue }
      lines.append(
        ChartView.Line(
          curve: Curve(trend, Style(.dim)), name: "train",
          value: trend.lastY.map(Figure.loss) ?? "", style: Style(.dim)))
    }
    let spiking = history.gauges(.loss, .validation, regime: .spiking)
    let validation =
      spiking.isEmpty ? history.gauges(.loss, .validation, regime: .nonSpiking) : spiking
    for gauge in validation {
      lines.append(line(gauge, "val", Style(.text, .bold), Figure.loss))
    }
    return progressChart(.loss, title: "loss", lines)
  }

  func accuracyChart(on canvas: Canvas) -> ChartView {
    let figure = { (value: Double) in Number.fixed(value, decimals: 1) }
    var lines: [ChartView.Line] = []
    let isWide = canvas.width >= 52
    for gauge in history.gauges(.accuracy, .validation, regime: .spiking) {
      lines.append(line(gauge, "spiking", Style(.text, .bold), figure))
    }
    for gauge in history.gauges(.accuracy, .validation, regime: .nonSpiking) {
      var line = line(gauge, "w=\(glyphs.infinity)", .text, figure)
      line.curve.line = .dotted
      lines.append(line)
    }
    for gauge in history.gauges(.accuracy, .training) where isWide || lines.isEmpty {
      lines.append(line(gauge, "train", Style(.dim), figure))
    }
    var view = progressChart(.accuracy, title: "accuracy %", lines)
    view.chart.verticalRange = percentRange(of: lines)
    view.hasFirstOnTop = true
    return view
  }

  func rateChart(on canvas: Canvas) -> ChartView {
    let gauges = history.siteGauges(.rate, metric: .spikeRate)
    let lines = gauges.map { siteLine($0) }
    let isWide = canvas.width >= Self.widthForLongTitles
    var view = progressChart(.rate, title: isWide ? "spike rate" : "rate", lines)
    view.footer = [Span(isWide ? "spikes per unit and step" : "per step", .dim)]
    if !isWide { moveScaleToFooter(of: &view, .rate, title: "rate") }
    view.chart.verticalRange = zeroRange(of: lines, .rate)
    return view
  }

  func bitsChart(on canvas: Canvas) -> ChartView {
    let lines = history.siteGauges(.bits, metric: bitMetric).map { siteLine($0) }
    let isWide = canvas.width >= Self.widthForLongTitles
    let name = bitMetric.title
    var view = progressChart(
      .bits, title: isWide ? "bits \(glyphs.separator) \(name)" : "bits", lines)
    view.footer = [Span(isWide ? bitMetric.explanation : name, .dim)]
    if !isWide { moveScaleToFooter(of: &view, .bits, title: "bits") }
    view.chart.verticalRange = zeroRange(of: lines, .bits)
    return view
  }

  /// A chart over the steps of the whole run, with the edits marked.
  private func progressChart(
    _ panel: PanelName, title: String, _ lines: [ChartView.Line]
  ) -> ChartView {
    let isLogarithmic = logarithmic.contains(panel)
    var view = ChartView(title: isLogarithmic ? "\(title)  log" : title, lines: lines)
    view.isFocused = isMarkedFocused(panel)
    view.chart.horizontalRange = wholeRun
    view.chart.verticalScale = isLogarithmic ? .logarithmic : .linear
    view.chart.marks = history.marks.map { Double($0.step) }
    view.chart.emptyText =
      run.phase != .preparing ? "no values yet" : panel == .loss ? "preparing" : ""
    view.stepsPerEpoch = run.progress?.stepsPerEpoch
    return view
  }

  /// From the first to the last planned step, or the last one done.
  var wholeRun: AxisRange {
    AxisRange(0, Double(max(1, run.progress.map { max($0.steps, $0.step) } ?? 1)))
  }

  private func line(
    _ gauge: Gauge, _ name: String, _ style: Style, _ figure: (Double) -> String
  ) -> ChartView.Line {
    ChartView.Line(
      curve: Curve(history.values(of: gauge), style), name: name,
      value: history.latest(gauge).map(figure) ?? "", style: style)
  }

  private func siteLine(_ gauge: Gauge) -> ChartView.Line {
    let site = gauge.site ?? ""
    return line(gauge, site, siteStyle(site)) { Number.fixed($0, decimals: $0 < 100 ? 2 : 0) }
  }

  /// The colour of a site, the same everywhere.
  func siteStyle(_ site: String?) -> Style {
    let index = run.sites.firstIndex { $0.id == site } ?? run.sites.count
    return Style(.series(index))
  }

  /// Keeps the title of a narrow panel short, so that the values beside it have room.
  private func moveScaleToFooter(of view: inout ChartView, _ panel: PanelName, title: String) {
    view.title = title
    if logarithmic.contains(panel) { view.footer.append(Span("  log", .title)) }
  }

  /// From zero to the next whole number above the values: an axis that does not jump about.
  private func zeroRange(of lines: [ChartView.Line], _ panel: PanelName) -> AxisRange? {
    var extremes = Extremes()
    for line in lines { extremes.add(line.curve.series.extremes) }
    guard !extremes.isEmpty, extremes.minimum >= 0, !logarithmic.contains(panel) else { return nil }
    return AxisRange(0, max(1, (extremes.maximum * 1.02).rounded(.up)))
  }

  /// The values' range, never beyond what a share can be.
  private func percentRange(of lines: [ChartView.Line]) -> AxisRange? {
    var extremes = Extremes()
    for line in lines { extremes.add(line.curve.series.extremes) }
    guard !extremes.isEmpty, !logarithmic.contains(.accuracy) else { return nil }
    let room = max((extremes.maximum - extremes.minimum) * 0.05, 1)
    return AxisRange(max(0, extremes.minimum - room), min(100, extremes.maximum + room))
  }
}
