import Engine
import Golden
import TestSupport

/// A random network of spike trains with an input, in plain Double.
struct SpikingSample {
  struct Shape {
    /// Inputs first, outputs last.
    var widths = [6, 7, 8, 6, 4]
    /// Layers with synapses within, the first after the input being 0.
    var recurrent: Set<Int> = [1]
    var hasSelfSynapses = false
    var lateral = 0.0
    var steps = 60
    var threshold = 2.0
  }

  let network: ReferenceSpikingNetwork
  let input: [[Int]]
  let trial: ReferenceSpikingNetwork.Trial

  init(_ shape: Shape, seed: UInt64) {
    var generator = SeededGenerator(seed)
    let pairs = zip(shape.widths, shape.widths.dropFirst())
    let layers = pairs.enumerated().map { index, widths in
      let (before, units) = widths
      let isOutput = index == shape.widths.count - 2
      return ReferenceSpikingNetwork.Layer(
        forward: (0..<units).map { _ in Self.weights(before, -1..<1.6, &generator) },
        recurrent: shape.recurrent.contains(index)
          ? Self.synapses(units, shape.hasSelfSynapses, &generator) : nil,
        threshold: shape.threshold, lateral: isOutput ? shape.lateral : 0)
    }
    network = ReferenceSpikingNetwork(
      layers: layers,
      response: ReferenceSpikeResponse(
        membrane: 64, synapse: 8, refractory: 2, steps: shape.steps))
    input = (0..<shape.widths[0]).map { _ in
      (0..<shape.steps).filter { _ in generator.uniform() < 0.2 }
    }
    trial = network.run(input)
  }

  /// Numbers that are the same in Float32.
  private static func weights(
    _ count: Int, _ range: Range<Double>, _ generator: inout SeededGenerator
  ) -> [Double] {
    generator.uniforms(count, in: range).map { ($0 * 1024).rounded() / 1024 }
  }

  /// A third of all pairs.
  private static func synapses(
    _ units: Int, _ hasSelf: Bool, _ generator: inout SeededGenerator
  ) -> [[Double]] {
    (0..<units).map { after in
      let drawn = weights(units, -1..<1, &generator)
      return drawn.enumerated().map { before, weight in
        generator.uniform() < 0.33 && (hasSelf || before != after) ? weight : 0
      }
    }
  }

  /// How near a membrane comes to the threshold.
  var clearance: Double {
    zip(network.layers, trial.potentials).reduce(.infinity) { nearest, pair in
      let limit = pair.0.threshold - network.response.thresholdTolerance
      return pair.1.joined().reduce(nearest) { min($0, abs($1 - limit)) }
    }
  }

  /// Whether half of the neurons of every layer fire.
  var isLively: Bool {
    trial.trains.allSatisfy { layer in 2 * layer.count { !$0.isEmpty } >= layer.count }
  }

  /// So many samples of which Float32 and Double have the same spikes, and that are lively.
  static func lively(_ count: Int, _ shape: Shape, from seed: UInt64) -> [SpikingSample] {
    var found: [SpikingSample] = []
    for seed in seed..<seed + 1000 where found.count < count {
      let sample = SpikingSample(shape, seed: seed)
      if sample.isLively && sample.clearance > 1e-4 { found.append(sample) }
    }
    return found
  }
}

/// The engine's twin of a sample.
struct SpikingTwin {
  let network: SpikingNetwork
  let pass: SpikingPass
  let weights: ParameterSlab
  let gradient: ParameterSlab
  private let trains: SpikeTrains

  init(_ sample: SpikingSample) {
    network = SpikingNetwork(reference: sample.network, inputs: sample.input.count)
    pass = SpikingPass(network)
    pass.recordsPotentials = true
    weights = ParameterSlab(network.layout)
    gradient = ParameterSlab(network.layout)
    network.set(weights, from: sample.network)
    trains = SpikeTrains(steps: network.response.steps, times: sample.input)
  }

  func forward() { pass.forward(trains, weights: weights) }

  /// Forward and back.
  func run(
    _ rule: SpikeTrainRule, _ effect: CountEffect, _ objective: ReferenceSpikeObjective
  ) -> SpikingPass.Backward {
    var rule = rule
    (rule.desired, rule.undesired) = (objective.desired, objective.undesired)
    rule.margin = objective.margin
    forward()
    return pass.backward(
      label: objective.label, sampleWeight: objective.sampleWeight, rule: rule, effect: effect,
      weights: weights, gradient: gradient, isFirst: true)
  }
}

extension SpikingSample {
  /// What the tests ask of the outputs.
  static let objective = ReferenceSpikeObjective(
    label: 1, desired: 9, undesired: 1, margin: 0, sampleWeight: 1.5)

  /// Slopes for trains of as many steps.
  static func effect(_ shape: Shape) -> CountEffect {
    CountEffect(
      SpikeResponse(membrane: 64, synapse: 8, refractory: 2, steps: shape.steps), trials: 500)
  }
}

/// Whether numbers are as near as a part of the largest.
func areClose(_ found: [Double], _ expected: [Double], _ limit: Double) -> Bool {
  let scale = expected.map(abs).max() ?? 0
  return found.count == expected.count
    && zip(found, expected).allSatisfy { abs($0 - $1) <= limit * max(scale, 1e-3) }
}
