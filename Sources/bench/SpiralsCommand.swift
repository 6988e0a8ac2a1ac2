import ArgumentParser
import Engine

/// Two hidden layers on two spirals, with self-learnable activations or with ReLU (specification of
/// self-learnable activations, 3, 5 and 6).
struct SpiralsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spirals",
    abstract: "Train networks with self-learnable activations on two spirals.")

  @Option(help: "paper, stable or relu; the first and the last as the authors trained them.")
  var preset = SpiralsPreset.stable
  @Option(help: "The degree of an activation.") var degree: Int?
  @Option(help: "Units of each hidden layer.") var units: Int?
  @Option(help: "Points of an arm.") var points: Int?
  @Option(help: "Epochs at the least rate.") var epochs: Int?
  @Option(help: "Seeds, from the first on.") var seeds = 3
  @Option(help: "The first seed.") var firstSeed: UInt64 = 1
  @Option(help: "Threads.") var threads = 2

  func run() throws {
    var scores: [Double] = []
    for seed in firstSeed..<firstSeed + UInt64(max(seeds, 1)) {
      let spirals = TwoSpirals(perArm: points ?? preset.points, seed: seed)
      let trainer = try trainer(spirals, seed: seed)
      var order = Array(0..<spirals.count(in: .training))
      let seconds = Measurement.seconds {
        for epoch in 0..<10 + (epochs ?? preset.lastEpochs) {
          train(trainer, &order, epoch: epoch, seed: seed)
        }
      }
      let result = trainer.evaluate(.test, activation: .rectified)
      let score = 100 * Double(result.correct) / Double(result.count)
      scores.append(score)
      print(
        "\(preset.rawValue) seed \(seed): test \(score.fixed(2)) %,",
        "training \(seconds.fixed(1)) s")
    }
    let mean = scores.reduce(0, +) / Double(scores.count)
    print("\(preset.rawValue): mean \(mean.fixed(2)) % of \(scores.count)")
  }

  private static let batch = 256

  private func trainer(_ spirals: TwoSpirals, seed: UInt64) throws -> FeedForwardTrainer {
    try FeedForwardTrainer(
      network: network(spirals), images: spirals,
      configuration: FeedForwardConfiguration(
        optimizer: OptimizerConfiguration(
          rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8),
          learningRate: Schedule(.hold(0.01)), clipNorm: preset.clipNorm),
        batch: Self.batch, seed: seed),
      threads: threads)
  }

  private func network(_ spirals: TwoSpirals) throws -> FeedForwardNetwork {
    let units = units ?? preset.units
    guard let recipe = preset.recipe(degree: degree) else {
      var builder = FeedForwardBuilder(input: spirals.shape, start: .uniform)
      for _ in 0..<2 {
        builder.dense(units, hasBias: true)
        builder.activation()
        builder.batchNorm(isScaled: true)
        builder.activation()
      }
      builder.dense(spirals.classes, hasBias: true)
      return builder.makeNetwork()
    }
    var options = FeedForwardOptions()
    (options.learned, options.start) = (recipe, preset == .stable ? .normal : .uniform)
    // The authors' networks have one logit.
    return try FeedForwardModel.chain(width: units, depth: 2).makeNetwork(
      input: spirals.shape, classes: preset == .paper ? 1 : spirals.classes, options: options)
  }

  private func train(
    _ trainer: FeedForwardTrainer, _ order: inout [Int], epoch: Int, seed: UInt64
  ) {
    var stream = RandomStream(seed: seed, purpose: .order, first: epoch)
    order.shuffle(with: &stream)
    let rate = preset.rate(inEpoch: epoch)
    for start in stride(from: 0, through: order.count - Self.batch, by: Self.batch) {
      _ = trainer.train(
        order[start..<start + Self.batch], epoch: epoch, activation: .rectified, rate: rate)
    }
  }
}

/// How the networks of ``SpiralsCommand`` are trained unless told otherwise.
enum SpiralsPreset: String, ExpressibleByArgument, CaseIterable {
  case paper, stable, relu

  var points: Int { self == .stable ? 5000 : 100_000 }
  var units: Int { self == .relu ? 40 : 20 }
  /// After 8 and 2 epochs at higher rates.
  var lastEpochs: Int { self == .stable ? 20 : 5 }
  var clipNorm: Double? { self == .relu ? nil : 5 }

  /// `nil` for ReLU.
  func recipe(degree: Int?) -> SelfLearnableRecipe? {
    switch self {
    case .paper: .paper(degree: degree ?? 7)
    case .stable: .stable(degree: degree ?? 12)
    case .relu: nil
    }
  }

  func rate(inEpoch epoch: Int) -> Double {
    if self == .relu { return epoch < 10 ? 1e-3 : 1e-4 }
    return epoch < 8 ? 1e-2 : epoch < 10 ? 1e-3 : 1e-4
  }
}
