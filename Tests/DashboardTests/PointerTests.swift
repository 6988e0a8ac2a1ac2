import Engine
import Runs
import Terminal
import Testing

@testable import Dashboard

/// Clicking, turning the wheel and dragging over frames: places are found in what is drawn.
@Suite struct PointerTests {
  private func middle(of panel: PanelName, _ dashboard: Dashboard) throws -> Point {
    let area = try #require(dashboard.layout.area(of: panel))
    return Point(column: area.column + area.width / 2, row: area.row + area.height / 2)
  }

  @Test(arguments: [(80, 24), (40, 12), (28, 24), (200, 60)])
  func `a click on a screen's name or number shows it`(width: Int, height: Int) throws {
    var dashboard = Dashboard.training(width: width, height: height)
    for page in dashboard.pages.reversed() {
      let number = try #require(dashboard.place(of: "\(page.key)", from: 1))
      let effects = dashboard.click(number)
      #expect(dashboard.page == page && number.row == 1)
      #expect(effects.contains(.listRuns) == (page == .runs))
      let name = try #require(dashboard.place(of: page.title, from: 1))
      dashboard.press(.character(page == .train ? "2" : "1"))
      guard dashboard.place(of: page.title, from: 1)?.row == 1 else { continue }
      dashboard.press(.character(page.key))
      dashboard.click(name)
      #expect(dashboard.page == page)
    }
  }

  @Test func `a click chooses the panel under it, whose border shows that`() throws {
    var dashboard = Dashboard.training(width: 120, height: 36)
    for page in Page.allCases {
      dashboard.press(.character(page.key))
      for (panel, area) in dashboard.layout.places where dashboard.candidates.count > 1 {
        dashboard.click(area.origin)
        #expect(dashboard.focused == panel && dashboard.isMarkedFocused(panel))
      }
    }
  }

  @Test func `the first click chooses a chart, the next one puts the cursor under the pointer`()
    throws
  {
    for axis in ChartWindow.Axis.allCases {
      var dashboard = Dashboard.training(width: 120, height: 36)
      while dashboard.window.axis != axis { dashboard.press(.character("x")) }
      let place = try middle(of: .rate, dashboard)
      dashboard.click(place)
      #expect(dashboard.focused == .rate && dashboard.window.cursor == nil)
      let before = dashboard.frame
      dashboard.click(place)
      #expect(dashboard.window.cursor != nil, "\(axis)")
      let isLine = dashboard.frame[place.column, place.row].scalar == dashboard.glyphs.vertical
      let isCurve = before[place.column, place.row].scalar != " "
      #expect(isLine || isCurve, "\(axis)")
      // The whole line is in the column that was clicked on.
      let area = try #require(dashboard.layout.area(of: .rate))
      let line = (area.row + 1..<area.endRow - 1).filter { row in
        dashboard.frame[place.column, row] != before[place.column, row]
      }
      #expect(line.count > 2, "\(axis)\n\(dashboard.frame.text)")
    }
  }

  @Test func `the cursor goes no further than the run has come`() throws {
    var dashboard = Dashboard.training(width: 120, height: 36, steps: 100)
    let area = try #require(dashboard.layout.area(of: .loss))
    let end = Point(column: area.endColumn - 3, row: area.row + 3)
    dashboard.click(end)
    dashboard.click(end)
    #expect(dashboard.window.cursor == 100)
  }

  @Test func `the wheel zooms around the pointer, and out again to the whole run`() throws {
    var dashboard = Dashboard.training(width: 120, height: 36)
    let place = try middle(of: .accuracy, dashboard)
    let area = try #require(dashboard.layout.area(of: .accuracy))
    let step = try #require(dashboard.step(at: place, of: .accuracy, in: area)).step
    for _ in 0..<4 {
      dashboard.point(.wheel(-1), place)
      let now = try #require(dashboard.step(at: place, of: .accuracy, in: area)).step
      let column = try #require(dashboard.window.range).length / 40
      #expect(abs(now - step) < column)
    }
    dashboard.point(.wheel(4), place)
    #expect(dashboard.window.range == nil)
    let text = dashboard.status?.text
    dashboard.point(.wheel(1), place)
    #expect(dashboard.status?.text != text)
    // Nothing is zoomed where no curves over the run are.
    dashboard.point(.wheel(-3), try middle(of: .resolution, dashboard))
    dashboard.point(.wheel(-3), .zero)
    #expect(dashboard.window.range == nil)
  }

