import Dashboard
import Engine
import Runs
import Terminal
import Testing

@Suite struct FrameTests {
  @Test(arguments: [(80, 24), (120, 36), (200, 60), (40, 12), (1, 1)])
  func `the Train screen is drawn as it should be`(size: (Int, Int)) throws {
    let dashboard = Dashboard.training(width: size.0, height: size.1)
    try Drawing.expect(dashboard.frame, is: "train-\(size.0)x\(size.1)")
  }

  @Test func `the other screens are drawn as they should be`() throws {
    var dashboard = Dashboard.training(width: 100, height: 30)
    for (key, name) in [("2", "raster"), ("3", "schedule"), ("6", "log")] {
      dashboard.press(.character(Character(key)))
      try Drawing.expect(dashboard.frame, is: "\(name)-100x30")
    }
  }

  @Test(arguments: [(200, 60), (120, 36), (100, 30), (80, 24), (40, 28), (40, 12), (12, 5)])
  func `the Layers screen is drawn as it should be`(size: (Int, Int)) throws {
    var dashboard = Dashboard.training(width: size.0, height: size.1)
    dashboard.press(.character("4"))
    try Drawing.expect(dashboard.frame, is: "layers-\(size.0)x\(size.1)")
  }

  @Test func `energy is shown with what it assumes, and scrolls to the end of it`() throws {
    var dashboard = Dashboard.training(width: 40, height: 12)
    dashboard.press(.character("4"), .tab, .tab, .tab, .tab)
    try Drawing.expect(dashboard.frame, is: "energy-40x12")
    dashboard.press(.end)
    #expect(dashboard.frame.text.contains("transport"))
    dashboard.press(.down)
    #expect(dashboard.status?.text == "There is nothing further this way.")
    _ = dashboard.update(.resized(Size(width: 200, height: 60)))
    #expect(dashboard.frame.text.contains("arithmetic alone at 45 nm"))
  }

  @Test func `the Layers screen says what a run without quantizers has`() throws {
    var dashboard = Dashboard.withoutSites(width: 80, height: 24)
    dashboard.press(.character("4"))
    try Drawing.expect(dashboard.frame, is: "plain-layers-80x24")
    var early = Dashboard(size: Size(width: 80, height: 24), experiment: "digits")
    early.press(.character("4"))
    try Drawing.expect(early.frame, is: "preparing-layers-80x24")
    early.tell(ScriptedRun().beginning)
    #expect(early.frame.text.contains("comes with the first validation"))
  }

  @Test func `a terminal without UTF-8 gets plain characters only`() throws {
    var dashboard = Dashboard.training(width: 80, height: 24, glyphs: .ascii)
    try Drawing.expect(dashboard.frame, is: "train-ascii-80x24")
    let keys: [Key] = [
      .character("2"), .character("3"), .character("4"), .character("6"), .character("?"),
      .escape,
      .character("q"),
    ]
    for key in keys {
      dashboard.press(key)
      #expect(dashboard.frame.text.unicodeScalars.allSatisfy { $0.isASCII })
    }
  }

  @Test func `the first frame needs no report and keeps the layout of a running one`() throws {
    let dashboard = Dashboard(size: Size(width: 80, height: 24), experiment: "digits")
    try Drawing.expect(dashboard.frame, is: "preparing-80x24")
  }

  @Test func `a run that is over shows its outcome and test accuracies`() throws {
    var dashboard = Dashboard.training(width: 80, height: 24, steps: ScriptedRun.steps)
    dashboard.tell(ScriptedRun().ending)
    try Drawing.expect(dashboard.frame, is: "ended-80x24")
    #expect(dashboard.frame.rowText(0).contains("completed"))
    #expect(dashboard.frame.rowText(1).contains("test spiking 96.8 % ± 0.3  w=∞ 97.6 %"))
    _ = dashboard.update(.resized(Size(width: 100, height: 24)))
    #expect(dashboard.frame.rowText(1).contains("test spiking 96.8 % ± 0.3  w=∞ 97.6 %"))
  }

  @Test func `drawing twice gives the same frame and changes nothing`() {
    let dashboard = Dashboard.training(width: 90, height: 30)
    let copy = dashboard
    #expect(dashboard.frame == dashboard.frame)
    #expect(dashboard == copy)
  }

  @Test func `a run without quantizers gives its room to what it has`() throws {
    for (width, height) in [(80, 24), (120, 36), (40, 12)] {
      let dashboard = Dashboard.withoutSites(width: width, height: height)
      try Drawing.expect(dashboard.frame, is: "plain-\(width)x\(height)")
    }
  }

