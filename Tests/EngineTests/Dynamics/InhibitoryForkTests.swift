import Engine
import Testing

@Suite struct InhibitoryForkTests {
  private typealias Knobs = InhibitoryKnobs
  private typealias Change = (inout InhibitoryConfiguration) -> Void

  @Test func `a fork goes on with the network that the run had come to`() throws {
    var study = try InhibitoryStudy.small()
    _ = try study.events(until: 20)
    _ = try study.apply(.perform(action: Knobs.newNetwork))
    _ = try study.events(until: 50)
    var fork = try InhibitoryStudy.small { $0.duration = 60 }
    try fork.branch(from: study.snapshot())
    let drives = try study.saved("drives")
    #expect(drives.count == 60)
    #expect(try fork.saved("drives") == drives)
    let original = try study.events(until: 80)
    let forked = try fork.events(until: 80)
    for gauge in ["time", "field", "coupling"] {
      let expected = InhibitoryStudy.values(of: gauge, original)
      #expect(expected.count == 30)
      #expect(InhibitoryStudy.values(of: gauge, forked) == expected)
    }
    #expect(fork.progress.steps == 20 + 160)
  }

  @Test func `a fork of a fork that was resumed counts spikes from where it began`() throws {
    var study = try InhibitoryStudy.small()
    _ = try study.events(until: 50)
    var fork = try InhibitoryStudy.small { $0.duration = 60 }
    try fork.branch(from: study.snapshot())
    _ = try fork.events(until: 56)
    var resumed = try InhibitoryStudy.small { $0.duration = 60 }
    try resumed.restore(fork.snapshot())
    let expected = try fork.events()
    let found = try resumed.events()
    #expect(expected.count == 105 && found == expected)
  }

  @Test func `potentials and pulses stay where a fork is simulated in another way`() throws {
    let exact: Change = { $0.delay = 0.3 }
    let clock: Change = { ($0.delay, $0.method, $0.clockStep) = (0.3, .clock, 0.001) }
    let coarse: Change = { ($0.delay, $0.method, $0.clockStep) = (0.3, .clock, 0.01) }
    let heap: Change = { ($0.delay, $0.method) = (0.3, .heap) }
    for (from, to) in [(exact, clock), (clock, exact), (clock, coarse), (exact, heap)] {
      var study = try InhibitoryStudy.small(from)
      _ = try study.events(until: 30)
      var fork = try InhibitoryStudy.small(to)
      try fork.branch(from: study.snapshot())
      let original = InhibitoryStudy.values(of: "field", try study.events(until: 31))
      let forked = InhibitoryStudy.values(of: "field", try fork.events(until: 31))
      #expect(original.count == 1 && forked.count == 1)
      // Half a unit of time later; a state read in the wrong way is off by the size of a potential.
      let (expected, found) = (try #require(original.first), try #require(forked.first))
      #expect(abs(expected - found) < 0.03)
      let rates = InhibitoryStudy.values(of: "rate", try fork.events())
      let last = try #require(rates.last)
      #expect(last > 0.15)
    }
  }

  @Test func `a global network that becomes sparse keeps its potentials`() throws {
    let network = try InhibitoryNetwork.make(neurons: 40, connectivity: .global, seed: 3)
    let other = try InhibitoryNetwork.make(
      neurons: 40, connectivity: .sparse(inDegree: 5), seed: 3)
    for method in [InhibitorySimulation.Method.automatic, .clock(step: 0.01)] {
      let simulation = try InhibitorySimulation(network, coupling: 3, delay: 0.3)
      simulation.advance(to: 30)
      let next = try InhibitorySimulation(other, coupling: 3, delay: 0.3, method: method)
      try next.take(simulation.snapshot(), by: .automatic)
      #expect(next.time == 30 && next.counts == simulation.counts)
      for (found, expected) in zip(next.potentials, simulation.potentials) {
        #expect(abs(found - expected) < 1e-9)
      }
      let back = try InhibitorySimulation(network, coupling: 3, delay: 0.3)
      try back.take(next.snapshot(), by: method)
      for (found, expected) in zip(back.potentials, simulation.potentials) {
        #expect(abs(found - expected) < 1e-9)
      }
      let spikes = back.spikes
      back.advance(to: 60)
      #expect(back.spikes > spikes + 30)
    }
  }

  @Test func `the ends of a range are taken over together`() throws {
    var study = try InhibitoryStudy.small()
    _ = try study.apply(.set(knob: Knobs.highest, value: 3))
    _ = try study.apply(.set(knob: Knobs.lowest, value: 2.5))
    _ = try study.events(until: 10)
    var other = try InhibitoryStudy.small { $0.highest = 1.8 }
    try other.branch(from: study.snapshot())
    #expect(try other.saved("drives").allSatisfy { 1...1.8 ~= $0 })
    var same = try InhibitoryStudy.small { $0.duration = 40 }
    try same.branch(from: study.snapshot())
    #expect(try same.saved("drives") == study.saved("drives"))
  }

  @Test func `another coupling of a fork begins with the network`() throws {
    var study = try InhibitoryStudy.small()
    _ = try study.events(until: 40)
    _ = try study.apply(.perform(action: Knobs.restart))
    _ = try study.events(until: 60)
    var fork = try InhibitoryStudy.small { $0.coupling = Schedule(.linear(start: 1, end: 3)) }
    try fork.branch(from: study.snapshot())
    let couplings = InhibitoryStudy.values(of: "coupling", try fork.events(until: 61))
    // 20 of 100 readings.
    let coupling = try #require(couplings.first)
    #expect(abs(coupling - 1.4) < 1e-12)
  }
}
