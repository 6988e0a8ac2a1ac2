import Testing

@testable import Engine

/// Trainings of Kolmogorov networks whose curves are rounded, and whose control points are spread
/// anew.
@Suite struct RoundedStudyTests {
  init() { Products.confineToThisThread() }

  /// Above and below a parabola, 60 rows.
  private func study(
    _ change: (inout KolmogorovConfiguration) -> Void = { _ in }
  ) throws -> KolmogorovStudy {
    var configuration = KolmogorovConfiguration()
    (configuration.units, configuration.epochs, configuration.everyEpochs) = (2, 12, 4)
    change(&configuration)
    let rows = (0..<60).map { row in [row * 37 % 61, row * 23 % 59].map { Double($0) } }
    let table = TableSet(
      title: "parabola", names: ["wide", "high"], target: "kind", classes: ["a", "b"], rows: rows,
      targets: rows.map { $0[1] / 59 - ($0[0] / 30 - 1) * ($0[0] / 30 - 1) > 0 ? 1 : 0 },
      parts: TableParts(rows: 60, split: .mod5, seed: 1))
    return try KolmogorovStudy(name: "study", configuration: configuration, table: table, seed: 4)
  }

  private func run(_ study: KolmogorovStudy, until step: Int = .max) throws {
    while study.progress.step < step {
      if case .ended? = try study.advance(within: .zero).last { break }
    }
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

  @Test(arguments: [CurveRounding.uniform, .binary, .spiking])
  func `rounded curves are learnt, and both regimes are told`(rounding: CurveRounding) throws {
    let study = try study {
      ($0.epochs, $0.everyEpochs, $0.quantizer, $0.spikeSteps) = (200, 100, rounding, 7)
    }
    #expect(study.summary.regimeNames.nonSpiking == "full precision")
    try run(study)
    let training = study.evaluation(of: .training)
    #expect(try #require(training["spiking.accuracy"]) > 0.85)
    #expect(training["spiking.loss"] != training["nonSpiking.loss"])
    let known = Set(study.gauges.map(\.id))
    #expect(known.contains("validation.spiking.loss"))
    let levels = Set(try curve("unit1.wide", of: study).now)
    #expect(levels.count <= (rounding == .binary ? 2 : 15) && levels.count > 1)
    #expect(try report(study).health.contains { $0.title == "values out of range" })
    let reading = KolmogorovReading(study.trainer.network, table: study.table)
    let row = study.table.scaledRow(study.table.parts.test[3])
    #expect(reading.example(3)?.logit == study.trainer.network.run(row).outputs[0])
  }

  @Test(arguments: [(CurveRounding.uniform, "bits"), (.spiking, "spikeSteps")])
  func `bits and time steps are turned while it trains, undone and saved`(
    rounding: CurveRounding, knob: String
  ) throws {
    let change = { (configuration: inout KolmogorovConfiguration) in
      configuration.quantizer = rounding
    }
    let study = try study(change)
    try run(study, until: 3)
    let before = study.trainer.shape.quantizers
    _ = try study.apply(.set(knob: knob, value: 3))
    #expect(study.trainer.shape.quantizers != before)
    #expect(!study.wait(within: .zero).isEmpty)
    #expect(throws: EditError.self) { try study.apply(.set(knob: knob, value: 0)) }
    #expect(throws: EditError.self) { try study.apply(.set(knob: "bitss", value: 3)) }
    try run(study, until: 7)
    let second = try self.study(change)
    try second.restore(study.snapshot())
    #expect(second.trainer.shape.quantizers == study.trainer.shape.quantizers)
    for each in [study, second] { try run(each) }
    #expect(second.snapshot() == study.snapshot())
    _ = try study.apply(.undo)
    #expect(study.trainer.shape.quantizers == before)
  }

  @Test func `what is not rounded has no such knob, and removed curves are nothing`() throws {
    let plain = try study()
    #expect(throws: EditError.self) { try plain.apply(.set(knob: "bits", value: 3)) }
    #expect(plain.trainer.shape.quantizers == nil)
    let study = try study { $0.quantizer = .binary }
    try run(study, until: 5)
    _ = try study.apply(.reshape(curve: "unit1.output", change: .remove))
    _ = try study.apply(.reshape(curve: "unit2.wide", change: .remove))
    let network = study.trainer.network
    let pass = network.run(study.table.scaledRow(1))
    #expect(pass.outer[0] == [0] && pass.inner[1][0] == network.constants[1][0])
    try run(study)
    #expect(study.progress.epoch == 12)
  }

  // MARK: Control points spread anew

  @Test func `curves go through points over what comes in, and hardly change`() throws {
    let study = try study { $0.epochs = 60 }
    try run(study, until: 50)
    let before = study.trainer.network
    let sums = study.table.parts.training.flatMap { before.run(study.table.scaledRow($0)).sums }
    let (least, most) = (try #require(sums.min()), try #require(sums.max()))
    _ = try study.apply(.reshape(curve: "unit2.output", change: .regrid))
    let after = study.trainer.network
    #expect(abs(after.outer.inputs[0] - least) < 1e-6 && after.inner == before.inner)
    #expect(abs(try #require(after.outer.inputs.last) - most) < 1e-6)
    // The error of known functions of size 1 (specification, 2.2).
    for unit in 0..<2 {
      let (old, new) = (before.outerCurve(unit: unit), after.outerCurve(unit: unit))
      let size = old.outputs.reduce(0) { max($0, abs($1)) }
      for place in 0...100 {
        let t = least + (most - least) * Double(place) / 100
        #expect(abs(old.value(t) - new.value(t)) < 0.058 * size, "\(t)")
      }
    }
    let shown = try curve("unit1.output", of: study)
    #expect(shown.inputs == after.outer.inputs[0]...(after.outer.inputs.last ?? 0))
    #expect(abs(shown.points[0].input - least) < 1e-6 && shown.density[0].reduce(0, +) > 0)
    #expect(!study.wait(within: .zero).isEmpty)
    // Everything in single precision has followed.
    let score = study.trainer.evaluate()
    let loss = KolmogorovScore(
      study.table.indices(of: .training), of: study.table, loss: .logistic
    ) { after.run($0).outputs }.meanLoss
    #expect(abs(score.meanLoss - loss) < 1e-4 * max(1, loss))
    #expect(throws: EditError.self) {
      try study.apply(.reshape(curve: "unit1.output", change: .regrid))
    }
    _ = try study.apply(.undo)
    #expect(study.trainer.network == before)
    _ = try study.apply(.redo)
    #expect(study.trainer.network == after)
  }

  @Test func `points of inner curves go back to where the inputs are`() throws {
    let study = try study { $0.trained = [.inputs, .lengthScale] }
    #expect(throws: EditError.self) {
      try study.apply(.reshape(curve: "unit1.wide", change: .regrid))
    }
    try run(study, until: 8)
    #expect(study.trainer.shape.inner != study.start.inner)
    _ = try study.apply(.reshape(curve: "unit1.wide", change: .regrid))
    let inputs = study.trainer.shape.inner.inputs
    for (found, z) in zip(inputs, study.start.inner.inputs) { #expect(abs(found - z) < 1e-6) }
    try run(study)
    #expect(study.progress.epoch == 12)
  }

  @Test func `it is repeated, saved, and done after the end`() throws {
    let first = try study()
    try run(first, until: 5)
    _ = try first.apply(.reshape(curve: "unit1.output", change: .regrid))
    let saved = first.snapshot()
    try run(first)
    let (second, third) = (try study(), try study())
    second.replay(first.edits)
    try run(second)
    #expect(first.trainer.network == second.trainer.network)
    try third.restore(saved)
    _ = try third.apply(.undo)
    #expect(third.trainer.shape.outer == third.start.outer)
    _ = try third.apply(.redo)
    try run(third)
    #expect(third.trainer.network == first.trainer.network)
    var broken = saved
    broken.metadata["state"] = broken.metadata["state"]?.replacing(
      "\"kind\":\"outer\"", with: "\"kind\":\"inner\"")
    let other = try study()
    if broken != saved { #expect(throws: CheckpointError.self) { try other.restore(broken) } }
    _ = try first.apply(.reshape(curve: "unit1.output", change: .regrid))
    #expect(!first.wait(within: .zero).isEmpty)
  }
}
