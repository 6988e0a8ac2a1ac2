import Engine
import Terminal

/// A test of whether the weights stay: the loss against what was begun with, and the rows in numbers.
extension Dashboard {
  func stabilityChart(on canvas: Canvas) -> ChartView {
    let isLogarithmic = logarithmic.contains(.stability)
    let name = stability.map { "with \($0.plan.surrogate)" }
    let title =
      canvas.width >= 100
      ? ["loss over that of the beginning", name].compactMap(\.self).joined(separator: " ")
      : canvas.width >= 60
        ? ["loss ratio", name].compactMap(\.self).joined(separator: " ") : name ?? "loss ratio"
    var view = ChartView(title: isLogarithmic ? "\(title)  log" : title)
    view.isFocused = isMarkedFocused(.stability)
    view.countsOffScale = false
    view.chart.emptyText = stabilityHint
    view.chart.verticalScale = isLogarithmic ? .logarithmic : .linear
    view.chart.hasHorizontalLabels = true
    if let stabilityShare { view.spans.append(Span("\(stabilityShare) %", .accent)) }
    guard let stability, !stability.test.rows.isEmpty else { return view }
    let epochs = Double(max(1, stability.plan.epochs))
    view.labelRoom = canvas.width >= 72 ? 17 : canvas.width >= 30 ? 7 : 0
    view.chart.horizontalRange = AxisRange(0, epochs)
    view.lines = stabilityLines(stability, over: AxisRange(0, epochs))
    view.chart.markers = stabilityMarkers(stability, most: canvas.width / 4)
    view.spans.insert(contentsOf: [stabilityWord].compactMap(\.self), at: 0)
    view.footer = stabilityFooter(stability, width: canvas.width)
    return view
  }

  /// The levels under the ratio, which is drawn over them.
  private func stabilityLines(
    _ stability: StabilityReport, over range: AxisRange
  ) -> [ChartView.Line] {
    let levels: [(name: String, value: Double, role: Role)] = [
      ("beginning", 1, .dim), ("held <", StabilityTest.heldBelow, .good),
      ("repelled >", StabilityTest.repelledAbove, .error),
    ]
    let points = zip(stability.test.rows, stability.test.ratios).map {
      (x: Double($0.0.epoch), y: $0.1.isFinite ? $0.1 : .nan)
    }
    let style = Style(stabilityRole, .bold)
    return levels.map { level in
      ChartView.Line(
        curve: Curve(
          samples: [level.value, level.value], over: range, Style(level.role), line: .dotted),
        name: level.name, value: Number.fixed(level.value, decimals: 2), style: Style(level.role),
        isInBorder: false)
    } + [
      ChartView.Line(
        curve: Curve(Series(points), style), name: "ratio",
        value: stability.test.ratio.map(ratioText) ?? "", style: style)
    ]
  }

  /// As many as stand apart.
  private func stabilityMarkers(_ stability: StabilityReport, most: Int) -> [Marker] {
    let rows = Array(zip(stability.test.rows, stability.test.ratios)).filter(\.1.isFinite)
    guard rows.count <= most else { return [] }
    return rows.map { row, ratio in
      Marker(
        x: Double(row.epoch), y: ratio, style: Style(stabilityRole, .bold), isSelected: false)
    }
  }

  /// What the axis is; the verdict where the border above has no room for it.
  private func stabilityFooter(_ stability: StabilityReport, width: Int) -> [Span] {
    guard width < 60 else {
      let rate = Figure.plain(stability.plan.rate)
      return [
        Span(
          "epochs at rate \(rate), \(stability.samples) training samples, from step "
            + "\(stability.step)", .dim)
      ]
    }
    guard let verdict = stability.test.verdict else { return [Span("epochs", .dim)] }
    let share = "\(stability.test.rows.last?.epoch ?? 0)/\(stability.plan.epochs)"
    return [
      Span("epoch \(share) ", .dim),
      Span(verdict.rawValue, style: Style(role(of: verdict), .bold)),
    ]
  }

  private func ratioText(_ ratio: Double) -> String {
    ratio.isFinite
      ? Number.fixed(ratio, decimals: ratio < 100 ? 3 : 0) : "diverged"
  }

  // MARK: The verdict

  private var stabilityRole: Role {
    guard let verdict = stability?.test.verdict else { return .text }
    return role(of: verdict)
  }

  private func role(of verdict: StabilityTest.Verdict) -> Role {
    switch verdict {
    case .held: .good
    case .undecided: .warning
    case .repelled: .error
    }
  }

  /// The verdict in a word; what it is so far in brackets.
  private var stabilityWord: Span? {
    guard let stability, let verdict = stability.test.verdict else { return nil }
    let word = stability.isComplete ? verdict.rawValue : "(\(verdict.rawValue))"
    return Span(word, style: Style(role(of: verdict), .bold))
  }

  /// What stands where there is no test yet.
  private var stabilityHint: String {
    guard let summary = run.summary else { return "" }
    if stabilityShare != nil { return "measuring" }
    return summary.surrogates.isEmpty
      ? "nothing is quantized, so that no surrogate takes part"
      : "V tests the weights with another surrogate"
  }

  // MARK: In numbers

  func drawStabilityTable(on canvas: Canvas) {
    var panel = Panel("stability", isFocused: isMarkedFocused(.stabilityTable))
    if let stability, !stability.test.rows.isEmpty {
      let words = [Sentence.verdict(stability), stability.test.verdict?.rawValue ?? ""]
      let text = words.first { $0.cellWidth + 6 <= canvas.width } ?? ""
      panel.footer = [Span(text, style: Style(stabilityRole, .bold))]
      panel.spans = [Span("with \(stability.plan.surrogate)", .dim)]
    }
    panel.draw(on: canvas)
    let area = Panel.textArea(in: canvas.bounds)
    stabilityTable(size: area.size).draw(on: canvas[area])
  }

  /// The table within its panel; it follows its last row until it is scrolled.
  func stabilityTable(size: Size) -> Table {
    let columns: [Table.Column] = [
      Table.Column("epoch", .fixed(6), .right), Table.Column("loss", .fixed(10), .right),
      Table.Column("ratio", .fixed(10), .right), Table.Column("accuracy", .fixed(10), .right),
      Table.Column("", .fixed(12), .left),
    ]
    var width = 0
    let shown = columns.prefix { column in
      if case .fixed(let extent) = column.extent { width += extent }
      return width <= size.width
    }
    let test = stability?.test ?? StabilityTest()
    var table = Table(
      Array(shown),
      rows: zip(test.rows, test.ratios).map { row, ratio in
        Array(stabilityCells(row, ratio).prefix(shown.count))
      })
    table.firstRow = max(0, test.rows.count - max(0, size.height - 1) - stabilityScroll)
    table.emptyText = stabilityHint
    return table
  }

  private func stabilityCells(_ row: StabilityTest.Row, _ ratio: Double) -> [Span] {
    let verdict = row.epoch > 0 ? StabilityTest.verdict(ofRatio: ratio) : nil
    let style = Style(verdict.map { role(of: $0) } ?? Role.text)
    return [
      Span("\(row.epoch)"), Span(Figure.loss(row.loss)), Span(ratioText(ratio), style: style),
      Span(Figure.percent(row.accuracy)), Span(" \(verdict?.rawValue ?? "")", style: style),
    ]
  }

  /// Rows of the table above those at its end.
  var lastStabilityScroll: Int {
    guard let stability, let area = layout.area(of: .stabilityTable) else { return 0 }
    return max(0, stability.test.rows.count - max(1, area.height - 3))
  }
}
