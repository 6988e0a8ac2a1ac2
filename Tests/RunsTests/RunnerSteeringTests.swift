import Engine
import Runs
import TestSupport
import Testing

/// Edits, probes and saving.
@Suite struct RunnerSteeringTests {
  private func isKnobs(_ report: RunnerReport) -> Bool {
    if case .knobs = report { true } else { false }
  }

  @Test func `an edit is reported as an event and followed by the knobs`() throws {
    var harness = RunnerHarness()
    _ = try harness.wait(for: .paused)
    _ = try harness.send(.stepBatch, until: .paused)
    let edit = Edit.set(knob: "w.m", value: 4)
    harness.runner.send(.edit(edit))
    let reports = try harness.wait(for: "knobs", isKnobs)
    guard case .event(let timed) = reports[0], case .edited(let record) = timed.event,
      case .knobs(let knobs) = reports[1], case .schedule(let journal, _) = knobs[2].kind
    else {
      Issue.record("the edit was reported as \(reports)")
      return
    }
    #expect((record.step, record.source, record.edit) == (1, .user, edit))
    #expect(timed.progress.step == 1 && timed.seconds == 0.02)
    #expect(journal.value(at: 1) == 4)
  }

  @Test func `a refused edit is reported with its reason and changes nothing`() throws {
    var harness = RunnerHarness()
    _ = try harness.wait(for: .paused)
    let edit = Edit.set(knob: "w.q", value: 1)
    harness.runner.send(.edit(edit))
    let reports = try harness.wait(for: "refusal") {
      if case .refused = $0 { true } else { false }
    }
    #expect(reports == [.refused(edit, .unknownKnob("w.q"))])
  }

  @Test func `an edit by a rule is followed by the knobs too`() throws {
    var harness = RunnerHarness(.with { $0.ruleAtStep = 5 }, paused: false)
    let reports = try harness.wait(for: .ended)
    let index = reports.firstIndex {
      if case .event(let timed) = $0, case .edited(let record) = timed.event {
        record.source == .rule && record.step == 5
      } else {
        false
      }
    }
    let position = try #require(index)
    #expect(isKnobs(reports[position + 1]))
  }

  @Test func `a probe asked for during a pause comes once, at once`() throws {
    var harness = RunnerHarness()
    _ = try harness.wait(for: .paused)
    _ = try harness.send(.stepBatch, until: .paused)
    for sample in [3, 4] {
      harness.runner.send(.watch(.raster(site: "h", sample: sample)))
      let reports = try harness.wait(for: "a probe") {
        if case .probe = $0 { true } else { false }
      }
      #expect(reports.rasters.map(\.sample) == [sample])
    }
    harness.runner.send(.watch(.raster(site: "h", sample: 4)))
    harness.runner.send(.watch(nil))
    #expect(harness.runner.nextReports(timeout: .milliseconds(50)).isEmpty)
  }

  @Test func `what is turned of a paused network shows at once`() throws {
    var configuration = InhibitoryConfiguration()
    (configuration.neurons, configuration.inDegree) = (30, 5)
    (configuration.transient, configuration.duration, configuration.window) = (5, 20, 10)
    var harness = RunnerHarness { [configuration] in
      try InhibitoryStudy(name: "network", configuration: configuration, seed: 1)
    }
    _ = try harness.wait(for: .paused)
    _ = try harness.send(.stepBatch, until: .paused)
    harness.runner.send(.watch(.dynamics(DynamicsRequest(span: 20))))
    _ = try harness.wait(for: "a look") { ![$0].looks.isEmpty }
    typealias Knobs = InhibitoryKnobs
    typealias Influence = DynamicsReport.Influence
    let silenced = [Influence(ranks: 10...29, drive: nil)]
    let turns: [(Edit, chosen: ClosedRange<Int>, influences: [Influence])] = [
      (.set(knob: Knobs.first, value: 11), 10...29, []),
      (.perform(action: Knobs.silence), 10...29, silenced),
      (.scale(knob: Knobs.last, factor: 0.5), 10...14, silenced),
      (.perform(action: Knobs.releaseAll), 10...14, []),
      (.undo, 10...14, silenced),
    ]
    for (edit, chosen, influences) in turns {
      harness.runner.send(.edit(edit))
      let reports = try harness.wait(for: "a look after \(edit)") { ![$0].looks.isEmpty }
      #expect(reports.looks.map(\.chosen) == [chosen], "\(edit)")
      #expect(reports.looks.map(\.influences) == [influences], "\(edit)")
      #expect(reports.steps.isEmpty)
    }
  }

