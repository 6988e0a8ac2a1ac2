import Testing

@testable import Engine

@Suite struct KolmogorovStudyTests {
  init() { Products.confineToThisThread() }

  /// Two classes beyond a parabola, or three stripes across it, of 60 rows.
  private func study(
    classes: Int = 2, seed: UInt64 = 4,
    _ change: (inout KolmogorovConfiguration) -> Void = { _ in }
  ) throws -> KolmogorovStudy {
    var configuration = KolmogorovConfiguration()
    (configuration.units, configuration.epochs, configuration.everyEpochs) = (2, 12, 4)
    (configuration.warmUp, configuration.bits) = (3, 4)
    change(&configuration)
    let rows = (0..<60).map { row in [row * 37 % 61, row * 23 % 59].map { Double($0) } }
    let height = { (row: [Double]) in row[1] / 59 - (row[0] / 30 - 1) * (row[0] / 30 - 1) }
    let targets = rows.map { row -> Double in
      if classes == 0 { return 100 + 10 * height(row) }
      return Double(min(max(Int(3 * height(row) + 1.2), 0), classes - 1))
    }
    let table = TableSet(
      title: "parabola", names: ["wide", "high"], target: "kind",
      classes: ["a", "b", "c"].prefix(classes).map { $0 }, rows: rows, targets: targets,
      parts: TableParts(rows: 60, split: .mod5, seed: 1), scalesTargets: classes == 0)
    return try KolmogorovStudy(
      name: "study", configuration: configuration, table: table, seed: seed)
  }

  /// All up to a step or the end.
  @discardableResult
  private func run(_ study: KolmogorovStudy, until step: Int = .max) throws -> [StudyEvent] {
    var events: [StudyEvent] = []
    while study.progress.step < step {
      let next = try study.advance(within: .zero)
      events += next
      if case .ended? = next.last { break }
    }
    return events
  }

  private func report(_ study: KolmogorovStudy) throws -> CurvesReport {
    guard case .curves(let report)? = study.probe(.curves(CurvesRequest())) else {
      throw EditError.nothingToUndo
    }
    return report
  }

  private func curve(_ id: String, of study: KolmogorovStudy) throws -> CurveReport {
    try #require(try report(study).curves.first { $0.id == id })
  }

