import Engine
import Terminal

/// The panels of the Network screen.
extension Dashboard {
  func drawDynamics(_ panel: PanelName, on canvas: Canvas) {
    switch panel {
    case .spikes: drawSpikes(on: canvas)
    case .field: drawField(on: canvas)
    case .portrait: drawPortrait(on: canvas)
    case .rates: drawRates(on: canvas)
    case .plane: drawPlane(on: canvas)
    default: drawObservables(on: canvas)
    }
  }

  /// The time that the raster and the traces show.
  var dynamicsTimes: AxisRange {
    let end = dynamics?.time ?? simulated ?? 0
    return AxisRange(end - (dynamics?.span ?? dynamicsSpan), end)
  }

  /// What an empty panel says.
  var dynamicsEmptyText: String {
    run.phase == .preparing
      ? "preparing" : mode == .replay ? "not recorded" : "the first look comes soon"
  }

  func drawEmptyDynamics(on canvas: Canvas) {
    let text = dynamicsEmptyText.clipped(to: canvas.width, ellipsis: glyphs.ellipsis)
    let place = canvas.bounds.centered(Size(width: text.cellWidth, height: 1))
    canvas.draw(text, at: place.origin, .dim)
  }

  // MARK: Raster

  private func drawSpikes(on canvas: Canvas) {
    var panel = Panel("spikes", isFocused: isMarkedFocused(.spikes))
    panel.spans = spikesTitle
    panel.footer = spikesFooter(width: canvas.width)
    let inside = panel.draw(on: canvas)
    guard let report = dynamics else { return drawEmptyDynamics(on: inside) }
    let layout = DynamicsLayout(canvas.size)
    var raster = EventDots(
      rows: report.raster.rows, columns: report.raster.columns, filled: report.raster.filled,
      styles: influencedRows(report))
    if let transient = run.summary?.dynamics?.transient, dynamicsTimes.length > 0 {
      raster.mark = (transient - dynamicsTimes.lower) / dynamicsTimes.length
    }
    raster.draw(on: inside[layout.plot])
    drawEdge(of: report, layout, on: inside)
    drawTimes(layout, on: inside)
  }

  /// When it is, and what it is; the last ones go first where there is no room.
  private var spikesTitle: [Span] {
    guard let network = run.summary?.dynamics else { return [] }
    let time = dynamics?.time ?? simulated ?? 0
    return [
      Span("t \(Number.fixed(time, decimals: 1))", .accent, .bold),
      time < network.transient
        ? Span("transient until \(Figure.plain(network.transient))", .warning)
        : Span("measuring", .good),
      Span("span \(Figure.plain(dynamicsSpan))"), Span("N \(network.neurons)"),
      Span(
        network.isGlobal
          ? "global"
          : "K \(dynamicsNumber(InhibitoryKnobs.inDegree).map(Figure.plain) ?? String(network.inDegree))"
      ),
    ]
  }

  /// Where the numbers have no panel of their own in view, they stand here.
  private func spikesFooter(width: Int) -> [Span] {
    let order = Span(width >= 50 ? "the most excitable on top" : "top: most excitable", .dim)
    let chosen = Span("chosen \(Sentence.text(chosenRanks))", .accent)
    guard layout.area(of: .observables) == nil, let report = dynamics else {
      return [order, Span("  "), chosen]
    }
    let facts = report.comparisons.prefix(4).map { comparison in
      Span("\(shortName(comparison)) \(comparison.measured.map(Figure.short) ?? "-")  ")
    }
    return width >= 90 ? facts + [order, Span("  "), chosen] : facts + [chosen]
  }

  /// What has room in a border or a narrow table.
  func shortName(_ comparison: DynamicsReport.Comparison) -> String {
    switch comparison.id {
    case "activeFraction": "active"
    case "variation": "CV"
    case "localVariation": "CV2"
    case "freeFraction": "free"
    case "spikesPerBurst": "burst"
    default: comparison.id
    }
  }

  /// The rows of the raster that something lasting was done to.
  private func influencedRows(_ report: DynamicsReport) -> [Int: Style] {
    let neurons = max(1, run.summary?.dynamics?.neurons ?? 1)
    var styles: [Int: Style] = [:]
    for influence in report.influences {
      let first = influence.ranks.lowerBound * report.raster.rows / neurons
      let last = min(
        influence.ranks.upperBound * report.raster.rows / neurons, report.raster.rows - 1)
      guard first <= last else { continue }
      for row in first...last { styles[row] = Style(role(of: influence), .bold) }
    }
    return styles
  }

  private func role(of influence: DynamicsReport.Influence) -> Role {
    influence.drive == nil ? .warning : .good
  }

  /// Ranks at the left, the chosen ones and what was done to some.
  private func drawEdge(
    of report: DynamicsReport, _ layout: DynamicsLayout, on canvas: Canvas
  ) {
    guard layout.margin > 0, layout.plot.height > 0 else { return }
    let raster = EventDots(rows: report.raster.rows, columns: 1, filled: [])
    let height = layout.plot.height
    let chosen = chosenRanks
    for line in 0..<height {
      guard let rows = raster.rows(atLine: line, height: height) else { continue }
      let ranks = ranks(ofRows: rows, of: report.raster)
      if ranks.overlaps(chosen) {
        canvas.put(
          glyphs.selected, at: Point(column: layout.margin - 2, row: line), Style(.accent, .bold))
      }
      for influence in report.influences where influence.ranks.overlaps(ranks) {
        canvas.put(
          influence.drive == nil ? "x" : "+", at: Point(column: layout.margin - 1, row: line),
          Style(role(of: influence), .bold))
      }
      let isLabelled = line == 0 || line == height - 1 || (height >= 8 && line == height / 2)
      guard isLabelled else { continue }
      let rank = line == 0 ? ranks.upperBound : ranks.lowerBound
      canvas.drawRight(
        [Span(Figure.plain(Double(rank + 1)), .dim)], row: line, end: layout.margin - 2)
    }
  }

  /// Times below, in line with the dots.
  func drawTimes(_ layout: DynamicsLayout, on canvas: Canvas) {
    guard let foot = layout.foot, layout.plot.width > 0 else { return }
    if layout.margin > 0 {
      canvas.drawRight([Span("time", .dim)], row: foot, end: layout.margin - 2)
    }
    let part = canvas[
      Rect(column: layout.plot.column, row: foot, width: layout.plot.width, height: 1)]
    AxisLabels(range: dynamicsTimes).draw(on: part)
  }
}
