import Engine
import Runs
import Terminal
import Testing

@testable import Dashboard

@Suite struct TheoryTests {
  @Test(arguments: [(80, 24), (120, 40), (200, 60), (40, 12), (40, 32)])
  func `the Theory screen is drawn as it should be`(size: (Int, Int)) throws {
    let dashboard = try Dashboard.theory(width: size.0, height: size.1)
    try Drawing.expect(dashboard.frame, is: "theory-\(size.0)x\(size.1)")
  }

  @Test func `the first frame and a terminal without UTF-8 are drawn as they should be`() throws {
    try Drawing.expect(
      try Dashboard.theory(width: 80, height: 24, steps: 0).frame, is: "theory-first-80x24")
    let plain = try Dashboard.theory(width: 120, height: 40, glyphs: .ascii)
    #expect(plain.frame.text.unicodeScalars.allSatisfy { $0.isASCII })
    try Drawing.expect(plain.frame, is: "theory-ascii-120x40")
  }

  @Test func `batches have their angle and their loss`() throws {
    let dashboard = try Dashboard.theory(width: 120, height: 40, steps: 300) {
      ($0.mode, $0.start, $0.startNorm) = (.sampled, .random, 3)
    }
    #expect(dashboard.frame.text.contains("off by"))
    try Drawing.expect(dashboard.frame, is: "theory-sampled-120x40")
  }

  @Test(arguments: [(1, 1), (20, 6), (40, 12), (80, 24), (120, 40)])
  func `each panel alone is drawn at any size`(size: (Int, Int)) throws {
    var dashboard = try Dashboard.theory(width: size.0, height: size.1)
    dashboard.press(.character("F"))
    var frames: Set<String> = []
    for _ in 0..<9 {
      dashboard.press(.tab)
      frames.insert(dashboard.frame.text)
    }
    #expect(frames.count == 9 || size.0 < 40)
  }

  @Test func `screens that make no sense are not offered`() throws {
    var dashboard = try Dashboard.theory(width: 100, height: 30)
    #expect(dashboard.page == .theory)
    #expect(!dashboard.frame.rowText(1).contains("Raster"))
    for key in ["2", "4", "7"] as [Character] {
      dashboard.press(.character(key))
      #expect(dashboard.page == .theory)
      #expect(dashboard.status?.text.hasPrefix("This run has no screen") == true)
    }
    dashboard.press(.character("1"))
    #expect(dashboard.page == .train && dashboard.frame.text.contains("clipped_relu"))
    dashboard.press(.escape)
    #expect(dashboard.page == .theory)
    var training = Dashboard.training(width: 100, height: 30)
    training.press(.character("8"))
    #expect(training.page == .train && !training.frame.rowText(1).contains("Theory"))
  }

  @Test func `every key of the screen changes the frame`() throws {
    let start = try Dashboard.theory(width: 100, height: 30)
    for binding in KeyMap.bindings {
      switch binding.scope {
      case .always, .everywhere: break
      case .pages(let pages) where pages.contains(.theory): break
      default: continue
      }
      for key in binding.keys {
        var dashboard = start
        _ = dashboard.update(.tick(seconds: 100))
        let before = dashboard.frame
        let effects = dashboard.press(key)
        let isSeenElsewhere = effects.contains {
          [.quit, .suspend, .repaint, .nextTheme, .picture(path: nil)].contains($0)
        }
        #expect(isSeenElsewhere || dashboard.frame != before, "\(key)")
      }
    }
  }

  @Test func `no key has two meanings on the screen`() {
    var seen: [Key: String] = [:]
    for binding in KeyMap.bindings {
      guard case .pages(let pages) = binding.scope, pages.contains(.theory) else { continue }
      for key in binding.keys {
        #expect(seen[key] == nil, "\(key): \(seen[key] ?? "") and \(binding.name)")
        seen[key] = binding.name
      }
    }
    #expect(seen.count >= 12)
  }

