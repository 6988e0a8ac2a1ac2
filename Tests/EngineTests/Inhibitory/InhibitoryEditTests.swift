import Engine
import Foundation
import TestSupport
import Testing

@Suite("Edits of simulated inhibitory networks")
struct InhibitoryEditTests {
  /// One of the edits, chosen at random.
  private static func edit(
    _ simulation: InhibitorySimulation, _ generator: inout SeededGenerator
  ) throws {
    let neurons = 0..<simulation.network.neurons
    let some = neurons.filter { _ in generator.below(3) == 0 }
    switch generator.below(7) {
    case 0: try simulation.set(coupling: generator.uniform(0..<5))
    case 1: try simulation.set(delay: [0, 0.02, 0.3, 1.4][generator.below(4)])
    case 2: try simulation.silence(some)
    case 3: try simulation.stimulate(some, by: generator.uniform(-0.5..<2))
    case 4: try simulation.stimulate(neurons, by: 0)
    case 5: try simulation.perturb(deviation: 0.3, seed: generator.next())
    default:
      try simulation.set(excitabilities: neurons.map { _ in generator.uniform(0.5..<2) })
    }
  }

  @Test(arguments: 0..<Trials.count(40))
  func `After edits slices and heap go on with the same bits`(trial: Int) throws {
    let setting = try InhibitorySetting(trial: trial)
    let simulations = try [InhibitorySimulation.Method.automatic, .heap].map {
      try setting.simulation(method: $0)
    }
    var records = [SpikeRecord(), SpikeRecord()]
    for (index, simulation) in simulations.enumerated() {
      var generator = SeededGenerator(UInt64(trial) &+ 5000)
      for step in 1...12 {
        simulation.advance(to: 1.7 * Double(step), into: &records[index])
        let before = simulation.potentials
        try Self.edit(simulation, &generator)
        #expect(simulation.time == 1.7 * Double(step))
        #expect(simulation.potentials.allSatisfy { $0 < 1 + 1e-12 })
        #expect(before.count == simulation.potentials.count)
      }
      simulation.advance(to: 30, into: &records[index])
    }
    #expect(records[0] == records[1])
    #expect(records[0].times == records[0].times.sorted())
  }

  /// Without a delay nothing but the potentials is carried on, so that an edited run is a new one
  /// from there.
  @Test(arguments: [InhibitoryNetwork.Connectivity.global, .sparse(inDegree: 9)])
  func `An edited run is that of the edited network`(
    connectivity: InhibitoryNetwork.Connectivity
  ) throws {
    let network = try InhibitoryNetwork.make(neurons: 60, connectivity: connectivity, seed: 8)
    let simulation = try InhibitorySimulation(network, coupling: 1, delay: 0)
    simulation.advance(to: 20)
    try simulation.set(coupling: 2.5)
    try simulation.stimulate(0..<10, by: 0.4)
    try simulation.silence(10..<15)
    let other = InhibitoryNetwork(
      excitabilities: simulation.drives, startingPotentials: simulation.potentials,
      connectivity: connectivity, sources: network.sources)
    let fresh = try InhibitorySimulation(other, coupling: 2.5, delay: 0)
    var (spikes, expected) = (SpikeRecord(), SpikeRecord())
    simulation.advance(to: 60, into: &spikes)
    fresh.advance(to: 40, into: &expected)
    #expect(spikes.neurons == expected.neurons)
    #expect(zip(spikes.times, expected.times).allSatisfy { abs($0 - $1 - 20) < 1e-9 })
    #expect(spikes.neurons.allSatisfy { !(10..<15).contains($0) })
    #expect(spikes.neurons.contains { $0 < 10 })
  }

  @Test func `A network that was silent for long goes on as one that was not`() throws {
    let network = try InhibitoryNetwork.make(
      neurons: 20, connectivity: .sparse(inDegree: 4), seed: 8)
    var records: [SpikeRecord] = []
    for method in [InhibitorySimulation.Method.automatic, .heap] {
      let simulation = try InhibitorySimulation(
        network, coupling: 1, delay: 0.3, method: method)
      try simulation.silence(0..<20)
      var spikes = SpikeRecord()
      simulation.advance(to: 5000, into: &spikes)
      #expect(spikes.count == 0)
      #expect(simulation.potentials.allSatisfy { abs($0) < 1e-300 })
      try simulation.stimulate(0..<20, by: 0)
      simulation.advance(to: 5020, into: &spikes)
      records.append(spikes)
    }
    #expect(records[0] == records[1])
    let first = network.excitabilities.map { LeakyNeuron.period(drive: $0) }.min() ?? 0
    #expect(abs((records[0].times.first ?? 0) - 5000 - first) < 1e-11)
  }

