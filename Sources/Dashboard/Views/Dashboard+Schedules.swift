import Engine
import Terminal

extension Dashboard {
  /// The resolutions of all sites over the whole run: what they were, are, and will be.
  func resolutionChart(on canvas: Canvas) -> ChartView {
    let lines = run.resolutions.map { scheduled in
      let site = scheduled.knob.site
      let line = scheduleLine(
        scheduled, name: site ?? scheduled.knob.title, style: siteStyle(site), width: canvas.width)
      return marked(line, site: site)
    }
    var view = scheduleChart(.resolution, title: canvas.width >= 60 ? "w schedule" : "w", lines)
    if run.resolutions.contains(where: \.journal.isHeld) {
      view.spans.append(Span("held", .warning, .bold))
    }
    if page == .train, let scheduled = run.learningRate {
      let name = canvas.width >= 60 ? "learning rate" : "rate"
      view.spans.append(Span("\(name) \(Figure.value(present(scheduled)))", .dim))
    }
    if canvas.width >= 60 { view.footer = [Span("w: spikes per unit of activity and step", .dim)] }
    if page == .schedule, !bitsText.isEmpty { view.footer = [Span(bitsText, .dim)] }
    addDraft(to: &view, isResolution: true, width: canvas.width)
    return view
  }

  /// The schedule that is drawn, with its points, over what is in force.
  private func addDraft(to view: inout ChartView, isResolution: Bool, width: Int) {
    guard page == .schedule, let draft,
      let knob = scheduled.first(where: { $0.knob.id == draft.knob }),
      knob.isResolution == isResolution
    else { return }
    let count = max(2, width * 2)
    let samples = (0..<count).map { index in
      draft.schedule.value(
        at: wholeRun.upper * Double(index) / Double(count - 1), of: Int(wholeRun.upper))
    }
    let style = Style(.accent, .bold)
    view.lines.append(
      ChartView.Line(
        curve: Curve(samples: samples, over: wholeRun, style), name: "drawn", value: "",
        style: style))
    view.chart.markers = draft.points.enumerated().map { index, point in
      Marker(
        x: draft.place(of: point) * wholeRun.upper, y: point.value, style: style,
        isSelected: index == draft.selected)
    }
    let phases = "bypass \(Figure.percent(draft.bypass)), hold \(Figure.percent(draft.hold))"
    view.footer = [
      Span("drawn: Enter applies from the next batch, Esc drops  ", .accent), Span(phases, .dim),
    ]
  }

  func learningRateChart(on canvas: Canvas) -> ChartView {
    let line = run.learningRate.map {
      scheduleLine($0, name: "now", style: Style(.text), width: canvas.width)
    }
    return singleChart(.learningRate, title: "learning rate", line, width: canvas.width)
  }

  /// The coupling of a network that is simulated.
  func couplingChart(on canvas: Canvas) -> ChartView {
    let line = run.coupling.map {
      scheduleLine($0, name: "g", style: Style(.accent), width: canvas.width)
    }
    return singleChart(.coupling, title: "coupling", line, width: canvas.width)
  }

  /// The chart of a schedule that there is one of, with what is drawn over it.
  private func singleChart(
    _ panel: PanelName, title: String, _ line: ChartView.Line?, width: Int
  ) -> ChartView {
    var view = scheduleChart(panel, title: title, line.map { [$0] } ?? [])
    addDraft(to: &view, isResolution: false, width: width)
    return view
  }

  /// The value that governs the present step.
  func present(_ scheduled: ScheduledKnob) -> Double {
    scheduled.journal.value(at: run.progress?.step ?? 0)
  }

  private func scheduleLine(
    _ scheduled: ScheduledKnob, name: String, style: Style, width: Int
  ) -> ChartView.Line {
    // Two dots a column and some to spare; infinite values are gaps.
    let count = max(2, width * 2)
    let steps = wholeRun.upper
    let samples = (0..<count).map { index in
      scheduled.journal.value(at: steps * Double(index) / Double(count - 1))
    }
    return ChartView.Line(
      curve: Curve(samples: samples, over: wholeRun, style), name: name,
      value: Figure.value(present(scheduled), infinity: glyphs.infinity), style: style)
  }

  /// What a schedule has been, where only the record of it is there.
  private func recordedLines(_ panel: PanelName) -> [ChartView.Line] {
    if panel == .coupling { return recordedCoupling }
    let group: Gauge.Group = panel == .learningRate ? .learningRate : .resolution
    return history.gauges(group, .training).map { gauge in
      let style = gauge.site.map { siteStyle($0) } ?? Style(.text)
      let line = ChartView.Line(
        curve: Curve(history.values(of: gauge), style), name: gauge.title,
        value: history.latest(gauge).map { Figure.value($0, infinity: glyphs.infinity) } ?? "",
        style: style)
      return gauge.site == nil ? line : marked(line, site: gauge.site)
    }
  }

  private var recordedCoupling: [ChartView.Line] {
    history.gauges.filter { $0.id == InhibitoryKnobs.coupling }.map { gauge in
      ChartView.Line(
        curve: Curve(history.values(of: gauge), Style(.accent)), name: "g",
        value: history.latest(gauge).map(Figure.short) ?? "", style: Style(.accent))
    }
  }

