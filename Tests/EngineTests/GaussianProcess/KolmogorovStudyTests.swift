import Testing

@testable import Engine

@Suite struct KolmogorovStudyTests: KolmogorovTestStudy {
  init() { Products.confineToThisThread() }

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