  @Test func `dragging moves the stretch with the pointer and puts no cursor`() throws {
    var dashboard = Dashboard.training(width: 120, height: 36)
    let place = try middle(of: .loss, dashboard)
    dashboard.point(.press, place)
    dashboard.point(.drag, Point(column: place.column + 5, row: place.row))
    #expect(dashboard.status?.text == Sentence.wholeRunShown)
    dashboard.point(.release, place)
    #expect(dashboard.window.cursor == nil && dashboard.window.range == nil)
    dashboard.point(.wheel(-3), place)
    let before = try #require(dashboard.window.range)
    let area = try #require(dashboard.layout.area(of: .loss))
    let step = try #require(dashboard.step(at: place, of: .loss, in: area)).step
    dashboard.point(.press, place)
    let target = Point(column: place.column + 10, row: place.row - 1)
    dashboard.point(.drag, target)
    let moved = try #require(dashboard.window.range)
    #expect(moved.lower < before.lower && abs(moved.length - before.length) < 1e-9)
    let under = try #require(dashboard.step(at: target, of: .loss, in: area)).step
    #expect(abs(under - step) < before.length / 30)
    // Back where it was held.
    dashboard.point(.drag, Point(column: place.column + 1, row: place.row))
    dashboard.point(.drag, Point(column: place.column - 1000, row: place.row))
    #expect(dashboard.window.range?.upper == Double(ScriptedRun.steps))
    dashboard.point(.release, place)
    #expect(dashboard.window.cursor == nil)
    // Without a button held nothing moves.
    let last = dashboard.window
    dashboard.point(.drag, place)
    dashboard.point(.release, place)
    #expect(dashboard.window == last)
  }

  @Test func `the charts of a grid are zoomed like the others`() throws {
    var dashboard = Dashboard.training(width: 120, height: 36)
    dashboard.press(.character("/"), .character("*"), .enter)
    let place = Point(column: 90, row: 25)
    dashboard.point(.wheel(-2), place)
    #expect(dashboard.window.range != nil)
    dashboard.click(place)
    let cursor = try #require(dashboard.window.cursor)
    let area = try #require(dashboard.layout.area(of: .grid))
    let step = try #require(dashboard.step(at: place, of: .grid, in: area))
    #expect(abs(step.step - cursor) < 1)
  }

  @Test(arguments: [(100, 30), (60, 12), (200, 60)])
  func `a click in the raster chooses the unit in that row`(width: Int, height: Int) throws {
    var dashboard = Dashboard.training(width: width, height: height)
    dashboard.press(.character("2"), .character("a"))
    let area = try #require(dashboard.layout.area(of: .raster))
    dashboard.point(.wheel(2), Point(column: area.column + 12, row: area.row + 3))
    #expect(dashboard.rasterRow == 6)
    let place = Point(column: area.column + 12, row: area.row + 3)
    dashboard.click(place)
    let unit = dashboard.browser.unit(of: "h")
    #expect(unit == dashboard.unitRows[8])
    let row = dashboard.frame.rowText(place.row)
    #expect(row.contains("\(dashboard.glyphs.selected)") && row.contains("\(unit)"))
    dashboard.point(.wheel(1000), place)
    #expect(dashboard.rasterRow + area.height - 2 == 128)
  }

  private func entries(_ count: Int) -> [RunEntry] {
    (0..<count).map {
      RunEntry(
        name: "run-\($0)-x", folder: "/runs/\($0)", experiment: "digits", state: "completed")
    }
  }

