import Dashboard
import Engine
import Runs
import Terminal
import Testing

@Suite struct StabilityTests {
  /// A dashboard of a run whose weights can be tested.
  private static func training(
    width: Int, height: Int, glyphs: Glyphs = .unicode
  ) -> Dashboard {
    var dashboard = Dashboard(
      size: Size(width: width, height: height), glyphs: glyphs, experiment: "digits")
    dashboard.tell(ScriptedRun().beginningToTest + ScriptedRun().reports(0..<400))
    return dashboard
  }

  /// One that has begun a test and got so many of its rows.
  private static func tested(
    width: Int, height: Int, rows: Int = 6, of epochs: Int = 20, loss: Double = 1.05,
    glyphs: Glyphs = .unicode
  ) -> Dashboard {
    var dashboard = training(width: width, height: height, glyphs: glyphs)
    dashboard.press(.character("9"))
    let run = ScriptedRun()
    for count in 0...rows {
      let report = run.stability(rows: count, of: epochs, factor: loss)
      dashboard.tell([run.event(.stability(report), step: 400 + count)])
    }
    if rows <= epochs {
      dashboard.tell([run.event(.evaluating(run.stabilityProgress(30)), step: 400)])
    }
    _ = dashboard.update(.tick(seconds: 100))
    return dashboard
  }

  @Test(arguments: [(80, 24), (200, 60), (40, 12)])
  func `a test is a curve over its limits and a table`(size: (Int, Int)) throws {
    var dashboard = Self.tested(width: size.0, height: size.1)
    try Drawing.expect(dashboard.frame, is: "stability-\(size.0)x\(size.1)")
    if size.1 < 20 {
      dashboard.press(.tab)
      try Drawing.expect(dashboard.frame, is: "stability-table-\(size.0)x\(size.1)")
    }
  }

  @Test func `V asks for the surrogate, and Enter takes what was asked for last`() {
    #expect(Self.training(width: 200, height: 24).frame.text.contains("V stability"))
    var dashboard = Self.training(width: 100, height: 24)
    #expect(dashboard.press(.character("V")).isEmpty)
    #expect(dashboard.frame.rowText(23).contains("stability with"))
    #expect(dashboard.frame.rowText(23).contains("Enter: identity 1e-5 20"))
    #expect(dashboard.press(.enter).first == .send(.testStability(StabilityPlan())))
    #expect(dashboard.page == .stability)
    dashboard.press(.character("V"), .character("c"), .character("l"), .tab)
    #expect(dashboard.frame.rowText(23).contains("clipped_relu"))
    for key in "0.001 5" { dashboard.press(.character(key)) }
    let plan = StabilityPlan(surrogate: "clipped_relu", rate: 0.001, epochs: 5)
    #expect(dashboard.press(.enter) == [.send(.testStability(plan))])
    #expect(dashboard.press(.character("V"), .enter) == [.send(.testStability(plan))])
    dashboard.press(.character("V"), .escape)
    #expect(dashboard.overlay == nil)
    for key in ":stability relu" { dashboard.press(.character(key)) }
    let other = StabilityPlan(surrogate: "relu", rate: 0.001, epochs: 5)
    #expect(dashboard.press(.enter) == [.send(.testStability(other))])
  }

