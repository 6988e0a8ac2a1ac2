import Engine
import Testing

@Suite struct TwoSpiralsTests {
  @Test func `the stable recipe learns two spirals`() throws {
    let spirals = TwoSpirals(perArm: 5000, seed: 3)
    var builder = FeedForwardBuilder(input: spirals.shape)
    for layer in 0..<2 {
      builder.dense(20)
      try builder.activation(layer, of: .stable())
    }
    builder.dense(2, hasBias: true)
    let trainer = try FeedForwardTrainer(
      network: builder.makeNetwork(), images: spirals,
      configuration: FeedForwardConfiguration(
        optimizer: OptimizerConfiguration(
          rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8),
          learningRate: Schedule(.hold(0.01)), clipNorm: 5),
        batch: 256, seed: 3),
      threads: 2)
    var order = Array(0..<spirals.count(in: .training))
    for epoch in 0..<30 {
      var stream = RandomStream(seed: 3, purpose: .order, first: epoch)
      order.shuffle(with: &stream)
      for start in stride(from: 0, through: order.count - 256, by: 256) {
        _ = trainer.train(
          order[start..<start + 256], epoch: epoch, activation: .rectified,
          rate: epoch < 8 ? 1e-2 : epoch < 10 ? 1e-3 : 1e-4)
      }
    }
    var correct = 0
    for start in stride(from: 0, to: 2000, by: 250) {
      correct +=
        trainer.evaluate(start..<start + 250, split: .test, activation: .rectified).correct
    }
    #expect(correct >= 1980, "\(correct) of 2000")
  }

  @Test func `arms are each other's negatives, a fifth of them apart`() {
    let spirals = TwoSpirals(perArm: 50, seed: 1)
    #expect(spirals.count(in: .training) == 80 && spirals.count(in: .test) == 20)
    var (first, second): ([Float], [Float]) = ([0, 0], [0, 0])
    spirals.copyImage(6, in: .training, to: &first, stride: 1)
    spirals.copyImage(7, in: .training, to: &second, stride: 1)
    #expect(first == second.map { -$0 } && first != [0, 0])
    #expect(spirals.label(6, in: .training) == 0 && spirals.label(7, in: .training) == 1)
  }
}
