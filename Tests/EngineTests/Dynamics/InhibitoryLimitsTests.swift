import Engine
import Testing

@Suite struct InhibitoryLimitsTests {
  private typealias Knobs = InhibitoryKnobs

  @Test(arguments: [1e-300, 1e-20, 1e-9, 1e-6])
  func `a tiny delay is simulated like none`(delay: Double) throws {
    var study = try InhibitoryStudy.small { $0.delay = delay }
    let conclusion = try InhibitoryStudy.conclusion(try study.events())
    var without = try InhibitoryStudy.small { $0.delay = 0 }
    let expected = try InhibitoryStudy.conclusion(try without.events())
    let rate = try #require(conclusion.measured("rate"))
    let rateWithout = try #require(expected.measured("rate"))
    #expect(abs(rate / rateWithout - 1) < 0.1)
    var configuration = InhibitoryConfiguration()
    (configuration.neurons, configuration.inDegree, configuration.delay) = (60, 8, delay)
    (configuration.transient, configuration.duration) = (5, 20)
    let point = try InhibitorySteadyState.measure(configuration, seed: 1)
    let measured = try #require(point)
    #expect(measured.rate > 0.2 && measured.modulation != nil)
  }

  @Test func `a tiny delay can be turned to`() throws {
    var study = try InhibitoryStudy.small()
    _ = try study.events(until: 45)
    _ = try study.apply(.set(knob: Knobs.delay, value: 1e-20))
    let conclusion = try InhibitoryStudy.conclusion(try study.events())
    #expect(conclusion.measured("modulation") != nil)
  }

  @Test func `a network that memory cannot hold is refused with the numbers`() throws {
    var configuration = InhibitoryConfiguration()
    (configuration.neurons, configuration.inDegree) = (2_000_000, 1_999_999)
    let bytes = { (error: InhibitoryError?) -> Int? in
      guard case .tooLarge(let needed, let available)? = error else { return nil }
      return available == 1 << 40 ? needed : nil
    }
    let ofStudy = #expect(throws: InhibitoryError.self) {
      try InhibitoryStudy(
        name: "large", configuration: configuration, seed: 1, availableMemory: { 1 << 40 })
    }
    let ofPoint = #expect(throws: InhibitoryError.self) {
      try InhibitorySteadyState.measure(
        configuration, seed: 1, availableMemory: { 1 << 40 })
    }
    for error in [ofStudy, ofPoint] {
      // 4 bytes of each source and 2 of each target at least.
      let needed = try #require(bytes(error))
      #expect(needed >= 2_000_000 * 1_999_999 * 6)
    }
  }

  @Test func `an in-degree that memory cannot hold is refused, and all stays as it was`() throws {
    var configuration = InhibitoryConfiguration()
    (configuration.neurons, configuration.inDegree) = (5000, 4)
    (configuration.transient, configuration.duration) = (1, 2)
    var study = try InhibitoryStudy(
      name: "network", configuration: configuration, seed: 1, availableMemory: { 1 << 27 })
    var plain = try InhibitoryStudy(name: "network", configuration: configuration, seed: 1)
    _ = try study.events(until: 2)
    let knobs = study.knobs
    #expect(throws: EditError.self) {
      try study.apply(.set(knob: Knobs.inDegree, value: 4999))
    }
    #expect(study.knobs == knobs)
    #expect(throws: EditError.nothingToUndo) { try study.apply(.undo) }
    _ = try plain.events(until: 2)
    let expected = try plain.events()
    let found = try study.events()
    #expect(expected.count == 5 && found == expected)
  }

  @Test func `a view that is turned leaves the measurement alone, on a ramp too`() throws {
    var study = try InhibitoryStudy.small { $0.coupling = Schedule(.linear(start: 1, end: 4)) }
    _ = try study.events(until: 60)
    for knob in [Knobs.speed, Knobs.stimulus, Knobs.first, Knobs.perturbation] {
      _ = try study.apply(.scale(knob: knob, factor: 0.5))
    }
    let measured = try InhibitoryStudy.conclusion(try study.events())
    #expect(measured.measured("from") == 20 && measured.measured("to") == 50)
    var turned = try InhibitoryStudy.small { $0.coupling = Schedule(.linear(start: 1, end: 4)) }
    _ = try turned.events(until: 60)
    _ = try turned.apply(.scale(knob: Knobs.coupling, factor: 0.5))
    let anew = try InhibitoryStudy.conclusion(try turned.events())
    #expect(anew.measured("from") == 30)
  }

  @Test func `a network that begins again begins its ramp again`() throws {
    var study = try InhibitoryStudy.small { $0.coupling = Schedule(.linear(start: 0.5, end: 4)) }
    let first = try study.events(until: 40)
    _ = try study.apply(.perform(action: Knobs.restart))
    #expect(study.progress.steps == 140)
    let again = try study.events(until: 80)
    for gauge in ["time", "field", "coupling", "rate"] {
      let expected = InhibitoryStudy.values(of: gauge, first)
      #expect(expected.count >= 39)
      #expect(InhibitoryStudy.values(of: gauge, again) == expected)
    }
    let couplings = InhibitoryStudy.values(of: "coupling", try study.events())
    let last = try #require(couplings.last)
    #expect(couplings.count == 60 && last > 3.9)
  }
}
