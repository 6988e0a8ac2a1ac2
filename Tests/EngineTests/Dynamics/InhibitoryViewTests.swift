import Engine
import Testing

@Suite struct InhibitoryViewTests {
  private typealias Knobs = InhibitoryKnobs

  @Test(arguments: InhibitoryConfiguration.Topology.allCases)
  func `a network that never fires has numbers alone`(
    topology: InhibitoryConfiguration.Topology
  ) throws {
    var study = try InhibitoryStudy.small {
      ($0.lowest, $0.highest, $0.topology) = (1, 1, topology)
    }
    for case .stepped(let readings) in try study.events() {
      for reading in readings.values { #expect(reading.last.isFinite, "\(reading.gauge)") }
    }
    let report = try study.report()
    #expect(report.rates.silent == 60 && report.rates.byRow.allSatisfy { $0 == 0 })
    for comparison in report.comparisons {
      #expect(comparison.measured?.isFinite != false && comparison.predicted?.isFinite != false)
    }
    #expect(report.comparisons.first { $0.id == "variation" }?.predicted == nil)
  }

  @Test func `rates fall to nothing when everybody is silenced`() throws {
    var study = try InhibitoryStudy.small()
    _ = try study.events(until: 40)
    #expect(try study.report().rates.silent < 30)
    _ = try study.apply(.set(knob: Knobs.last, value: 60))
    _ = try study.apply(.set(knob: Knobs.first, value: 1))
    _ = try study.apply(.perform(action: Knobs.silence))
    // A window and a half.
    _ = try study.events(until: 72)
    let silent = try study.report().rates
    #expect(silent.silent == 60 && silent.highest == 0)
    #expect(silent.byRow.allSatisfy { $0 == 0 } && silent.histogram.allSatisfy { $0 == 0 })
    _ = try study.apply(.perform(action: Knobs.releaseAll))
    _ = try study.events(until: 80)
    let awake = try study.report().rates
    // Nobody fires faster than without inhibition, at 0.91.
    #expect(awake.silent < 60 && awake.highest > 0 && awake.highest < 1)
  }

  @Test func `lines of theory are of the present range, and of global coupling alone`() throws {
    var study = try InhibitoryStudy.small { ($0.topology, $0.lowest) = (.global, 1.2) }
    _ = try study.events(until: 2)
    let before = try study.report().boundaries
    #expect(!before.isEmpty)
    _ = try study.apply(.set(knob: Knobs.highest, value: 2.5))
    let after = try study.report().boundaries
    #expect(after != before)
    var wide = try InhibitoryStudy.small {
      ($0.topology, $0.lowest, $0.highest) = (.global, 1.2, 2.5)
    }
    _ = try wide.events(until: 2)
    #expect(try wide.report().boundaries == after)
    var resumed = try InhibitoryStudy.small { ($0.topology, $0.lowest) = (.global, 1.2) }
    try resumed.restore(study.snapshot())
    _ = try resumed.events(until: 3)
    #expect(try resumed.report().boundaries == after)
    _ = try study.apply(.undo)
    #expect(try study.report().boundaries == before)
    var sparse = try InhibitoryStudy.small()
    _ = try sparse.events(until: 2)
    #expect(try sparse.report().boundaries.isEmpty)
  }

  @Test func `a window ends at a reading, so that no spike is lost between two`() throws {
    var odd = try InhibitoryStudy.small { $0.window = 7.3 }
    var whole = try InhibitoryStudy.small { $0.window = 7.5 }
    let expected = try whole.events()
    let found = try odd.events()
    #expect(found == expected)
  }
}