  /// Neuron 0 inhibits 1, which cannot fire.
  private static func pair(delay: Double) throws -> InhibitorySimulation {
    let network = InhibitoryNetwork(
      excitabilities: [1.5, 1], startingPotentials: [0.999, 0.5],
      connectivity: .sparse(inDegree: 1), sources: [1, 0])
    return try InhibitorySimulation(network, coupling: 3, delay: delay)
  }

  @Test func `A shorter delay brings pulses in flight at once, a longer one later`() throws {
    let first = log(0.501 / 0.5)
    func potential(_ time: Double, pulse: Double?) -> Double {
      1 - 0.5 * exp(-time) - (pulse.map { 3 * exp($0 - time) } ?? 0)
    }
    let shorter = try Self.pair(delay: 0.5)
    shorter.advance(to: 0.3)
    try shorter.set(delay: 0.1)
    shorter.advance(to: 0.300_001)
    #expect(abs(shorter.potentials[1] - potential(0.300_001, pulse: 0.3)) < 1e-12)

    let longer = try Self.pair(delay: 0.5)
    longer.advance(to: 0.3)
    try longer.set(delay: 0.7)
    longer.advance(to: 0.65)
    #expect(abs(longer.potentials[1] - potential(0.65, pulse: nil)) < 1e-12)
    longer.advance(to: 0.8)
    #expect(abs(longer.potentials[1] - potential(0.8, pulse: first + 0.7)) < 1e-12)
  }

  @Test func `A perturbation is that of its seed`() throws {
    let setting = try InhibitorySetting(trial: 3)
    let runs = try [UInt64(1), 1, 2].map { seed in
      let simulation = try setting.simulation()
      simulation.advance(to: 5)
      try simulation.perturb(deviation: 0.1, seed: seed)
      var spikes = SpikeRecord()
      simulation.advance(to: 20, into: &spikes)
      return spikes
    }
    #expect(runs[0] == runs[1])
    #expect(runs[0] != runs[2])
  }

  @Test func `What cannot be is refused, with what was found`() throws {
    typealias Network = InhibitoryNetwork
    #expect(throws: InhibitoryError.tooFewNeurons(found: 1, least: 2)) {
      try Network.make(neurons: 1, connectivity: .global, seed: 1)
    }
    for inDegree in [0, 5, -1] {
      #expect(throws: InhibitoryError.inDegreeOutOfRange(found: inDegree, allowed: 1...4)) {
        try Network.make(neurons: 5, connectivity: .sparse(inDegree: inDegree), seed: 1)
      }
    }
    for lower in [0.99, .nan, .infinity] {
      #expect(throws: InhibitoryError.self) {
        try Network.make(
          neurons: 5, excitabilities: .uniform(lower: lower, upper: 1.5), connectivity: .global,
          seed: 1)
      }
    }
    #expect(throws: InhibitoryError.excitabilitiesOutOfOrder(lower: 2, upper: 1.5)) {
      try Network.make(
        neurons: 5, excitabilities: .evenlySpaced(lower: 2, upper: 1.5), connectivity: .global,
        seed: 1)
    }
    #expect(throws: InhibitoryError.wrongExcitabilityCount(found: 1, expected: 5)) {
      try Network.make(
        neurons: 5, excitabilities: .given([1.2]), connectivity: .global, seed: 1)
    }
    let network = try Network.make(neurons: 5, connectivity: .global, seed: 1)
    for coupling in [-1, .nan, .infinity] {
      #expect(throws: InhibitoryError.self) {
        try InhibitorySimulation(network, coupling: coupling, delay: 0)
      }
      #expect(throws: InhibitoryError.self) {
        try InhibitorySimulation(network, coupling: 1, delay: coupling)
      }
    }
    #expect(throws: InhibitoryError.self) {
      try InhibitorySimulation(network, coupling: 1, delay: 0, method: .slices)
    }
    #expect(throws: InhibitoryError.unusableStep(0)) {
      try InhibitorySimulation(network, coupling: 1, delay: 0, method: .clock(step: 0))
    }
    let simulation = try InhibitorySimulation(network, coupling: 1, delay: 0.1)
    #expect(throws: InhibitoryError.noSuchNeuron(found: 5, neurons: 5)) {
      try simulation.silence([5])
    }
    let other = try Network.make(neurons: 6, connectivity: .global, seed: 1)
    let snapshot = try InhibitorySimulation(other, coupling: 1, delay: 0.1).snapshot()
    #expect(throws: InhibitoryError.foreignState(field: "distances", found: 6, expected: 5)) {
      try simulation.restore(snapshot)
    }
  }
}
