import Engine
import TestSupport

/// A network and how it is run.
struct InhibitorySetting {
  var network: InhibitoryNetwork
  var coupling: Double
  var delay: Double
  var end: Double

  init(network: InhibitoryNetwork, coupling: Double, delay: Double, end: Double) {
    (self.network, self.coupling) = (network, coupling)
    (self.delay, self.end) = (delay, end)
  }

  /// Anything from weak to strong coupling, with no delay, a short one or one of many periods.
  init(trial: Int) throws {
    var generator = SeededGenerator(UInt64(trial) &* 977)
    let neurons = 2 + generator.below(trial.isMultiple(of: 4) ? 8 : 90)
    let delays = [0, 0.003, 0.05, 0.1, 0.37, 1, 2.6]
    let highest = generator.below(3) == 0 ? 9 : 1.5
    network = try .make(
      neurons: neurons,
      excitabilities: generator.below(4) == 0
        ? .evenlySpaced(lower: 1, upper: highest) : .uniform(lower: 1, upper: highest),
      connectivity: generator.below(2) == 0
        ? .global : .sparse(inDegree: 1 + generator.below(min(neurons - 1, 20))),
      seed: generator.next())
    coupling = [0.1, 0.8, 3, 20, 200][generator.below(5)]
    delay = delays[generator.below(delays.count)]
    // Growths go beyond the range of numbers in one run of three.
    end = generator.below(3) == 0 ? 400 : 30
  }

  func simulation(
    method: InhibitorySimulation.Method = .automatic
  ) throws -> InhibitorySimulation {
    try InhibitorySimulation(network, coupling: coupling, delay: delay, method: method)
  }

  func spikes(method: InhibitorySimulation.Method = .automatic) throws -> SpikeRecord {
    var spikes = SpikeRecord()
    try simulation(method: method).advance(to: end, into: &spikes)
    return spikes
  }
}

extension SpikeRecord {
  /// The times of each neuron.
  func trains(of neurons: Int) -> [[Double]] {
    var trains = [[Double]](repeating: [], count: neurons)
    for (time, neuron) in zip(times, self.neurons) { trains[Int(neuron)].append(time) }
    return trains
  }
}

extension InhibitoryNetwork {
  /// The same network with neuron i at `places[i]`.
  func renumbered(_ places: [Int]) -> InhibitoryNetwork {
    var (drives, potentials) = (excitabilities, startingPotentials)
    var sources = self.sources
    for (neuron, place) in places.enumerated() {
      drives[place] = excitabilities[neuron]
      potentials[place] = startingPotentials[neuron]
      guard case .sparse(let inDegree) = connectivity else { continue }
      for input in 0..<inDegree {
        let source = self.sources[neuron * inDegree + input]
        sources[place * inDegree + input] = UInt32(places[Int(source)])
      }
    }
    return InhibitoryNetwork(
      excitabilities: drives, startingPotentials: potentials, connectivity: connectivity,
      sources: sources)
  }
}
