import Engine
import Golden
import TestSupport
import Testing

@Suite("Networks of spike trains")
struct SpikingPassTests {
  static let shapes = [
    SpikingSample.Shape(),
    SpikingSample.Shape(recurrent: [0, 2], hasSelfSynapses: true, lateral: 1),
    SpikingSample.Shape(widths: [9, 20, 3], recurrent: [], lateral: 0.5),
    SpikingSample.Shape(widths: [5, 17, 18, 4], recurrent: [0, 1], steps: 100, threshold: 4),
  ]

  @Test(arguments: shapes.indices)
  func `Spikes, potentials and currents are those of the formulas`(index: Int) throws {
    let samples = SpikingSample.lively(4, Self.shapes[index], from: 1)
    try #require(samples.count == 4)
    for sample in samples {
      let twin = SpikingTwin(sample)
      twin.forward()
      for layer in twin.network.layers.indices {
        let trains = twin.pass.trains(of: layer)
        for (unit, times) in sample.trial.trains[layer + 1].enumerated() {
          #expect(trains.times(of: unit).map { Int($0) } == times)
        }
        let potentials = twin.pass.potentials[layer].map(Double.init)
        #expect(areClose(potentials, sample.trial.potentials[layer].flatMap { $0 }, 1e-5))
        let currents = twin.pass.currents[layer].map(Double.init)
        #expect(areClose(currents, sample.trial.currents[layer].flatMap { $0 }, 1e-5))
      }
      #expect(twin.pass.counts == sample.trial.counts)
      #expect(twin.pass.prediction == sample.trial.prediction)
    }
  }

  @Test(arguments: shapes.indices)
  func `Gradients are those of the formulas, by each rule`(index: Int) throws {
    let shape = Self.shapes[index]
    let effect = SpikingSample.effect(shape)
    let samples = SpikingSample.lively(4, shape, from: 50)
    try #require(samples.count == 4)
    for sample in samples {
      let twin = SpikingTwin(sample)
      let expected = sample.network.backward(
        sample.trial, SpikingSample.objective,
        method: .spikeTrain(.table(effect.coefficients)))
      for weightRule in SpikeTrainRule.WeightRule.allCases {
        var rule = SpikeTrainRule()
        rule.weightRule = weightRule
        let found = twin.run(rule, effect, SpikingSample.objective)
        for (layer, listed) in expected.layers.enumerated() {
          compare(
            twin, layer, weightRule == .full ? listed.fullGradient : listed.gradient)
          #expect(areClose(found.layers[layer].countErrors, listed.errors, 1e-4))
          #expect(areClose(found.layers[layer].adjoint, listed.adjoint, 1e-4))
        }
      }
      var rule = SpikeTrainRule()
      rule.method = .hybrid
      _ = twin.run(rule, effect, SpikingSample.objective)
      let hybrid = sample.network.backward(
        sample.trial, SpikingSample.objective, method: .hybrid)
      for (layer, listed) in hybrid.layers.enumerated() {
        compare(twin, layer, listed.hybrid.gradient)
      }
    }
  }

