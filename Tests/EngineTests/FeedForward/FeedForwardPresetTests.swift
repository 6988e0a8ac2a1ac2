import Engine
import Testing

@Suite struct FeedForwardPresetTests {
  @Test func `the learning rate falls at its milestones`() {
    let phase = FeedForwardPhase(.rectified, epochs: 50, rate: 0.1, milestones: [20, 40])
    for (epoch, rate) in [(0, 0.1), (19, 0.1), (20, 0.01), (39, 0.01), (40, 0.001), (49, 0.001)] {
      #expect(abs(phase.rate(inEpoch: epoch) - rate) < 1e-12)
    }
  }

  @Test(arguments: [1, 2, 4])
  func `published settings begin in full precision`(bits: Int) throws {
    let small = try FeedForwardPreset.leNet5(bits: bits, by: .relu)
    let large = try FeedForwardPreset.resNet20(bits: bits, by: .clippedReLU)
    #expect(small.configuration.batch == 64 && large.configuration.batch == 128)
    #expect(small.configuration.augmentation == nil)
    #expect(large.configuration.augmentation == ImageAugmentation(padding: 4, flips: true))
    #expect(small.phases.map(\.epochs) == [50, 50] && large.phases.map(\.epochs) == [200, 200])
    #expect(large.phases[1].milestones == [80, 140] && large.phases[1].rate == 0.01)
    #expect(large.model == .resNet20 && small.model == .leNet5)
    for preset in [small, large] {
      #expect(preset.phases[0].activation == .rectified)
      guard case .quantized(let relu, _) = preset.phases[1].activation.form else {
        Issue.record("quantized behind full precision")
        return
      }
      #expect(relu.bits == bits && relu.thresholds == .nearest)
    }
  }

  @Test func `a phase goes through all samples and repeats`() throws {
    let images = SyntheticClasses(seed: 3, samples: 100)
    let trainers = try (0..<2).map { _ in
      try FeedForwardTrainer(
        network: try FeedForwardModel.chain(width: 8, depth: 1).makeNetwork(
          input: images.shape, classes: images.classes),
        images: images,
        configuration: FeedForwardConfiguration(
          optimizer: OptimizerConfiguration(
            rule: .momentum(0.9), learningRate: Schedule(.hold(0.05)), clipNorm: nil),
          batch: 32),
        threads: 2)
    }
    for trainer in trainers {
      var epochs: [Int] = []
      var losses: [Double] = []
      trainer.train(FeedForwardPhase(.rectified, epochs: 4, rate: 0.05), from: 0) { epoch, sum in
        epochs.append(epoch)
        losses.append(sum.loss)
        #expect(sum.count == 100)
      }
      #expect(epochs == [0, 1, 2, 3] && losses[3] < losses[0])
      #expect(trainer.evaluate(.training, activation: .rectified).count == 100)
    }
    #expect(trainers[0].weights.flat.array == trainers[1].weights.flat.array)
  }
}
