import Engine
import Foundation
import Testing

@Suite struct SpikingStudyTests {
  /// Two classes that differ in which half of the channels is busy.
  private struct Halves: SpikeData {
    let title = "halves"
    let classNames = ["left", "right"]
    let channels = 12
    let steps = 60

    func count(in split: Gauge.Split) -> Int { split == .training ? 40 : 20 }
    func label(_ index: Int, in split: Gauge.Split) -> Int { index % 2 }

    func trains(_ index: Int, in split: Gauge.Split, presentation: Int) -> SpikeTrains {
      var stream = RandomStream(
        seed: split == .training ? 1 : 2, purpose: .inputSpikes, first: index)
      let busy = label(index, in: split) == 0 ? 0..<6 : 6..<12
      return SpikeTrains(
        steps: steps,
        times: (0..<channels).map { channel in
          (1..<steps).filter { _ in
            stream.nextUniform() < (busy.contains(channel) ? 0.4 : 0.1)
          }
        })
    }
  }

  private func configuration(batch: Int = 1) -> SpikingConfiguration {
    var configuration = SpikingConfiguration()
    (configuration.hidden, configuration.thresholds) = (["R25"], [4, 3])
    (configuration.epochs, configuration.rate) = (6, 0.01)
    configuration.response = SpikeResponse(membrane: 32, steps: 60)
    configuration.training.batch = batch
    (configuration.training.rule.desired, configuration.training.rule.undesired) = (12, 2)
    configuration.training.rule.margin = 1
    return configuration
  }

  private func study(
    _ configuration: SpikingConfiguration, threads: Int = 1, seed: UInt64 = 3
  ) throws -> SpikingStudy {
    try SpikingStudy(
      name: "halves", configuration: configuration, data: Halves(), seed: seed, threads: threads)
  }

  /// All events to the end.
  private func finish(_ study: SpikingStudy) throws -> [StudyEvent] {
    var events: [StudyEvent] = []
    for _ in 0..<100_000 {
      let more = try study.advance(within: .zero)
      events += more
      if case .ended? = more.last { return events }
    }
    return events
  }

  private func metrics(_ events: [StudyEvent]) -> [Reading] {
    guard case .ended(let conclusion)? = events.last else { return [] }
    return conclusion.metrics
  }

  @Test(arguments: [1, 8], SpikeTrainRule.Method.allCases)
  func `classes are learned`(batch: Int, method: SpikeTrainRule.Method) throws {
    var configuration = configuration(batch: batch)
    configuration.training.rule.method = method
    configuration.epochs = batch == 1 ? 6 : 20
    let events = try finish(study(configuration))
    let accuracy = metrics(events).first { $0.gauge == "test.spiking.accuracy" }?.last
    #expect(try #require(accuracy) >= 0.9)
    let best = metrics(events).first { $0.gauge == "best.spiking.accuracy" }?.last
    #expect(try #require(best) >= #require(accuracy))
  }

  @Test(arguments: [1, 7])
  func `results are the same bits on any number of threads`(batch: Int) throws {
    let one = try study(configuration(batch: batch))
    let three = try study(configuration(batch: batch), threads: 3)
    #expect(try finish(one) == finish(three))
    #expect(one.snapshot() == three.snapshot())
  }

  @Test func `a run that was saved in the middle of an epoch goes on bit for bit`() throws {
    let whole = try study(configuration())
    let all = try finish(whole)
    let first = try study(configuration())
    var events: [StudyEvent] = []
    while first.progress.step < 50 { events += try first.advance(within: .zero) }
    let second = try study(configuration())
    try second.restore(first.snapshot())
    #expect(second.progress == first.progress)
    events += try finish(second)
    #expect(metrics(events) == metrics(all))
    #expect(second.snapshot().tensors == whole.snapshot().tensors)
  }

  @Test func `what was turned is repeated at its step`() throws {
    let turned = try study(configuration())
    while turned.progress.step < 40 { _ = try turned.advance(within: .zero) }
    _ = try turned.apply(.set(knob: "margin", value: 3))
    _ = try turned.apply(.choose(knob: "weightRule", option: "full"))
    _ = try turned.apply(.undo)
    let records = [
      EditRecord(step: 40, source: .user, edit: .set(knob: "margin", value: 3), changes: []),
      EditRecord(
        step: 40, source: .user, edit: .choose(knob: "weightRule", option: "full"), changes: []),
      EditRecord(step: 40, source: .user, edit: .undo, changes: []),
    ]
    _ = try finish(turned)
    let replayed = try study(configuration())
    replayed.replay(records)
    _ = try finish(replayed)
    #expect(replayed.snapshot().tensors == turned.snapshot().tensors)
  }

  @Test func `foreign checkpoints are refused and change nothing`() throws {
    let one = try study(configuration())
    while one.progress.step < 40 { _ = try one.advance(within: .zero) }
    let saved = one.snapshot()
    let other = try study(configuration(), seed: 4)
    let before = other.snapshot()
    #expect(throws: CheckpointError.self) { try other.restore(saved) }
    #expect(other.snapshot() == before)
    var wider = configuration()
    wider.hidden = ["R50"]
    let network = try study(wider)
    #expect(throws: CheckpointError.self) { try network.restore(saved) }
    var steeper = configuration()
    steeper.training.rule.margin = 2
    let settings = try study(steeper)
    #expect(throws: CheckpointError.self) { try settings.restore(saved) }
    try settings.branch(from: saved)
    #expect(settings.progress.step == one.progress.step)
  }

  @Test func `a raster shows the spikes of a layer`() throws {
    let study = try study(configuration())
    #expect(study.probe(.raster(site: "hidden1", sample: 0)) == nil)
    _ = try study.advance(within: .zero)
    guard case .raster(let raster)? = study.probe(.raster(site: "hidden1", sample: 0)) else {
      Issue.record("no raster")
      return
    }
    #expect(raster.units == 25 && raster.steps == 60 && raster.values.count == 1500)
    let isSpike = raster.values.allSatisfy { $0 == 0 || $0 == 1 }
    #expect(isSpike && raster.values.contains(1))
    #expect(study.probe(.raster(site: "nowhere", sample: 0)) == nil)
  }

  @Test func `no samples and no memory are refused`() throws {
    var configuration = configuration()
    configuration.heldOut = 40
    #expect(throws: SpikingError.noSamples(split: .training)) { try study(configuration) }
    #expect(throws: TrainingSetupError.self) {
      try SpikingStudy(
        name: "halves", configuration: self.configuration(), data: Halves(), seed: 1, threads: 1,
        availableMemory: 1000)
    }
  }
}
