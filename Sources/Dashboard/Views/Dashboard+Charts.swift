import Engine
import Terminal

extension Dashboard {
  /// Panels at least this wide have room for long titles.
  private static let widthForLongTitles = 36

  /// The chart of a panel whose curves go over the stretch of the run that is looked at; `nil` for
  /// any other panel.
  func runChart(_ panel: PanelName, width: Int) -> ChartView? {
    switch panel {
    case .loss: lossChart()
    case .accuracy: accuracyChart(width: width)
    case .rate: rateChart(width: width)
    case .bits: bitsChart(width: width)
    default: nil
    }
  }

  private func lossChart() -> ChartView {
    var lines: [ChartView.Line] = []
    let training = history.gauges(.loss, .training)
    for (index, gauge) in training.enumerated() {
      // Several are those of estimators beside one another.
      let (name, style) =
        training.count > 1
        ? (gauge.title, Style(.series(index))) : ("train", Style(.dim))
      lines += smoothedLines(gauge, line(gauge, name, style, Figure.loss), Figure.loss)
    }
    let spiking = history.gauges(.loss, .validation, regime: .spiking)
    let validation =
      spiking.isEmpty ? history.gauges(.loss, .validation, regime: .nonSpiking) : spiking
    for gauge in validation {
      lines.append(line(gauge, "val", Style(.text, .bold), Figure.loss))
    }
    return progressChart(
      .loss, title: "loss", abandoned(history.gauges(.loss, .training)) + lines)
  }

  private func accuracyChart(width: Int) -> ChartView {
    let figure = { (value: Double) in Number.fixed(value, decimals: 1) }
    var lines: [ChartView.Line] = []
    let isWide = width >= 52
    for gauge in history.gauges(.accuracy, .validation, regime: .spiking) {
      lines.append(line(gauge, name(of: .spiking), Style(.text, .bold), figure))
    }
    for gauge in history.gauges(.accuracy, .validation, regime: .nonSpiking) {
      var line = line(gauge, name(of: .nonSpiking), .text, figure)
      line.curve.line = .dotted
      lines.append(line)
    }
    for gauge in history.gauges(.accuracy, .training) where isWide || lines.isEmpty {
      lines += smoothedLines(gauge, line(gauge, "train", Style(.dim), figure), figure)
    }
    let shown = history.gauges(.accuracy, .validation, regime: .spiking)
    var view = progressChart(.accuracy, title: "accuracy %", lines + abandoned(shown))
    view.chart.verticalFit = .within(AxisRange(0, 100))
    view.hasFirstOnTop = true
    return view
  }

  private func rateChart(width: Int) -> ChartView {
    let gauges = history.siteGauges(.rate, metric: .spikeRate)
    let lines = abandoned(gauges) + gauges.flatMap { siteLines($0) }
    let isWide = width >= Self.widthForLongTitles
    var view = progressChart(.rate, title: isWide ? "spike rate" : "rate", lines)
    let unit = isOfSpikeTrains ? "trial" : "step"
    view.footer = [Span(isWide ? "spikes per unit and \(unit)" : "per \(unit)", .dim)]
    if !isWide { moveScaleToFooter(of: &view, .rate, title: "rate") }
    view.chart.verticalFit = .fromZero
    return view
  }

  private func bitsChart(width: Int) -> ChartView {
    let gauges = history.siteGauges(.bits, metric: bitMetric)
    let lines = abandoned(gauges) + gauges.flatMap { siteLines($0) }
    let isWide = width >= Self.widthForLongTitles
    let name = bitMetric.title
    var view = progressChart(
      .bits, title: isWide ? "bits \(glyphs.separator) \(name)" : "bits", lines)
    view.footer = [Span(isWide ? bitMetric.explanation : name, .dim)]
    if !isWide { moveScaleToFooter(of: &view, .bits, title: "bits") }
    view.chart.verticalFit = .fromZero
    return view
  }

  /// What the run left behind when it went back to a checkpoint, as a dim backdrop.
  private func abandoned(_ gauges: [Gauge]) -> [ChartView.Line] {
    guard window.axis.isLinear else { return [] }
    return gauges.flatMap { history.abandoned[$0.id] ?? [] }.map { branch in
      var curve = Curve(branch, Style(.dim))
      curve.line = .dotted
      return ChartView.Line(curve: curve, name: "", value: "", style: Style(.dim))
    }
  }

