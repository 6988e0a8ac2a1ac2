import Testing

@testable import Engine

/// Kolmogorov networks as the last layer in a study.
@Suite struct HeadTests {
  private func study(
    _ change: (inout FeedForwardStudyConfiguration) -> Void = { _ in }
  ) throws -> FeedForwardStudy {
    try LearnedStudyTests.study {
      ($0.activation, $0.dataSet) = (.quantized, .xor)
      ($0.head, $0.width, $0.depth) = (.kolmogorov, 8, 1)
      ($0.kolmogorov.features, $0.kolmogorov.units) = (3, 2)
      $0.fullPrecision = .init(epochs: 20, rate: 0.03)
      change(&$0)
    }
  }

  private func report(_ study: FeedForwardStudy) throws -> CurvesReport {
    guard case .curves(let report)? = study.probe(.curves(CurvesRequest())) else {
      throw StudyError.interrupted(reason: "no report")
    }
    return report
  }

  @Test func `it learns, and its curves are seen with points, data, start and past`() throws {
    let study = try study()
    #expect(study.summary.curves == .head)
    let events = try study.events()
    guard case .ended(let end)? = events.last else {
      Issue.record("the study has no end")
      return
    }
    let score = try #require(end.metrics.first { $0.gauge == "test.nonSpiking.accuracy" })
    #expect(score.last > 0.95)
    let report = try report(study)
    #expect(report.columns == ["feature 1", "feature 2", "feature 3", "output 0", "output 1"])
    #expect(report.curves.count == 10 && report.curves[5].id == "unit2.feature1")
    #expect(report.curves[9].id == "unit2.output.1" && report.classes == ["0", "1"])
    for curve in report.curves {
      #expect(curve.points.count == 7 && curve.now.count == 81 && curve.past.count == 81)
      #expect(curve.start.count == 81 && curve.start != curve.now && !curve.words.isEmpty)
      #expect(curve.density.count == 2 && curve.density.joined().reduce(0, +) > 5)
      #expect(curve.points.contains { $0.gradient != 0 })
    }
    #expect(abs(report.shares.reduce(0) { $0 + $1.value } - 1) < 1e-9)
    #expect(report.health.map(\.title).contains("share of |t| > 1"))
    #expect(report.outline == "10 curves of 3 features" && report.pastEpochs > 0)
  }

  @Test func `it stands behind activations that learn, too`() throws {
    let study = try study {
      $0.activation = .learned
      $0.kolmogorov.features = 0
    }
    _ = try study.events(until: 20)
    let report = try report(study)
    #expect(study.summary.curves == .selfLearnable && report.columns.isEmpty)
    #expect(report.curves.count == 8 + 2 * (8 + 2) && report.layers.count == 1)
    #expect(report.curves[0].id == "3.learned.0" && report.curves[8].id == "unit1.feature1")
    #expect(study.polynomial == nil)
  }

  @Test func `a control point can be moved and put back, and what is saved knows of it`() throws {
    let study = try study()
    _ = try study.events(until: 5)
    let head = try #require(study.trainer.network.head?.layer)
    let height = { (study: FeedForwardStudy) in
      Double(
        head.parameters.numbers(.outer(unit: 1, output: 0), in: study.trainer.weights)[0, 2])
    }
    let before = height(study)
    _ = try study.apply(
      .reshape(curve: "unit2.output.0", change: .move(point: 2, height: 0.75)))
    #expect(height(study) == 0.75)
    #expect(try report(study).curves[8].points[2].height == 0.75)
    let other = try self.study()
    try other.restore(study.snapshot())
    for own in [study, other] {
      _ = try own.apply(.undo)
      #expect(height(own) == before)
    }
    #expect(throws: EditError.self) {
      try study.apply(.reshape(curve: "unit2.output.0", change: .move(point: 7, height: 0)))
    }
    #expect(throws: EditError.self) {
      try study.apply(.reshape(curve: "unit2.output.0", change: .freeze))
    }
    #expect(throws: EditError.unknownCurve("unit3.output.0")) {
      try study.apply(.reshape(curve: "unit3.output.0", change: .freeze))
    }
  }

  @Test func `what was interrupted goes on bit for bit`() throws {
    let (whole, first, second) = (try study(), try study(), try study())
    _ = try whole.events()
    _ = try first.events(until: 7)
    try second.restore(first.snapshot())
    _ = try second.events()
    #expect(second.snapshot() == whole.snapshot())
  }
}
