import Engine
import Golden
import TestSupport
import Testing

@Suite("Post-synaptic potentials of spike trains")
struct PostSynapticPotentialTests {
  struct Setting: Sendable, CustomTestStringConvertible {
    var membrane = 64.0
    var synapse = 8.0
    var refractory = 2
    var steps = 50
    var testDescription: String { "\(membrane) \(synapse) \(refractory) \(steps)" }
  }

  static let settings = [
    Setting(), Setting(refractory: 0), Setting(refractory: 9), Setting(steps: 400),
    Setting(membrane: 128, steps: 700), Setting(membrane: 16, synapse: 16), Setting(membrane: 1),
    Setting(synapse: 1, steps: 2), Setting(refractory: 60),
  ]

  /// Trains of all densities, the empty ones and those that no neuron could fire among them.
  @Test(arguments: settings)
  func `Two rows of traces for each spike give what the recursion gives`(setting: Setting) {
    var generator = SeededGenerator(11)
    let trains = (0..<24).map { index in
      (0..<setting.steps).filter { _ in generator.uniform() < Double(index) / 23 }
    }
    let before = (0..<19).map { _ in
      (0..<setting.steps).filter { _ in generator.uniform() < 0.3 }
    }
    let response = SpikeResponse(
      membrane: setting.membrane, synapse: setting.synapse, refractory: setting.refractory,
      steps: setting.steps)
    let found = response.postSynapticPotentials(
      before: SpikeTrains(steps: setting.steps, times: before),
      after: SpikeTrains(steps: setting.steps, times: trains))
    let expected = ReferenceSpikeResponse(
      membrane: setting.membrane, synapse: setting.synapse, refractory: setting.refractory,
      steps: setting.steps
    ).potentials(before: before, after: trains)
    let scale = expected.joined().map(abs).max() ?? 0
    for (after, row) in expected.enumerated() {
      for (pre, value) in row.enumerated() {
        let difference = Double(found[pre * trains.count + after]) - value
        #expect(abs(difference) <= 1e-5 * max(1, scale))
      }
    }
    #expect(scale > 0 || setting.steps == 2)
  }

  /// Without lateral inhibition; the membrane of a neuron is the sum of what its synapses made of it.
  @Test func `The potential of a neuron is the sum of those at which it fired`() throws {
    var shape = SpikingSample.Shape()
    (shape.recurrent, shape.hasSelfSynapses) = ([0, 1, 3], true)
    for seed in UInt64(100)..<110 {
      let twin = SpikingTwin(SpikingSample(shape, seed: seed))
      twin.forward()
      for layer in twin.network.layers.indices {
        let units = twin.network.layers[layer].units
        let sums = twin.pass.trains(of: layer).crossings { time, unit in
          Double(twin.pass.potentials[layer][time * units + unit])
        }
        let found = twin.pass.totalPotentials(of: layer, weights: twin.weights)
        #expect(areClose(found, sums, 5e-5))
        let trains = twin.pass.trains(of: layer)
        for (unit, sum) in sums.enumerated() {
          let least = twin.network.layers[layer].threshold * Double(trains.times(of: unit).count)
          #expect(sum >= least * (1 - 1e-5))
        }
      }
    }
  }
}

extension SpikeTrains {
  /// For each channel the sum of a value over its spikes.
  fileprivate func crossings(_ value: (_ time: Int, _ channel: Int) -> Double) -> [Double] {
    (0..<channels).map { channel in
      times(of: channel).reduce(0) { $0 + value(Int($1), channel) }
    }
  }
}
