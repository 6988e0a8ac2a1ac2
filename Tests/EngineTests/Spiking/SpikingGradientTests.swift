import Engine
import Golden
import Testing

/// The full gradient, against central differences of the implicit system of all counts.
@Suite("Full gradients of spike counts")
struct SpikingGradientTests {
  private static let shape = SpikingSample.Shape()

  /// Samples whose system the damped iteration solves.
  private static func samples(
    _ effect: CountEffect
  ) -> [(sample: SpikingSample, backward: ReferenceSpikingNetwork.Backward)] {
    SpikingSample.lively(12, shape, from: 300).map { sample in
      let backward = sample.network.backward(
        sample.trial, SpikingSample.objective,
        method: .spikeTrain(.table(effect.coefficients)))
      return (sample, backward)
    }.filter { pair in
      pair.sample.trial.counts[1] > 0
        && pair.backward.layers.allSatisfy { $0.diagonal.allSatisfy { 0.3 < $0 && $0 < 3 } }
    }
  }

  @Test func `It is the derivative of the implicit system`() throws {
    let effect = SpikingSample.effect(Self.shape)
    let samples = Self.samples(effect).prefix(3)
    try #require(samples.count == 3)
    for (sample, backward) in samples {
      let counts = ImplicitCounts(layers: backward.layers, network: sample.network)
      let twin = SpikingTwin(sample)
      var rule = SpikeTrainRule()
      rule.weightRule = .full
      _ = twin.run(rule, effect, SpikingSample.objective)
      for index in sample.network.layers.indices {
        let layer = sample.network.layers[index]
        let expected = layer.forward.indices.flatMap { l in
          layer.forward[l].indices.map { counts.slope(\.layers[index].forward[l][$0]) }
        }
        let exact = backward.layers[index].fullGradient
        #expect(areClose(exact.forward.flatMap { $0 }, expected, 1e-6))
        #expect(areClose(twin.network.forward(index, of: twin.gradient), expected, 1e-4))
        guard let recurrent = exact.recurrent, let weights = layer.recurrent else { continue }
        let differences = weights.indices.flatMap { l in
          weights[l].indices.map { p in
            weights[l][p] == 0 ? 0 : counts.slope(\.layers[index].recurrentWeights[l][p])
          }
        }
        #expect(areClose(recurrent.flatMap { $0 }, differences, 1e-6))
        #expect(areClose(twin.network.recurrent(index, of: twin.gradient), differences, 1e-4))
        #expect(differences.contains { $0 != 0 })
      }
    }
  }

  /// The rule of the released program leaves out what a neuron changes in the others of its layer.
  @Test func `The rule of the program differs in the recurrent layer alone`() throws {
    let effect = SpikingSample.effect(Self.shape)
    let backward = try #require(Self.samples(effect).first).backward
    for (index, layer) in backward.layers.enumerated() {
      let isSame = areClose(
        layer.gradient.forward.flatMap { $0 }, layer.fullGradient.forward.flatMap { $0 }, 1e-12)
      #expect(isSame == (index != 1))
    }
  }
}

extension ReferenceSpikingNetwork.Layer {
  /// R of a layer that has one.
  fileprivate var recurrentWeights: [[Double]] {
    get { recurrent ?? [] }
    set { recurrent = newValue }
  }
}
