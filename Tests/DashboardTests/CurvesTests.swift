import Engine
import Runs
import Terminal
import Testing

@testable import Dashboard

@Suite struct CurvesTests {
  @Test(arguments: [(80, 24), (120, 40), (200, 60), (40, 12)])
  func `the Curves screen is drawn as it should be`(size: (Int, Int)) throws {
    let wall = Dashboard.curves(.gaussianProcess, width: size.0, height: size.1)
    #expect(wall.page == .curves)
    try Drawing.expect(wall.frame, is: "curves-wall-\(size.0)x\(size.1)")
    let gallery = Dashboard.curves(.selfLearnable, width: size.0, height: size.1)
    try Drawing.expect(gallery.frame, is: "curves-gallery-\(size.0)x\(size.1)")
  }

  @Test func `a terminal without UTF-8 has curves too`() throws {
    let plain = Dashboard.curves(.gaussianProcess, width: 100, height: 30, glyphs: .ascii)
    #expect(plain.frame.text.unicodeScalars.allSatisfy { $0.isASCII })
    try Drawing.expect(plain.frame, is: "curves-wall-ascii-100x30")
  }

  @Test(arguments: [LearnedActivations.gaussianProcess, .selfLearnable, .head])
  func `every key of the screen changes the frame`(kind: LearnedActivations) {
    for binding in KeyMap.curves {
      for key in binding.keys {
        var dashboard = Dashboard.curves(kind, width: 120, height: 40)
        let before = dashboard.frame
        dashboard.press(key)
        #expect(dashboard.frame != before, "\(key)")
      }
    }
  }

  @Test(arguments: [(1, 1), (12, 5), (20, 6), (40, 12), (80, 24), (120, 40)])
  func `each panel alone is drawn at any size`(size: (Int, Int)) {
    for (kind, panels) in [
      (LearnedActivations.gaussianProcess, 5), (.selfLearnable, 6), (.head, 4),
    ] {
      var dashboard = Dashboard.curves(kind, width: size.0, height: size.1)
      var frames: Set<String> = []
      for _ in dashboard.candidates {
        dashboard.press(.tab, .character("F"))
        frames.insert(dashboard.frame.text)
        dashboard.press(.character("F"))
      }
      #expect(frames.count == dashboard.candidates.count || size.0 < 40)
      #expect(dashboard.candidates.count == panels)
    }
  }

  @Test func `arrows choose a curve, Enter shows it alone, Escape all again`() {
    var dashboard = Dashboard.curves(.gaussianProcess, width: 120, height: 40, units: 3)
    dashboard.press(.right, .down)
    #expect(dashboard.curves.curve?.id == "unit2.skewness")
    dashboard.press(.enter)
    #expect(dashboard.curves.isAlone && dashboard.frame.text.contains("forged"))
    dashboard.press(.escape)
    #expect(!dashboard.curves.isAlone && dashboard.page == .curves)
    for _ in 0..<9 { dashboard.press(.left) }
    #expect(dashboard.curves.curve?.id == "unit2.variance")
    #expect(dashboard.status?.text == "There is no curve there.")
  }

  @Test func `of a wall higher than the screen the rows around the chosen curve are shown`() {
    var dashboard = Dashboard.curves(.gaussianProcess, width: 80, height: 24, units: 9)
    #expect(dashboard.frame.text.contains("rows 1-"))
    for _ in 0..<8 { dashboard.press(.down) }
    #expect(dashboard.curves.curve?.id == "unit9.variance")
    #expect(dashboard.frame.text.contains("-9 of 9"))
  }

  @Test func `a click chooses a curve`() {
    var dashboard = Dashboard.curves(.gaussianProcess, width: 80, height: 24)
    dashboard.click(Point(column: 40, row: 6))
    #expect(dashboard.curves.curve?.id == "unit1.curtosis")
  }

