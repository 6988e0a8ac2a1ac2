import Testing

@testable import Engine

/// Training that ends before its last epoch.
@Suite struct StopRulesTests {
  private func evaluation(_ accuracy: Double, loss: Double = 1) -> Evaluation {
    Evaluation(
      epoch: 1, step: 1, split: .validation,
      metrics: [
        Reading("spiking.accuracy", accuracy), Reading("nonSpiking.loss", loss),
        Reading("sites.h.bitsRange", 2),
      ])
  }

  @Test(arguments: [
    "", "spiking.accuracy >= 0.98", "spiking.loss stalls 5 or nonSpiking.loss < 0.1",
    "sites.h.bitsRange <= 3", "weighted.significantBits > 1e-3",
  ])
  func `conditions are read and written`(text: String) throws {
    let rules = try #require(StopRules(text))
    #expect(StopRules(rules.text) == rules)
  }

  @Test(arguments: [
    "or", "spiking.accuracy", "spiking.accuracy >= x", "accuracy > 1", "spiking.bits > 1",
    "spiking.accuracy >= 0.9 or", "spiking.loss stalls 0", "spiking.loss stalls", "a.b = 3",
    "spiking.accuracy > nan", "sites..x > 1",
  ])
  func `what is no condition is refused`(text: String) {
    #expect(StopRules(text) == nil)
  }

  @Test func `spiking results count once w has come to its end`() throws {
    let rules = try #require(StopRules("spiking.accuracy >= 0.9 or nonSpiking.loss < 0.5"))
    var state = rules.initialState
    #expect(rules.reason(after: evaluation(0.95), isAnnealed: false, &state) == nil)
    #expect(
      rules.reason(after: evaluation(0.95), isAnnealed: true, &state)
        == "stop.when: spiking.accuracy >= 0.9")
    #expect(
      rules.reason(after: evaluation(0.1, loss: 0.4), isAnnealed: false, &state)
        == "stop.when: nonSpiking.loss < 0.5")
  }

  @Test func `a metric that stalls ends the run, losses downwards`() throws {
    let rules = try #require(StopRules("spiking.accuracy stalls 2 or nonSpiking.loss stalls 3"))
    var state = rules.initialState
    let told = [(0.5, 1.0), (0.6, 0.9), (0.6, 0.8), (0.7, 0.7), (0.7, 0.7), (0.6, 0.7)].map {
      rules.reason(after: evaluation($0, loss: $1), isAnnealed: true, &state)
    }
    #expect(told.dropLast().allSatisfy { $0 == nil })
    #expect(told.last == "stop.when: spiking.accuracy stalls 2")
  }

  @Test func `the run is tested, ends as completed, and goes on from there as from any checkpoint`()
    throws
  {
    var configuration = TrainingConfiguration.tiny(
      h: Schedule(.hold(4)), m: Schedule(.hold(4)), epochs: 9)
    configuration.stop = try #require(StopRules("spiking.accuracy >= 0"))
    let study = try TrainingStudy(tiny: configuration)
    let events = try study.runToEnd()
    let end = try #require(events.last?.conclusion)
    #expect(end.outcome == .completed && end.epochs == 1)
    #expect(end.reason == "stop.when: spiking.accuracy >= 0.0")
    #expect(end.metrics.contains { $0.gauge == "test.spiking.accuracy" })
    let again = try TrainingStudy(tiny: configuration)
    try again.restore(study.snapshot())
    #expect(try again.advance(within: .zero).last?.conclusion == end)
    configuration.stop = .none
    let branch = try TrainingStudy(tiny: configuration)
    try branch.branch(from: study.snapshot())
    #expect(try branch.runToEnd().last?.conclusion?.epochs == 9)
  }
}
