import Dashboard
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

  @Test func `a terminal without UTF-8 gets plain characters only`() throws {
    var dashboard = Dashboard.training(width: 80, height: 24, glyphs: .ascii)
    try Drawing.expect(dashboard.frame, is: "train-ascii-80x24")
    let keys: [Key] = [
      .character("2"), .character("3"), .character("6"), .character("?"), .escape,
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
  }

  @Test func `drawing twice gives the same frame and changes nothing`() {
    let dashboard = Dashboard.training(width: 90, height: 30)
    let copy = dashboard
    #expect(dashboard.frame == dashboard.frame)
    #expect(dashboard == copy)
  }

  @Test func `no size traps, on any screen`() {
    var dashboards = [Dashboard.training(width: 80, height: 24, steps: 700)]
    for key in ["2", "3", "6", "?"] {
      var dashboard = dashboards[0]
      dashboard.press(.character(Character(key)))
      dashboards.append(dashboard)
    }
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
