import Engine
import Terminal

/// Loss and bound ratio of a theory study over the steps since the start.
extension Dashboard {
  func descentLossChart(on canvas: Canvas) -> ChartView {
    var view = theoryChart(
      .descentLoss, title: "loss", gauge: "loss", width: canvas.width, figure: Figure.loss)
    let teacher = self.teacher
    let levels =
      level(teacher?.saddle?.loss, "saddle", .warning)
      + level(teacher?.spuriousLoss, "spurious", .target)
    view.lines += levels
    // The levels are named here too: the border above has no room for them beside the race.
    view.footer =
      increases + (increases.isEmpty ? [] : [Span("  ")])
      + levels.map { Span("\($0.name) \($0.value) ", style: $0.style) }
    if logarithmic.contains(.descentLoss) {
      // Deeper than this a loss is none.
      let extremes = theoryLanes.map { sinceStart($0.gauge("loss")).extremes }
      let most = max(
        extremes.compactMap { $0.isEmpty ? nil : $0.maximum }.max() ?? 1,
        teacher?.saddle?.loss ?? 0.1)
      let least = extremes.compactMap { $0.isEmpty ? nil : $0.minimum }.min() ?? 0.1
      view.chart.verticalRange = AxisRange(
        min(max(least * 0.8, 1e-8), most / 10), most.isFinite ? most * 1.3 : 1e3)
    }
    return view
  }

  func boundRatioChart(on canvas: Canvas) -> ChartView {
    var view = theoryChart(
      .boundRatio, title: "bound ratio", gauge: "boundRatio", width: canvas.width,
      figure: Figure.short)
    view.footer = [
      Span(
        canvas.width >= 44
          ? "|E g|^2 / (|df/dv|^2 + <E g, df/dw>)" : "bounded where descent is safe", .dim)
    ]
    return view
  }

  /// A line for every estimator.
  private func theoryChart(
    _ panel: PanelName, title: String, gauge: String, width: Int,
    figure: @escaping (Double) -> String
  ) -> ChartView {
    let isLogarithmic = logarithmic.contains(panel)
    var view = ChartView(title: isLogarithmic ? "\(title)  log" : title)
    view.isFocused = isMarkedFocused(panel)
    view.chart.verticalScale = isLogarithmic ? .logarithmic : .linear
    view.chart.isRobust = !isLogarithmic
    view.chart.horizontalScale = theoryIsLogarithmic ? .logarithmic : .linear
    view.chart.horizontalRange = theorySteps
    view.chart.emptyText = run.summary == nil ? "preparing" : "no values yet"
    view.chart.marks = history.marks.map { $0 - Double(theoryStart) }.filter { $0 >= 1 }
    view.axis = (.step, 1)
    view.countsOffScale = false
    view.hasFirstOnTop = true
    view.lines = theoryLanes.map { lane in
      let mark = glyphs.mark(ofSeries: lane.index)
      var curve = Curve(sinceStart(lane.gauge(gauge)), theoryStyle(lane), line: mark.line)
      curve.isDerived = false
      return ChartView.Line(
        curve: curve, name: lane.name, value: curve.series.lastY.map(figure) ?? "",
        style: theoryStyle(lane), marker: mark.marker)
    }
    shorten(&view, width: width)
    return view
  }

  /// No name takes the place of another in the border.
  private func shorten(_ view: inout ChartView, width: Int) {
    let named = view.lines.indices.filter { !view.lines[$0].value.isEmpty }
    let (gap, marker) = glyphs.isASCII ? (2, 0) : (1, 1)
    let taken = named.map { index in
      Span(String(repeating: " ", count: marker + 1) + view.lines[index].value)
    }
    let room =
      width - Panel.width(title: view.title, spans: taken, isDense: gap == 1)
    let labels = EstimatorLabels.fitting(
      named.map { view.lines[$0].name }, width: room, glyphs: glyphs)
    for (index, label) in zip(named, labels) { view.lines[index].name = label }
  }

  /// A loss that is told by the landscape, as a line across.
  private func level(_ loss: Double?, _ name: String, _ role: Role) -> [ChartView.Line] {
    guard let loss, loss > 0 else { return [] }
    let curve = Curve(samples: [loss, loss], over: theorySteps, Style(role), line: .dotted)
    return [
      ChartView.Line(curve: curve, name: name, value: Figure.loss(loss), style: Style(role))
    ]
  }

  /// How often the loss of the leading estimator has risen, and when last.
  private var increases: [Span] {
    guard let standing = theoryStandings.first, let increases = standing.increases else {
      return []
    }
    guard increases > 0 else {
      return [standing.knowsCount ? Span("never rose", .good) : Span("no rise seen", .dim)]
    }
    let count = increases == 1 ? "once" : "\(increases) times"
    let last = standing.lastIncrease.map {
      standing.knowsLast ? ", last at \($0)" : ", last seen at \($0)"
    }
    let words = standing.knowsCount ? "rose \(count)" : "rose at least \(count)"
    return [Span(words + (last ?? ""), .error, .bold)]
  }
}