  @Test func `a test is told with its progress, its verdict and its end`() {
    var dashboard = Self.tested(width: 100, height: 24, loss: 1.06)
    #expect(dashboard.frame.rowText(1).contains("Stability 30 %"))
    #expect(dashboard.frame.text.contains("(repelled)"))
    for key in ":stability off" { dashboard.press(.character(key)) }
    #expect(dashboard.press(.enter) == [.send(.testStability(nil))])
    var run = ScriptedRun().stability(rows: 6, of: 20)
    run.isCancelled = true
    dashboard.tell([ScriptedRun().event(.stability(run), step: 406)])
    #expect(!dashboard.frame.rowText(1).contains("%"))
    #expect(dashboard.log.last?.text.contains("given up after 5 of 20 epochs") == true)
    for key in ":stability off" { dashboard.press(.character(key)) }
    #expect(dashboard.press(.enter).isEmpty)
    #expect(dashboard.status?.text == "No test of stability goes on.")
    let held = Self.tested(width: 100, height: 24, rows: 3, of: 2, loss: 1.01)
    #expect(
      held.log.last?.text == "Stability with identity: held, 1.020 times the loss after 2 epochs")
    #expect(held.farewell.contains { $0.hasPrefix("Stability with identity: held") })
    #expect(!held.frame.text.contains("(held)") && held.frame.text.contains("held"))
    let diverged = Self.tested(width: 100, height: 24, rows: 2, loss: .nan)
    #expect(diverged.frame.text.contains("repelled, training diverged in epoch 1"))
  }

  @Test func `what cannot be tested says so`() {
    var plain = Dashboard.withoutSites(width: 80, height: 24)
    #expect(plain.press(.character("V")).isEmpty && plain.overlay == nil)
    #expect(
      plain.status?.text == "Nothing is quantized here, so that no surrogate can be tested.")
    plain.press(.character("9"))
    #expect(plain.page == .train && plain.status?.text == "This run has no screen Stability.")
    #expect(!plain.frame.text.contains("V stability"))
    var dashboard = Self.training(width: 80, height: 24)
    for key in "Vbogus" { dashboard.press(.character(key)) }
    #expect(dashboard.press(.enter).isEmpty && dashboard.status?.kind == .error)
    for key in "Vrelu x" { dashboard.press(.character(key)) }
    #expect(dashboard.press(.enter).isEmpty && dashboard.status?.kind == .error)
    dashboard.tell([.declined(reason: "not enough memory")])
    #expect(dashboard.status?.text == "Not done: not enough memory")
    // A test changes nothing, so it may come after the end.
    dashboard.tell(ScriptedRun().ending)
    let effects = dashboard.press(.character("V"), .enter)
    #expect(effects.contains(.send(.testStability(StabilityPlan()))))
  }

  @Test func `the table follows its end until it is scrolled, and every size can show it`() {
    var dashboard = Self.tested(width: 80, height: 24, rows: 15)
    #expect(dashboard.frame.text.contains("│    14 "))
    dashboard.press(.home)
    #expect(dashboard.frame.text.contains("│     0    0.0816"))
    #expect(!dashboard.frame.text.contains("│    14 "))
    dashboard.press(.character("k"))
    #expect(dashboard.status?.text == "There is nothing further this way.")
    for glyphs in [Glyphs.unicode, .ascii] {
      var dashboard = Self.tested(width: 80, height: 24, glyphs: glyphs)
      for height in 0..<40 {
        for width in stride(from: 0, to: 200, by: 7) {
          _ = dashboard.update(.resized(Size(width: width, height: height)))
          #expect(dashboard.frame.size == dashboard.size)
          guard glyphs.isASCII else { continue }
          #expect(dashboard.frame.text.unicodeScalars.allSatisfy { $0.isASCII })
        }
      }
    }
  }

  @Test func `a replay shows the tests of its record`() {
    var dashboard = Self.training(width: 80, height: 24)
    dashboard.press(.character("9"))
    let report = ScriptedRun().stability(rows: 3, of: 2)
    dashboard.tell([ScriptedRun().event(.stability(report), step: 405)])
    #expect(dashboard.stability == report)
    #expect(dashboard.frame.text.contains("held"))
  }
}

extension ScriptedRun {
  /// The beginning of the same run, whose weights can be tested.
  var beginningToTest: [RunnerReport] {
    beginning.map { report in
      guard case .began(var beginning) = report else { return report }
      beginning.summary.surrogates = ["clipped_relu", "identity", "relu"]
      return .began(beginning)
    }
  }

  /// A test with so many rows, whose loss is multiplied each epoch.
  func stability(rows: Int, of epochs: Int, factor: Double = 1.06) -> StabilityReport {
    var (test, loss) = (StabilityTest(), 0.0816)
    for epoch in 0..<rows {
      test.append(
        StabilityTest.Row(epoch: epoch, loss: loss, accuracy: 0.99 - 0.004 * Double(epoch)))
      loss *= factor
    }
    return StabilityReport(
      plan: StabilityPlan(epochs: epochs), step: 400, samples: 1438, test: test)
  }

  func stabilityProgress(_ done: Int) -> EvaluationProgress {
    EvaluationProgress(split: .training, done: done, total: 100, purpose: .stability)
  }
}
