import Engine
import Terminal

/// The state of a theory study, its angle and the parts of its coarse gradient.
extension Dashboard {
  private typealias Knobs = CoarseDials.Knobs

  // MARK: State

  var descentPanel: LinesPanel {
    LinesPanel(
      panel: Panel("descent", isFocused: isMarkedFocused(.descent)),
      lines: { self.descentLines(width: $0.width) })
  }

  /// Facts that belong together stay on a line as far as it has room.
  private func descentLines(width: Int) -> [[Span]] {
    var lines: [[Span]] = []
    var used = 0
    for fact in [stateFact, landscapeFact] + settingFacts where !fact.isEmpty {
      let length = fact.reduce(0) { $0 + $1.width }
      if lines.isEmpty || used + 3 + length > width {
        lines.append(fact)
        used = length
      } else {
        lines[lines.count - 1] += [Span("   ")] + fact
        used += 3 + length
      }
    }
    return lines
  }

  private var stateFact: [Span] {
    guard let outcome = theoryOutcome else { return [] }
    return [Span(outcome.words, outcome == .running ? .accent : outcomeRole(outcome), .bold)]
  }

  private var landscapeFact: [Span] {
    guard let teacher else { return [] }
    let test = teacher.spuriousTest
    let (left, right) = (Figure.short(test.left), Figure.short(test.right))
    return teacher.hasSpuriousMinima
      ? [Span("spurious minima exist: ", .dim), Span("S^2 = \(left) < (m+1)N/2 = \(right)")]
      : [Span("no spurious minima: ", .dim), Span("S^2 = \(left) >= (m+1)N/2 = \(right)")]
  }

  private var settingFacts: [[Span]] {
    let fact = { (name: String, value: String?) -> [Span] in
      value.map { [Span("\(name) ", .dim), Span($0)] } ?? []
    }
    let rate =
      run.learningRate?.journal.value(at: run.progress?.step ?? 0) ?? theoryReading("learningRate")
    let mode = theoryChoice(Knobs.mode)
    let batch = theoryNumber(Knobs.batch).map(Figure.plain)
    return [
      theoryLanes.first.map { [Span("lead ", .dim), Span($0.name, .series(0), .bold)] } ?? [],
      fact("step size", rate.map(Figure.plain)),
      fact("mode", mode == "sampled" ? "sampled, batch \(batch ?? "-")" : mode),
      fact("m", teacher.map { String($0.patches) }), fact("n", teacher.map { String($0.inputs) }),
      fact("start", theory?.start ?? theoryCourse.start ?? theoryChoice(Knobs.start)),
      fact("normalise w", theoryChoice(Knobs.normalisesW)),
      fact("seed", run.summary.map { String($0.seed) }),
      fact(
        "speed",
        theoryNumber(Knobs.speed).map {
          $0 < CoarseTheoryConfiguration.allowedSpeeds.upperBound
            ? "\(Figure.plain($0))/s" : "no limit"
        }),
    ]
  }

  // MARK: Angle

  func drawAngle(on canvas: Canvas) {
    var panel = Panel("angle of w and w*", isFocused: isMarkedFocused(.angle))
    let angle = theoryReading("angle")
    if let angle {
      panel.spans = [
        Span("\(Number.fixed(angle, decimals: 1))\(glyphs.degree)", .series(0), .bold)
      ]
    }
    let inside = panel.draw(on: canvas)
    let room = inside[inside.bounds.inset(columns: 1, rows: 0)]
    guard run.summary != nil else { return }
    let hasScale = room.height >= 5
    let rows = room.bounds.rows(.fixed(hasScale ? 2 : 1), .fixed(room.height >= 6 ? 1 : 0), .rest)
    drawGauge(angle, hasScale: hasScale, on: room[rows[0]])
    drawDistances(on: room[rows[2]])
  }

