import Testing

@testable import Engine

@Suite struct SelfLearnableRoutineTests {
  private func network(_ recipe: SelfLearnableRecipe = .paper()) throws -> FeedForwardNetwork {
    var builder = FeedForwardBuilder(input: ImageShape(channels: 3))
    for number in 0..<2 {
      builder.dense(4, hasBias: true)
      try builder.activation(number, of: recipe)
    }
    builder.dense(2, hasBias: true)
    return builder.makeNetwork()
  }

  private static let adam = OptimizerRule.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8)

  private func configuration(_ clip: Double? = nil) -> OptimizerConfiguration {
    OptimizerConfiguration(
      rule: Self.adam, learningRate: Schedule(.hold(0.01)), clipNorm: clip)
  }

  /// A gradient that differs from step to step.
  private func gradient(_ network: FeedForwardNetwork, _ step: Int) -> ParameterSlab {
    let slab = ParameterSlab(network.layout)
    for entry in network.layout.entries where entry.role != .statistic {
      for place in 0..<entry.count {
        slab.flat[0, entry.offset + place] = Float((place * 7 + step * 13) % 11) / 10 - 0.4
      }
    }
    return slab
  }

  /// The weights after some steps.
  private func trained(
    _ network: FeedForwardNetwork, _ training: CoefficientTraining, steps: Int
  ) throws -> ParameterSlab {
    let weights = network.makeWeights(seed: 2)
    var optimizer = try CoefficientOptimizer(
      configuration(1), training: training, network: network)
    for step in 0..<steps {
      let gradient = gradient(network, step)
      optimizer.update(
        weights, with: gradient, norm: Optimizer.norm(gradient), rate: 0.01)
    }
    return weights
  }

  private func parts(
    _ network: FeedForwardNetwork, _ slab: ParameterSlab, ofActivations: Bool
  ) -> [Float] {
    network.layout.entries.filter {
      $0.role != .statistic && $0.name.contains(".learned.") == ofActivations
    }.flatMap { slab.flat.array[$0.offset..<$0.offset + $0.count] }
  }

  @Test func `all together are what one optimizer does`() throws {
    let network = try network()
    let weights = network.makeWeights(seed: 2)
    var optimizer = Optimizer(configuration(1), layout: network.layout)
    for step in 0..<7 {
      let gradient = gradient(network, step)
      optimizer.update(weights, with: gradient, norm: Optimizer.norm(gradient), rate: 0.01)
    }
    let other = try trained(network, CoefficientTraining(), steps: 7)
    for isOwn in [true, false] {
      #expect(
        parts(network, weights, ofActivations: isOwn)
          == parts(network, other, ofActivations: isOwn))
    }
  }

  @Test func `in turn each side moves while the other stays`() throws {
    let network = try network()
    let start = network.makeWeights(seed: 2)
    let training = CoefficientTraining(alternation: 3)
    let first = try trained(network, training, steps: 3)
    let second = try trained(network, training, steps: 6)
    #expect(
      parts(network, first, ofActivations: true) == parts(network, start, ofActivations: true))
    #expect(
      parts(network, first, ofActivations: false) != parts(network, start, ofActivations: false))
    #expect(
      parts(network, second, ofActivations: false) == parts(network, first, ofActivations: false))
    #expect(
      parts(network, second, ofActivations: true) != parts(network, first, ofActivations: true))
    // The weights' moments have stayed: a step later they go on where they were.
    let third = try trained(network, training, steps: 7)
    let alone = network.makeWeights(seed: 2)
    var optimizer = Optimizer(configuration(1), layout: network.layout)
    for step in [0, 1, 2, 6] {
      let gradient = gradient(network, step)
      optimizer.update(alone, with: gradient, norm: Optimizer.norm(gradient), rate: 0.01)
    }
    #expect(
      parts(network, third, ofActivations: false) == parts(network, alone, ofActivations: false))
  }

  @Test func `a factor makes coefficients faster, and frozen ones stay`() throws {
    let network = try network()
    let start = parts(network, network.makeWeights(seed: 2), ofActivations: true)
    let plain = parts(
      network, try trained(network, CoefficientTraining(), steps: 1), ofActivations: true)
    let fast = parts(
      network, try trained(network, CoefficientTraining(rateFactor: 5), steps: 1),
      ofActivations: true)
    for index in start.indices {
      #expect(abs((fast[index] - start[index]) - 5 * (plain[index] - start[index])) < 1e-5)
    }
    let frozen = try trained(network, CoefficientTraining(isFrozen: true), steps: 4)
    #expect(parts(network, frozen, ofActivations: true) == start)
  }

  @Test(arguments: [false, true])
  func `the penalty's step is a descent by central differences`(favoursHighPowers: Bool) throws {
    let network = try network()
    let layer = try #require(network.selfLearnableLayers.first)
    let penalty = CoefficientPenalty(
      absolute: 0.3, square: 0.7, favoursHighPowers: favoursHighPowers)
    let weights = network.makeWeights(seed: 4)
    let gate = try #require(layer.gate)
    let constant = weights[layer.constant].array
    for handle in [layer.coefficients, gate] {
      for j in 0..<weights[handle].columns {
        let before = weights[handle][0, j]
        let h: Float = 1 / 128
        weights[handle][0, j] = before + h
        let above = penalty.value(layer, weights)
        weights[handle][0, j] = before - h
        let below = penalty.value(layer, weights)
        weights[handle][0, j] = before
        let slope = (above - below) / (2 * Double(h))
        let moved = network.makeWeights(seed: 4)
        penalty.step(layer, moved, rate: 0.01)
        let found = Double(before - moved[handle][0, j]) / 0.01
        #expect(abs(found - slope) < 1e-3 * max(1, abs(slope)))
        #expect(moved[layer.constant].array == constant)
      }
    }
  }

  @Test func `routines change what they are about`() throws {
    for routine in SelfLearnableRoutine.allCases {
      for start in [SelfLearnableRecipe.paper(), .stable()] {
        var recipe = start
        routine.apply(to: &recipe)
        try recipe.validate()
        #expect(try network(recipe).layout.trainedCount > 0)
      }
    }
    var recipe = SelfLearnableRecipe.stable()
    SelfLearnableRoutine.hybrid.apply(to: &recipe)
    let hybrid = try network(recipe)
    #expect(hybrid.selfLearnableLayers.count == 1)
    #expect(try network(.stable()).selfLearnableLayers.count == 2)
    SelfLearnableRoutine.clipping.apply(to: &recipe)
    #expect(recipe.clipNorm == 5 && recipe.activation.basis == .monomial)
    SelfLearnableRoutine.alternating.apply(to: &recipe)
    SelfLearnableRoutine.fasterCoefficients.apply(to: &recipe)
    #expect(recipe.training == CoefficientTraining(rateFactor: 5, alternation: 20))
  }

  @Test func `what cannot be is refused`() throws {
    #expect(throws: SelfLearnableError.setting("rate factor", -1)) {
      try CoefficientTraining(rateFactor: -1).validate()
    }
    #expect(throws: SelfLearnableError.setting("alternation", 0)) {
      try CoefficientTraining(alternation: 0).validate()
    }
    #expect(throws: SelfLearnableError.setting("penalty", .infinity)) {
      try CoefficientTraining(penalty: CoefficientPenalty(square: .infinity)).validate()
    }
    #expect(throws: SelfLearnableError.tooFewRows(1)) { try network().requireRows(1) }
    #expect(throws: Never.self) { try network().requireRows(2) }
    let configuration = FeedForwardConfiguration(optimizer: configuration(), batch: 1)
    var builder = FeedForwardBuilder(input: ImageShape(channels: 2))
    try builder.selfLearnable(.paper())
    #expect(throws: TrainingSetupError.batchTooSmall(found: 1, expected: 2)) {
      try FeedForwardTrainer(
        network: builder.makeNetwork(), images: TwoSpirals(perArm: 9, seed: 1),
        configuration: configuration, threads: 1)
    }
  }
}