  @Test func `outliers are off the scale and counted, and r shows them`() throws {
    var dashboard = Dashboard.training(width: 80, height: 24)
    let run = ScriptedRun()
    let readings = Readings(
      epoch: 20, step: 1406, samples: 0, values: [Reading("loss", 9e5), Reading("loss", 8e5)])
    dashboard.tell([run.event(.stepped(readings), step: 1406)])
    dashboard.tell(run.reports(1406..<1600))
    try Drawing.expect(dashboard.frame, is: "outliers-80x24")
    #expect(dashboard.frame.rowText(9).contains("2 off scale ▲"))
    dashboard.press(.character("r"))
    #expect(!dashboard.frame.rowText(9).contains("off scale"))
    #expect(dashboard.frame.rowText(23).contains("loss: the scale holds all values."))
    dashboard.press(.character("r"))
    #expect(dashboard.frame.rowText(9).contains("2 off scale ▲"))
  }

  @Test(arguments: [(80, 24), (30, 8), (20, 5), (10, 3), (5, 2), (1, 1)])
  func `the quit dialog shows its answers at any size`(size: (Int, Int)) throws {
    var dashboard = Dashboard.training(width: size.0, height: size.1)
    dashboard.press(.character("q"))
    try Drawing.expect(dashboard.frame, is: "quit-\(size.0)x\(size.1)")
    #expect(dashboard.frame.text.contains("s"))
    if size.0 >= 5 {
      for key in ["s", "x", "c"] { #expect(dashboard.frame.text.contains(key)) }
    }
    #expect(dashboard.press(.down, .enter) == [.quit])
  }

  @Test(arguments: [(80, 24), (40, 12), (20, 5)])
  func `a run that could not begin says why in the middle of the screen`(
    size: (Int, Int)
  ) throws {
    var dashboard = Dashboard(
      size: Size(width: size.0, height: size.1), experiment: "digits")
    let reason =
      "There are no files of mnist in /home/someone/.cache/interspike/data/mnist. "
      + "`interspike fetch mnist` downloads them, or --data names the folder that has them."
    dashboard.tell([.failed(reason: reason)])
    try Drawing.expect(dashboard.frame, is: "failed-\(size.0)x\(size.1)")
    dashboard.press(.character("6"))
    #expect(!dashboard.frame.text.contains("could not begin"))
  }

  @Test func `series differ without colours`() {
    let marks = (0..<8).map(Glyphs.unicode.mark(ofSeries:))
    #expect(Set(marks).count == marks.count)
    #expect(Set((0..<8).map(Glyphs.ascii.mark(ofSeries:))).count == 8)
    for (key, names) in [("1", ["h 0.48", "m 0.92"]), ("3", ["h 0.707", "m 2.83"])] {
      var dashboard = Dashboard.training(width: 120, height: 36)
      dashboard.press(.character(Character(key)))
      for (name, mark) in zip(names, marks) {
        #expect(dashboard.frame.text.contains("\(mark.marker) \(name)"))
      }
    }
  }

  /// What a terminal without colours shows of the curves of one panel: their attributes.
  @Test func `training and validation differ without colours`() throws {
    let frame = Dashboard.training(width: 200, height: 60).frame
    let attributes = { (rows: Range<Int>, columns: Range<Int>) -> Set<Emphasis> in
      Set(
        rows.flatMap { row in
          columns.map { frame[$0, row] }.filter { (0x2801...0x28FF).contains($0.scalar.value) }
        }.map { Theme.mono.appearance(of: $0.style, depth: .none).attributes })
    }
    #expect(attributes(3..<24, 4..<50) == [.dim, .bold])
    #expect(attributes(3..<24, 70..<110) == [.dim, .bold, []])
  }

  @Test func `no size traps, on any screen`() {
    var dashboards = [Dashboard.training(width: 80, height: 24, steps: 700)]
    for key in ["2", "3", "4", "6", "7", "?", "q"] {
      var dashboard = dashboards[0]
      dashboard.press(.character(Character(key)))
      dashboards.append(dashboard)
    }
    dashboards.append(.withoutSites(width: 80, height: 24))
    var failed = Dashboard(size: .zero)
    failed.tell([.failed(reason: "no such file\n\nlook for it")])
    dashboards.append(failed)
    for (index, dashboard) in dashboards.enumerated() {
      var dashboard = dashboard
      for height in stride(from: 0, through: 45, by: index == 0 ? 1 : 3) {
        for width in stride(from: 0, through: 130, by: index == 0 ? 1 : 5) {
          let size = Size(width: width, height: height)
          _ = dashboard.update(.resized(size))
          #expect(dashboard.frame.size == size)
        }
      }
    }
  }
}
