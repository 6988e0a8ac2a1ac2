import Engine
import Testing

@Suite struct InhibitoryStudyTests {
  private typealias Knobs = InhibitoryKnobs

  private func study(
    seed: UInt64 = 1, threads: Int = 1, _ change: (inout InhibitoryConfiguration) -> Void = { _ in }
  ) throws -> InhibitoryStudy {
    var configuration = InhibitoryConfiguration()
    (configuration.neurons, configuration.inDegree) = (60, 8)
    (configuration.transient, configuration.duration, configuration.window) = (20, 30, 10)
    change(&configuration)
    return try InhibitoryStudy(
      name: "network", configuration: configuration, seed: seed, threads: threads)
  }

  private func events(
    _ study: inout InhibitoryStudy, until step: Int = .max
  ) throws -> [StudyEvent] {
    var events: [StudyEvent] = []
    while study.progress.step < step {
      let more = try study.advance(within: .zero)
      if more.isEmpty { break }
      events += more
    }
    return events
  }

  private func report(_ study: InhibitoryStudy, span: Double = 20) throws -> DynamicsReport {
    guard case .dynamics(let report)? = study.probe(.dynamics(.init(span: span)), isStill: false)
    else {
      throw Missing.report
    }
    return report
  }

  private enum Missing: Error { case report, conclusion }

  private func conclusion(_ events: [StudyEvent]) throws -> Conclusion {
    guard case .ended(let conclusion)? = events.last else { throw Missing.conclusion }
    return conclusion
  }

  private let turns: [(step: Int, edit: Edit)] = [
    (10, .set(knob: Knobs.delay, value: 0.3)), (20, .scale(knob: Knobs.coupling, factor: 2)),
    (25, .set(knob: Knobs.first, value: 31)), (30, .perform(action: Knobs.silence)),
    (35, .undo), (36, .redo), (40, .perform(action: Knobs.perturb)),
    (45, .perform(action: Knobs.releaseAll)), (50, .perform(action: Knobs.stimulate)),
    (55, .set(knob: Knobs.highest, value: 1.8)), (60, .perform(action: Knobs.restart)),
    (70, .set(knob: Knobs.inDegree, value: 5)), (80, .perform(action: Knobs.newNetwork)),
  ]

  private func turned(
    _ study: inout InhibitoryStudy, from first: Int = 0, until last: Int = .max
  ) throws -> [StudyEvent] {
    var all: [StudyEvent] = []
    for (step, edit) in turns where step >= first && step < last {
      all += try events(&study, until: step)
      all.append(.edited(try study.apply(edit)))
    }
    return all + (try events(&study, until: last))
  }

  @Test(arguments: [1, 2])
  func `a study is the same bits every time and ends after its time`(threads: Int) throws {
    var first = try study()
    var second = try study(threads: threads)
    let expected = try events(&first)
    #expect(try events(&second) == expected)
    let metrics = try conclusion(expected).metrics
    let value = { (id: String) in metrics.first { $0.gauge == "observables.\(id)" }?.last }
    #expect(value("from") == 20 && value("to") == 50)
    let rate = try #require(value("rate"))
    #expect(rate > 0.2 && rate < 0.4)
    #expect(try second.advance(within: .zero) == [])
  }

