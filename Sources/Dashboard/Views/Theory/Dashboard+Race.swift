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
    let standings = theoryStandings
    let rows = theoryLanes.map { lane -> [Span] in
      let seen = standings.indices.contains(lane.index) ? standings[lane.index] : nil
      let mark = String(Character(glyphs.mark(ofSeries: lane.index).marker))
      let outcome = seen?.outcome
      var cells = [
        Span("\(mark) \(lane.name)", style: theoryStyle(lane)),
        Span(theoryReading(lane.gauge("loss")).map(Figure.loss) ?? "-"),
        Span(
          outcome.map { isWide ? " \($0.words)" : " \($0.word)" } ?? " -",
          outcome.map(outcomeRole) ?? .dim),
        Span(
          seen.flatMap(riseCount) ?? "-",
          (seen?.increases ?? 0) > 0 ? .error : .text),
      ]
      if isWide { cells.append(Span(seen?.smallestNorm.map(Figure.short) ?? "-")) }
      return cells
    }
    var table = Table(columns, rows: rows)
    table.emptyText = run.summary == nil ? "preparing" : ""
    table.draw(on: room)
  }

  // MARK: Residual

  func drawResidual(on canvas: Canvas) {
    var panel = Panel("residual K(A-B)", isFocused: isMarkedFocused(.residual))
    let standings = theoryStandings
    if let lead = standings.first {
      panel.footer = [
        Span(
          [lead.collapseSteps.map { "foretold \(Figure.plain($0.rounded()))" }, rises(of: lead)]
            .compactMap { $0 }.joined(separator: ", "),
          (lead.increases ?? 0) == 0 ? .dim : .error)
      ]
    }
    let inside = panel.draw(on: canvas)
    let room = inside[inside.bounds.inset(columns: 1, rows: 0)]
    guard !standings.isEmpty else { return }
    let isTall = room.height >= standings.count + 2
    let rows = room.bounds.rows(.fixed(isTall ? 1 : 0), .rest)
    room[rows[0]].draw(
      canvas.width >= 50
        ? "left at the spurious minimum, steps until |w| is 0" : "left at the minimum, steps to 0",
      at: .zero, .dim)
    let texts = standings.map { lane in
      Figure.short(lane.residual)
        + (lane.collapseSteps.map { " in \(Figure.plain($0.rounded()))" } ?? " never")
    }
    // Bars leave out texts that have no room beside the names.
    let left = room.width - 5 - texts.reduce(0) { max($0, $1.cellWidth) }
    let labels = EstimatorLabels.fittingEach(
      standings.map(\.estimator), width: left, glyphs: glyphs)
    Bars(
      standings.enumerated().map { index, lane in
        Bars.Bar(
          labels[index], lane.residual, text: texts[index],
          style: Style(.series(index), index == 0 ? .bold : []))
      }, full: max(standings.map { abs($0.residual) }.max() ?? 0, 0.05)
    ).draw(on: room[rows[1]])
  }

  /// How often the loss rose; with a + where that is the least.
  private func riseCount(of standing: TheoryStanding) -> String? {
    guard let increases = standing.increases, standing.knowsCount || increases > 0 else {
      return nil
    }
    return Figure.plain(Double(increases)) + (standing.knowsCount ? "" : "+")
  }

  /// When the loss rose first, as far as it is known.
  private func rises(of standing: TheoryStanding) -> String? {
    if let first = standing.firstIncrease {
      return standing.knowsFirst ? "first rise at \(first)" : "first rise seen at \(first)"
    }
    guard standing.increases == 0 else { return standing.increases.map { _ in "it rose" } }
    return standing.knowsCount ? "no rise yet" : "no rise seen"
  }

  // MARK: Batch

  func drawBatch(on canvas: Canvas) {
    var panel = Panel("batch", isFocused: isMarkedFocused(.batch))
    panel.spans = batchReadings
    panel.footer = batchChoice
    let inside = panel.draw(on: canvas)
    var chart = LineChart()
    chart.emptyText = mode == .replay ? "not recorded" : "losses after one step come here"
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