  @Test(arguments: [0, 2, 3], KolmogorovConfiguration.OuterCurves.allCases)
  func `values, two classes and three are learnt`(
    classes: Int, outer: KolmogorovConfiguration.OuterCurves
  ) throws {
    let study = try study(classes: classes) {
      ($0.epochs, $0.everyEpochs, $0.warmUp, $0.outer) = (150, 50, 20, outer)
      // What adds up has no outer curve that could be as steep as it likes.
      if outer == .none { $0.sum = .one }
    }
    let events = try run(study)
    guard case .ended(let end)? = events.last else { return }
    #expect(end.outcome == .completed && end.epochs == 150)
    let value = { (gauge: String) in end.metrics.first { $0.gauge == gauge }?.last }
    if classes == 0 {
      #expect(try #require(value("test.nonSpiking.rmse")) < 1 && value("test.spiking.rmse") != nil)
    } else {
      #expect(try #require(value("training.nonSpiking.accuracy")) > 0.9)
      #expect(try #require(value("test.nonSpiking.accuracy")) > 0.5)
      #expect(try #require(value("training.spiking.accuracy")) > 0.8)
    }
    let known = Set(study.gauges.map(\.id))
    for case .stepped(let readings) in events {
      for reading in readings.values { #expect(known.contains(reading.gauge)) }
    }
    let splits = events.compactMap { event in
      if case .evaluated(let evaluation) = event { evaluation.split } else { nil }
    }
    #expect(splits.count { $0 == .validation } == 3 && splits.last == .test)
  }

  /// Turns everything that can be turned.
  private func turn(_ study: KolmogorovStudy) throws {
    _ = try study.apply(.scale(knob: "learningRate", factor: 0.5))
    _ = try study.apply(.set(knob: "energy", value: 0.01))
    _ = try study.apply(.set(knob: "groupL1", value: 0.002))
    _ = try study.apply(.reshape(curve: "unit1.wide", change: .move(point: 2, height: 0.7)))
    _ = try study.apply(.reshape(curve: "unit2.high", change: .freeze))
    _ = try study.apply(.reshape(curve: "unit2.wide", change: .remove))
    _ = try study.apply(.reshape(curve: "unit1.output", change: .straighten))
  }

  @Test(arguments: [1, 5, 8, 11, 12], [[], TrainedCovariance.allCases])
  func `what was interrupted goes on bit for bit`(
    step: Int, trained: [TrainedCovariance]
  ) throws {
    let change = { (configuration: inout KolmogorovConfiguration) in
      (configuration.batch, configuration.trained) = (trained.isEmpty ? 30 : 0, trained)
    }
    let whole = try study(change)
    try run(whole, until: 5)
    try turn(whole)
    try run(whole)

    let first = try study(change)
    try run(first, until: min(step, 5))
    if step >= 5 { try turn(first) }
    try run(first, until: step)
    let second = try study(change)
    try second.restore(first.snapshot())
    #expect(second.progress == first.progress)
    if step < 5 {
      try run(second, until: 5)
      try turn(second)
    }
    try run(second)
    #expect(second.snapshot() == whole.snapshot())
    #expect(try report(second).curves.map(\.now) == report(whole).curves.map(\.now))
  }

  @Test func `edits of an earlier run are repeated where they were made`() throws {
    let first = try study()
    try run(first, until: 5)
    try turn(first)
    _ = try first.apply(.undo)
    try run(first)
    let second = try study()
    second.replay(first.edits)
    try run(second)
    #expect(first.trainer.network == second.trainer.network)
    #expect(second.edits == first.edits)
  }

  @Test func `edits after a result and after the end are repeated after them`() throws {
    let first = try study()
    var told: [StudyEvent] = []
    // The result of the first four epochs, then an edit before the next step, and another result.
    while told.isEmpty {
      told = try first.advance(within: .zero).filter {
        if case .evaluated = $0 { true } else { false }
      }
    }
    #expect(first.progress.step == 4)
    let move = { (point: Int) in
      Edit.reshape(curve: "unit1.wide", change: .move(point: point, height: 1.5))
    }
    _ = try first.apply(move(2))
    #expect(first.edits.last?.results == 1)
    told += try run(first, until: 6)
    _ = try first.apply(move(3))
    told += try run(first)
    _ = try first.apply(move(4))
    told += first.wait(within: .zero)
    let second = try study()
    second.replay(first.edits)
    var repeated = try run(second)
    #expect(second.replayed.count == 1)
    let atEnd = second.snapshot()
    repeated += second.wait(within: .zero)
    let results = { (events: [StudyEvent]) in
      events.compactMap { event -> Evaluation? in
        if case .evaluated(let evaluation) = event { evaluation } else { nil }
      }
    }
    #expect(results(repeated) == results(told))
    #expect(second.edits == first.edits && second.trainer.network == first.trainer.network)
    // What is left to be repeated is saved.
    let third = try study()
    try third.restore(atEnd)
    _ = try third.advance(within: .zero)
    _ = try third.advance(within: .zero)
    #expect(third.trainer.network == first.trainer.network)
  }

  @Test func `curves of an earlier epoch are there after a resume`() throws {
    let first = try study { $0.everyEpochs = 2 }
    try run(first, until: 7)
    let seen = try curve("unit1.wide", of: first)
    #expect(!seen.past.isEmpty && seen.past != seen.now && seen.past != seen.start)
    let second = try study { $0.everyEpochs = 2 }
    try second.restore(first.snapshot())
    let again = try curve("unit1.wide", of: second)
    #expect(again.past == seen.past && again.now == seen.now && again.start == seen.start)
    #expect(try report(second).pastEpochs == report(first).pastEpochs)
    for each in [first, second] { try run(each, until: 9) }
    #expect(try report(second).curves.map(\.past) == report(first).curves.map(\.past))
    // A checkpoint that keeps none has none to show.
    var bare = first.snapshot()
    bare.tensors.removeAll { $0.name.hasPrefix("past.") || $0.name.hasPrefix("kept.") }
    let third = try study { $0.everyEpochs = 2 }
    try third.restore(bare)
    #expect(try curve("unit1.wide", of: third).past.isEmpty)
  }

  @Test func `a fork keeps the curves and what was the same setting`() throws {
    let first = try study()
    try run(first, until: 6)
    try turn(first)
    let fork = try study { ($0.epochs, $0.rate, $0.energy) = (20, 0.01, 0.3) }
    try fork.branch(from: first.snapshot())
    #expect(fork.trainer.network == first.trainer.network && fork.removed == first.removed)
    #expect(fork.steering.dials.energy == 0.3 && fork.steering.dials.groupL1 == 0.002)
    try run(fork)
    #expect(fork.progress.epoch == 20)
    let other = try study { $0.units = 3 }
    #expect(throws: CheckpointError.self) { try other.branch(from: first.snapshot()) }
    let drawn = try study(seed: 5)
    #expect(throws: CheckpointError.self) { try drawn.restore(first.snapshot()) }
    var broken = first.snapshot()
    broken.metadata["state"] = broken.metadata["state"]?.replacing(
      "\"input\":0", with: "\"input\":9")
    let same = try study()
    #expect(throws: CheckpointError.self) { try same.restore(broken) }
  }

  @Test func `a moved point shows at once, and undo puts the curve back`() throws {
    let study = try study()
    try run(study, until: 4)
    _ = study.wait(within: .zero)
    let before = try curve("unit1.wide", of: study)
    let loss = study.trainer.evaluate().meanLoss
    _ = try study.apply(.reshape(curve: "unit1.wide", change: .move(point: 3, height: 2)))
    let events = study.wait(within: .zero)
    guard case .evaluated(let evaluation)? = events.first else {
      Issue.record("no evaluation")
      return
    }
    #expect(evaluation["nonSpiking.loss"] != loss && evaluation.split == .training)
    #expect(study.wait(within: .zero).isEmpty)
    let moved = try curve("unit1.wide", of: study)
    #expect(moved.points[3].height == 2 && abs(moved.now[40] - 2) < 1e-3)
    #expect(moved.points[3].input == 30 && moved.inputs == 0...60)
    _ = try study.apply(.undo)
    #expect(try curve("unit1.wide", of: study).now == before.now)
    #expect(study.trainer.evaluate().meanLoss == loss)
    _ = try study.apply(.redo)
    #expect(try curve("unit1.wide", of: study).now == moved.now)
  }

  @Test func `curves are frozen, straightened and removed`() throws {
    let study = try study()
    try run(study, until: 4)
    _ = try study.apply(.reshape(curve: "unit1.high", change: .freeze))
    _ = try study.apply(.reshape(curve: "unit2.high", change: .straighten))
    let straight = try curve("unit2.high", of: study)
    #expect(straight.words.hasPrefix("linear"), "\(straight.words)")
    let network = study.trainer.network
    let mean = study.table.parts.training.reduce(0) {
      $0 + network.run(study.table.scaledRow($1)).inner[1][0] / 48
    }
    _ = try study.apply(.reshape(curve: "unit2.wide", change: .remove))
    _ = try study.apply(.reshape(curve: "unit1.output", change: .remove))
    let frozen = try curve("unit1.high", of: study)
    try run(study)
    #expect(try curve("unit1.high", of: study).now == frozen.now && frozen.isFrozen)
    let removed = try curve("unit2.wide", of: study)
    #expect(removed.now.allSatisfy { abs($0 - mean) < 1e-6 } && removed.words == "removed")
    #expect(try curve("unit1.output", of: study).now.allSatisfy { $0 == 0 })
    #expect(try report(study).outline == "4 curves, 29 parameters")
    for _ in 0..<4 { _ = try study.apply(.undo) }
    #expect(try report(study).outline == "6 curves, 43 parameters")
    #expect(try curve("unit1.high", of: study).isFrozen == false)
    #expect(throws: EditError.nothingToUndo) { try study.apply(.undo) }
  }

  @Test func `an additive model has nothing but curves of inputs`() throws {
    let study = try study { ($0.units, $0.outer) = (1, .none) }
    try run(study)
    let seen = try report(study)
    #expect(seen.columns == ["wide", "high"] && seen.curves.map(\.title) == seen.columns)
    #expect(seen.outline == "2 curves, 15 parameters" && study.summary.parameters == 15)
    #expect(!study.gauges.contains { $0.id == KolmogorovGauges.outside })
    let example = try #require(seen.example)
    #expect(example.units.count == 1 && example.units[0].input == example.units[0].output)
    #expect(throws: EditError.unknownCurve("unit1.output")) {
      try study.apply(.reshape(curve: "unit1.output", change: .freeze))
    }
    let tables = study.tables(bits: 10)
    let row = study.table.scaledRow(7)
    #expect(abs(tables.outputs(row)[0] - study.trainer.network.run(row).outputs[0]) < 0.05)
    let again = try self.study { ($0.units, $0.outer) = (1, .none) }
    try again.restore(study.snapshot())
    #expect(again.trainer.network == study.trainer.network)
    _ = try study.apply(.reshape(curve: "unit1.wide", change: .remove))
    #expect(try report(study).outline == "1 curve, 8 parameters")
    #expect(study.export(bits: 3).curves.count == 2)
  }