  private func compare(
    _ twin: SpikingTwin, _ layer: Int, _ expected: ReferenceSpikingErrors.Gradient,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let forward = twin.network.forward(layer, of: twin.gradient)
    #expect(
      areClose(forward, expected.forward.flatMap { $0 }, 2e-4), sourceLocation: location)
    guard let recurrent = expected.recurrent else { return }
    #expect(
      areClose(
        twin.network.recurrent(layer, of: twin.gradient), recurrent.flatMap { $0 }, 2e-4),
      sourceLocation: location)
  }

  @Test func `Gradients of samples add up`() throws {
    let shape = SpikingSample.Shape()
    let sample = try #require(SpikingSample.lively(1, shape, from: 7).first)
    let twin = SpikingTwin(sample)
    let effect = SpikingSample.effect(shape)
    _ = twin.run(SpikeTrainRule(), effect, SpikingSample.objective)
    let once = twin.gradient.flat.array
    twin.forward()
    var rule = SpikeTrainRule()
    (rule.desired, rule.undesired, rule.margin) = (9, 1, 0)
    _ = twin.pass.backward(
      label: 1, sampleWeight: 1.5, rule: rule, effect: effect, weights: twin.weights,
      gradient: twin.gradient, isFirst: false)
    #expect(
      areClose(twin.gradient.flat.array.map(Double.init), once.map { 2 * Double($0) }, 1e-6))
    #expect(once.contains { $0 != 0 })
  }

  @Test func `Counts stay what they were when a silent target gets a train`() throws {
    var shape = SpikingSample.Shape()
    shape.lateral = 1
    let found = (UInt64(1)..<1000).lazy.map { SpikingSample(shape, seed: $0) }.first {
      $0.trial.counts[1] == 0 && $0.trial.counts[0] > 0
    }
    let twin = SpikingTwin(try #require(found))
    var rule = SpikeTrainRule()
    let backward = twin.run(rule, SpikingSample.effect(shape), SpikingSample.objective)
    #expect(twin.pass.counts[1] == 0 && twin.pass.prediction != 1)
    let last = twin.network.layers.count - 1
    #expect(
      twin.pass.trains(of: last).times(of: 1).map { Int($0) } == [
        6, 12, 18, 24, 30, 36, 42, 48, 54,
      ])
    #expect(backward.layers[last].countErrors[1] == -13.5)
    // Rows are of six neurons before.
    #expect(twin.network.forward(last, of: twin.gradient)[6..<12].contains { $0 != 0 })
    rule.forcesSilentTarget = false
    _ = twin.run(rule, SpikingSample.effect(shape), SpikingSample.objective)
    #expect(twin.network.forward(last, of: twin.gradient)[6..<12].allSatisfy { $0 == 0 })
  }

  /// More spikes are wanted than a neuron could fire.
  @Test func `A crowded train of a silent target is no trouble`() throws {
    let shape = SpikingSample.Shape()
    let found = (UInt64(1)..<1000).lazy.map { SpikingSample(shape, seed: $0) }.first {
      $0.trial.counts[1] == 0
    }
    let sample = try #require(found)
    var objective = SpikingSample.objective
    objective.desired = 55
    let effect = SpikingSample.effect(shape)
    let twin = SpikingTwin(sample)
    _ = twin.run(SpikeTrainRule(), effect, objective)
    let expected = sample.network.backward(
      sample.trial, objective, method: .spikeTrain(.table(effect.coefficients)))
    for (layer, listed) in expected.layers.enumerated() { compare(twin, layer, listed.gradient) }
  }

  // MARK: Threads

  /// Layers wide enough to be cut.
  private static func wideResult(threads: Int, _ rule: SpikeTrainRule) -> [UInt32] {
    let network = SpikingNetwork(
      inputs: 70,
      layers: [
        SpikingNetwork.Layer(
          units: 50, threshold: 3, graph: RecurrentGraph(sides: [5, 5, 2], rule: .distance)),
        SpikingNetwork.Layer(units: 41, threshold: 3),
        SpikingNetwork.Layer(units: 33, threshold: 3, lateral: 1),
      ],
      response: SpikeResponse(steps: 60))
    let (weights, gradient) = (ParameterSlab(network.layout), ParameterSlab(network.layout))
    network.initialize(weights, seed: 4)
    var generator = SeededGenerator(21)
    let input = (0..<70).map { _ in (0..<60).filter { _ in generator.uniform() < 0.25 } }
    let team = ThreadTeam(threads: threads)
    defer { team.end() }
    let pass = SpikingPass(network, team: threads == 0 ? nil : team)
    pass.recordsPotentials = true
    var numbers: [Float] = []
    for label in 0..<3 {
      pass.forward(SpikeTrains(steps: 60, times: input), weights: weights)
      let backward = pass.backward(
        label: label, rule: rule,
        effect: CountEffect(coefficients: [[-1e-4, 3e-3, -0.04, 0.2, 0]]),
        weights: weights, gradient: gradient, isFirst: label == 0)
      numbers += backward.layers.flatMap { $0.adjoint + $0.diagonal }.map { Float($0) }
      numbers += pass.potentials.joined()
    }
    #expect(pass.spikes.allSatisfy { $0 > 0 })
    return (numbers + gradient.flat.array).map(\.bitPattern)
  }

  @Test(arguments: SpikeTrainRule.Method.allCases)
  func `Any number of threads gives the same bits`(method: SpikeTrainRule.Method) {
    var rule = SpikeTrainRule()
    (rule.method, rule.weightRule) = (method, .full)
    let alone = Self.wideResult(threads: 0, rule)
    for threads in 1...3 { #expect(Self.wideResult(threads: threads, rule) == alone) }
  }
}
