import Engine
import Terminal

/// The wall of learned curves.
extension Dashboard {
  /// The curves in the order of their table or one after another, or the chosen one alone.
  func drawCurves(on canvas: Canvas) {
    let look = curves.shown
    var panel = Panel(PanelName.curves.title, isFocused: isMarkedFocused(.curves))
    panel.spans = look.map { [Span($0.outline, .dim)] + lastScore } ?? []
    panel.footer = look.map { [Span(curvesFooter($0), .dim)] } ?? []
    if !curves.isAlone, let grid = curvesGrid, grid.shownRows.count < grid.rows {
      panel.notes = [
        Span(
          "rows \(grid.shownRows.lowerBound + 1)-\(grid.shownRows.upperBound) of \(grid.rows)",
          .dim)
      ]
    }
    let inside = panel.draw(on: canvas)
    let room = inside[inside.bounds.inset(columns: 1, rows: 0)]
    guard let look, !look.curves.isEmpty else {
      drawNoCurves(on: room)
      return
    }
    if curves.isAlone {
      drawAlone(look, on: room)
    } else {
      drawWall(look, on: room)
    }
  }

  /// What an edit makes of them is seen at once.
  private var lastScore: [Span] {
    guard let evaluation = run.lastEvaluation else { return [] }
    let split = evaluation.split.rawValue
    return [
      evaluation["nonSpiking.loss"].map { Span("\(split) loss \(Figure.loss($0))") },
      evaluation["nonSpiking.accuracy"].map { Span("accuracy \(Figure.percent($0))", .title) },
      evaluation["nonSpiking.rmse"].map { Span("error \(Figure.short($0))", .title) },
    ].compactMap { $0 }
  }

  private func drawNoCurves(on canvas: Canvas) {
    let text = mode == .replay ? "a record has no curves" : "curves come with the first steps"
    let shown = text.clipped(to: canvas.width, ellipsis: glyphs.ellipsis)
    let place = canvas.bounds.centered(Size(width: shown.cellWidth, height: 1))
    canvas.draw(shown, at: place.origin, .dim)
  }

  private func curvesFooter(_ look: CurvesReport) -> String {
    let back = curves.back > 0 ? ", looking back" : ""
    let past = look.pastEpochs > 0 ? ", dashed \(look.pastEpochs) epochs before" : ""
    return "epoch \(look.epoch)\(back)\(past), dotted before training"
  }

  private func drawWall(_ look: CurvesReport, on canvas: Canvas) {
    let grid = CurvesGrid(look, chosen: curves.place, in: canvas.size)
    for (place, curve) in look.curves.enumerated() {
      guard let area = grid.area(of: place) else { continue }
      var cell = CurveCell(curve: curve)
      cell.index = grid.isTable ? place % grid.columns : colour(of: curve, at: place, in: look)
      cell.range = grid.isTable ? sharedRange(place, look, columns: grid.columns) : nil
      cell.isChosen = place == curves.place
      cell.grip = curves.grip.flatMap { $0.curve == curve.id ? $0 : nil }
      cell.draw(on: canvas[area.inset(right: 1)])
    }
  }

  /// Inner curves of one unit share their heights, so that a flat one is seen to hardly matter.
  private func sharedRange(_ place: Int, _ look: CurvesReport, columns: Int) -> AxisRange? {
    let row = place / columns * columns
    guard place % columns < columns - 1 else { return nil }
    let own = look.curves[row..<min(row + columns - 1, look.curves.count)]
    return CurveCell.range(of: Array(own))
  }

  /// Of curves in a table their column, of others their layer.
  private func colour(of curve: CurveReport, at place: Int, in look: CurvesReport) -> Int {
    guard look.columns.isEmpty else { return place % look.columns.count }
    return look.layers.firstIndex { curve.id == $0.id || curve.id.hasPrefix($0.id + ".") } ?? 0
  }

  private func drawAlone(_ look: CurvesReport, on canvas: Canvas) {
    guard let curve = curves.curve else { return }
    var cell = CurveCell(curve: curve, isChosen: true, isLarge: true)
    cell.index = colour(of: curve, at: curves.place, in: look)
    cell.grip = curves.grip.flatMap { $0.curve == curve.id ? $0 : nil }
    cell.draw(on: canvas)
    guard canvas.height >= 10, canvas.width >= 30 else { return }
    let classes = look.classes.enumerated().map { index, name in
      Span("\(name)  ", style: Style(CurveCell.classRole(index)))
    }
    if curve.density.count == look.classes.count {
      canvas.draw(classes, at: Point(column: 2, row: 1))
    }
  }
}

extension Rect {
  /// Without some columns at the right.
  func inset(right columns: Int) -> Rect {
    Rect(column: column, row: row, width: max(0, width - columns), height: height)
  }
}
