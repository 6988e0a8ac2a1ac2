import Dashboard
import Engine
import Runs
import Terminal
import Testing

@Suite struct SweepTests {
  /// A dashboard that has asked for a sweep and got it.
  private static func swept(width: Int, height: Int, glyphs: Glyphs = .unicode) -> Dashboard {
    var dashboard = Dashboard.training(width: width, height: height, glyphs: glyphs)
    dashboard.press(.character("W"))
    dashboard.tell([ScriptedRun().event(.swept(ScriptedRun().sweep()), step: 1406)])
    return dashboard
  }

  @Test(arguments: [(80, 24), (200, 60), (40, 12)])
  func `a sweep is a curve and a table`(size: (Int, Int)) throws {
    var dashboard = Self.swept(width: size.0, height: size.1)
    try Drawing.expect(dashboard.frame, is: "sweep-\(size.0)x\(size.1)")
    if size.1 < 20 {
      dashboard.press(.tab)
      try Drawing.expect(dashboard.frame, is: "sweep-table-\(size.0)x\(size.1)")
    }
  }

  @Test func `W asks for a sweep, shows its screen and says how far it is`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    #expect(dashboard.press(.character("W")).first == .send(.sweep))
    #expect(dashboard.page == .sweep)
    #expect(dashboard.frame.text.contains("W measures the present weights over w"))
    let progress = EvaluationProgress(split: .validation, done: 30, total: 120, purpose: .sweep)
    dashboard.tell([ScriptedRun().event(.evaluating(progress), step: 1406), .state(.evaluating)])
    #expect(dashboard.frame.rowText(0).contains("sweeping w 25 %"))
    #expect(dashboard.frame.rowText(2).contains("25 %"))
    dashboard.tell([ScriptedRun().event(.swept(ScriptedRun().sweep()), step: 1406)])
    dashboard.tell([.state(.training)])
    #expect(!dashboard.frame.rowText(0).contains("sweeping"))
    #expect(dashboard.frame.rowText(2).contains("w=∞ 97.5"))
    #expect(
      dashboard.log.last?.text == "Swept w at 10 points: 93.9 % as trained, 97.5 % at infinity")
    dashboard.press(.escape)
    #expect(dashboard.page == .train)
    #expect(dashboard.sweep?.rows.count == 10)
  }

  @Test func `a sweep may be asked for in a pause and after the end`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    dashboard.tell([.state(.paused)])
    #expect(dashboard.press(.character("W")).contains(.send(.sweep)))
    dashboard.tell(ScriptedRun().ending)
    #expect(dashboard.press(.character("W")).contains(.send(.sweep)))
    let progress = EvaluationProgress(split: .validation, done: 1, total: 4, purpose: .sweep)
    dashboard.tell([ScriptedRun().event(.evaluating(progress), step: ScriptedRun.steps)])
    #expect(dashboard.frame.rowText(0).contains("sweeping w 25 %"))
    #expect(dashboard.run.phase == .ended)
  }

  @Test func `a run that has no w or cannot take orders says so`() {
    var plain = Dashboard.withoutSites(width: 80, height: 24)
    #expect(plain.press(.character("W")).isEmpty)
    #expect(plain.status?.text == "This run has no resolution w to turn.")
    plain.press(.character("7"))
    #expect(plain.page == .train && plain.status?.text == "This run has no screen Sweep.")
    var failed = Dashboard(size: Size(width: 80, height: 24))
    failed.tell([.failed(reason: "no")])
    #expect(failed.press(.character("W")).isEmpty)
  }

  @Test func `the table scrolls to its last row and every size can show it`() {
    var dashboard = Self.swept(width: 40, height: 12)
    dashboard.press(.tab)
    #expect(dashboard.frame.text.contains("rows 1-6 of 10"))
    dashboard.press(.end)
    #expect(dashboard.frame.text.contains("rows 5-10 of 10"))
    #expect(dashboard.frame.text.contains("∞"))
    dashboard.press(.character("j"))
    #expect(dashboard.status?.text == "There is nothing further this way.")
    for glyphs in [Glyphs.unicode, .ascii] {
      var dashboard = Self.swept(width: 80, height: 24, glyphs: glyphs)
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

  @Test func `sweeps of one row, of no scores or without a trained row can be drawn`() {
    var odd = ScriptedRun().sweep()
    odd.rows = [odd.rows[9]]
    var silent = ScriptedRun().sweep()
    for index in silent.rows.indices { silent.rows[index].metrics = [] }
    var single = ScriptedRun().sweep()
    single.rows = [single.rows[3]]
    var empty = ScriptedRun().sweep()
    (empty.rows, empty.sites, empty.swept) = ([], [], [])
    for sweep in [odd, silent, single, empty] {
      var dashboard = Self.swept(width: 80, height: 24)
      dashboard.tell([ScriptedRun().event(.swept(sweep), step: 1406)])
      #expect(dashboard.frame.size == dashboard.size)
    }
  }
}

extension ScriptedRun {
  /// Nine resolutions and infinity; accuracies that rise with w.
  func sweep() -> ResolutionSweep {
    let rows = (-3...5).map { exponent -> ResolutionSweep.Row in
      let factor = exponent < 0 ? 1 / Double(1 << -exponent) : Double(1 << exponent)
      let metrics = [
        Reading("spiking.accuracy", 0.975 - 0.036 / factor),
        Reading("spiking.spread", exponent < 3 ? 0.012 : 0.003), Reading("spiking.draws", 5),
        Reading("spiking.loss", 0.1), Reading("operations.events", 3000 * factor),
        Reading("sites.h.bitsRange", 1.585 * max(1, factor)),
        Reading("sites.m.bitsRange", 2 + Double(exponent) / 2),
        Reading("sites.h.significantBits", 0.3 * factor),
        Reading("sites.m.significantBits", 0.5 * factor),
        Reading("sites.h.zeroFraction", 0.3), Reading("sites.m.zeroFraction", 0.4),
      ]
      return .init(
        position: factor, resolutions: [factor, 4 * factor], isTrained: exponent == 0,
        metrics: metrics)
    }
    let plain = ResolutionSweep.Row(
      position: .infinity, resolutions: [.infinity, .infinity], isTrained: false,
      metrics: [Reading("nonSpiking.accuracy", 0.975), Reading("nonSpiking.loss", 0.08)])
    return ResolutionSweep(
      epoch: 37, step: 1406, split: .validation, samples: 179, sites: ["h", "m"],
      swept: ["h", "m"], rows: rows + [plain])
  }
}
