import Engine
import Testing

@Suite struct SteeringTests {
  private func value(_ study: TrainingStudy, _ knob: String) -> Double? {
    guard case .schedule(let journal, _)? = study.knobs.first(where: { $0.id == knob })?.kind
    else { return nil }
    return journal.value(at: study.progress.step)
  }

  @Test func `a notch on all resolutions changes each, and undo and redo follow`() throws {
    var study = try TrainingStudy(tiny: .tiny())
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
    var study = try TrainingStudy(tiny: .tiny())
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
    var study = try TrainingStudy(tiny: .tiny())
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
    var study = try TrainingStudy(tiny: .tiny(epochs: 4))
    _ = try study.advance(within: .zero)
    _ = try study.apply(.hold(knob: "w.*"))
    let held = value(study, "w.m")
    _ = try study.advance(within: .zero)
    _ = try study.advance(within: .zero)
    #expect(value(study, "w.m") == held)
    _ = try study.apply(.release(knob: "w.*"))
    #expect(value(study, "w.m") == held)
  }

  @Test func `validation on demand comes after the present batch`() throws {
    var study = try TrainingStudy(tiny: .tiny())
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
    var study = try TrainingStudy(tiny: configuration)
    var records: [EditRecord] = []
    for case .edited(let record) in try study.runToEnd() { records.append(record) }
    #expect(!records.isEmpty)
    #expect(records.allSatisfy { $0.source == .rule })
    #expect(value(study, "w.m") == 1)
  }

  @Test func `a saved state is restored exactly, and one of another shape is refused`() throws {
    var study = try TrainingStudy(tiny: .tiny())
    for _ in 0..<4 { _ = try study.advance(within: .zero) }
    let saved = study.snapshot()
    var other = try TrainingStudy(tiny: .tiny())
    try other.restore(saved)
    #expect(other.snapshot() == saved)
    #expect(other.progress.step == study.progress.step)
    var configuration = TrainingConfiguration.tiny()
    configuration.model.hidden = 13
    var larger = try TrainingStudy(tiny: configuration)
    let before = larger.snapshot()
    #expect(throws: CheckpointError.self) { try larger.restore(saved) }
    #expect(larger.snapshot() == before)
  }
}
