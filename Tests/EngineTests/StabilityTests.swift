import Testing

@testable import Engine

@Suite struct StabilityTests {
  private func network(threads: Int = 1) throws -> TrainedNetwork {
    let study = try TrainingStudy(tiny: .tiny())
    _ = try study.runToEnd()
    return try TrainedNetwork(
      .tiny(), problem: TinyProblem(), checkpoint: study.snapshot(), threads: threads)
  }

  @Test func `at rate 0 nothing moves`() throws {
    let test = try network().stability(rate: 0, epochs: 2) { _ in }
    #expect(test.rows.map(\.epoch) == [0, 1, 2])
    #expect(Set(test.rows.map(\.loss)).count == 1)
    #expect(test.ratio == 1 && test.verdict == .held)
  }

  @Test func `it begins with the loss of the checkpoint and is the same on any threads`() throws {
    let network = try network()
    let evaluation = network.evaluate(.training, draws: 1)
    var notes: [Int] = []
    let test = network.stability(rate: 1e-3, epochs: 3) { notes.append($0.rows.count) }
    #expect(notes == [1, 2, 3, 4])
    let loss = evaluation.metrics.first { $0.gauge == "spiking.loss" }?.last
    #expect(test.rows.first?.loss == loss)
    #expect(test.rows[3].loss != loss)
    #expect(try self.network(threads: 2).stability(rate: 1e-3, epochs: 3) { _ in } == test)
  }

  @Test func `at a rate that is far too large the solution is left`() throws {
    let test = try network().stability(rate: 10, epochs: 4) { _ in }
    #expect(test.verdict == .repelled)
  }

  @Test(arguments: [
    (1.0, StabilityTest.Verdict.held), (1.149, .held), (1.2, .undecided), (1.31, .repelled),
    (.nan, .repelled), (.infinity, .repelled),
  ])
  func `verdicts`(loss: Double, verdict: StabilityTest.Verdict) {
    var test = StabilityTest()
    #expect(test.verdict == nil)
    test.append(StabilityTest.Row(epoch: 0, loss: 1, accuracy: 1))
    #expect(test.verdict == nil && test.ratio == 1)
    test.append(StabilityTest.Row(epoch: 1, loss: loss, accuracy: 1))
    #expect(test.verdict == verdict)
  }

  // MARK: Beside a training

  private static let plan = StabilityPlan(surrogate: "arctan", rate: 1e-3, epochs: 2)

  /// What is told of tests until nothing goes on any more, after the end of the training.
  private func reports(
    _ study: any Study, after events: [StudyEvent] = []
  ) throws -> [StabilityReport] {
    var (study, events) = (study, events)
    while true {
      let next = study.wait(within: .seconds(1))
      if next.isEmpty { break }
      events += next
    }
    return events.compactMap { if case .stability(let report) = $0 { report } else { nil } }
  }

  @Test func `beside a training it is the test of the command, and changes nothing`() throws {
    let plain = try TrainingStudy(tiny: .tiny())
    _ = try plain.runToEnd()
    let study = try TrainingStudy(tiny: .tiny())
    for _ in 0..<3 { _ = try study.advance(within: .zero) }
    let checkpoint = study.snapshot()
    try study.testStability(Self.plan)
    let reports = try reports(study, after: try study.runToEnd())
    #expect(study.snapshot().tensors == plain.snapshot().tensors)
    #expect(reports.map(\.test.rows.count) == [0, 1, 2, 3])
    let last = try #require(reports.last)
    #expect(last.isComplete && last.step == 3 && last.samples == TinyProblem().count(in: .training))

    var configuration = TrainingConfiguration.tiny()
    var lmu = try #require(configuration.model.lmu)
    for site in [\LMUConfiguration.h, \.m, \.u] {
      lmu[keyPath: site].surrogate = lmu[keyPath: site].surrogate.with(.standard(.arctan))
    }
    configuration.model.lmu = lmu
    let network = try TrainedNetwork(
      configuration, problem: TinyProblem(), checkpoint: checkpoint, threads: 1)
    #expect(last.test == network.stability(rate: 1e-3, epochs: 2) { _ in })
    #expect(last.test.rows[2].loss != last.test.rows[0].loss)
  }

  @Test func `another test takes the place of one that goes on, and it can be given up`() throws {
    let study = try TrainingStudy(tiny: .tiny())
    _ = try study.advance(within: .zero)
    try study.testStability(StabilityPlan(surrogate: "identity", rate: 0, epochs: 1000))
    let begun = study.wait(within: .zero)
    #expect(begun.contains { if case .stability = $0 { true } else { false } })
    try study.testStability(StabilityPlan(surrogate: "relu", rate: 0, epochs: 1000))
    let replaced = study.wait(within: .zero).compactMap {
      if case .stability(let report) = $0 { report } else { nil }
    }
    #expect(replaced.first?.isCancelled == true && replaced.first?.plan.surrogate == "identity")
    #expect(replaced.dropFirst().first?.plan.surrogate == "relu")
    try study.testStability(nil)
    #expect(try reports(study).map(\.isCancelled) == [true])
  }

  @Test func `what cannot be tested is refused`() throws {
    let plain = try TrainingStudy(tiny: .tiny(kind: .off))
    #expect(plain.summary.surrogates.isEmpty)
    #expect(throws: StabilityRefusal.nothingQuantized) {
      try plain.testStability(StabilityPlan())
    }
    let study = try TrainingStudy(tiny: .tiny())
    #expect(study.summary.surrogates.contains("stochastic_spike"))
    #expect(throws: StabilityRefusal.unknownSurrogate("bogus")) {
      try study.testStability(StabilityPlan(surrogate: "bogus"))
    }
    #expect(throws: StabilityRefusal.surrogate(.malformed("arctan("))) {
      try study.testStability(StabilityPlan(surrogate: "arctan("))
    }
    #expect(throws: StabilityRefusal.epochs(0, allowed: 1...1000)) {
      try study.testStability(StabilityPlan(epochs: 0))
    }
    #expect(throws: StabilityRefusal.rate(-1, allowed: 0...100)) {
      try study.testStability(StabilityPlan(rate: -1))
    }
    #expect(study.wait(within: .zero).isEmpty)
  }
}