  @Test func `keys turn the knobs`() throws {
    var dashboard = try Dashboard.theory(width: 100, height: 30)
    let sent = { (key: Character) in
      dashboard.press(.character(key)).compactMap { effect -> Edit? in
        if case .send(.edit(let edit)) = effect { edit } else { nil }
      }
    }
    #expect(sent("e") == [.choose(knob: "estimator", option: "relu")])
    #expect(sent("e") == [.choose(knob: "estimator", option: "clipped_relu")])
    #expect(sent("E") == [.choose(knob: "estimator", option: "relu")])
    #expect(sent("b") == [.set(knob: "batch", value: 1000)])
    #expect(sent("B") == [.set(knob: "batch", value: 50)])
    #expect(sent("m") == [.choose(knob: "mode", option: "sampled")])
    #expect(sent("n") == [.choose(knob: "normaliseW", option: "on")])
    #expect(sent("o") == [.choose(knob: "start", option: "nearSaddle")])
    #expect(sent("r") == [.perform(action: "newStart")])
    #expect(sent("+") == [.set(knob: "speed", value: 400)])
    #expect(sent("-") == [.set(knob: "speed", value: 200)])
    #expect(sent("{").count == 1)
    #expect(sent("v") == [] && dashboard.status?.text.contains("nothing to validate") == true)
  }

  @Test func `a new start begins the curves anew, and what was turned is said`() throws {
    var run = try TheoryRun()
    var dashboard = Dashboard(size: Size(width: 120, height: 40))
    dashboard.tell(run.beginning + (try run.reports(until: 600)))
    #expect(dashboard.frame.text.contains("times, last at"))
    dashboard.tell(try run.edit(.choose(knob: "estimator", option: "relu")))
    #expect(dashboard.status?.text == "estimator is now relu")
    dashboard.tell(try run.edit(.undo))
    #expect(dashboard.status?.text == "Undone: estimator relu to identity")
    dashboard.tell(try run.edit(.perform(action: "newStart")))
    #expect(dashboard.status?.text == "Begun anew at another random start")
    #expect(!dashboard.frame.text.contains("times, last at"))
    dashboard.tell(try run.reports(until: 640))
    #expect(dashboard.frame.text.contains("random 1"))
  }

  @Test func `a record alone tells outcomes, residuals and what was turned`() throws {
    var run = try TheoryRun()
    var live = Dashboard(size: Size(width: 120, height: 40))
    var shown = live
    func tell(_ reports: [RunnerReport]) {
      live.tell(reports)
      shown.tell(
        reports.filter {
          switch $0 {
          case .knobs, .probe: false
          default: true
          }
        })
    }
    tell(run.beginning + (try run.reports(until: 60)))
    for dashboard in [live, shown] {
      #expect(dashboard.frame.text.contains("foretold 93"), "\(dashboard.frame.text)")
      #expect(dashboard.frame.text.contains("mode exact"))
    }
    tell(try run.edit(.choose(knob: "estimator", option: "fast_sigmoid(k=12)")))
    tell(try run.edit(.choose(knob: "estimator", option: "relu")))
    tell(try run.edit(.undo))
    tell(try run.edit(.choose(knob: "normaliseW", option: "on")))
    tell(try run.edit(.choose(knob: "mode", option: "sampled")))
    tell(try run.edit(.set(knob: "batch", value: 10)))
    tell(try run.reports(until: 70))
    #expect(shown.theoryLanes[0].name == "fast_sigmoid(k=12)")
    for text in ["lead fast_sigmoid", "sampled, batch 10", "normalise w on", "start nearSpurious"] {
      #expect(live.frame.text.contains(text) && shown.frame.text.contains(text), "\(text)")
    }
    tell(try run.edit(.undo) + run.edit(.perform(action: "newStart")))
    tell(try run.reports(until: 200))
    for text in ["sampled, batch 50", "random 1"] {
      #expect(live.frame.text.contains(text) && shown.frame.text.contains(text), "\(text)")
    }
    tell(try run.reports(until: .max))
    #expect(shown.frame.text.contains("rose"), "\(shown.frame.text)")
    for word in ["running", "collapse", "global", "saddle", "minimum", "on its way"] {
      let counts = [live, shown].map { $0.frame.text.ranges(of: word).count }
      #expect(counts[0] == counts[1], "\(word)\n\(live.frame.text)\n\(shown.frame.text)")
    }
  }

  @Test func `the look is asked for while the screen is shown`() throws {
    var dashboard = Dashboard(size: Size(width: 100, height: 30))
    let effects = dashboard.tell(try TheoryRun().beginning)
    #expect(
      effects.contains { if case .send(.watch(.theory?, _)) = $0 { true } else { false } })
    let away = dashboard.press(.character("6"))
    #expect(away.contains { if case .send(.watch(nil, _)) = $0 { true } else { false } })
  }
}
