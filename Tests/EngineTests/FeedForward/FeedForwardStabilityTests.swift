import Testing

@testable import Engine

/// Tests of stability beside the training of a network without time.
@Suite struct FeedForwardStabilityTests {
  private func study(
    _ change: (inout FeedForwardStudyConfiguration) -> Void = { _ in }
  ) throws -> FeedForwardStudy {
    var configuration = FeedForwardStudyConfiguration()
    configuration.fullPrecision = .init(epochs: 1, rate: 0.1)
    configuration.quantized = .init(epochs: 1, rate: 0.1)
    (configuration.trainingSamples, configuration.evaluationSamples) = (80, 40)
    configuration.batch = 32
    change(&configuration)
    let images = try configuration.dataSet.load(
      for: configuration.model, from: DataLocations(option: nil, environment: [:]))
    return try FeedForwardStudy(
      name: "test", configuration: configuration, images: images, seed: 4, threads: 2)
  }

  /// All tests told of until the end of the training and of the last test.
  private func runToEnd(_ study: FeedForwardStudy) throws -> [StabilityReport] {
    var events: [StudyEvent] = []
    while !study.isEnded { events += try study.advance(within: .zero) }
    while true {
      let more = study.wait(within: .seconds(1))
      if more.isEmpty { break }
      events += more
    }
    return events.compactMap { if case .stability(let report) = $0 { report } else { nil } }
  }

  @Test func `it is the test of the command at the present dials, and changes nothing`() throws {
    let plain = try study()
    _ = try plain.apply(.set(knob: FeedForwardDials.Knobs.bits, value: 4))
    #expect(try runToEnd(plain).isEmpty)
    let study = try study()
    _ = try study.apply(.set(knob: FeedForwardDials.Knobs.bits, value: 4))
    for _ in 0..<2 { _ = try study.advance(within: .zero) }
    let checkpoint = study.snapshot()
    try study.testStability(StabilityPlan(surrogate: "identity", rate: 0.05, epochs: 2))
    let reports = try runToEnd(study)
    #expect(study.snapshot().tensors == plain.snapshot().tensors)
    #expect(reports.map(\.test.rows.count) == [0, 1, 2, 3])

    let other = try self.study { $0.estimator = .identity }
    try other.branch(from: checkpoint)
    let expected = other.stability(rate: 0.05, epochs: 2) { _ in }
    #expect(reports.last?.test == expected && reports.last?.samples == 80)
    #expect(expected.rows[2].loss != expected.rows[0].loss)
  }

  @Test func `calls that return with the result of an evaluation tell of it too`() throws {
    let study = try study { $0.batch = 80 }
    while study.progress.epoch < 1 { _ = try study.advance(within: .zero) }
    try study.testStability(StabilityPlan(epochs: 1))
    let told = try study.advance(within: .seconds(1))
    #expect(told.contains { if case .evaluated = $0 { true } else { false } })
    #expect(told.contains { if case .stability = $0 { true } else { false } })
  }

  @Test func `the curve that is drawn anew each time is refused, all others are named`() throws {
    let study = try study()
    #expect(study.summary.surrogates == FeedForwardStudyConfiguration.estimators.map(\.rawValue))
    #expect(throws: StabilityRefusal.unknownSurrogate("stochastic_spike")) {
      try study.testStability(StabilityPlan(surrogate: "stochastic_spike"))
    }
    #expect(study.wait(within: .zero).isEmpty)
  }
}
