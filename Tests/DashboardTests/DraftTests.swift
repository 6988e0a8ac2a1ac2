import Engine
import Runs
import Terminal
import Testing

@testable import Dashboard

/// Schedules that are drawn by hand.
@Suite struct DraftTests {
  private static func knob(_ schedule: Schedule, id: String = "w.h") -> ScheduledKnob? {
    ScheduledKnob(
      Knob(
        id: id, title: id, site: "h",
        kind: .schedule(ScheduleJournal(schedule, steps: 1000), range: 0.01...1000)))
  }

  private static func draft(_ schedule: Schedule, step: Int = 0) throws -> ScheduleDraft {
    ScheduleDraft(try #require(knob(schedule)), allowed: 0.01...1000, step: step)
  }

  private func value(_ draft: ScheduleDraft, _ place: Double) -> Double {
    draft.schedule.value(at: place * 1000, of: 1000)
  }

  @Test func `a draft begins with the path that is in force`() throws {
    let geometric = Schedule(.geometric(start: 64, end: 1), hold: 0.5)
    let draft = try Self.draft(geometric)
    #expect(draft.points.count == 2 && draft.hold == 0.5)
    for place in [0, 0.1, 0.25, 0.4, 0.5, 0.8, 1] {
      let expected = geometric.value(at: place * 1000, of: 1000)
      #expect(abs(value(draft, place) - expected) < 1e-9 * expected, "\(place)")
    }
    let points = Schedule(
      .keypoints(
        [
          .init(position: 0, value: 8), .init(position: 0.3, value: 2),
          .init(position: 1, value: 4),
        ],
        interpolation: .hold))
    #expect(try Self.draft(points).schedule == points)
  }

  @Test func `points of a held schedule and of a single one are taken as they act`() throws {
    let held = Schedule(
      .keypoints(
        [.init(position: 0, value: 8), .init(position: 1, value: 2)], interpolation: .log),
      hold: 0.6)
    let single = Schedule(.keypoints([.init(position: 0.5, value: 4)], interpolation: .linear))
    for schedule in [held, single] {
      var draft = try Self.draft(schedule)
      for place in [0, 0.1, 0.2, 0.39, 0.6, 1] {
        let expected = schedule.value(at: place * 1000, of: 1000)
        #expect(abs(value(draft, place) - expected) < 1e-6, "\(place)")
      }
      let isAdded = draft.add()
      #expect(isAdded)
    }
  }

  @Test(arguments: ScheduleDraft.Preset.allCases)
  func `a rate that ends at 0 stays small whatever the shape`(
    _ preset: ScheduleDraft.Preset
  ) throws {
    let knob = try #require(
      ScheduledKnob(
        Knob(
          id: "learningRate", title: "rate",
          kind: .schedule(
            ScheduleJournal(Schedule(.cosine(start: 0.003, end: 0)), steps: 1000), range: 0...100)))
    )
    var draft = ScheduleDraft(knob, allowed: 0...100, step: 200)
    for _ in 0..<3 {
      draft.take(preset)
      try draft.schedule.validate(allowed: 0...100)
      for index in 0...100 { #expect(value(draft, Double(index) / 100) <= 0.0031) }
      draft.nextInterpolation()
      try draft.schedule.validate(allowed: 0...100)
    }
  }

  @Test func `points are chosen, turned, moved, added and deleted within their limits`() throws {
    var draft = try Self.draft(Schedule(.geometric(start: 64, end: 1), hold: 0.5))
    func done(_ change: (inout ScheduleDraft) -> Bool) -> Bool { change(&draft) }
    #expect(draft.selected == 1 && draft.place(of: draft.point) == 0.5)
    #expect(done { $0.turn(4) } && abs(draft.point.value - 2) < 1e-9)
    #expect(done { $0.add() } && draft.points.count == 3 && draft.selected == 1)
    #expect(abs(draft.place(of: draft.point) - 0.25) < 1e-9)
    #expect(done { $0.move(-10) } && abs(draft.place(of: draft.point) - 0.15) < 1e-9)
    _ = done { $0.move(1000) }
    #expect(draft.point.position < 1 && draft.point.position > 0.99)
    #expect(done { $0.remove() } && draft.points.count == 2)
    while done({ $0.select(-1) }) {}
    #expect(draft.selected == 0 && !done { $0.remove() })
    #expect(!done { $0.set(5000) } && done { $0.set(500) })
    _ = done { $0.turn(1000) }
    #expect(draft.point.value == 1000 && !done { $0.turn(1) })
    for _ in 0..<200 { _ = done { $0.add() } }
    #expect(draft.points.count <= 64)
    try draft.schedule.validate(allowed: 0.01...1000)
  }

  @Test func `bypass and hold grow and shrink, and the ends move with them`() throws {
    var draft = try Self.draft(Schedule(.geometric(start: 64, end: 1), hold: 0.5))
    func done(_ change: (inout ScheduleDraft) -> Bool) -> Bool { change(&draft) }
    #expect(done { $0.lengthenHold(2) } && abs(draft.hold - 0.6) < 1e-9)
    #expect(done { $0.lengthenBypass(3) } && abs(draft.bypass - 0.15) < 1e-9)
    #expect(draft.schedule.value(at: 149, of: 1000) == .infinity)
    #expect(abs(draft.schedule.value(at: 150, of: 1000) - 64) < 1e-9)
    #expect(abs(draft.schedule.value(at: 400, of: 1000) - 1) < 1e-9)
    while done({ $0.select(1) }) {}
    #expect(done { $0.move(10) } && abs(draft.hold - 0.5) < 1e-9)
    #expect(done { $0.lengthenHold(100) } && draft.bypass + draft.hold < 1)
    #expect(!done { $0.lengthenBypass(1) } && !done { $0.lengthenHold(1) })
    try draft.schedule.validate(allowed: 0.01...1000)
    #expect(done { $0.lengthenBypass(-100) } && draft.bypass == 0)
    // A learning rate has no bypass.
    let knob = try #require(Self.knob(Schedule(.hold(1)), id: "learningRate"))
    var rate = ScheduleDraft(knob, allowed: 0...100, step: 0)
    let isLonger = rate.lengthenBypass(1)
    #expect(!isLonger && rate.bypass == 0)
  }

  @Test(arguments: ScheduleDraft.Preset.allCases, [0, 300, 999])
  func `a shape goes from now to the end and leaves what was`(
    _ preset: ScheduleDraft.Preset, step: Int
  ) throws {
    let schedule = Schedule(.geometric(start: 64, end: 1), hold: 0.4)
    var draft = try Self.draft(schedule, step: step)
    let now = value(draft, Double(step) / 1000)
    draft.take(preset)
    try draft.schedule.validate(allowed: 0.01...1000)
    #expect(abs(value(draft, 1) - 1) < 1e-9)
    if preset != .plateaus {
      #expect(abs(value(draft, Double(step) / 1000) - now) < 1e-6 * now)
    }
  }

  @Test func `what is drawn is shown, applied with Enter and dropped with Escape`() {
    var dashboard = Dashboard.training(width: 120, height: 36)
    _ = dashboard.press(.character("3"), .up)
    #expect(dashboard.draft != nil)
    #expect(dashboard.status?.text.contains("w.h point") == true)
    #expect(dashboard.frame.text.contains("drawn: Enter applies"))
    #expect(dashboard.frame.text.contains("◈"))
    _ = dashboard.press(.character("o"))
    #expect(dashboard.status?.text == Sentence.draftFirst)
    let drawn = dashboard.draft
    let effects = dashboard.press(.enter)
    guard case .send(.edit(.schedule("w.h", let schedule)))? = effects.first else {
      Issue.record("\(effects)")
      return
    }
    // It stays in view until the run has taken it.
    #expect(schedule == drawn?.schedule && dashboard.draft == drawn)
    let record = EditRecord(
      step: 1406, source: .user, edit: .schedule(knob: "w.h", schedule: schedule), changes: [])
    dashboard.tell([ScriptedRun().event(.edited(record), step: 1406)])
    #expect(dashboard.draft == nil)
    _ = dashboard.press(.character("o"), .character("a"))
    #expect(dashboard.draft?.knob == "w.m")
    for key in ":point 12" { _ = dashboard.press(.character(key)) }
    _ = dashboard.press(.enter)
    #expect(dashboard.draft?.point.value == 12)
    _ = dashboard.press(.escape)
    #expect(dashboard.draft == nil && dashboard.status?.text == Sentence.draftDropped)
    // The learning rate has its own strip.
    _ = dashboard.press(.character("o"), .character("p"))
    #expect(dashboard.draft?.knob == "learningRate")
    _ = dashboard.press(.escape, .enter)
    #expect(dashboard.zoomed == .resolution)
  }

  @Test func `nothing is drawn where there is nothing to steer`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    dashboard.tell(ScriptedRun().ending)
    _ = dashboard.press(.character("3"), .up)
    #expect(dashboard.draft == nil)
    #expect(dashboard.status?.text == Sentence.alreadyOver)
  }

  @Test(arguments: [(0, 0), (1, 1), (40, 12), (80, 24), (200, 60)])
  func `drawing suits any size`(width: Int, height: Int) {
    var dashboard = Dashboard.training(width: width, height: height)
    _ = dashboard.press(.character("3"))
    for key in "akjhlHLipx" {
      _ = dashboard.press(.character(key))
      #expect(dashboard.frame.size == Size(width: width, height: height))
    }
  }
}
