import Testing

@testable import Engine

/// A saved training goes on as if nothing had happened.
@Suite struct ResumeTests {
  /// Small, with a rule that edits, edits of a user and a validation out of turn.
  private static func study(threads: Int = 1) throws -> TrainingStudy {
    var configuration = TrainingConfiguration.tiny(epochs: 6)
    configuration.plateau = PlateauConfiguration(patience: 1, factor: 0.5, minimum: 1)
    configuration.evaluation.everyEpochs = 2
    return try TrainingStudy(tiny: configuration, threads: threads)
  }

  private static func edit(_ study: TrainingStudy) throws {
    switch study.progress.step {
    case 3: _ = try study.apply(.scale(knob: "w.*", factor: 0.5))
    case 5: _ = try study.apply(.hold(knob: "learningRate"))
    case 6: _ = try study.apply(.undo)
    case 9: _ = try study.apply(.perform(action: "validate"))
    default: break
    }
  }

  /// One unit of work after another to the end, with the state before each.
  private static func journey() throws -> (saved: [Checkpoint], events: [[StudyEvent]]) {
    let study = try study()
    var (saved, events): ([Checkpoint], [[StudyEvent]]) = ([], [])
    var lastStep = -1
    while true {
      if study.progress.step != lastStep {
        lastStep = study.progress.step
        try edit(study)
      }
      saved.append(study.snapshot())
      let next = try study.advance(within: .zero)
      guard !next.isEmpty else { return (saved, events) }
      events.append(next)
    }
  }

  private static func isStep(_ events: [StudyEvent]) -> Bool {
    events.contains { if case .stepped = $0 { true } else { false } }
  }

  /// Steps, results, edits and the end; how far an evaluation has come is not told again in the
  /// same pieces.
  private static func lasting(_ events: [[StudyEvent]]) -> [StudyEvent] {
    events.flatMap(\.self).filter { !$0.isProgress }
  }

  @Test func `it goes on bit for bit from every moment, on another number of threads`() throws {
    let (saved, events) = try Self.journey()
    let last = try #require(saved.last)
    #expect(events.filter(Self.isStep).count == 24)
    for moment in saved.indices {
      let study = try Self.study(threads: 2)
      try study.restore(saved[moment])
      var rest: [[StudyEvent]] = []
      var lastStep = study.progress.step
      while true {
        let next = try study.advance(within: .zero)
        guard !next.isEmpty else { break }
        rest.append(next)
        if study.progress.step != lastStep {
          lastStep = study.progress.step
          try Self.edit(study)
        }
      }
      let expected = moment < events.count ? Array(events[moment...]) : Array(events.suffix(1))
      // At its end a run tells it again, without the results before it.
      #expect(
        Self.lasting(rest).suffix(1) == Self.lasting(expected).suffix(1), "moment \(moment)")
      if moment < events.count {
        #expect(Self.lasting(rest) == Self.lasting(expected), "moment \(moment)")
      }
      #expect(study.snapshot() == last, "moment \(moment)")
    }
  }

  @Test func `a run that was stopped goes on as if it had not been`() throws {
    let (saved, _) = try Self.journey()
    let last = try #require(saved.last)
    for moment in stride(from: 0, to: saved.count, by: 3) {
      let stopped = try Self.study()
      try stopped.restore(saved[moment])
      guard moment + 1 < saved.count else { break }
      stopped.stop(reason: "enough")
      _ = try stopped.advance(within: .zero)
      let study = try Self.study()
      try study.restore(stopped.snapshot())
      var lastStep = study.progress.step
      while try !study.advance(within: .zero).isEmpty {
        guard study.progress.step != lastStep else { continue }
        lastStep = study.progress.step
        try Self.edit(study)
      }
      #expect(study.snapshot() == last, "moment \(moment)")
    }
  }

  @Test func `a completed run tells its end again, with more epochs it goes on`() throws {
    let study = try Self.study()
    let last = try study.runToEnd().last
    let again = try Self.study()
    try again.restore(study.snapshot())
    #expect(try again.advance(within: .zero) == [last])
    #expect(try again.advance(within: .zero).isEmpty)
    var longer = TrainingConfiguration.tiny(epochs: 8)
    longer.evaluation.everyEpochs = 2
    let branch = try TrainingStudy(tiny: longer)
    try branch.branch(from: study.snapshot())
    #expect(branch.progress.step == 24)
    let end = try #require(try branch.runToEnd().last?.conclusion)
    #expect(end.epochs == 8)
  }

  @Test func `a branch keeps what was done to the schedules that it shares`() throws {
    let study = try TrainingStudy(tiny: .tiny(epochs: 4))
    _ = try study.advance(within: .zero)
    _ = try study.apply(.set(knob: "learningRate", value: 0.02))
    _ = try study.apply(.set(knob: "w.m", value: 3))
    let saved = study.snapshot()
    let branch = try TrainingStudy(
      tiny: .tiny(h: Schedule(.hold(2)), m: Schedule(.hold(5)), epochs: 4))
    try branch.branch(from: saved)
    #expect(branch.steering.value("learningRate", at: 1) == 0.02)
    #expect(branch.steering.value("w.m", at: 1) == 5)
    #expect(branch.steering.value("w.h", at: 1) == 2)
    #expect(throws: CheckpointError.self) {
      try TrainingStudy(tiny: .tiny(m: Schedule(.hold(5)), epochs: 4)).restore(saved)
    }
    #expect(throws: CheckpointError.self) {
      try TrainingStudy(tiny: .tiny(epochs: 4, seed: 6)).branch(from: saved)
    }
  }

  @Test func `a damaged state is refused and changes nothing`() throws {
    let study = try Self.study()
    for _ in 0..<5 { _ = try study.advance(within: .zero) }
    let saved = study.snapshot()
    let state = try #require(saved.metadata["state"])
    let number = try #require(state.firstMatch(of: /:[0-9]+[,}]/))
    var huge = state
    huge.replaceSubrange(number.range, with: ":9223372036854775807" + number.output.suffix(1))
    for text in ["", "{}", "[]", String(state.dropLast(9)), huge] {
      var damaged = saved
      damaged.metadata["state"] = text
      let other = try Self.study()
      let before = other.snapshot()
      #expect(throws: CheckpointError.self) { try other.restore(damaged) }
      #expect(other.snapshot() == before)
    }
  }
}
