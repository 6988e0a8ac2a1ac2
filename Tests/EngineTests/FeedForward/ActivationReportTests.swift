import Testing

@testable import Engine

@Suite struct ActivationReportTests {
  private let images = SyntheticClasses(seed: 3)
  private let samples = Array(0..<60)

  private func trainer() throws -> FeedForwardTrainer {
    try FeedForwardTrainer(
      network: try FeedForwardModel.residualChain(width: 24, blocks: 1).makeNetwork(
        input: images.shape, classes: images.classes),
      images: images,
      configuration: FeedForwardConfiguration(
        optimizer: OptimizerConfiguration(
          rule: .momentum(0), learningRate: Schedule(.hold(0.05)), clipNorm: nil),
        batch: 64, shards: 2, seed: 5),
      threads: 2)
  }

  /// What one step at rate 1 subtracts from the weights.
  private func gradient(_ activation: FeedForwardActivation) throws -> [[Float]] {
    let trainer = try trainer()
    let before = trainer.weights.flat.array
    _ = trainer.train(samples[...], epoch: 0, activation: activation, rate: 1)
    let change = zip(before, trainer.weights.flat.array).map(-)
    return trainer.network.layout.entries.filter { $0.name.hasSuffix("dense.weights") }.map {
      Array(change[$0.offset..<$0.offset + $0.count])
    }
  }

  private func dot(_ a: [Float], _ b: [Float]) -> Double {
    zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  @Test func `gradients are compared with those of the clipped ReLU on the same batch`() throws {
    let identity = try FeedForwardActivation(bits: 2, by: .identity)
    let clipped = try FeedForwardActivation(bits: 2, by: .clippedReLU)
    let report = try trainer().report(on: samples[...], epoch: 0, activation: identity)
    let (own, other) = (try gradient(identity), try gradient(clipped))
    #expect(report.layers.map(\.name) == ["1.dense", "4.dense", "7.dense"])
    for (index, layer) in report.layers.enumerated() {
      let (a, b) = (own[index], other[index])
      #expect(abs(layer.gradientNorm / dot(a, a).squareRoot() - 1) < 1e-3)
      let cosine = try #require(layer.cosine)
      #expect(abs(cosine - dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()) < 1e-3)
      #expect(cosine < 0.99 && layer.masked == 0)
    }
    let same = try trainer().report(on: samples[...], epoch: 0, activation: clipped)
    #expect(same.layers.allSatisfy { abs(($0.cosine ?? 0) - 1) < 1e-12 && $0.masked > 0.3 })
    #expect(same.quantizer?.surrogate == "clipped_relu" && same.quantizer?.bits == 2)
  }

  @Test func `inputs and levels are counted`() throws {
    let trainer = try trainer()
    let activation = try FeedForwardActivation(bits: 2, by: .relu)
    let report = trainer.report(on: samples[...], epoch: 0, activation: activation)
    let relu = try #require(report.quantizer)
    let first = report.layers[0]
    // The first activation is behind the first layer and its normalization.
    let inputs = (0..<2).flatMap { trainer.value(2, shard: $0).array.map(Double.init) }
    let share = { (holds: (Double) -> Bool) in
      Double(inputs.count(where: holds)) / Double(inputs.count)
    }
    #expect(abs(first.inactive - share { $0 <= 0 }) < 1e-12)
    #expect(abs(first.saturated - share { $0 > relu.clip }) < 1e-12)
    #expect(first.levels.count == 4 && abs(first.levels.reduce(0, +) - 1) < 1e-9)
    #expect(abs(first.levels[0] - share { $0 < relu.resolution / 2 }) < 1e-12)
    #expect(abs(first.levels[3] - share { $0 >= 2.5 * relu.resolution }) < 1e-12)
    #expect(abs(first.inputs.reduce(0, +) - 1) < 1e-9 && first.inputs.count == 32)
    #expect(abs(first.inputs[16] - share { $0 >= 0 && $0 < 0.25 }) < 1e-12)
  }

  @Test func `in full precision there is no quantizer to tell of`() throws {
    let report = try trainer().report(on: samples[...], epoch: 0, activation: .rectified)
    #expect(report.quantizer == nil)
    for layer in report.layers {
      #expect(layer.levels.isEmpty && layer.cosine == nil && layer.saturated == 0)
      #expect(layer.gradientNorm > 0 && layer.masked > 0.2 && layer.masked < 0.8)
    }
  }
}
