import Engine
import Foundation
import Testing

@Suite struct SteeringTests {
  private func value(_ study: TrainingStudy, _ knob: String) -> Double? {
    guard case .schedule(let journal, _)? = study.knobs.first(where: { $0.id == knob })?.kind
    else { return nil }
    return journal.value(at: study.progress.step)
  }

  @Test func `a notch on all resolutions changes each, and undo and redo follow`() throws {
    let study = try TrainingStudy(tiny: .tiny())
    let record = try study.apply(.scale(knob: "w.*", factor: 0.5))
    #expect(record.changes.map(\.knob) == ["w.h", "w.m"])
    #expect(value(study, "w.h") == 8)
    #expect(value(study, "w.m") == 32)
    _ = try study.apply(.undo)
    #expect(value(study, "w.h") == 16)
    _ = try study.apply(.redo)
    #expect(value(study, "w.m") == 32)
    #expect(throws: EditError.nothingToRedo) { try study.apply(.redo) }
  }

  @Test func `the next step trains at the edited value and says so`() throws {
    let study = try TrainingStudy(tiny: .tiny())
    _ = try study.apply(.set(knob: "w.m", value: 2))
    _ = try study.apply(.set(knob: "learningRate", value: 0.125))
    let events = try study.advance(within: .zero)
    guard case .stepped(let readings)? = events.first else {
      Issue.record("no step")
      return
    }
    #expect(readings.values.contains(Reading("w.m", 2)))
    #expect(readings.values.contains(Reading("learningRate", 0.125)))
  }