  @Test func `every reading belongs to a gauge`() throws {
    var study = try study()
    let ids = Set(study.gauges.map(\.id)).union(["localVariation", "spikesPerBurst"])
    for case .stepped(let readings) in try events(&study) {
      for reading in readings.values { #expect(ids.contains(reading.gauge), "\(reading.gauge)") }
    }
  }

  @Test func `the journal of a run repeats it`() throws {
    var whole = try study()
    let expected = try turned(&whole)
    let records = expected.compactMap { event -> EditRecord? in
      if case .edited(let record) = event { record } else { nil }
    }
    var again = try study()
    again.replay(records)
    #expect(try events(&again) == expected)
  }

  @Test func `silenced neurons fall silent, and fire again when they are released`() throws {
    var study = try study()
    _ = try events(&study, until: 4)
    _ = try study.apply(.set(knob: Knobs.first, value: 41))
    _ = try study.apply(.set(knob: Knobs.last, value: 60))
    _ = try study.apply(.perform(action: Knobs.silence))
    _ = try events(&study, until: 50)
    let silenced = try report(study, span: 10)
    #expect(silenced.influences == [.init(ranks: 40...59, drive: nil)])
    let rows = silenced.raster.filled.map { Int($0) / silenced.raster.columns }
    #expect(silenced.raster.rows == 60 && !rows.isEmpty && rows.allSatisfy { $0 < 40 })
    _ = try study.apply(.perform(action: Knobs.release))
    _ = try events(&study, until: 70)
    let released = try report(study, span: 5)
    #expect(released.influences.isEmpty)
    #expect(released.raster.filled.contains { Int($0) / released.raster.columns >= 40 })
  }

  @Test func `stimulated neurons fire more`() throws {
    var study = try study { $0.coupling = Schedule(.hold(5)) }
    _ = try events(&study, until: 40)
    let before = try report(study).rates.byRow[..<3].reduce(0, +)
    _ = try study.apply(.set(knob: Knobs.first, value: 1))
    _ = try study.apply(.set(knob: Knobs.last, value: 3))
    _ = try study.apply(.set(knob: Knobs.stimulus, value: 2))
    _ = try study.apply(.perform(action: Knobs.stimulate))
    _ = try events(&study, until: 90)
    #expect(try report(study).rates.byRow[..<3].reduce(0, +) > 2 * before)
  }

  @Test func `a network without inhibition fires at its own periods`() throws {
    var study = try study { $0.coupling = Schedule(.hold(0)) }
    let metrics = try conclusion(try events(&study)).metrics
    let value = { (id: String) in metrics.first { $0.gauge == "observables.\(id)" }?.last }
    #expect(value("freeFraction") == 1 && value("activeFraction") ?? 0 > 0.95)
    #expect(try #require(value("variation")) < 1e-9)
  }

  @Test func `what cannot be turned so is refused`() throws {
    var study = try study()
    #expect(throws: EditError.self) { try study.apply(.set(knob: Knobs.delay, value: -1)) }
    #expect(throws: EditError.self) { try study.apply(.set(knob: Knobs.lowest, value: 1.7)) }
    #expect(throws: EditError.unknownKnob("dance")) { try study.apply(.perform(action: "dance")) }
    #expect(throws: EditError.nothingToUndo) { try study.apply(.undo) }
    #expect(throws: EditError.self) {
      try study.apply(.set(knob: Knobs.inDegree, value: 60))
    }
  }

  @Test func `a report shows what theory says beside what is measured`() throws {
    var study = try study {
      ($0.neurons, $0.topology, $0.delay) = (500, .global, 0)
      $0.coupling = Schedule(.hold(2))
    }
    _ = try events(&study, until: 80)
    let report = try report(study)
    let rate = try #require(report.comparisons.first { $0.id == "rate" })
    let (measured, predicted) = (try #require(rate.measured), try #require(rate.predicted))
    // Section 3.1: 0.15357 for g = 2.
    #expect(abs(predicted - 0.15357) < 1e-4 && abs(measured / predicted - 1) < 0.1)
    #expect(rate.theory == "asynchronous")
    #expect(report.boundaries.contains { $0.title == "one cluster" })
    #expect(report.rates.histogram.reduce(0, +) + report.rates.silent == 500)
    #expect(report.places.count == 1)
  }

  @Test func `the look at rates and traces is of the span that is asked for`() throws {
    var study = try study()
    _ = try events(&study, until: 60)
    for span in [0.5, 5, 20, 500] {
      let report = try report(study, span: span)
      #expect(Double(report.field.values.count) * report.field.interval <= span + 1e-9)
      #expect(report.field.values.count <= 600)
      #expect(report.raster.filled.allSatisfy { $0 < 60 * 480 })
    }
  }
}