  @Test func `an additive model has units for each of several classes, and is pruned`() throws {
    let study = try study(classes: 3) { ($0.units, $0.outer, $0.epochs) = (1, .none, 30) }
    try run(study, until: 20)
    #expect(study.start.units == 3 && study.summary.parameters == 3 * 2 * 7 + 3)
    for point in 0..<7 {
      _ = try study.apply(
        .reshape(curve: "unit2.wide", change: .move(point: point, height: 0.001 * Double(point))))
    }
    _ = try study.apply(.perform(action: "prune"))
    #expect(study.removed == [.inner(unit: 1, input: 0)])
    try run(study)
    #expect(study.progress.step == 70)
  }

  @Test func `what cannot be done to a curve is refused, and nothing has changed`() throws {
    let study = try study()
    try run(study, until: 4)
    let before = study.trainer.network
    func refuse(_ curve: String, _ change: CurveChange) {
      #expect(throws: EditError.self) {
        try study.apply(.reshape(curve: curve, change: change))
      }
    }
    refuse("unit3.wide", .freeze)
    refuse("unit1.wide", .move(point: 7, height: 0))
    refuse("unit1.wide", .move(point: -1, height: 0))
    refuse("unit1.wide", .move(point: 1, height: .nan))
    refuse("unit1.wide", .fit)
    refuse("unit1.wide", .degree(3))
    #expect(throws: EditError.self) { try study.apply(.perform(action: "sweep")) }
    #expect(throws: EditError.self) { try study.apply(.set(knob: "energy", value: -1)) }
    #expect(throws: EditError.self) { try study.apply(.choose(knob: "energy", option: "a")) }
    #expect(study.trainer.network == before && study.edits.isEmpty)
  }

  @Test func `pruning leaves what matters and trains on`() throws {
    let study = try study { $0.epochs = 30 }
    try run(study, until: 20)
    // A unit that says nothing, and a curve that hardly matters.
    for point in 0..<7 {
      _ = try study.apply(.reshape(curve: "unit2.output", change: .move(point: point, height: 0)))
      _ = try study.apply(
        .reshape(curve: "unit1.wide", change: .move(point: point, height: 0.001 * Double(point))))
    }
    _ = try study.apply(.perform(action: "prune"))
    #expect(study.removed.count == 4 && study.progress.steps == 70)
    #expect(try report(study).outline == "2 curves, 15 parameters")
    try run(study)
    #expect(study.progress.step == 70 && study.removed.count == 4)
    _ = try study.apply(.undo)
    #expect(study.removed.isEmpty)
  }

  @Test func `looks while it trains are the last one for a while, but not after an edit`() throws {
    let study = try study { $0.units = 9 }
    try run(study, until: 2)
    let request = Probe.Request.curves(CurvesRequest(example: .mostUncertain))
    let first = study.probe(request, isStill: false)
    try run(study, until: 3)
    #expect(study.probe(request, isStill: false) == first)
    _ = try study.apply(.reshape(curve: "unit1.wide", change: .freeze))
    #expect(study.probe(request, isStill: false) != first)
    guard case .layers(let layers)? = study.probe(.layers) else {
      Issue.record("no layers")
      return
    }
    #expect(layers.weights.count == 3 && study.probe(.theory) == nil)
  }

  @Test func `curves that are no numbers can be looked at, and end the run`() throws {
    let study = try study()
    try run(study, until: 3)
    for place in study.trainer.places {
      study.trainer.parameters.numbers(place, in: study.trainer.weights).fill(.nan)
    }
    _ = try study.apply(.perform(action: "validate"))
    #expect(study.wait(within: .zero).count == 2)
    #expect(try report(study).curves.count == 6)
    for change in [CurveChange.straighten, .remove] {
      #expect(throws: EditError.self) {
        try study.apply(.reshape(curve: "unit1.wide", change: change))
      }
    }
    _ = try study.apply(.perform(action: "prune"))
    guard case .ended(let end)? = try run(study).last else { return }
    #expect(end.outcome == .diverged)
    #expect(study.export(bits: 3).curves.count == 6)
  }

  @Test func `settings that make no curves, and tables that are too large, are refused`() throws {
    #expect(throws: ControlPointsError.self) { try study { ($0.points, $0.lengthScale) = (21, 3) } }
    #expect(throws: ControlPointsError.self) { try study { $0.points = 1 } }
    let small = try study()
    #expect(throws: TrainingSetupError.self) {
      _ = try KolmogorovStudy(
        name: "large", configuration: small.configuration, table: small.table, seed: 1,
        availableMemory: 1000)
    }
  }
}
