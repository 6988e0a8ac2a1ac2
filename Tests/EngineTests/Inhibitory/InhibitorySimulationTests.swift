import Engine
import Foundation
import Golden
import TestSupport
import Testing

@Suite("Simulation of inhibitory networks")
struct InhibitorySimulationTests {
  static let trials = 0..<Trials.count(40)

  @Test(arguments: trials)
  func `No interval is shorter than that of a neuron left alone`(trial: Int) throws {
    let setting = try InhibitorySetting(trial: trial)
    let spikes = try setting.spikes()
    #expect(spikes.times == spikes.times.sorted())
    for (neuron, times) in spikes.trains(of: setting.network.neurons).enumerated() {
      let period = LeakyNeuron.period(drive: setting.network.excitabilities[neuron])
      for (first, second) in zip(times, times.dropFirst()) {
        #expect(second - first > period - 1e-11)
      }
    }
  }

  @Test(arguments: trials)
  func `Without coupling all periods are those of neurons left alone`(trial: Int) throws {
    var setting = try InhibitorySetting(trial: trial)
    setting.coupling = 0
    let trains = try setting.spikes().trains(of: setting.network.neurons)
    for (neuron, times) in trains.enumerated() {
      let drive = setting.network.excitabilities[neuron]
      let start = setting.network.startingPotentials[neuron]
      let first = log((drive - start) / (drive - 1))
      let period = LeakyNeuron.period(drive: drive)
      let count = first < setting.end ? Int((setting.end - first) / period) + 1 : 0
      #expect(times.count == count)
      for (index, time) in times.enumerated() {
        #expect(abs(time - first - Double(index) * period) < 1e-10)
      }
    }
  }

  @Test(arguments: trials)
  func `Slices and heap give the same bits, and a plain simulator the same spikes`(
    trial: Int
  ) throws {
    let setting = try InhibitorySetting(trial: trial)
    let spikes = try setting.spikes()
    #expect(spikes == (try setting.spikes(method: .heap)))
    var reference = ReferenceInhibitoryNetwork(
      setting.network, coupling: setting.coupling, delay: setting.delay)
    var plain = SpikeRecord()
    reference.advance(to: setting.end, into: &plain)
    #expect(plain.neurons == spikes.neurons)
    #expect(zip(plain.times, spikes.times).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  @Test(arguments: trials)
  func `Renumbering the neurons renumbers the spikes`(trial: Int) throws {
    let setting = try InhibitorySetting(trial: trial)
    var generator = SeededGenerator(UInt64(trial))
    let places = setting.network.excitabilities.indices.shuffled(using: &generator)
    var renumbered = setting
    renumbered.network = setting.network.renumbered(places)
    let spikes = try setting.spikes()
    let others = try renumbered.spikes()
    #expect(others.times == spikes.times)
    #expect(others.neurons == spikes.neurons.map { UInt32(places[Int($0)]) })
  }

  @Test(arguments: trials)
  func `A run that is split, read, saved and restored goes on with the same bits`(
    trial: Int
  ) throws {
    let setting = try InhibitorySetting(trial: trial)
    let whole = try setting.spikes()
    var generator = SeededGenerator(UInt64(trial))
    var simulation = try setting.simulation()
    var spikes = SpikeRecord()
    for time in generator.uniforms(12, in: 0..<setting.end).sorted() {
      simulation.advance(to: time, into: &spikes)
      #expect(simulation.potentials.allSatisfy { $0 < 1 + 1e-12 })
      guard generator.below(3) == 0 else { continue }
      let snapshot = simulation.snapshot()
      simulation = try setting.simulation(method: generator.below(2) == 0 ? .automatic : .heap)
      try simulation.restore(snapshot)
      #expect(simulation.snapshot() == snapshot)
    }
    simulation.advance(to: setting.end, into: &spikes)
    #expect(spikes == whole)
    let counts = setting.network.excitabilities.indices.map { neuron in
      spikes.neurons.count { $0 == neuron }
    }
    #expect(simulation.counts == counts)
    #expect(simulation.spikes == spikes.count)
  }

  @Test(arguments: [InhibitoryNetwork.Connectivity.global, .sparse(inDegree: 12)])
  func `Any number of threads gives the same bits`(
    connectivity: InhibitoryNetwork.Connectivity
  ) throws {
    let network = try InhibitoryNetwork.make(neurons: 7000, connectivity: connectivity, seed: 3)
    var records: [SpikeRecord] = []
    for threads in 1...3 {
      let simulation = try InhibitorySimulation(
        network, coupling: 2, delay: 0.15, threads: threads)
      #expect(simulation.threads == threads)
      var spikes = SpikeRecord()
      simulation.advance(to: 3.33, into: &spikes)
      simulation.advance(to: 8, into: &spikes)
      records.append(spikes)
    }
    #expect(records[0].count > 9000)
    #expect(records[1] == records[0])
    #expect(records[2] == records[0])
  }

  @Test(arguments: [InhibitoryNetwork.Connectivity.global, .sparse(inDegree: 5)])
  func `A network that is worked on in blocks has the spikes of the heap`(
    connectivity: InhibitoryNetwork.Connectivity
  ) throws {
    let network = try InhibitoryNetwork.make(
      neurons: 70_000, connectivity: connectivity, seed: 4)
    let setting = InhibitorySetting(network: network, coupling: 3, delay: 0.2, end: 1.2)
    let spikes = try setting.spikes()
    #expect(spikes.count > 10_000)
    #expect(spikes == (try setting.spikes(method: .heap)))
  }

  @Test(arguments: [(1.25, 1.0, 1.0), (1.5, 2.0, 0.5), (1.3, 5.0, 0.2)])
  func `Equal neurons fire together, in their order (3.3)`(
    drive: Double, coupling: Double, delay: Double
  ) throws {
    let network = InhibitoryNetwork(
      excitabilities: Array(repeating: drive, count: 50),
      startingPotentials: Array(repeating: 0.25, count: 50), connectivity: .global, sources: [])
    let setting = InhibitorySetting(
      network: network, coupling: coupling, delay: delay, end: 30)
    let spikes = try setting.spikes()
    let period = log((drive + coupling * exp(delay)) / (drive - 1))
    for index in 50..<spikes.count {
      #expect(spikes.neurons[index] == index % 50)
      #expect(abs(spikes.times[index] - spikes.times[index - 50] - period) < 1e-11)
    }
    #expect(spikes.count > 300)
  }

  @Test func `A clock comes nearer in proportion to its step (2.4)`() throws {
    let network = try InhibitoryNetwork.make(
      neurons: 1000, connectivity: .sparse(inDegree: 20), seed: 9)
    let setting = InhibitorySetting(network: network, coupling: 1, delay: 0.1, end: 200)
    let exact = Double(try setting.spikes().count)
    let errors = try [0.1, 0.02, 0.005].map { step in
      1 - Double(try setting.spikes(method: .clock(step: step)).count) / exact
    }
    #expect(0.002 < errors[0] && errors[0] < 0.02)
    #expect(0.0005 < errors[1] && errors[1] < errors[0] / 2.5)
    #expect(abs(errors[2]) < errors[1] / 2)
  }
}
