import Testing

@testable import Engine

@Suite struct KolmogorovLayerTests {
  init() { Products.confineToThisThread() }

  @Test func `values and gradients are those of the network in double`() throws {
    var layout = ParameterLayout()
    let layer = KolmogorovLayer(
      "last", input: ImageShape(channels: 3), units: 2, outputs: 2, points: try .uniform(),
      layout: &layout)
    let (weights, gradients) = (ParameterSlab(layout), ParameterSlab(layout))
    layer.initialize(weights, seed: 3)
    let inner = weights[layer.parameters.inner]
    for index in 0..<inner.count { inner.base[index] *= 5 }
    let network = layer.network(weights)
    let rows = 9
    let (input, output) = (Matrix(rows: 3, columns: rows), Matrix(rows: 2, columns: rows))
    let (upstream, back) = (Matrix(rows: 2, columns: rows), Matrix(rows: 3, columns: rows))
    input.set((0..<27).map { Float($0 * 11 % 27) / 11 - 1.2 })
    upstream.set((0..<18).map { Float($0 * 7 % 18) / 9 - 1 })
    let pass = layer.makePass(
      shards: 2, rows: rows, in: Workspace())
    let context = FeedForwardContext(weights: weights, activation: .rectified)
    pass.forward(input, into: output, shard: 1, context: context)
    pass.backward(
      upstream, input: input, into: back, shard: 1, context: context, gradients: gradients)
    let places = (0..<rows).map { row in (0..<3).map { min(max(Double(input[$0, row]), -1), 1) } }
    let expected = network.gradient(
      places, outputGradients: (0..<rows).map { row in (0..<2).map { Double(upstream[$0, row]) } })
    for row in 0..<rows {
      for (found, value) in zip([output[0, row], output[1, row]], network.run(places[row]).outputs)
      {
        #expect(abs(Double(found) - value) < 1e-4)
      }
      for feature in 0..<3 {
        let isBeyond = abs(input[feature, row]) > 1
        let slope = isBeyond ? 0 : expected.inputs[row][feature]
        #expect(abs(Double(back[feature, row]) - slope) < 2e-3)
      }
    }
    let found = gradients[layer.parameters.inner].array.map { Double($0) }
    for (a, b) in zip(found, expected.inner.joined().joined()) { #expect(abs(a - b) < 2e-3) }
    let outer = gradients[try #require(layer.parameters.outer)].array.map { Double($0) }
    for (a, b) in zip(outer, expected.outer.joined().joined()) { #expect(abs(a - b) < 2e-3) }
  }

  @Test func `it learns as the last layer of a deeper network`() throws {
    var builder = FeedForwardBuilder(input: ImageShape(channels: 16))
    builder.dense(4)
    builder.kolmogorov(units: 2, outputs: 4, points: try .uniform())
    let network = builder.makeNetwork()
    let images = FirstImages(images: SyntheticClasses(seed: 2), training: 256, evaluation: 256)
    let configuration = FeedForwardConfiguration(
      optimizer: OptimizerConfiguration(
        rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8), learningRate: Schedule(.hold(0.02)),
        clipNorm: nil), batch: 64)
    let trainer = try FeedForwardTrainer(
      network: network, images: images, configuration: configuration, threads: 1)
    let losses = (0..<16).map {
      trainer.train(epoch: $0, activation: .rectified, rate: 0.02).loss
    }
    #expect(losses[15] < 0.8 * losses[0], "\(losses)")
  }
}
