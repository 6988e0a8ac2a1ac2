import Testing

@testable import Engine

@Suite struct StartingWeightsTests {
  private typealias Entry = WeightMismatch.Entry

  private func mismatch(_ checkpoint: Checkpoint) throws -> WeightMismatch? {
    let study = try TrainingStudy(tiny: .tiny())
    let before = study.snapshot()
    do throws(WeightMismatch) {
      try study.begin(with: checkpoint, from: "f")
      return nil
    } catch {
      #expect(study.snapshot() == before)
      return error
    }
  }

  private func trained() throws -> Checkpoint {
    let study = try TrainingStudy(tiny: .tiny(seed: 9))
    _ = try study.runToEnd()
    return study.snapshot()
  }

  @Test func `weights are taken by name, and moments and counters are not`() throws {
    let checkpoint = try trained()
    let study = try TrainingStudy(tiny: .tiny())
    let fresh = study.snapshot()
    try study.begin(with: checkpoint, from: "there")
    let begun = study.snapshot()
    for (tensor, drawn) in zip(begun.tensors, fresh.tensors) {
      let isMoment = tensor.name.hasPrefix("optimizer.")
      let other = checkpoint.tensors.first { $0.name == tensor.name }
      #expect(tensor == (isMoment ? drawn : other), "\(tensor.name)")
    }
    #expect(begun.metadata["step"] == "0" && begun.metadata["updates"] == "0")
    #expect(study.summary.origin == "there")
    // In any order, and vectors for single rows.
    var shuffled = checkpoint
    shuffled.tensors = checkpoint.tensors.reversed().filter { !$0.name.hasPrefix("optimizer.") }
    for index in shuffled.tensors.indices where shuffled.tensors[index].shape[0] == 1 {
      shuffled.tensors[index].shape.removeFirst()
    }
    let again = try TrainingStudy(tiny: .tiny())
    try again.begin(with: shuffled, from: "there")
    #expect(again.snapshot() == begun)
  }

  @Test func `everything that does not fit is named at once`() throws {
    var checkpoint = try trained()
    checkpoint.tensors.removeAll { $0.name == "lmu.bias" }
    checkpoint.tensors.append(.init(name: "lmu.other", shape: [2], values: [1, 2]))
    for index in checkpoint.tensors.indices {
      switch checkpoint.tensors[index].name {
      case "lmu.hiddenWeights": checkpoint.tensors[index].shape = [6, 24]
      case "readout.bias": checkpoint.tensors[index].values[1] = .nan
      default: break
      }
    }
    let found = try #require(try mismatch(checkpoint))
    #expect(found.missing == [Entry(name: "lmu.bias", shape: [1, 12])])
    #expect(found.unexpected == [Entry(name: "lmu.other", shape: [2])])
    #expect(found.misshapen.count == 1)
    #expect(found.misshapen.first?.found == Entry(name: "lmu.hiddenWeights", shape: [6, 24]))
    #expect(found.misshapen.first?.expected == [12, 12])
    #expect(found.notFinite == ["readout.bias"])
    let nothing = try #require(try mismatch(Checkpoint(tensors: [], metadata: [:])))
    #expect(nothing.missing.count == 9)
  }

  @Test func `scales are calibrated on the weights that a run begins with`() throws {
    var configuration = TrainingConfiguration.tiny()
    configuration.model.lmu?.m.scale = .calibrated(quantile: 0.99)
    var larger = try TrainingStudy(tiny: configuration).snapshot()
    let index = try #require(larger.tensors.firstIndex { $0.name == "lmu.inputEncoder" })
    larger.tensors[index].values = larger.tensors[index].values.map { $0 * 4 }
    let drawn = try TrainingStudy(tiny: configuration)
    let begun = try TrainingStudy(tiny: configuration)
    try begun.begin(with: larger, from: "there")
    #expect(drawn.scales(at: 0)[0] == 1 && begun.scales(at: 0)[0] == 1)
    #expect(begun.scales(at: 0)[1] < 0.7 * drawn.scales(at: 0)[1])
    // What was calibrated then is not calibrated anew by those who use the weights.
    _ = try begun.advance(within: .zero)
    let network = try TrainedNetwork(
      configuration, problem: TinyProblem(), checkpoint: begun.snapshot(), threads: 1)
    let expected = Trainer.resolution(network.sites[1].w, scale: begun.scales(at: 0)[1])
    #expect(network.presentResolutions[1] == expected)
  }

  @Test func `weights without metadata are used at the end of the schedules`() throws {
    var checkpoint = try trained()
    checkpoint.metadata = [:]
    let network = try TrainedNetwork(
      .tiny(), problem: TinyProblem(), checkpoint: checkpoint, threads: 1)
    #expect(network.sites.map(\.w) == [1, 4])
    #expect(network.step == 0)
  }
}