  /// 0 to 180 degrees with the saddle and the present place.
  private func drawGauge(_ angle: Double?, hasScale: Bool, on canvas: Canvas) {
    guard canvas.width > 4 else { return }
    let column = { (degrees: Double) in
      min(max(Int(degrees / 180 * Double(canvas.width - 1) + 0.5), 0), canvas.width - 1)
    }
    canvas.fill(
      Rect(width: canvas.width, height: 1), with: canvas.glyphs.horizontal, Style(.border))
    for end in [0.0, 180] {
      canvas.put(
        canvas.glyphs.vertical, at: Point(column: column(end), row: 0), Style(.border))
    }
    let saddle = teacher?.saddleAngle.map { $0 * 180 / .pi }
    if let saddle {
      canvas.put(canvas.glyphs.mark, at: Point(column: column(saddle), row: 0), Style(.warning))
    }
    for lane in theoryLanes.reversed() {
      guard let place = theoryReading(lane.gauge("angle")), place.isFinite else { continue }
      canvas.put(
        glyphs.mark(ofSeries: lane.index).marker, at: Point(column: column(place), row: 0),
        theoryStyle(lane))
    }
    guard hasScale else { return }
    canvas.draw("0 global", at: Point(column: 0, row: 1), Style(.good))
    let end = teacher?.hasSpuriousMinima == true ? "spurious 180" : "180"
    canvas.drawRight([Span(end, .target)], row: 1)
    if let saddle {
      let text = "saddle \(Number.fixed(saddle, decimals: 0))"
      let start = column(saddle) - text.cellWidth / 2
      if start > 9, start + text.cellWidth + 1 < canvas.width - end.cellWidth {
        canvas.draw(text, at: Point(column: start, row: 1), Style(.warning))
      }
    }
  }

  /// How far v is from either end, and how long w is.
  private func drawDistances(on canvas: Canvas) {
    guard let teacher else { return }
    let span = zip(teacher.v, teacher.farEnd.v).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      .squareRoot()
    let start = run.summary?.theory?.startNorm ?? 1
    let bar = { (label: String, gauge: String, full: Double, style: Style, note: String) in
      let value = self.theoryReading(gauge) ?? 0
      let text = self.theoryReading(gauge).map { Figure.short($0) + note } ?? "-"
      return Bars.Bar(label, value / max(full, 1e-300), text: text, style: style)
    }
    let norm = theoryReading("norm") ?? start
    let isSmall = norm < 0.1 * start
    Bars(
      [
        bar("|v-v*|", "distance", span, Style(.good), ""),
        bar("|v-v_sp|", "farDistance", span, Style(.target), ""),
        bar(
          "|w|", "norm", start, Style(isSmall ? .error : .accent, isSmall ? .bold : []),
          isSmall ? " collapsed" : ""),
      ], full: 1
    ).draw(on: canvas)
  }

  // MARK: Parts of the gradient

  func drawSplit(on canvas: Canvas) {
    var panel = Panel("coarse gradient", isFocused: isMarkedFocused(.split))
    if let lead = theoryLanes.first {
      let room = canvas.width - Panel.width(title: panel.title, spans: [])
      let name = EstimatorLabels.fitting([lead.name], width: room, glyphs: glyphs)[0]
      panel.spans = [Span(name, .series(0), .bold)]
    }
    panel.footer = [Span("only across w the loss falls", .dim)]
    let inside = panel.draw(on: canvas)
    let room = inside[inside.bounds.inset(columns: 1, rows: 0)]
    guard let radial = theoryReading("radial"), let across = theoryReading("tangential") else {
      return
    }
    let rows = room.bounds.rows(.fixed(2), .fixed(room.height >= 6 ? 1 : 0), .rest)
    let angle = theoryReading("coarseAngle").map {
      "\(Number.fixed($0, decimals: 1))\(glyphs.degree)"
    }
    let text = room[rows[0]]
    text.draw(
      [Span("to the true gradient ", .dim), Span(angle ?? "-", .text, .bold)], at: .zero)
    text.draw(
      [
        Span("inner product ", .dim),
        Span(theoryReading("inner").map(Figure.short) ?? "-", .text, .bold),
      ], at: Point(column: 0, row: 1))
    let full = max(abs(radial), abs(across), 1e-300)
    let share = 100 * abs(radial) / max(abs(radial) + abs(across), 1e-300)
    Bars(
      [
        Bars.Bar("along w", radial, text: Figure.short(radial), style: Style(.warning)),
        Bars.Bar("across w", across, text: Figure.short(across), style: Style(.good)),
        Bars.Bar(
          "share along", share / 100 * full, text: "\(Number.fixed(share, decimals: 0)) %",
          style: Style(.dim)),
      ], full: full
    ).draw(on: room[rows[2]])
  }
}
