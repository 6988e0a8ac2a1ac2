import ArgumentParser
import Engine

/// Two hidden layers on two spirals, with self-learnable activations or with ReLU.
struct SpiralsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spirals",
    abstract: "Train networks with self-learnable activations on two spirals.")

  enum Recipe: String, ExpressibleByArgument, CaseIterable {
    case paper, stable, relu
  }

  @Option(help: "paper, stable or relu.") var recipe = Recipe.stable
  @Option(help: "The degree of an activation.") var degree = 12
  @Option(help: "Units of each hidden layer.") var units = 20
  @Option(help: "Points of an arm.") var points = 5000
  @Option(help: "Epochs at the least rate, after 8 at 0.01 and 2 at 0.001.") var epochs = 20
  @Option(help: "Seeds, from 1 on.") var seeds = 3
  @Option(help: "Threads.") var threads = 2

  func run() throws {
    for seed in 1...UInt64(max(seeds, 1)) {
      let spirals = TwoSpirals(perArm: points, seed: seed)
      var builder = FeedForwardBuilder(input: spirals.shape)
      var clip: Double?
      for layer in 0..<2 {
        // Powers are not those of a shifted input, though normalization takes their means.
        builder.dense(units, hasBias: recipe == .paper)
        switch recipe {
        case .relu:
          builder.batchNorm()
          builder.activation()
        case .paper, .stable:
          let own: SelfLearnableRecipe =
            recipe == .paper ? .paper(degree: degree) : .stable(degree: degree)
          clip = own.clipNorm
          try builder.activation(layer, of: own)
        }
      }
      builder.dense(spirals.classes, hasBias: true)
      let trainer = try FeedForwardTrainer(
        network: builder.makeNetwork(), images: spirals,
        configuration: FeedForwardConfiguration(
          optimizer: OptimizerConfiguration(
            rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8),
            learningRate: Schedule(.hold(0.01)), clipNorm: clip),
          batch: Self.batch, seed: seed),
        threads: threads)
      var order = Array(0..<spirals.count(in: .training))
      let seconds = Measurement.seconds {
        for epoch in 0..<10 + epochs { train(trainer, &order, epoch: epoch, seed: seed) }
      }
      print(
        "\(recipe.rawValue) degree \(degree) seed \(seed): test",
        "\((100 * score(trainer, spirals)).fixed(2)) %, training \(seconds.fixed(2)) s")
    }
  }

  private static let batch = 256

  private func train(
    _ trainer: FeedForwardTrainer, _ order: inout [Int], epoch: Int, seed: UInt64
  ) {
    var stream = RandomStream(seed: seed, purpose: .order, first: epoch)
    order.shuffle(with: &stream)
    let rate = epoch < 8 ? 1e-2 : epoch < 10 ? 1e-3 : 1e-4
    for start in stride(from: 0, through: order.count - Self.batch, by: Self.batch) {
      _ = trainer.train(
        order[start..<start + Self.batch], epoch: epoch, activation: .rectified, rate: rate)
    }
  }

  private func score(_ trainer: FeedForwardTrainer, _ spirals: TwoSpirals) -> Double {
    let count = spirals.count(in: .test)
    var correct = 0
    for start in stride(from: 0, to: count, by: Self.batch) {
      correct +=
        trainer.evaluate(
          start..<min(start + Self.batch, count), split: .test, activation: .rectified
        ).correct
    }
    return Double(correct) / Double(count)
  }
}
