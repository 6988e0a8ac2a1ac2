import Engine
import Foundation
import Runs
import Terminal
import Testing

@testable import Dashboard

@Suite struct DynamicsTests {
  private static func influenced(_ run: inout DynamicsRun) {
    run.influences = [
      .init(ranks: 380...399, drive: nil), .init(ranks: 200...239, drive: 0.2),
    ]
  }

  @Test(arguments: [(200, 60), (150, 40), (80, 24), (40, 12)])
  func `the Network screen is drawn as it should be`(size: (Int, Int)) throws {
    let dashboard = Dashboard.dynamics(width: size.0, height: size.1, Self.influenced)
    #expect(dashboard.page == .dynamics)
    try Drawing.expect(dashboard.frame, is: "network-\(size.0)x\(size.1)")
  }

  @Test func `a terminal without UTF-8 has a raster too`() throws {
    let plain = Dashboard.dynamics(width: 100, height: 30, glyphs: .ascii, Self.influenced)
    #expect(plain.frame.text.unicodeScalars.allSatisfy { $0.isASCII })
    try Drawing.expect(plain.frame, is: "network-ascii-100x30")
  }

  @Test func `gauges and schedules of a simulation are drawn as they should be`() throws {
    var dashboard = Dashboard.dynamics(width: 80, height: 24)
    dashboard.press(.character("1"))
    try Drawing.expect(dashboard.frame, is: "network-train-80x24")
    // What has no values yet takes no room.
    #expect(!dashboard.frame.text.contains("rate modulation"))
    dashboard.press(.character("3"))
    try Drawing.expect(dashboard.frame, is: "network-schedule-80x24")
    dashboard.press(.up, .up)
    #expect(dashboard.press(.enter).contains { Self.edit(of: $0).map(Self.isSchedule) ?? false })
  }

  @Test(arguments: [(0, 0), (1, 1), (12, 5), (20, 6), (40, 12), (80, 24), (120, 40)])
  func `each panel alone is drawn at any size`(size: (Int, Int)) {
    var dashboard = Dashboard.dynamics(width: size.0, height: size.1)
    dashboard.press(.character("F"))
    var frames: Set<String> = []
    for _ in dashboard.candidates {
      dashboard.press(.tab)
      frames.insert(dashboard.frame.text)
    }
    #expect(dashboard.candidates.count == 6)
    #expect(frames.count == 6 || size.0 < 40)
    #expect(dashboard.frame.size == dashboard.size)
  }

