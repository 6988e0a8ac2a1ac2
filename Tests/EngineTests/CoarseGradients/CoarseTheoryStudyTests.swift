import Engine
import Testing

@Suite struct CoarseTheoryStudyTests {
  private func study(
    seed: UInt64 = 1, _ change: (inout CoarseTheoryConfiguration) -> Void = { _ in }
  ) throws -> CoarseTheoryStudy {
    var configuration = CoarseTheoryConfiguration()
    configuration.steps = 1500
    change(&configuration)
    return try CoarseTheoryStudy(name: "theory", configuration: configuration, seed: seed)
  }

  /// Works until a step is done or the study has ended.
  private func events(
    _ study: inout CoarseTheoryStudy, until step: Int = .max
  ) throws -> [StudyEvent] {
    var events: [StudyEvent] = []
    while study.progress.step < step {
      let more = try study.advance(within: .zero)
      if more.isEmpty { break }
      events += more
    }
    return events
  }

  private func sampled(_ configuration: inout CoarseTheoryConfiguration) {
    (configuration.mode, configuration.batch, configuration.start) = (.sampled, 10, .random)
  }

  @Test(arguments: [false, true])
  func `a study is the same bits every time and ends after its steps`(isSampled: Bool) throws {
    var runs: [[StudyEvent]] = []
    for _ in 0..<2 {
      var study = try study { if isSampled { sampled(&$0) } }
      runs.append(try events(&study))
      #expect(study.progress.step == 1500)
      #expect(try study.advance(within: .zero) == [])
    }
    #expect(runs[0] == runs[1])
    guard case .ended(let conclusion)? = runs[0].last else {
      Issue.record("no end")
      return
    }
    #expect(conclusion.outcome == .completed)
    #expect(conclusion.reason.contains("identity"))
    #expect(conclusion.metrics.contains { $0.gauge == "final.clipped_relu.smallestNorm" })
  }

  @Test func `readings are those of the descent alone, with the extremes between them`() throws {
    var study = try study()
    let readings = try events(&study).compactMap { event -> Readings? in
      if case .stepped(let readings) = event { readings } else { nil }
    }
    let teacher = try CoarseTeacher(v: [1, -0.5, 0.25, 0.75], w: [0.6, 0.8, 0])
    let start = try CoarseStart.nearFarEnd(offset: 0.01, angle: 0.05, norm: 1).point(for: teacher)
    var descent = CoarseGradientDescent(from: start, settings: .init(estimator: .identity))
    var most = 0.0
    for reading in readings {
      while descent.record.steps < reading.step {
        descent.run(1)
        most = max(most, descent.point.loss)
      }
      let loss = try #require(reading.values.first { $0.gauge == "loss" })
      #expect(loss.last == descent.point.loss)
      #expect(loss.minimum <= loss.last && loss.last <= loss.maximum)
    }
    #expect(readings.compactMap { $0.values.first?.maximum }.max() == most)
    // Section 2.6: the loss rises first at step 95.
    #expect(descent.record.firstIncrease == 95)
    #expect(readings.count < 1100 && readings.prefix(512).map(\.step) == Array(1...512))
  }

