import Engine
import TestSupport
import Testing

@Suite struct FeedForwardTrainerTests {
  private static let chain = FeedForwardModel.chain(width: 24, depth: 2)

  private func trainer(
    _ model: FeedForwardModel = chain, images: any LabelledImages = SyntheticClasses(seed: 3),
    batch: Int = 64, shards: Int = 2, threads: Int = 2, weightDecay: Double = 0
  ) throws -> FeedForwardTrainer {
    try FeedForwardTrainer(
      network: try model.makeNetwork(input: images.shape, classes: images.classes),
      images: images,
      configuration: FeedForwardConfiguration(
        optimizer: OptimizerConfiguration(
          rule: .momentum(0.9), learningRate: Schedule(.hold(0.05)), clipNorm: nil),
        weightDecay: weightDecay, batch: batch, shards: shards, seed: 5),
      threads: threads)
  }

  /// Losses of the first steps.
  private func losses(
    _ trainer: FeedForwardTrainer, steps: Int, activation: FeedForwardActivation
  ) -> [Double] {
    (0..<steps).map { step in
      let samples = Array(step * 64 % 1024..<step * 64 % 1024 + 50)
      return trainer.train(samples[...], epoch: step / 16, activation: activation, rate: 0.05).loss
    }
  }

  @Test func `results do not depend on the number of threads`() throws {
    let activation = try FeedForwardActivation(bits: 2, by: .clippedReLU)
    let results = try [1, 2, 3].map { threads in
      let trainer = try trainer(shards: 3, threads: threads)
      let losses = losses(trainer, steps: 5, activation: activation)
      return (losses, trainer.weights.flat.array)
    }
    for result in results.dropFirst() {
      #expect(result.0 == results[0].0)
      #expect(result.1 == results[0].1)
    }
  }

  @Test func `shards change results by rounding alone`() throws {
    let whole = losses(try trainer(shards: 1), steps: 3, activation: .rectified)
    for shards in [2, 5] {
      let parts = losses(try trainer(shards: shards), steps: 3, activation: .rectified)
      for (a, b) in zip(whole, parts) { #expect(abs(a - b) < 1e-3 * a) }
    }
  }

  @Test func `training in full precision, then quantized, learns the synthetic classes`() throws {
    let trainer = try trainer()
    var loss = 0.0
    func epochs(_ count: Int, _ activation: FeedForwardActivation) {
      for epoch in 0..<count {
        loss = 0
        for first in stride(from: 0, to: 1024, by: 64) {
          let samples = Array(first..<first + 64)
          loss +=
            trainer.train(samples[...], epoch: epoch, activation: activation, rate: 0.05).loss
        }
      }
    }
    epochs(15, .rectified)
    #expect(loss / 1024 < 0.35)
    trainer.resetOptimizer()
    let quantized = try FeedForwardActivation(bits: 4, by: .clippedReLU)
    epochs(5, quantized)
    #expect(loss / 1024 < 0.4)
    let score = trainer.evaluate(0..<64, split: .validation, activation: quantized)
    #expect(score.correct > 50 && score.count == 64)
  }

  @Test func `evaluation changes nothing`() throws {
    let trainer = try trainer()
    _ = losses(trainer, steps: 2, activation: .rectified)
    let before = trainer.weights.flat.array
    let first = trainer.evaluate(0..<64, split: .test, activation: .rectified)
    let second = trainer.evaluate(0..<64, split: .test, activation: .rectified)
    #expect(first == second)
    #expect(trainer.weights.flat.array == before)
  }

  @Test func `running statistics follow mean and unbiased variance of the batches`() throws {
    var builder = FeedForwardBuilder(input: ImageShape(channels: 3))
    builder.batchNorm()
    let run = NetworkRun(builder.makeNetwork(), samples: 8, shards: 3)
    run.run()
    let statistics = run.weights.flat.array
    for (channel, entry) in zip(0..<3, repeatElement(run.network.layout.entries, count: 3)) {
      let x = (0..<8).map { run.input[$0 * 3 + channel] }
      let mean = x.reduce(0, +) / 8
      let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 7
      #expect(abs(Double(statistics[entry[0].offset + channel]) - 0.1 * mean) < 1e-6)
      #expect(
        abs(Double(statistics[entry[1].offset + channel]) - (0.9 + 0.1 * variance)) < 1e-6)
    }
  }

  @Test func `weight decay takes its share of the weights and of nothing else`() throws {
    let (plain, decayed) = (try trainer(), try trainer(weightDecay: 0.1))
    let start = plain.weights.flat.array
    for trainer in [plain, decayed] {
      _ = trainer.train([0, 1, 2, 3], epoch: 0, activation: .rectified, rate: 0.05)
    }
    let (a, b) = (plain.weights.flat.array, decayed.weights.flat.array)
    for entry in plain.network.layout.entries {
      let share: Float = entry.role == .weight ? 0.05 * 0.1 : 0
      for place in entry.offset..<entry.offset + entry.count {
        #expect(abs(b[place] - (a[place] - share * start[place])) < 1e-6)
      }
    }
  }

  @Test func `a training that does not fit the memory is refused`() throws {
    let images = SyntheticClasses(seed: 3)
    #expect(throws: TrainingSetupError.self) {
      try FeedForwardTrainer(
        network: try Self.chain.makeNetwork(input: images.shape, classes: 4), images: images,
        configuration: trainer().configuration, threads: 1, availableMemory: 1000)
    }
  }
}