  @Test(arguments: [false, true])
  func `every key of the screen changes the frame`(isGlobal: Bool) {
    for binding in KeyMap.bindings {
      switch binding.scope {
      case .always, .everywhere: break
      case .pages(let pages) where pages.contains(.dynamics): break
      default: continue
      }
      for key in binding.keys {
        var dashboard = Dashboard.dynamics(width: 100, height: 30) { $0.isGlobal = isGlobal }
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

  @Test func `helps of the keys have at most sixty columns`() {
    for binding in KeyMap.dynamics { #expect(binding.fullDescription.count <= 60) }
  }

  // MARK: Keys

  private static func edit(of effect: Effect) -> Edit? {
    if case .send(.edit(let edit)) = effect { edit } else { nil }
  }

  private static func isSchedule(_ edit: Edit) -> Bool {
    if case .schedule(InhibitoryKnobs.coupling, _) = edit { true } else { false }
  }

  @Test func `keys turn the knobs`() {
    var dashboard = Dashboard.dynamics(width: 100, height: 30)
    let sent = { (key: Character) in
      dashboard.press(.character(key)).compactMap(Self.edit)
    }
    let notch = KeyMap.couplingNotch
    #expect(sent("g") == [.scale(knob: "coupling", factor: notch)])
    #expect(sent("G") == [.scale(knob: "coupling", factor: pow(notch, -1))])
    #expect(sent("d") == [.set(knob: "delay", value: 0.375)])
    // What was asked for counts at once.
    #expect(sent("D") == [.set(knob: "delay", value: 0.375 * pow(1.25, -1))])
    #expect(sent("i") == [.set(knob: "inDegree", value: 25)])
    #expect(sent("I") == [.set(knob: "inDegree", value: 20)])
    #expect(sent("e") == [.set(knob: "highest", value: 1.55)])
    #expect(sent("*") == [.set(knob: "speed", value: 40)])
    #expect(sent("/") == [.set(knob: "speed", value: 20)])
    #expect(sent("n") == [.perform(action: "perturb")])
    #expect(sent("0") == [.perform(action: "restart")])
    #expect(sent("N") == [.perform(action: "newNetwork")])
    #expect(sent("R") == [.perform(action: "releaseAll")])
    #expect(sent("u") == [.undo])
    #expect(sent("v") == [] && dashboard.status?.text.contains("nothing to validate") == true)
    #expect(dashboard.press(.character("+")).compactMap(Self.edit).isEmpty)
  }

  @Test func `a delay falls to zero and comes back from it, and a small in-degree moves`() {
    var dashboard = Dashboard.dynamics(width: 100, height: 30) { $0.delay = 0.011 }
    let sent = { (key: Character) in dashboard.press(.character(key)).compactMap(Self.edit) }
    #expect(sent("D") == [.set(knob: "delay", value: 0)])
    #expect(sent("D") == [] && dashboard.status?.text == "There is nothing further this way.")
    #expect(sent("d") == [.set(knob: "delay", value: 0.01)])
    for _ in 0..<30 { _ = sent("I") }
    #expect(sent("i") == [.set(knob: "inDegree", value: 2)])
  }

  @Test func `a coupling of zero can be left`() {
    var dashboard = Dashboard.dynamics(width: 100, height: 30) {
      $0.coupling = ScheduleJournal(Schedule(.hold(0)), steps: DynamicsRun.steps)
    }
    let effects = dashboard.press(.character("g"))
    #expect(effects.compactMap(Self.edit) == [.set(knob: "coupling", value: 0.01)])
  }

  @Test func `a coupling falls to zero from its least`() {
    let sent = { (coupling: Double, keys: [Key]) -> [Edit] in
      var dashboard = Dashboard.dynamics(width: 100, height: 30) {
        $0.coupling = ScheduleJournal(Schedule(.hold(coupling)), steps: DynamicsRun.steps)
      }
      return dashboard.update(.keys(keys)).compactMap(Self.edit)
    }
    let (up, down) = (Key.character("g"), Key.character("G"))
    let notch = KeyMap.couplingNotch
    let zero = Edit.set(knob: "coupling", value: 0)
    #expect(sent(0.0105, [down]) == [zero])
    #expect(sent(0.02, Array(repeating: down, count: 50)) == [zero])
    #expect(sent(0, [down]) == [])
    // What stays above the least, or rises to it, goes by notches.
    #expect(sent(0.01 * notch, [down]) == [.scale(knob: "coupling", factor: pow(notch, -1))])
    #expect(sent(0.001, [up]) == [.scale(knob: "coupling", factor: notch)])
  }

  @Test func `held keys are done as one`() {
    var dashboard = Dashboard.dynamics(width: 100, height: 30)
    let effects = dashboard.update(.keys([.character("d"), .character("d")]))
    #expect(effects.compactMap(Self.edit) == [.set(knob: "delay", value: 0.3 * 1.5625)])
  }

  // MARK: Chosen neurons

  @Test func `arrows choose ranks, which the run is told when something is done to them`() {
    var dashboard = Dashboard.dynamics(width: 100, height: 30)
    #expect(dashboard.chosenRanks == 380...399)
    dashboard.press(.down)
    #expect(dashboard.chosenRanks == 376...395)
    dashboard.press(.left)
    #expect(dashboard.chosenRanks == 386...395)
    dashboard.press(.right, .up, .up)
    #expect(dashboard.chosenRanks == 380...399)
    dashboard.press(.down)
    #expect(
      dashboard.press(.character("x")).compactMap(Self.edit) == [
        .set(knob: "first", value: 377), .set(knob: "last", value: 396),
        .perform(action: "silence"),
      ])
    // Chosen elsewhere, they are chosen here too.
    var run = DynamicsRun()
    run.chosen = 10...19
    dashboard.tell([.knobs(run.knobs)])
    #expect(dashboard.chosenRanks == 10...19)
    #expect(
      dashboard.press(.character("z")).compactMap(Self.edit) == [.perform(action: "stimulate")])
  }

  @Test func `a click in the raster chooses the ranks under the pointer`() {
    var dashboard = Dashboard.dynamics(width: 80, height: 24)
    dashboard.click(Point(column: 30, row: 3))
    #expect(dashboard.chosenRanks.upperBound == 399)
    dashboard.click(Point(column: 30, row: 4))
    #expect(dashboard.chosenRanks.upperBound < 399 && dashboard.chosenRanks.lowerBound > 300)
    #expect(dashboard.frame.text.contains("chosen"))
  }

  @Test(arguments: [400, 129, 128, 7])
  func `rows stand for the ranks that the raster has in them`(neurons: Int) {
    let dashboard = Dashboard.dynamics(width: 80, height: 24) {
      ($0.neurons, $0.chosen) = (neurons, 0...0)
    }
    let raster = DynamicsRun(neurons: neurons).look(at: 123).raster
    let rows = Dictionary(grouping: 0..<neurons) { $0 * raster.rows / neurons }
    for row in 0..<raster.rows {
      let ranks = dashboard.ranks(ofRows: row...row, of: raster)
      #expect(Array(ranks) == rows[row], "row \(row)")
    }
    #expect(dashboard.ranks(ofRows: 0...raster.rows - 1, of: raster) == 0...neurons - 1)
  }

  // MARK: What is asked for and said

  @Test func `the look is asked for with the span while the screen is shown`() {
    var dashboard = Dashboard(size: Size(width: 100, height: 30))
    let request = { (span: Double) in
      Effect.send(
        .watch(.dynamics(DynamicsRequest(span: span)), every: Dashboard.dynamicsInterval))
    }
    #expect(dashboard.tell(DynamicsRun().beginning).contains(request(20)))
    #expect(dashboard.press(.character("-")).contains(request(50)))
    #expect(dashboard.press(.character("+"), .character("+")).contains(request(10)))
    let away = dashboard.press(.character("6"))
    #expect(away.contains { if case .send(.watch(nil, _)) = $0 { true } else { false } })
  }

  @Test func `the header tells simulated time, and the end is told by it`() {
    var dashboard = Dashboard.dynamics(width: 120, height: 30)
    let header = dashboard.frame.rowText(0)
    #expect(header.contains("simulating  time 123/400") && header.contains("20 time/s"))
    let run = DynamicsRun()
    let conclusion = Conclusion(outcome: .completed, reason: "", epochs: 4, metrics: [])
    dashboard.tell([run.event(.ended(conclusion), step: DynamicsRun.steps)])
    #expect(dashboard.log.entries.last?.text.contains("at time 400") == true)
    #expect(!dashboard.farewell.joined().contains("epoch"))
  }

  @Test func `only screens that make sense are offered, and what was done is said`() {
    var dashboard = Dashboard.dynamics(width: 120, height: 30)
    let tabs = dashboard.frame.rowText(1)
    #expect(tabs.contains("8 Network") && !tabs.contains("Raster") && !tabs.contains("Layers"))
    let record = EditRecord(
      step: 246, source: .user, edit: .perform(action: "silence"), changes: [])
    dashboard.tell([DynamicsRun().event(.edited(record), step: 246)])
    #expect(dashboard.status?.text == "The chosen neurons are silenced")
    var training = Dashboard.training(width: 100, height: 30)
    training.press(.character("8"))
    #expect(training.page == .train)
  }

  @Test func `a record alone has the field and the last readings`() {
    var dashboard = Dashboard(size: Size(width: 100, height: 30), mode: .replay)
    let run = DynamicsRun()
    dashboard.tell(
      run.beginning.filter { if case .knobs = $0 { false } else { true } }
        + run.reports(until: 200))
    dashboard.press(.character("8"))
    #expect(dashboard.page == .dynamics && dashboard.candidates == [.field, .observables])
    #expect(dashboard.frame.text.contains("order"))
  }

  @Test func `numbers that are not finite are drawn around`() {
    var look = DynamicsRun().look(at: 50)
    look.field.values = [.nan, .infinity, 1, -.infinity]
    look.rate.values = []
    look.rates.byRow = [.nan]
    look.rates.histogram = []
    look.rates.highest = .infinity
    look.raster.filled = [0, 5, 1_000_000]
    look.places = [.init(coupling: 0, delay: 0, order: .nan)]
    look.boundaries[0].points = [SIMD2(.nan, 1), SIMD2(-1, 3), SIMD2(1, 1e300)]
    look.comparisons[0].measured = .nan
    for size in [(40, 12), (80, 24), (200, 60)] {
      var dashboard = Dashboard.dynamics(width: size.0, height: size.1)
      dashboard.tell([.probe(.dynamics(look))])
      #expect(dashboard.frame.size == dashboard.size)
    }
  }
}
