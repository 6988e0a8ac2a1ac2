import Engine
import Testing

@Suite struct TrainingStudyTests {
  @Test func `one seed gives the same bits, on any number of threads`() throws {
    var runs: [[StudyEvent]] = []
    var weights: [Checkpoint] = []
    for threads in [1, 1, 2, 5] {
      let study = try TrainingStudy(tiny: .tiny(shards: 3), threads: threads)
      runs.append(try study.runToEnd().filter { !$0.isProgress })
      weights.append(study.snapshot())
    }
    for other in 1..<4 {
      #expect(runs[other] == runs[0])
      #expect(weights[other] == weights[0])
    }
  }

  @Test func `another seed gives other weights`() throws {
    let first = try TrainingStudy(tiny: .tiny(seed: 1))
    let second = try TrainingStudy(tiny: .tiny(seed: 2))
    _ = try first.runToEnd()
    _ = try second.runToEnd()
    #expect(first.snapshot().tensors != second.snapshot().tensors)
  }

  @Test(arguments: Quantizer.allCases)
  func `two shards train as one does`(kind: Quantizer) throws {
    var losses: [[Double]] = []
    for shards in [1, 2] {
      // Fine resolutions: a count that rounding tips over must not decide the comparison.
      let configuration = TrainingConfiguration.tiny(
        h: Schedule(.hold(4096)), m: Schedule(.hold(4096)), kind: kind, epochs: 1, shards: shards)
      let study = try TrainingStudy(tiny: configuration)
      losses.append(try study.runToEnd().compactMap(\.trainingLoss))
    }
    #expect(losses[0].count == 4)
    // The first step is free of what rounding does to later ones.
    #expect(abs(losses[0][0] - losses[1][0]) < 1e-5)
    let tolerance = kind == .off ? 1e-5 : 1e-3
    for (one, two) in zip(losses[0], losses[1]) { #expect(abs(one - two) < tolerance) }
  }

  @Test func `a run ends with validation and test of both regimes`() throws {
    let study = try TrainingStudy(tiny: .tiny())
    let events = try study.runToEnd()
    let end = try #require(events.last?.conclusion)
    #expect(end.outcome == .completed)
    #expect(end.epochs == 2)
    for path in [
      "test.spiking.accuracy", "test.spiking.spread", "test.nonSpiking.accuracy",
      "validation.spiking.loss", "test.sites.h.bitsRange", "test.sites.m.significantBits",
      "test.operations.dense",
    ] {
      #expect(end.metrics.contains { $0.gauge == path }, "\(path)")
    }
    #expect(study.progress.step == 8)
    #expect(try study.advance(within: .zero) == [])
  }

  @Test func `every reading belongs to a gauge`() throws {
    let study = try TrainingStudy(tiny: .tiny())
    let ids = Set(study.gauges.map(\.id))
    for case .stepped(let readings) in try study.runToEnd() {
      for reading in readings.values { #expect(ids.contains(reading.gauge), "\(reading.gauge)") }
    }
  }

  @Test func `training lowers the loss`() throws {
    let study = try TrainingStudy(tiny: .tiny(kind: .off, epochs: 100))
    let losses = try study.runToEnd().compactMap(\.trainingLoss)
    let (first, last) = (losses.prefix(4).reduce(0, +) / 4, losses.suffix(4).reduce(0, +) / 4)
    #expect(last < 0.6 * first)
  }

  @Test func `a stopped run ends at once with what it has`() throws {
    let study = try TrainingStudy(tiny: .tiny(epochs: 50))
    _ = try study.advance(within: .zero)
    study.stop(reason: "asked to")
    let events = try study.advance(within: .seconds(1))
    #expect(events.last?.conclusion?.outcome == .stopped)
    #expect(events.last?.conclusion?.reason == "asked to")
  }

  @Test func `a loss that is not finite ends the run as diverged with its last weights`() throws {
    var configuration = TrainingConfiguration.tiny(epochs: 50)
    configuration.optimizer = OptimizerConfiguration(
      rule: .momentum(0.9), learningRate: Schedule(.hold(100)), clipNorm: nil)
    configuration.model.lmu?.activation = .relu
    configuration.model.lmu?.h.kind = .off
    configuration.model.lmu?.m.kind = .off
    let study = try TrainingStudy(tiny: configuration)
    let end = try #require(try study.runToEnd().last?.conclusion)
    #expect(end.outcome == .diverged)
    #expect(study.snapshot().tensors.allSatisfy { $0.values.allSatisfy(\.isFinite) })
  }

  @Test(arguments: [Quantizer.off, .diffused])
  func `a run that diverges with quantizers on ends in order`(kind: Quantizer) throws {
    var configuration = TrainingConfiguration.tiny(kind: kind, epochs: 50)
    configuration.optimizer = OptimizerConfiguration(
      rule: .momentum(0.9), learningRate: Schedule(.hold(100)), clipNorm: nil)
    configuration.model.lmu?.variant = .quantizedState
    let study = try TrainingStudy(tiny: configuration)
    let end = try #require(try study.runToEnd().last?.conclusion)
    #expect(end.outcome == .diverged || end.outcome == .completed)
  }

  @Test func `a checkpoint of a longer run is refused`() throws {
    let longer = try TrainingStudy(tiny: .tiny(epochs: 3))
    _ = try longer.runToEnd()
    let shorter = try TrainingStudy(tiny: .tiny(epochs: 2))
    #expect(throws: CheckpointError.self) { try shorter.restore(longer.snapshot()) }
  }

  @Test func `a calibrated site scales its resolution to the activities`() throws {
    var configuration = TrainingConfiguration.tiny()
    configuration.model.lmu?.m.scale = .calibrated(quantile: 0.999)
    let study = try TrainingStudy(tiny: configuration)
    _ = try study.advance(within: .zero)
    guard case .raster(let raster)? = study.probe(.raster(site: "m", sample: 0)) else {
      Issue.record("no raster of m")
      return
    }
    // Untrained memories of inputs in 0...1 stay well below 1, so the multiplier exceeds 1.
    #expect(raster.resolution > 64)
  }
}

extension StudyEvent {
  var isProgress: Bool { if case .evaluating = self { true } else { false } }

  var trainingLoss: Double? {
    guard case .stepped(let readings) = self else { return nil }
    return readings.values.first { $0.gauge == "loss" }?.last
  }
}

@Suite struct TrainingSetupTests {
  @Test func `a network that does not fit is refused with the figures, one that does is not`()
    throws
  {
    let problem = TinyProblem()
    let configuration = TrainingConfiguration.tiny(epochs: 1, shards: 2)
    #expect(throws: TrainingSetupError.self) {
      try TrainingStudy(
        name: "tiny", configuration: configuration, problem: problem, threads: 1,
        availableMemory: 10_000)
    }
    do {
      _ = try TrainingStudy(
        name: "tiny", configuration: configuration, problem: problem, threads: 1,
        availableMemory: 10_000)
    } catch TrainingSetupError.tooLarge(let needed, let available, let batch, let steps) {
      #expect(needed > 10_000 && available == 10_000)
      #expect(batch == configuration.batch && steps == problem.steps)
      _ = try TrainingStudy(
        name: "tiny", configuration: configuration, problem: problem, threads: 1,
        availableMemory: needed)
    }
  }

  @Test func `this machine has memory`() {
    #expect(AvailableMemory.bytes > 1 << 20)
  }
}