  @Test func `refused edits name the fault and change nothing`() throws {
    let study = try TrainingStudy(tiny: .tiny())
    let before = study.knobs
    #expect(throws: EditError.unknownKnob("w.x")) {
      try study.apply(.scale(knob: "w.x", factor: 2))
    }
    #expect(throws: EditError.unknownKnob("explode")) {
      try study.apply(.perform(action: "explode"))
    }
    #expect(
      throws: EditError.outOfRange(
        knob: "w.m", value: 1e9, allowed: QuantizerSite.allowedResolution)
    ) { try study.apply(.set(knob: "w.m", value: 1e9)) }
    let reversed = Schedule(
      .keypoints(
        [.init(position: 0.5, value: 4), .init(position: 0.2, value: 2)], interpolation: .log))
    #expect(
      throws: EditError.invalidSchedule(
        knob: "w.h", reason: .notIncreasing(field: "points", index: 1))
    ) { try study.apply(.schedule(knob: "w.h", schedule: reversed)) }
    #expect(throws: EditError.nothingToUndo) { try study.apply(.undo) }
    #expect(study.knobs == before)
  }

  @Test func `held resolutions stay while training goes on`() throws {
    let study = try TrainingStudy(tiny: .tiny(epochs: 4))
    _ = try study.advance(within: .zero)
    _ = try study.apply(.hold(knob: "w.*"))
    let held = value(study, "w.m")
    _ = try study.advance(within: .zero)
    _ = try study.advance(within: .zero)
    #expect(value(study, "w.m") == held)
    _ = try study.apply(.release(knob: "w.*"))
    #expect(value(study, "w.m") == held)
  }

  @Test func `validation on demand comes before the next batch`() throws {
    let study = try TrainingStudy(tiny: .tiny())
    _ = try study.advance(within: .zero)
    _ = try study.apply(.perform(action: "validate"))
    var events: [StudyEvent] = []
    while !events.contains(where: { if case .evaluated = $0 { true } else { false } }) {
      events += try study.advance(within: .zero)
    }
    #expect(study.progress.step == 1)
  }

  @Test func `a plateau rule halves resolutions by ordinary edits, down to its minimum`() throws {
    var configuration = TrainingConfiguration.tiny(
      h: Schedule(.hold(4)), m: Schedule(.hold(4)), epochs: 12)
    configuration.optimizer.learningRate = Schedule(.hold(0))
    configuration.plateau = PlateauConfiguration(patience: 1, factor: 0.5, minimum: 1)
    let study = try TrainingStudy(tiny: configuration)
    var records: [EditRecord] = []
    for case .edited(let record) in try study.runToEnd() { records.append(record) }
    #expect(!records.isEmpty)
    #expect(records.allSatisfy { $0.source == .rule })
    #expect(value(study, "w.m") == 1)
  }

  @Test func `a saved state is restored exactly, and one of another shape is refused`() throws {
    let study = try TrainingStudy(tiny: .tiny())
    for _ in 0..<4 { _ = try study.advance(within: .zero) }
    let saved = study.snapshot()
    let other = try TrainingStudy(tiny: .tiny())
    try other.restore(saved)
    #expect(other.snapshot() == saved)
    #expect(other.progress.step == study.progress.step)
    var configuration = TrainingConfiguration.tiny()
    configuration.model.lmu?.hidden = 13
    let larger = try TrainingStudy(tiny: configuration)
    let before = larger.snapshot()
    #expect(throws: CheckpointError.self) { try larger.restore(saved) }
    #expect(larger.snapshot() == before)
  }

  @Test func `edits that would break training are refused`() throws {
    let study = try TrainingStudy(tiny: .tiny())
    let rates = OptimizerConfiguration.allowedLearningRate
    #expect(
      throws: EditError.outOfRange(knob: "learningRate", value: .infinity, allowed: rates)
    ) { try study.apply(.set(knob: "learningRate", value: .infinity)) }
    #expect(throws: EditError.self) { try study.apply(.set(knob: "w.m", value: .nan)) }
    #expect(throws: EditError.self) { try study.apply(.scale(knob: "w.*", factor: 1e308)) }
    let bypassed = Schedule(.hold(1e-3), bypass: 0.5)
    #expect(throws: EditError.self) {
      try study.apply(.schedule(knob: "learningRate", schedule: bypassed))
    }
    #expect(throws: EditError.self) {
      try study.apply(
        .schedule(knob: "learningRate", schedule: Schedule(.geometric(start: 1e-3, end: 0))))
    }
  }

  @Test func `a schedule that leaves the allowed range stays at its end`() throws {
    let falling = Schedule(
      .exponential(start: 64, rate: 0.01, decaySteps: 1, staircase: false))
    let study = try TrainingStudy(tiny: .tiny(h: falling, m: falling, epochs: 4))
    let end = try #require(try study.runToEnd().last?.conclusion)
    #expect(end.outcome == .completed)
  }

  @Test func `a run repeated from its edits is the same bit for bit`() throws {
    let first = try TrainingStudy(tiny: .tiny(epochs: 3))
    var records: [EditRecord] = []
    for _ in 0..<3 { _ = try first.advance(within: .zero) }
    records.append(try first.apply(.scale(knob: "w.*", factor: 0.5)))
    records.append(try first.apply(.set(knob: "learningRate", value: 0.02)))
    _ = try first.advance(within: .zero)
    records.append(try first.apply(.undo))
    _ = try first.runToEnd()

    let second = try TrainingStudy(tiny: .tiny(epochs: 3))
    second.replay(records)
    var repeated: [EditRecord] = []
    for case .edited(let record) in try second.runToEnd() { repeated.append(record) }
    #expect(repeated == records)
    #expect(second.snapshot() == first.snapshot())
  }

  @Test func `journals survive being written to a file, held at infinity too`() throws {
    var journal = ScheduleJournal(
      Schedule(.geometric(start: 8, end: 1), bypass: 0.5), steps: 10)
    journal.hold(at: 2)
    let data = try JSONEncoder().encode(journal)
    #expect(try JSONDecoder().decode(ScheduleJournal.self, from: data) == journal)
    #expect(journal.value(at: 9) == .infinity)
  }
}
