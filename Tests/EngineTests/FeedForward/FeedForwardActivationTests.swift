import Engine
import TestSupport
import Testing

@Suite struct FeedForwardActivationTests {
  private func network() -> FeedForwardNetwork {
    var builder = FeedForwardBuilder(input: ImageShape(channels: 40))
    builder.activation()
    return builder.makeNetwork()
  }

  @Test(arguments: QuantizedReLU.Thresholds.allCases, [1, 2, 4])
  func `levels are those of the quantizer in double`(
    thresholds: QuantizedReLU.Thresholds, bits: Int
  ) throws {
    let activation = try FeedForwardActivation(bits: bits, thresholds: thresholds, by: .clippedReLU)
    guard case .quantized(let relu, _) = activation.form else { return }
    let run = NetworkRun(network(), samples: 50, activation: activation)
    run.run()
    for (x, y) in zip(run.input, run.output) {
      #expect(abs(y - relu.value(x)) < 1e-5, "\(x)")
    }
  }

  @Test(arguments: Surrogate.Kind.allCases.filter { $0 != .stochasticSpike })
  func `gradients are the upstream ones times the surrogate`(kind: Surrogate.Kind) throws {
    let activation = try FeedForwardActivation(bits: 2, by: kind)
    guard case .quantized(_, let surrogate) = activation.form else { return }
    let run = NetworkRun(network(), samples: 20, activation: activation)
    run.run()
    let gradient = run.inputGradient
    for (index, x) in run.input.enumerated() {
      let expected = run.coefficients[index] * surrogate.derivative(x)
      #expect(abs(gradient[index] - expected) < 1e-4 * max(1, abs(expected)), "\(x)")
    }
  }

  @Test func `a random surrogate is refused`() {
    #expect(throws: FeedForwardError.randomSurrogate) {
      try FeedForwardActivation(bits: 2, by: .stochasticSpike)
    }
  }

  @Test func `what is not a number stays so`() throws {
    let weights = network().makeWeights(seed: 1)
    let team = ThreadTeam(threads: 1)
    defer { team.end() }
    let pass = FeedForwardPass(
      network(), rows: 1, shards: 1, team: team, weights: weights, in: Workspace())
    pass.load = { _, input in input.fill(.nan) }
    let activation = try FeedForwardActivation(bits: 2, by: .identity)
    pass.run(
      rows: 1, context: FeedForwardContext(weights: weights, activation: activation),
      goesBack: false)
    for y in pass.value(1, shard: 0).array { #expect(y.isNaN) }
  }
}
