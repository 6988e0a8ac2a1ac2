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
}
