import Engine
import Terminal

/// What the mouse does.
extension Dashboard {
  mutating func point(_ event: PointerEvent) -> [Effect] {
    if let overlay { return point(event, at: overlay) }
    switch event.kind {
    case .press: return press(at: event.place)
    case .drag: drag(to: event.place)
    case .release: release()
    case .wheel(let notches): turnWheel(notches, at: event.place)
    }
    return []
  }

  /// Rows that a notch of the wheel scrolls by.
  private static let rowsPerNotch = 3

  // MARK: Overlays

  /// Only what lies over the page can be pointed at, and nothing beside it closes it.
  private mutating func point(_ event: PointerEvent, at overlay: Overlay) -> [Effect] {
    grip = nil
    switch (overlay, event.kind) {
    case (.estimators(let picker), _): return point(event, at: picker)
    case (.help(let scroll), .wheel(let notches)):
      self.overlay = .help(scroll: max(0, scroll + notches * Self.rowsPerNotch))
    case (.palette(var palette), .wheel(let notches)):
      let count = palette.shown(glyphs: glyphs, keys: keys).count
      palette.selected = min(max(0, palette.selected + notches), max(0, count - 1))
      self.overlay = .palette(palette)
    case (.palette(var palette), .press):
      guard let item = item(of: palette, at: event.place) else { return [] }
      if item == palette.selected { return choose(.enter, from: palette) }
      palette.selected = item
      self.overlay = .palette(palette)
    case (.quit(let selected), .press):
      guard let dialog = overlayDialog(in: size),
        let line = dialog.layout(in: size).line(at: event.place),
        let choice = QuitDialog.choice(inLine: line, of: dialog)
      else { return [] }
      if choice == selected { return answer(choice) }
      self.overlay = .quit(selected: choice)
    default: break
    }
    return []
  }

  // MARK: The page

  private mutating func press(at place: Point) -> [Effect] {
    grip = nil
    switch target(at: place) {
    case .tab(let page): return perform(.show(page))
    case .panel(let panel, let area):
      let wasFocused = focused == panel
      // One that is alone needs no sign.
      if candidates.count > 1 { focus[page] = panel }
      choose(in: panel, area, at: place)
      grip = step(at: place, of: panel, in: area).map {
        ChartGrip(
          column: place.column, step: $0.step, columns: $0.columns, stretch: window.range,
          putsCursor: wasFocused)
      }
    case nil: break
    }
    return []
  }

  /// Chooses the row under the pointer where a panel has rows.
  private mutating func choose(in panel: PanelName, _ area: Rect, at place: Point) {
    guard let (line, room) = line(at: place, in: area) else { return }
    switch panel {
    case .runs:
      if let row = runsTable(width: room.width).row(atLine: line, height: room.height) {
        runs.firstRow = runsTable(width: room.width).visibleRows(height: room.height).lowerBound
        runs.select(row)
      }
    case .sweepTable:
      sweepSelection = sweepTable(width: room.width).row(atLine: line, height: room.height)
    case .raster where page == .raster:
      let row = min(rasterRow, rasterWindow(area: area).lastFirstUnit) + line
      guard let site = shownSite, unitRows.indices.contains(row) else { return }
      browser.choose(unitRows[row], of: site.id)
      arrangeUnits()
      keepUnitInView()
    case .curves: chooseCurve(at: place, in: area)
    case .spikes: chooseRanks(at: place, in: area)
    case .log:
      chosenLogEntry = logEntry(atRow: line, in: room)
      guard let entry = chosenLogEntry else { return }
      window.putCursor(at: Double(entry.step), last: Double(run.progress?.step ?? 0))
      say(Sentence.cursorAt(step: entry.step))
    default: break
    }
  }

  // MARK: Charts

  private mutating func drag(to place: Point) {
    guard let grip, place.column != grip.column else { return }
    self.grip?.putsCursor = false
    guard let stretch = grip.stretch else {
      say(Sentence.wholeRunShown)
      return
    }
    let moved = Double(place.column - grip.column) / Double(max(1, grip.columns)) * stretch.length
    _ = window.move(stretch, to: stretch.lower - moved, of: wholeRun)
  }

  private mutating func release() {
    if let grip, grip.putsCursor {
      window.putCursor(at: grip.step, last: Double(run.progress?.step ?? 0))
    }
    grip = nil
  }

  private mutating func turnWheel(_ notches: Int, at place: Point) {
    guard notches != 0, case .panel(let panel, let area) = target(at: place) else { return }
    if let found = step(at: place, of: panel, in: area) {
      let before = window
      window.zoom(
        in: notches < 0, of: wholeRun, around: found.step, times: min(abs(notches), 100))
      say(window == before ? Sentence.nothingFurther : Sentence.stretch(window.range))
    } else {
      scroll(panel, in: area, by: notches * Self.rowsPerNotch)
    }
  }

  // MARK: Rows

  /// Moves the rows of a panel; what is too far is taken back afterwards, as after any message.
  private mutating func scroll(_ panel: PanelName, in area: Rect, by rows: Int) {
    switch panel {
    case .runs: scrollRunsList(in: area, by: rows)
    case .raster: rasterRow += rows
    // Counted from the end.
    case .log: logScroll -= rows
    case .sweepTable: sweepRow += rows
    case .stabilityTable: stabilityScroll -= rows
    case .activations, .inputs, .sites, .levels, .weights, .operations, .energy:
      layerScrolls[panel] = min(
        max(0, (layerScrolls[panel] ?? 0) + rows), lastScroll(of: panel))
    default: break
    }
  }

  /// The chosen run stays within the view.
  private mutating func scrollRunsList(in area: Rect, by rows: Int) {
    let room = Panel.textArea(in: area).size
    var table = runsTable(width: room.width)
    guard let selected = table.selectedRow, room.height > 1 else { return }
    let first = table.visibleRows(height: room.height).lowerBound + rows
    table.selectedRow = nil
    table.firstRow = first
    let visible = table.visibleRows(height: room.height)
    runs.firstRow = visible.lowerBound
    runs.select(min(max(selected, visible.lowerBound), visible.upperBound - 1))
  }
}
