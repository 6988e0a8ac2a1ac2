import Engine
import Terminal

/// The race of estimators, what is left at the spurious minimum, and batches.
extension Dashboard {
  // MARK: Race

  func drawRace(on canvas: Canvas) {
    var panel = Panel("race", isFocused: isMarkedFocused(.race))
    panel.footer = [Span("one start, the same steps", .dim)]
    let inside = panel.draw(on: canvas)
    let room = inside[inside.bounds.inset(columns: 1, rows: 0)]
    let isWide = room.width >= 54
    var columns = [
      Table.Column("", .rest), Table.Column("loss", .fixed(8), .right),
      Table.Column("outcome", .fixed(isWide ? 18 : 10)),
      Table.Column("rises", .fixed(7), .right),
    ]
    if isWide { columns.append(Table.Column("least |w|", .fixed(11), .right)) }
    let rows = theoryLanes.map { lane -> [Span] in
      let seen = theory.flatMap { report in
        report.startedAt == theoryStart && report.lanes.indices.contains(lane.index)
          ? report.lanes[lane.index] : nil
      }
      let mark = String(Character(glyphs.mark(ofSeries: lane.index).marker))
      let outcome = seen?.outcome
      var cells = [
        Span("\(mark) \(lane.name)", style: theoryStyle(lane)),
        Span(theoryReading(lane.gauge("loss")).map(Figure.loss) ?? "-"),
        Span(
          outcome.map { isWide ? " \($0.words)" : " \($0.word)" } ?? " -",
          outcome.map(outcomeRole) ?? .dim),
        Span(
          seen.map { Figure.plain(Double($0.record.increases)) } ?? "-",
          (seen?.record.increases ?? 0) > 0 ? .error : .text),
      ]
      if isWide { cells.append(Span(seen.map { Figure.short($0.record.smallestNorm) } ?? "-")) }
      return cells
    }
    var table = Table(columns, rows: rows)
    table.emptyText = run.summary == nil ? "preparing" : ""
    table.draw(on: room)
  }

  // MARK: Residual

  func drawResidual(on canvas: Canvas) {
    var panel = Panel("residual K(A-B)", isFocused: isMarkedFocused(.residual))
    let report = theory.flatMap { $0.startedAt == theoryStart ? $0 : nil }
    if let lead = report?.lanes.first {
      let seen = lead.record.firstIncrease.map { "first rise at \($0)" } ?? "no rise yet"
      panel.footer = [
        Span(
          lead.collapseSteps.map { "foretold \(Figure.plain($0.rounded())), \(seen)" } ?? seen,
          lead.record.firstIncrease == nil ? .dim : .error)
      ]
    }
    let inside = panel.draw(on: canvas)
    let room = inside[inside.bounds.inset(columns: 1, rows: 0)]
    guard let report else { return }
    let isTall = room.height >= report.lanes.count + 2
    let rows = room.bounds.rows(.fixed(isTall ? 1 : 0), .rest)
    room[rows[0]].draw(
      canvas.width >= 50
        ? "left at the spurious minimum, steps until |w| is 0" : "left at the minimum, steps to 0",
      at: .zero, .dim)
    Bars(
      report.lanes.enumerated().map { index, lane in
        let steps = lane.collapseSteps.map { " in \(Figure.plain($0.rounded()))" } ?? " never"
        return Bars.Bar(
          lane.estimator, lane.residual, text: Figure.short(lane.residual) + steps,
          style: Style(.series(index), index == 0 ? .bold : []))
      }, full: max(report.lanes.map { abs($0.residual) }.max() ?? 0, 0.05)
    ).draw(on: room[rows[1]])
  }

  // MARK: Batch

  func drawBatch(on canvas: Canvas) {
    var panel = Panel("batch", isFocused: isMarkedFocused(.batch))
    panel.spans = batchReadings
    panel.footer = batchChoice
    let inside = panel.draw(on: canvas)
    var chart = LineChart()
    chart.emptyText = "losses after one step come here"
    if let search = theory?.search, let first = search.rates.first, let last = search.rates.last {
      let range = AxisRange(first, last)
      chart.horizontalRange = range
      chart.hasHorizontalLabels = true
      chart.verticalFit = .padded
      chart.curves = [
        Curve(samples: search.expected, over: range, Style(.dim), line: .dotted),
        Curve(samples: search.population, over: range, Style(.text)),
        Curve(samples: search.empirical, over: range, Style(.series(0))),
      ]
    }
    chart.draw(on: inside)
    let legend = [
      Span("batch ", .series(0)), Span("all "), Span("expected", .dim),
    ]
    if theory?.search != nil, inside.height >= 4, inside.width >= 24 {
      inside.drawRight(legend, row: 0)
    }
  }

  /// Of the last batch of the descent; in exact mode there is none.
  private var batchReadings: [Span] {
    guard let angle = theoryReading("sampleAngle"), let loss = theoryReading("empiricalLoss") else {
      return [Span("one step of every size", .dim)]
    }
    return [
      Span("off by \(Number.fixed(angle, decimals: 1))\(glyphs.degree)", .warning),
      Span("loss \(Figure.loss(loss)) of \(theoryReading("loss").map(Figure.loss) ?? "-")"),
    ]
  }

  private var batchChoice: [Span] {
    guard let present = theoryNumber(CoarseDials.Knobs.batch) else { return [] }
    let isSampled = theoryChoice(CoarseDials.Knobs.mode) == "sampled"
    var sizes = CoarseDials.batches.map(Double.init)
    if !sizes.contains(present) { sizes = (sizes + [present]).sorted() }
    let spans = sizes.map { size in
      size == present
        ? Span("[\(Figure.plain(size))] ", .accent, .bold) : Span("\(Figure.plain(size)) ", .dim)
    }
    return spans + [Span(isSampled ? "sampled" : "exact", isSampled ? .accent : .dim)]
  }
}

extension DescentOutcome {
  /// In one word.
  fileprivate var word: String {
    switch self {
    case .running: "running"
    case .normCollapse: "collapse"
    case .global, .spurious, .saddle, .diverged: rawValue
    }
  }
}