  @Test func `after each single step the probe shows that step`() throws {
    var harness = RunnerHarness()
    _ = try harness.wait(for: .paused)
    harness.runner.send(.watch(.raster(site: "m", sample: 0)))
    for step in 1...3 {
      harness.runner.send(.stepBatch)
      let reports = try harness.wait(for: "a probe of step \(step)") {
        if case .probe(.raster(let raster)) = $0 { raster.step == step } else { false }
      }
      #expect(reports.steps == [step])
    }
  }

  @Test func `while training probes come at most ten times a second`() throws {
    // Each step waits until its predecessor's reports are taken, so none can be superseded.
    let gate = StepGate()
    var harness = RunnerHarness(
      .with {
        $0.epochs = 1
        $0.onStep = { _ in gate.passByStudy() }
        $0.stepsPerEpoch = 51
      })
    harness.runner.send(.watch(.raster(site: "h", sample: 0)))
    _ = try harness.wait(for: .paused)
    harness.runner.send(.resume)
    for _ in 1...51 {
      gate.waitForStudy()
      harness.reports += harness.runner.drain()
      gate.open()
    }
    _ = try harness.wait(for: .ended)
    let steps = harness.reports.rasters.map(\.step).filter { $0 <= 50 }
    #expect(steps == Array(stride(from: 1, through: 50, by: 5)))
  }

  @Test func `saving hands the snapshot over and reports the path`() throws {
    var harness = RunnerHarness()
    _ = try harness.wait(for: .paused)
    _ = try harness.send(.stepBatch, until: .paused)
    harness.runner.send(.save)
    _ = try harness.wait(for: "a saved file") { $0 == .saved(path: "step-1") }
    #expect(harness.saved.drain().map { $0.metadata["step"] } == ["1"])
  }

  @Test func `a failed save is reported and the run goes on`() throws {
    var harness = RunnerHarness(saveFails: true)
    _ = try harness.wait(for: .paused)
    harness.runner.send(.save)
    _ = try harness.wait(for: "the failure") { $0 == .saveFailed(reason: "disk full") }
    #expect(try harness.send(.resume, until: .ended).steps.count == 40)
  }

  @Test func `a study that rests goes on with what it was told to do`() throws {
    // Each step waits, so that the rest falls into the epoch.
    let gate = StepGate()
    var harness = RunnerHarness(
      .with {
        $0.onStep = { _ in gate.passByStudy() }
        $0.stepsPerEpoch = 4
      })
    _ = try harness.wait(for: .paused)
    harness.runner.send(.stepEpoch)
    gate.waitForStudy()
    harness.runner.send(.rest)
    gate.open()
    let resting = try harness.wait(for: "rest") { $0 == .resting }
    #expect(resting.steps == [1])
    harness.runner.send(.wake)
    for _ in 2...4 {
      gate.waitForStudy()
      gate.open()
    }
    let reports = try harness.wait(for: .paused)
    #expect(reports.steps == [2, 3, 4])
  }

  @Test func `a paused study is still paused after a rest, and one that rests can be stopped`()
    throws
  {
    var harness = RunnerHarness()
    _ = try harness.wait(for: .paused)
    harness.runner.send(.rest)
    _ = try harness.wait(for: "rest") { $0 == .resting }
    harness.runner.send(.wake)
    #expect(harness.runner.nextReports(timeout: .milliseconds(50)).isEmpty)
    harness.runner.send(.rest)
    harness.runner.send(.stop)
    #expect(try harness.wait(for: .ended).steps.isEmpty)
  }
}