  @Test func `a click in the list of runs chooses the run, and the wheel moves the list`() throws {
    var dashboard = Dashboard.training(width: 100, height: 30)
    dashboard.press(.character("5"))
    _ = dashboard.update(.listed(entries(40)))
    for name in ["run-5-x", "run-0-x", "run-7-x"] {
      dashboard.click(try #require(dashboard.place(of: name)))
      #expect(dashboard.runs.selectedEntry?.name == name)
    }
    let place = try #require(dashboard.place(of: "run-3-x"))
    dashboard.point(.wheel(4), place)
    #expect(dashboard.place(of: "run-11-x") == nil)
    #expect(dashboard.place(of: "run-12-x")?.row == 4)
    #expect(dashboard.runs.selectedEntry?.name == "run-12-x")
    dashboard.click(try #require(dashboard.place(of: "run-15-x")))
    #expect(dashboard.runs.selectedEntry?.name == "run-15-x")
    #expect(dashboard.place(of: "run-12-x")?.row == 4)
    dashboard.point(.wheel(100), place)
    #expect(dashboard.place(of: "run-39-x") != nil)
    dashboard.point(.wheel(-100), place)
    #expect(dashboard.runs.selectedIndex.map { $0 < 12 } == true)
    #expect(dashboard.place(of: "run-0-x") != nil)
    // The heading and the border are no rows.
    let before = dashboard.runs.selected
    dashboard.click(Point(column: 5, row: 3))
    dashboard.click(Point(column: 5, row: 2))
    #expect(dashboard.runs.selected == before)
  }

  @Test func `a click in the log chooses the line and puts the cursor at its step`() throws {
    var dashboard = Dashboard.training(width: 100, height: 30)
    dashboard.press(.character("6"))
    let place = try #require(dashboard.place(of: "570"))
    dashboard.click(place)
    #expect(dashboard.chosenLogEntry?.step == 570 && dashboard.window.cursor == 570)
    #expect(dashboard.frame[place.column, place.row].style.role == .selection)
    let scroll = dashboard.logScroll
    dashboard.point(.wheel(-2), place)
    #expect(dashboard.logScroll == scroll + 6)
    dashboard.point(.wheel(20), place)
    #expect(dashboard.logScroll == 0)
    dashboard.press(.escape)
    #expect(dashboard.chosenLogEntry == nil && dashboard.page == .log)
  }

  @Test func `a click in the sweep's table chooses the row, which the chart marks too`() throws {
    var dashboard = Dashboard.training(width: 100, height: 40)
    let run = ScriptedRun()
    dashboard.tell([run.event(.swept(run.sweep()), step: 1406)])
    dashboard.press(.character("7"))
    let area = try #require(dashboard.layout.area(of: .sweepTable))
    let place = Point(column: area.column + 4, row: area.row + 3)
    let chart = dashboard.frame.rowText(6)
    dashboard.click(place)
    #expect(dashboard.sweepSelection == 1)
    #expect(dashboard.frame[place.column, place.row].style.role == .selection)
    #expect(dashboard.frame.rowText(6) != chart || dashboard.frame.text.contains("●"))
    dashboard.press(.escape)
    #expect(dashboard.sweepSelection == nil && dashboard.page == .sweep)
  }
}

extension Dashboard {
  @discardableResult
  mutating func point(_ kind: PointerEvent.Kind, _ place: Point) -> [Effect] {
    update(.pointer(PointerEvent(kind, at: place)))
  }

  /// Presses the button and lets it go.
  @discardableResult
  mutating func click(_ place: Point) -> [Effect] {
    point(.press, place) + point(.release, place)
  }

  /// Where a text is first drawn.
  func place(of text: String, from row: Int = 0) -> Point? {
    for row in row..<size.height {
      let line = frame.rowText(row)
      guard let range = line.firstRange(of: text) else { continue }
      return Point(column: String(line[..<range.lowerBound]).cellWidth, row: row)
    }
    return nil
  }
}