  @Test func `a control point is held, moved and kept, and the run waits meanwhile`() {
    var dashboard = Dashboard.curves(.gaussianProcess, width: 80, height: 24)
    #expect(dashboard.press(.character("g")).contains(.send(.pause)))
    dashboard.tell([.state(.paused)])
    dashboard.press(.right)
    let moved = dashboard.press(.up)
    let height = dashboard.curves.grip?.height ?? 0
    #expect(
      moved.contains(
        .send(
          .edit(.reshape(curve: "unit1.variance", change: .move(point: 4, height: height))))))
    #expect(dashboard.press(.enter).contains(.send(.resume)))
    #expect(dashboard.curves.grip == nil)
  }

  @Test func `Escape puts a held point back, and so does nothing where it was not moved`() {
    var dashboard = Dashboard.curves(.gaussianProcess, width: 80, height: 24)
    dashboard.tell([.state(.paused)])
    dashboard.press(.character("g"))
    let original = dashboard.curves.grip?.original ?? .nan
    dashboard.press(.up, .up)
    #expect(
      dashboard.press(.escape).contains(
        .send(
          .edit(.reshape(curve: "unit1.variance", change: .move(point: 3, height: original))))))
    dashboard.press(.character("g"))
    let effects = dashboard.press(.escape)
    #expect(!effects.contains(.send(.resume)) && dashboard.page == .curves)
    #expect(dashboard.status?.text == "Point 4 is where it was.")
  }

  @Test func `leaving the screen lets a point go`() {
    var dashboard = Dashboard.curves(.gaussianProcess, width: 80, height: 24)
    dashboard.press(.character("g"))
    dashboard.tell([.state(.paused)])
    #expect(dashboard.press(.character("1")).contains(.send(.resume)))
    #expect(dashboard.curves.grip == nil)
  }

  @Test func `curves of earlier epochs are looked at, and new ones do not move them`() {
    var dashboard = Dashboard.curves(.selfLearnable, width: 80, height: 24)
    dashboard.press(.character("b"), .character("b"))
    #expect(dashboard.curves.shown?.epoch == 9)
    let run = CurvesRun(kind: .selfLearnable)
    dashboard.tell([.probe(.curves(run.look(epoch: 12))), .probe(.curves(run.look(epoch: 13)))])
    #expect(dashboard.curves.shown?.epoch == 9)
    dashboard.press(.character("B"))
    #expect(dashboard.curves.shown?.epoch == 10)
  }

  @Test func `looks of long runs are thinned out, and the newest one stays`() {
    var browser = CurvesBrowser()
    let run = CurvesRun(kind: .gaussianProcess)
    for epoch in 0..<1000 { browser.take(run.look(epoch: epoch)) }
    #expect(browser.looks.count <= CurvesBrowser.mostLooks)
    #expect(browser.shown?.epoch == 999 && browser.looks.first?.epoch == 0)
  }

  @Test func `keys ask for what the activations of the run can do`() {
    var wall = Dashboard.curves(.gaussianProcess, width: 80, height: 24)
    let straighten = Edit.reshape(curve: "unit1.variance", change: .straighten)
    #expect(wall.press(.character("t")).contains(.send(.edit(straighten))))
    let spread = Edit.reshape(curve: "unit1.variance", change: .regrid)
    #expect(wall.press(.character("z")).contains(.send(.edit(spread))))
    #expect(wall.press(.character("+")).isEmpty)
    #expect(
      wall.press(.character("n")).contains { effect in
        guard case .send(.watch(.curves(let request)?, _)) = effect else { return false }
        return request.example == .row(1)
      })
    var gallery = Dashboard.curves(.selfLearnable, width: 80, height: 24)
    let degree = Edit.reshape(curve: "2.learned", change: .degree(8))
    #expect(gallery.press(.character("+")).contains(.send(.edit(degree))))
    let basis = Edit.reshape(curve: "2.learned", change: .basis("taylor"))
    #expect(gallery.press(.character("c")).contains(.send(.edit(basis))))
    #expect(gallery.press(.character("t")).isEmpty)
    #expect(gallery.press(.character("z")).isEmpty)
  }

  @Test func `losses of stored runs of the kind stand over their sizes`() {
    var dashboard = Dashboard.curves(.gaussianProcess, width: 200, height: 60)
    let entries = [(29, 0.04), (36, 0.0025), (316, 0.0002), (106, .nan)].enumerated().map {
      RunEntry(
        name: "run\($0.offset)", folder: "/\($0.offset)",
        experiment: $0.offset == 0 ? "kolmogorov-banknote-9" : "kolmogorov-banknote",
        state: "completed", parameters: $0.element.0, loss: $0.element.1)
    }
    let other = RunEntry(
      name: "other", folder: "/other", experiment: "kolmogorov-product", state: "completed",
      parameters: 50, loss: 1)
    _ = dashboard.update(.listed(entries + [other]))
    #expect(dashboard.frame.text.contains("loss over size"))
    #expect(dashboard.frame.text.contains("3 runs"))
    dashboard.press(.character("1"))
    #expect(dashboard.press(.character("8")).contains(.listRuns))
  }

  @Test func `numbers that are not finite are drawn around`() {
    var look = CurvesRun(kind: .gaussianProcess).look(epoch: 3)
    look.curves[0].now = [.nan, .infinity, 1]
    look.curves[1].density = [[.nan, .infinity, -1], []]
    look.curves[2].points[0].gradient = .infinity
    look.shares[0].value = .nan
    look.health[0].value = .nan
    look.example?.units[0].contributions[0].value = .infinity
    look.map = DecisionMap(
      columns: 2, rows: 1, values: [.nan, 3], horizontal: 0...0, vertical: 0...0)
    for size in [(80, 24), (200, 60)] {
      var dashboard = Dashboard.curves(.gaussianProcess, width: size.0, height: size.1)
      dashboard.tell([.probe(.curves(look))])
      #expect(dashboard.frame.size == dashboard.size)
      dashboard.press(.enter)
      #expect(dashboard.frame.text.contains("variance"))
    }
  }
}