  /// A chart over the steps of the whole run, with the edits marked.
  private func progressChart(
    _ panel: PanelName, title: String, _ lines: [ChartView.Line]
  ) -> ChartView {
    let isLogarithmic = logarithmic.contains(panel)
    var view = ChartView(title: isLogarithmic ? "\(title)  log" : title, lines: lines)
    view.isFocused = isMarkedFocused(panel)
    place(&view)
    view.chart.verticalScale = isLogarithmic ? .logarithmic : .linear
    view.chart.isRobust = !wholeRange.contains(panel)
    view.chart.emptyText =
      run.phase != .preparing ? "no values yet" : panel == .loss ? "preparing" : ""
    return view
  }

  /// Lays a chart over the stretch and the axis that are shown, with all that happened there.
  func place(_ view: inout ChartView) {
    let range = history.places(of: window.range ?? shownRun)
    view.chart.horizontalRange = range
    view.chart.horizontalScale = .linear
    if window.isLogarithmic, window.axis != .w, let range {
      view.chart.horizontalScale = .logarithmic
      view.chart.horizontalRange = AxisRange(max(range.lower, min(1, range.upper)), range.upper)
    }
    view.chart.marks = history.shownMarks
    view.chart.cursor = window.cursor.flatMap { history.place(of: $0) }
    view.axis = (window.axis, stepsPerUnit)
    if window.axis == .epoch { view.axisName = simulatedAxisName }
    // The bests stand over the others.
    view.signs =
      history.shownSaves.map { ChartView.Sign(x: $0, glyph: glyphs.saved, role: .dim) }
      + history.shownBests.map { ChartView.Sign(x: $0, glyph: glyphs.best, role: .good) }
  }

  /// Over w there is no future to show.
  private var shownRun: AxisRange {
    window.axis.isLinear
      ? wholeRun : AxisRange(0, Double(max(1, run.progress?.step ?? 1)))
  }

  /// Steps of an epoch, in whose place a simulation has its unit of time.
  var stepsPerEpoch: Double {
    if let interval = run.summary?.dynamics?.interval, interval > 0 { return 1 / interval }
    return Double(max(1, run.progress?.stepsPerEpoch ?? 1))
  }

  /// What stands below curves in the place of epochs.
  var simulatedAxisName: String? { isSimulation ? "time" : nil }

  private var stepsPerUnit: Double {
    switch window.axis {
    case .epoch: stepsPerEpoch
    case .samples: 1 / Double(run.batchSize)
    case .step, .seconds, .w: 1
    }
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
      value: shownValue(gauge).map(figure) ?? "", style: style)
  }

  /// The value at the cursor, or the last one.
  private func shownValue(_ gauge: Gauge) -> Double? {
    window.cursor.map { history.value(of: gauge, at: $0) } ?? history.latest(gauge)
  }

  /// A line with its running mean in front of it, where one is kept: every value stays as a
  /// backdrop, so that no spike is lost.
  private func smoothedLines(
    _ gauge: Gauge, _ line: ChartView.Line, _ figure: (Double) -> String
  ) -> [ChartView.Line] {
    guard let trend = history.trend(of: gauge) else { return [line] }
    var backdrop = line
    backdrop.curve.style = Style(.border)
    backdrop.curve.line = .solid
    backdrop.value = ""
    var smooth = line
    smooth.curve.series = trend
    smooth.curve.isDerived = true
    if let cursor = window.cursor {
      // Both, where one looks closely.
      let mean = history.trendValue(of: gauge, at: cursor).map(figure) ?? "-"
      smooth.value = "\(line.value) ~\(mean)"
    } else {
      smooth.value = trend.lastY.map(figure) ?? ""
    }
    return [backdrop, smooth]
  }

  private func siteLines(_ gauge: Gauge) -> [ChartView.Line] {
    let site = gauge.site ?? ""
    let figure = { (value: Double) in
      Number.fixed(value, decimals: value < 10 ? 2 : value < 100 ? 1 : 0)
    }
    let line = marked(line(gauge, site, siteStyle(site), figure), site: site)
    return smoothedLines(gauge, line, figure)
  }

  private func siteIndex(_ site: String?) -> Int {
    run.sites.firstIndex { $0.id == site } ?? run.sites.count
  }

  /// The colour of a site, the same everywhere.
  func siteStyle(_ site: String?) -> Style { Style(.series(siteIndex(site))) }

  /// The line of a site with what tells it apart without colours, the same everywhere too.
  func marked(_ line: ChartView.Line, site: String?) -> ChartView.Line {
    let mark = glyphs.mark(ofSeries: siteIndex(site))
    var line = line
    line.curve.line = mark.line
    line.marker = mark.marker
    return line
  }

  /// Keeps the title of a narrow panel short, so that the values beside it have room.
  private func moveScaleToFooter(of view: inout ChartView, _ panel: PanelName, title: String) {
    view.title = title
    if logarithmic.contains(panel) { view.footer.append(Span("  log", .title)) }
  }
}