  @Test func `every reading belongs to a gauge`() throws {
    var study = try study { sampled(&$0) }
    let ids = Set(study.gauges.map(\.id))
    for case .stepped(let readings) in try events(&study) {
      for reading in readings.values { #expect(ids.contains(reading.gauge), "\(reading.gauge)") }
    }
  }

  private let turns: [(step: Int, edit: Edit)] = [
    (100, .choose(knob: "estimator", option: "leakyReLU(slope=0.3)")),
    (120, .set(knob: "estimator.slope", value: 0.7)),
    (150, .scale(knob: "learningRate", factor: 2)),
    (200, .choose(knob: "mode", option: "sampled")), (210, .set(knob: "batch", value: 1000)),
    (220, .undo), (300, .choose(knob: "normaliseW", option: "on")),
    (400, .perform(action: "newStart")), (500, .choose(knob: "start", option: "nearSaddle")),
    (520, .undo), (530, .redo),
  ]

  private func turned(
    _ study: inout CoarseTheoryStudy, from first: Int = 0, until last: Int = .max
  ) throws -> [StudyEvent] {
    var all: [StudyEvent] = []
    for (step, edit) in turns where step >= first && step < last {
      all += try events(&study, until: step)
      all.append(.edited(try study.apply(edit)))
    }
    return all + (try events(&study, until: last))
  }

  @Test(arguments: [90, 205, 305, 450, 525, 700])
  func `a study goes on from its checkpoint bit for bit`(step: Int) throws {
    var whole = try study()
    let expected = try turned(&whole)
    var first = try study()
    let before = try turned(&first, until: step)
    var second = try study()
    try second.restore(first.snapshot())
    #expect(second.snapshot() == first.snapshot())
    #expect(second.knobs == first.knobs)
    let after = try turned(&second, from: step)
    #expect(before + after == expected)
    #expect(second.snapshot() == whole.snapshot())
  }

  @Test func `the journal of a run repeats it`() throws {
    var whole = try study()
    let expected = try turned(&whole)
    var again = try study()
    again.replay(expected.compactMap { if case .edited(let record) = $0 { record } else { nil } })
    #expect(try events(&again) == expected)
  }

  @Test func `an ended study tells its end again`() throws {
    var first = try study()
    let end = try events(&first).last
    var second = try study()
    try second.restore(first.snapshot())
    #expect(try second.advance(within: .zero) == [try #require(end)])
    #expect(try second.advance(within: .zero) == [])
  }

  @Test func `edits change what they name and are refused where they cannot`() throws {
    var study = try study()
    _ = try events(&study, until: 10)
    let record = try study.apply(.choose(knob: "estimator", option: "hardTanh"))
    #expect(record.edit == .choose(knob: "estimator", option: "hard_tanh"))
    #expect(
      record.changes == [
        EditRecord.Change(knob: "estimator", from: 0, to: 3),
        EditRecord.Change(knob: "estimator.c", from: 1, to: 1),
      ])
    #expect(
      throws: EditError.outOfRange(knob: "estimator.c", value: 0, allowed: 1e-4...1e4)
    ) { try study.apply(.set(knob: "estimator.c", value: 0)) }
    #expect(throws: EditError.outOfRange(knob: "estimator.slope", value: 2, allowed: 0...1)) {
      try study.apply(.choose(knob: "estimator", option: "leakyReLU(slope=2)"))
    }
    #expect(try study.apply(.undo).changes == [.init(knob: "estimator", from: 3, to: 0)])
    #expect(throws: EditError.nothingToUndo) { try study.apply(.undo) }
    #expect(throws: EditError.unknownKnob("validate")) {
      try study.apply(.perform(action: "validate"))
    }
    #expect(throws: EditError.self) { try study.apply(.choose(knob: "estimator", option: "x")) }
    #expect(throws: EditError.self) { try study.apply(.set(knob: "batch", value: 0)) }
    #expect(throws: EditError.self) { try study.apply(.set(knob: "learningRate", value: 100)) }
    #expect(throws: EditError.wrongKind(knob: "batch")) {
      try study.apply(.choose(knob: "batch", option: "10"))
    }
    #expect(throws: EditError.unknownKnob("w.*")) { try study.apply(.hold(knob: "w.*")) }
    _ = try study.apply(.perform(action: "newStart"))
    #expect(study.progress.steps == 10 + 1500)
  }

  @Test func `a checkpoint of another experiment is refused`() throws {
    var study = try study()
    let other = try CoarseTheoryStudy(
      name: "other", configuration: CoarseTheoryConfiguration(), seed: 2)
    #expect(throws: CheckpointError.self) { try study.restore(other.snapshot()) }
    var steps = CoarseTheoryConfiguration()
    steps.race = [.relu]
    let raced = try CoarseTheoryStudy(name: "raced", configuration: steps, seed: 1)
    #expect(throws: CheckpointError.self) { try study.restore(raced.snapshot()) }
    var damaged = study.snapshot()
    damaged.metadata["state"] = "{}"
    #expect(throws: CheckpointError.self) { try study.restore(damaged) }
  }

  @Test func `a fork takes other settings and keeps where it stands`() throws {
    var first = try study()
    _ = try events(&first, until: 300)
    var fork = try study {
      ($0.rate, $0.race, $0.estimator) = (0.1, [.relu, .arctan], .relu)
    }
    try fork.branch(from: first.snapshot())
    #expect(fork.progress.step == 300)
    #expect(fork.snapshot().tensors == first.snapshot().tensors)
    guard case .theory(let report)? = fork.probe(.theory) else {
      Issue.record("no report")
      return
    }
    #expect(report.lanes.map(\.estimator) == ["relu", "relu", "arctan"])
    #expect(report.lanes[2].record.steps == 0)
  }

  @Test func `a report tells what is left at the spurious minimum`() throws {
    var study = try study()
    _ = try events(&study, until: 120)
    guard case .theory(let report)? = study.probe(.theory) else {
      Issue.record("no report")
      return
    }
    #expect(study.probe(.layers) == nil)
    let (lead, relu) = (report.lanes[0], report.lanes[1])
    // Sections 2.5 and 2.6.
    #expect(abs(lead.residual - 0.215429) < 1e-6)
    #expect(abs((lead.collapseSteps ?? 0) - 92.8) < 0.1)
    #expect(abs(relu.residual) < 1e-12 && relu.collapseSteps == nil)
    #expect(lead.record.firstIncrease == 95 && relu.record.isMonotone)
    let search = try #require(report.search)
    #expect(search.empirical.count == search.rates.count)
    #expect(abs(search.population[0] - lead.loss) < 1e-12)
  }

  @Test func `a drawn teacher follows the seed and is not drawn as the start is`() throws {
    let drawn = { (seed: UInt64) in
      try study(seed: seed) { ($0.teacher, $0.patches, $0.inputs) = (.drawn, 6, 1) }
    }
    let first = try drawn(3)
    #expect(try drawn(3).summary == first.summary)
    #expect(try drawn(4).summary.theory?.v != first.summary.theory?.v)
    #expect(first.summary.theory?.v.count == 6 && first.summary.theory?.w.count == 1)
    var ended = first
    guard case .ended? = try events(&ended).last else {
      Issue.record("no end")
      return
    }
  }

  @Test func `a run that is watched takes its time, and a stop ends it`() throws {
    var configuration = CoarseTheoryConfiguration()
    configuration.speed = 20
    var study = try CoarseTheoryStudy(
      name: "theory", configuration: configuration, seed: 1, isPaced: true)
    for _ in 0..<8 { _ = try study.advance(within: .milliseconds(5)) }
    #expect((1...12).contains(study.progress.step))
    study.stop(reason: "asked to")
    guard case .ended(let conclusion)? = try study.advance(within: .milliseconds(5)).last else {
      Issue.record("no end")
      return
    }
    #expect(conclusion.outcome == .stopped)
  }
}
