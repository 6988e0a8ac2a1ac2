import Engine
import Terminal

/// Why a network says what it says of one row, and how much each attribute matters.
extension Dashboard {
  func drawExample(on canvas: Canvas) {
    var panel = Panel(PanelName.example.title, isFocused: isMarkedFocused(.example))
    let example = curves.shown?.example
    panel.spans = example.map { [Span($0.title, .dim)] } ?? []
    let inside = panel.draw(on: canvas)
    let room = inside[inside.bounds.inset(columns: 1, rows: 0)]
    guard let example else { return }
    room.draw(answer(example), at: .zero)
    var row = 1
    let most = example.units.flatMap(\.contributions).map(\.value.magnitude).filter(\.isFinite)
      .max()
    // What would turn the answer has its place before the units of a large network.
    let flips = example.flips.prefix(max(0, min(example.flips.count, room.height - 3)))
    let units = max(0, room.height - 1 - flips.count)
    let lines = example.units.enumerated().flatMap { index, unit in
      exampleLines(unit, isFirst: index == 0, full: most ?? 0, width: room.width)
    }
    for line in lines.prefix(units) {
      room.draw(line, at: Point(column: 0, row: row))
      row += 1
    }
    for flip in flips {
      let text = "turns at \(flip.name) \(Figure.short(flip.to)), now \(Figure.short(flip.from))"
      room.draw(
        text.clipped(to: room.width, ellipsis: glyphs.ellipsis), at: Point(column: 0, row: row),
        Style(.warning))
      row += 1
    }
  }

  private func answer(_ example: ExampleReport) -> [Span] {
    let isRight = example.answer == example.target
    let sure = example.probability.map { " \(Figure.percent($0))" } ?? ""
    return [
      Span("says ", .dim), Span(example.answer + sure, isRight ? .good : .error, .bold),
      Span(isRight ? "" : ", is \(example.target)", .text),
      Span("  logit \(Figure.short(example.logit))", .dim),
    ]
  }

  /// A line for each attribute with its share of the sum, and one for the outer curve.
  private func exampleLines(
    _ unit: ExampleReport.Unit, isFirst: Bool, full: Double, width: Int
  ) -> [[Span]] {
    let name = max(unit.contributions.map(\.name.cellWidth).max() ?? 0, 4)
    let half = max(1, (width - name - 10) / 2)
    var lines = unit.contributions.enumerated().map { index, share -> [Span] in
      let blank = String(repeating: " ", count: max(0, name - share.name.cellWidth + 1))
      return [Span(share.name + blank, .text)]
        + signedBar(share.value, full: full, half: half, role: .series(index))
        + [Span(" " + Figure.short(share.value), .dim)]
    }
    lines.append([
      Span(
        "sum \(Figure.short(unit.input)) \(Character(glyphs.arrow)) \(Figure.short(unit.output))",
        .title)
    ])
    return lines
  }

  /// A bar to the left of a middle line for negative values, to the right for positive ones.
  private func signedBar(_ value: Double, full: Double, half: Int, role: Role) -> [Span] {
    let share = full > 0 ? (value.magnitude / full).asShare : 0
    let length = Int((share * Double(half)).rounded())
    let bar = String(repeating: Character(glyphs.growing.last ?? "#"), count: length)
    let blank = { (count: Int) in String(repeating: " ", count: max(0, count)) }
    let middle = Span(String(Character(glyphs.vertical)), .border)
    return value < 0
      ? [Span(blank(half - length)), Span(bar, role), middle, Span(blank(half))]
      : [Span(blank(half)), middle, Span(bar, role), Span(blank(half - length))]
  }

  // MARK: Shares

  /// How much each attribute matters over the run, one above another in each column.
  func drawShares(on canvas: Canvas) {
    var panel = Panel(PanelName.shares.title, isFocused: isMarkedFocused(.shares))
    let shares = curves.shown?.shares ?? []
    panel.isDense = true
    panel.spans = shares.enumerated().map { index, share in
      Span("\(share.name) \(Int(share.value.asShare * 100))", .series(index))
    }
    let inside = panel.draw(on: canvas)
    let course = curves.looks.map { $0.shares.map(\.value) }.filter { !$0.isEmpty }
    guard !course.isEmpty, inside.height > 0 else { return }
    for column in 0..<inside.width {
      let look = course[column * course.count / inside.width]
      drawStack(look, column: column, on: inside)
    }
  }

  private func drawStack(_ shares: [Double], column: Int, on canvas: Canvas) {
    var bounds: [Double] = []
    for share in shares { bounds.append((bounds.last ?? 0) + share.asShare) }
    for row in 0..<canvas.height {
      let height = (Double(canvas.height - row) - 0.5) / Double(canvas.height)
      guard let index = bounds.firstIndex(where: { height <= $0 }) else { continue }
      canvas.put(
        glyphs.shades[min(2, glyphs.shades.count - 1)],
        at: Point(column: column, row: row), Style(.series(index)))
    }
  }

  // MARK: Decisions

  /// The plane of the two inputs: a colour a class, the denser the surer.
  func drawDecisions(on canvas: Canvas) {
    var panel = Panel(PanelName.decisions.rawValue, isFocused: isMarkedFocused(.decisions))
    let look = curves.shown
    panel.spans = (look?.classes ?? []).enumerated().map { index, name in
      Span(name, CurveCell.classRole(index))
    }
    let inside = panel.draw(on: canvas)
    guard let map = look?.map, map.columns > 0, map.rows > 0,
      map.values.count >= map.columns * map.rows
    else { return }
    for row in 0..<inside.height {
      for column in 0..<inside.width {
        let value = map.values[
          row * map.rows / inside.height * map.columns + column * map.columns / inside.width]
        guard value.isFinite else { continue }
        let sure = min(abs(value - 0.5) * 2, 1)
        let level = min(glyphs.shades.count - 1, Int(sure * Double(glyphs.shades.count)))
        inside.put(
          glyphs.shades[level], at: Point(column: column, row: row),
          Style(CurveCell.classRole(value > 0.5 ? 1 : 0)))
      }
    }
  }
}