  private func scheduleChart(
    _ panel: PanelName, title: String, _ lines: [ChartView.Line]
  ) -> ChartView {
    let isLogarithmic = logarithmic.contains(panel)
    var view = ChartView(title: isLogarithmic ? "\(title)  log" : title, lines: lines)
    view.isFocused = isMarkedFocused(panel)
    view.hasEndLabels = false
    // The end of a schedule may be zero, which is no value that was left out.
    view.countsOffScale = false
    view.chart.horizontalRange = wholeRun
    view.chart.verticalScale = isLogarithmic ? .logarithmic : .linear
    view.chart.verticalFit = .round
    view.chart.marks = history.marks
    view.chart.now = run.progress.map { Double($0.step) }
    view.chart.emptyText = run.phase == .preparing ? "" : "this run has no schedule here"
    if mode == .replay { view.lines = recordedLines(panel) }
    view.axis = (.epoch, stepsPerEpoch)
    view.axisName = simulatedAxisName
    return view
  }
}

extension Dashboard {
  /// The schedules in numbers, and the latest edits.
  func drawNumbers(on canvas: Canvas) {
    let panel = Panel("numbers", isFocused: isMarkedFocused(.numbers))
    let inside = panel.draw(on: canvas)
    let rows = inside.bounds.inset(columns: 1, rows: 0)
    let knobs = scheduled
    var table = Table(
      [
        Table.Column("", .fixed(16)), Table.Column("now", .fixed(9), .right),
        Table.Column("start", .fixed(8), .right), Table.Column("end", .fixed(7), .right),
        Table.Column("shape", .rest),
      ],
      rows: knobs.map(detailRow))
    table.emptyText = run.phase == .preparing ? "" : "no schedules"
    let parts = rows.rows(.fixed(knobs.count + 2), .rest)
    table.draw(on: inside[parts[0]])
    drawEdits(on: inside[parts[1]])
  }

  private func detailRow(_ scheduled: ScheduledKnob) -> [Span] {
    let journal = scheduled.journal
    let style = scheduled.isResolution ? siteStyle(scheduled.knob.site) : Style(.text)
    let figure = { (value: Double) in Figure.value(value, infinity: self.glyphs.infinity) }
    let name = scheduled.knob.site.map { "w of \($0)" } ?? scheduled.knob.title
    let isChosen = page == .schedule && chosenSchedule?.knob.id == scheduled.knob.id
    let sign = isChosen ? String(Character(glyphs.selected)) + " " : "  "
    var shape = journal.current.schedule.shape.name
    if journal.isHeld { shape += ", held" }
    let factor = journal.current.factor
    if abs(factor - 1) > 1e-9 {
      shape += " x\(Figure.short(factor))"
    }
    let (bypass, hold) = (journal.current.schedule.bypass, journal.current.schedule.hold)
    if bypass > 0 { shape += ", bypass \(Figure.percent(bypass))" }
    if hold > 0 { shape += ", hold \(Figure.percent(hold))" }
    if let scale = run.scale(of: scheduled.knob.site), scheduled.isResolution, scale != 1 {
      shape += ", scale \(Figure.short(scale))"
    }
    return [
      Span(sign + name, style: style), Span(figure(present(scheduled))),
      Span(figure(journal.value(at: 0))),
      Span(figure(journal.value(at: journal.steps))), Span(shape, .dim),
    ]
  }

  /// The bits that sites are measured to have and those that their w allows, as far as both are
  /// known.
  private var bitsText: String {
    let bits = { (value: Double) in Number.fixed(value, decimals: 2) }
    let parts = run.sites.compactMap { site -> String? in
      guard let measured = present(.bitsRange, of: site) else { return nil }
      let allowed = run.lastEvaluation?["sites.\(site.id).\(BitMetric.bitsCapacity)"]
      return "\(site.id) \(bits(measured))" + (allowed.map { " of \(bits($0)) allowed" } ?? "")
    }
    return parts.isEmpty ? "" : "bits by range: " + parts.joined(separator: ", ")
  }

  /// The latest edits, newest first.
  private func drawEdits(on canvas: Canvas) {
    guard canvas.height >= 2 else { return }
    let edits = log.latest(.edit, count: canvas.height - 1)
    canvas.draw(edits.isEmpty ? "no edits yet" : "edits", at: .zero, .dim)
    for (row, entry) in edits.enumerated() {
      let text = "step \(entry.step)  \(entry.text)".clipped(
        to: canvas.width, ellipsis: glyphs.ellipsis)
      canvas.draw(text, at: Point(column: 0, row: row + 1))
    }
  }
}

extension ScheduleShape {
  /// The name of the shape alone.
  var name: String {
    switch self {
    case .hold: "constant"
    case .linear: "linear"
    case .geometric: "geometric"
    case .harmonic: "harmonic"
    case .cosine: "cosine"
    case .cosineLog: "cosine in log"
    case .step(_, _, let plateaus): "\(plateaus) plateaus"
    case .exponential: "exponential"
    case .piecewiseConstant: "piecewise constant"
    case .keypoints(_, let interpolation): "keypoints, \(interpolation.rawValue)"
    case .bits: "linear in bits"
    }
  }
}
