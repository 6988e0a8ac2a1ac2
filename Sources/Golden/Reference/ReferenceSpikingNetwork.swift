/// A network of spike trains in plain Double, written from the formulas alone (specification of
/// ST-RSBP, 1.2 to 1.4): what golden files and the engine are compared with. Matrices are [post][pre].
package struct ReferenceSpikingNetwork: Sendable {
  package struct Layer: Sendable {
    /// W.
    package var forward: [[Double]]
    /// R, 0 where there is no synapse; `nil` in a layer without recurrence.
    package var recurrent: [[Double]]?
    /// nu.
    package var threshold: Double
    /// w0: what a spike takes from all other neurons of the layer.
    package var lateral: Double

    package init(
      forward: [[Double]], recurrent: [[Double]]? = nil, threshold: Double, lateral: Double = 0
    ) {
      (self.forward, self.recurrent) = (forward, recurrent)
      (self.threshold, self.lateral) = (threshold, lateral)
    }

    package var units: Int { forward.count }
  }

  package var layers: [Layer]
  package var response: ReferenceSpikeResponse

  package init(layers: [Layer], response: ReferenceSpikeResponse) {
    (self.layers, self.response) = (layers, response)
  }

  /// What a network did with one input.
  package struct Trial: Sendable {
    /// Steps of the spikes, [layer][neuron], the input being layer 0.
    package var trains: [[[Int]]]
    /// The membrane as it is compared with the threshold, and the synaptic current:
    /// [layer][step][neuron], the first layer after the input being layer 0.
    package var potentials: [[[Double]]] = []
    package var currents: [[[Double]]] = []

    package var counts: [Int] { trains[trains.count - 1].map(\.count) }

    /// The output with the most spikes, the first of several.
    package var prediction: Int {
      let counts = counts
      return counts.indices.first { counts[$0] == counts.max() } ?? 0
    }
  }

  package func run(_ input: [[Int]]) -> Trial {
    var trial = Trial(trains: [input])
    for layer in layers { simulate(layer, into: &trial) }
    return trial
  }

  private func simulate(_ layer: Layer, into trial: inout Trial) {
    let before = trial.trains[trial.trains.count - 1].map(Set.init)
    var neurons = [Neuron](repeating: Neuron(), count: layer.units)
    var trains = [[Int]](repeating: [], count: layer.units)
    var (potentials, currents): ([[Double]], [[Double]]) = ([], [])
    var fired: [Int] = []
    for time in 0..<response.steps {
      let arriving = before.indices.filter { before[$0].contains(time - 1) }
      var firing: [Int] = []
      for unit in 0..<layer.units where time > 0 {
        let input = Self.input(of: unit, layer, arriving: arriving, fired: fired)
        if neurons[unit].advance(input, response, threshold: layer.threshold) {
          firing.append(unit)
          trains[unit].append(time)
        }
      }
      potentials.append(neurons.map(\.compared))
      currents.append(neurons.map(\.current))
      fired = firing
    }
    trial.trains.append(trains)
    trial.potentials.append(potentials)
    trial.currents.append(currents)
  }

  /// x: what arrives at a neuron from the spikes of the step before.
  private static func input(
    of unit: Int, _ layer: Layer, arriving: [Int], fired: [Int]
  ) -> Double {
    var sum = arriving.reduce(0.0) { $0 + layer.forward[unit][$1] }
    for other in fired {
      if let recurrent = layer.recurrent { sum += recurrent[unit][other] }
      if other != unit { sum -= layer.lateral }
    }
    return sum
  }

  private struct Neuron {
    var potential = 0.0
    var current = 0.0
    var refractory = 0
    /// The potential before a spike reset it.
    var compared = 0.0

    /// One step; tells whether the neuron fires.
    mutating func advance(
      _ input: Double, _ response: ReferenceSpikeResponse, threshold: Double
    ) -> Bool {
      potential -= potential / response.membrane
      current -= current / response.synapse
      current += input
      potential += current / response.synapse
      if refractory > 0 {
        potential = 0
        refractory -= 1
      }
      compared = potential
      guard potential > threshold - response.thresholdTolerance else { return false }
      potential = 0
      refractory = response.refractory
      return true
    }
  }
}
