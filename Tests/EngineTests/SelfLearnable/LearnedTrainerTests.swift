import Testing

@testable import Engine

/// The trainer of networks with self-learnable activations.
@Suite struct LearnedTrainerTests {
  private static let spirals = TwoSpirals(perArm: 60, seed: 2)

  private func trainer(
    _ recipe: SelfLearnableRecipe, threads: Int = 2, rule: OptimizerRule = adam,
    dropout: Double = 0
  ) throws -> FeedForwardTrainer {
    var options = FeedForwardOptions()
    (options.learned, options.start) = (recipe, .uniform)
    var configuration = FeedForwardConfiguration(
      optimizer: OptimizerConfiguration(
        rule: rule, learningRate: Schedule(.hold(0.01)), clipNorm: recipe.clipNorm),
      batch: 24, shards: 2, seed: 3)
    configuration.coefficients = recipe.training
    return try FeedForwardTrainer(
      network: FeedForwardModel.chain(width: 7, depth: 2).makeNetwork(
        input: Self.spirals.shape, classes: 2, options: options),
      images: Self.spirals, configuration: configuration, threads: threads)
  }

  private static let adam = OptimizerRule.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8)

  private func work(_ trainer: FeedForwardTrainer, _ steps: Range<Int>) {
    for step in steps {
      let first = step * 24 % 72
      _ = trainer.train(
        Array(first..<first + 24)[...], epoch: step / 3, activation: .rectified, rate: 0.01)
    }
  }

  private static var recipes: [SelfLearnableRecipe] {
    var recipe = SelfLearnableRecipe.paper(degree: 3)
    recipe.training = CoefficientTraining(
      rateFactor: 5, alternation: 2, penalty: CoefficientPenalty(absolute: 1e-3))
    return [recipe, .stable(degree: 5)]
  }

  @Test(arguments: [0, 1])
  func `what was saved goes on bit for bit, on any number of threads`(index: Int) throws {
    let recipe = Self.recipes[index]
    let whole = try trainer(recipe)
    work(whole, 0..<9)
    let first = try trainer(recipe, threads: 1)
    work(first, 0..<5)
    let second = try trainer(recipe)
    try second.restore(Checkpoint(tensors: first.tensors, metadata: first.counts))
    #expect(second.optimizer.counts == first.optimizer.counts)
    work(second, 5..<9)
    #expect(second.tensors == whole.tensors && second.counts == whole.counts)
  }

  @Test func `frozen rows stay while the others move`() throws {
    let trainer = try trainer(Self.recipes[1])
    let layers = trainer.network.selfLearnableLayers
    trainer.optimizer.freeze([FrozenRows(isWhole: true), FrozenRows(rows: [2])])
    let before = layers.map { trainer.weights[$0.coefficients].array }
    work(trainer, 0..<3)
    let after = layers.map { trainer.weights[$0.coefficients].array }
    #expect(before[0] == after[0])
    for row in 0..<7 {
      let places = row * 5..<(row + 1) * 5
      #expect((Array(before[1][places]) == Array(after[1][places])) == (row == 2))
    }
  }

  @Test func `planes share by channel and vectors by layer`() throws {
    var recipe = SelfLearnableRecipe.paper()
    recipe.activation.sharing = .planes
    recipe.degrees = [2, 3, 5]
    var options = FeedForwardOptions()
    (options.learned, options.dropout) = (recipe, 0.5)
    options.start = .truncated(deviation: 0.1)
    let network = try FeedForwardModel.digits(filters: 3).makeNetwork(
      input: ImageShape(channels: 1, height: 8, width: 8), classes: 10, options: options)
    let layers = network.selfLearnableLayers
    let weights = network.makeWeights(seed: 1)
    #expect(layers.map { weights[$0.coefficients].rows } == [3, 6, 1])
    #expect(layers.map(\.configuration.degree) == [2, 3, 5])
    let first = weights[ParameterHandle(index: 0)].array
    #expect(first.allSatisfy { abs($0) <= 0.2 } && Set(first).count > 70)
    #expect(weights[ParameterHandle(index: 1)].array.allSatisfy { $0 == 0.1 })
  }
}
