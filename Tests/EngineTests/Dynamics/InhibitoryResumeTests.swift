import Engine
import Testing

@Suite struct InhibitoryResumeTests {
  private typealias Knobs = InhibitoryKnobs

  /// Runs to a reading, stops there, and goes on from what was saved after the end was told.
  private func interrupted(
    at step: Int, _ change: (inout InhibitoryConfiguration) -> Void = { _ in }
  ) throws -> (before: [StudyEvent], stop: Conclusion, after: [StudyEvent]) {
    var first = try InhibitoryStudy.small(change)
    let before = try first.events(until: step)
    let stop = try first.stopped()
    var second = try InhibitoryStudy.small(change)
    try second.restore(first.snapshot())
    return (before, stop, try second.events())
  }

  // In the transient, at its end, and while measuring.
  @Test(arguments: [1, 17, 40, 41, 63, 99])
  func `a run that was stopped goes on as if it had not been`(step: Int) throws {
    var whole = try InhibitoryStudy.small()
    let expected = try whole.events()
    let found = try interrupted(at: step)
    #expect(found.before + found.after == expected)
    let modulation = try InhibitoryStudy.conclusion(found.after).measured("modulation")
    #expect(modulation != nil)
  }

  @Test func `all kinds of simulation go on`() throws {
    let changes: [(inout InhibitoryConfiguration) -> Void] = [
      { ($0.topology, $0.delay) = (.global, 0.3) }, { $0.method = .clock }, { $0.delay = 0 },
      { $0.coupling = Schedule(.linear(start: 0.5, end: 4)) },
    ]
    for change in changes {
      var whole = try InhibitoryStudy.small(change)
      let expected = try whole.events()
      let found = try interrupted(at: 55, change)
      #expect(found.before + found.after == expected)
    }
  }

  @Test func `a stop tells what was measured until then, and nothing before`() throws {
    let early = try interrupted(at: 30).stop
    #expect(early.metrics == [])
    let stop = try interrupted(at: 70).stop
    #expect(stop.measured("from") == 20 && stop.measured("to") == 35)
    let rate = try #require(stop.measured("rate"))
    #expect(rate > 0.2 && rate < 0.4)
    // Empty bins would make the rate look as if it were switched on and off.
    var shorter = try InhibitoryStudy.small { $0.duration = 15 }
    let expected = try InhibitoryStudy.conclusion(try shorter.events())
    #expect(stop.measured("modulation") == expected.measured("modulation"))
    #expect(stop.measured("activeFraction") == expected.measured("activeFraction"))
  }

  @Test func `a run goes on with what was turned, in its present network`() throws {
    let turns: [(step: Int, edit: Edit)] = [
      (8, .set(knob: Knobs.delay, value: 0.2)), (12, .scale(knob: Knobs.coupling, factor: 3)),
      (20, .perform(action: Knobs.newNetwork)), (30, .perform(action: Knobs.silence)),
      (34, .set(knob: Knobs.highest, value: 1.7)), (36, .perform(action: Knobs.perturb)),
    ]
    var whole = try InhibitoryStudy.small()
    for (step, edit) in turns {
      _ = try whole.events(until: step)
      _ = try whole.apply(edit)
    }
    _ = try whole.events(until: 90)
    var resumed = try InhibitoryStudy.small()
    try resumed.restore(whole.snapshot())
    _ = try whole.apply(.undo)
    _ = try resumed.apply(.undo)
    let expected = try whole.events()
    let found = try resumed.events()
    #expect(expected.count > 20 && found == expected)
  }

  @Test func `an end is told again as it was`() throws {
    var whole = try InhibitoryStudy.small()
    let end = try InhibitoryStudy.conclusion(try whole.events())
    var again = try InhibitoryStudy.small()
    try again.restore(whole.snapshot())
    // There is no reading left that `events` would wait for.
    let told = try again.advance(within: .zero)
    #expect(told == [.ended(end)])
    let more = try again.advance(within: .zero)
    #expect(more.isEmpty)
  }

  @Test func `a state of something else is refused, and nothing has changed`() throws {
    // So long that pulses are in flight.
    let delay = 2.0
    var study = try InhibitoryStudy.small { $0.delay = delay }
    _ = try study.events(until: 10)
    let saved = study.snapshot()
    var others = [
      try InhibitoryStudy.small(seed: 2) { $0.delay = delay },
      try InhibitoryStudy.small { ($0.delay, $0.neurons) = (delay, 61) },
      try InhibitoryStudy.small(),
      try InhibitoryStudy.small { ($0.delay, $0.coupling) = (delay, Schedule(.hold(2))) },
    ]
    for index in others.indices {
      #expect(throws: CheckpointError.self) { try others[index].restore(saved) }
      #expect(others[index].progress.step == 0)
    }
    for index in 0...1 {
      #expect(throws: CheckpointError.self) { try others[index].branch(from: saved) }
    }
    for index in saved.tensors.indices {
      var damaged = saved
      damaged.tensors[index].doubles = damaged.tensors[index].doubles.map { Array($0.dropLast()) }
      #expect(throws: CheckpointError.self) { try study.restore(damaged) }
      damaged.tensors.remove(at: index)
      #expect(throws: CheckpointError.self) { try study.restore(damaged) }
    }
    var late = saved
    late.metadata["step"] = "12"
    #expect(throws: CheckpointError.self) { try study.restore(late) }
    #expect(study.progress.step == 10)
  }
}
