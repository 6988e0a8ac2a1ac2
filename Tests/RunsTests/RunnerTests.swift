import Engine
import Foundation
import Runs
import Synchronization
import TestSupport
import Testing

@Suite struct RunnerTests {
  @Test func `a run tells what it is, its knobs and its state before any event`() throws {
    var harness = RunnerHarness(paused: false)
    let reports = try harness.wait(for: .ended)
    guard case .began(let beginning) = reports[0], case .knobs(let knobs) = reports[1] else {
      Issue.record("the run began with \(reports.prefix(2))")
      return
    }
    #expect(beginning.summary.name == "scripted")
    #expect(beginning.progress.step == 0)
    #expect(knobs.map(\.id) == ["learningRate", "w.h", "w.m", "clipNorm", "validate"])
    #expect(reports[2] == .state(.training))
  }

  @Test func `a whole run reports every step once, in order, and ends once`() throws {
    var harness = RunnerHarness(paused: false)
    let reports = try harness.wait(for: .ended)
    #expect(reports.steps == Array(1...40))
    #expect(reports.evaluations.map(\.epoch) == [1, 2, 3, 4])
    #expect(reports.conclusions.map(\.outcome) == [.completed])
    #expect(reports.states.first == .training)
    #expect(reports.states.filter { $0 == .evaluating }.count == 5)
    #expect(reports.last == .state(.ended))
  }

  @Test func `a paused run does nothing until it is resumed`() throws {
    var harness = RunnerHarness()
    #expect(try harness.wait(for: .paused).events.isEmpty)
    #expect(harness.runner.nextReports(timeout: .milliseconds(50)).isEmpty)
    let reports = try harness.send(.resume, until: .ended)
    #expect(reports.steps == Array(1...40))
  }

  @Test func `pausing while busy stops after the step at hand`() throws {
    let gate = StepGate()
    var harness = RunnerHarness(
      .with { $0.onStep = { if $0 == 3 { gate.passByStudy() } } }, paused: false)
    gate.waitForStudy()
    harness.runner.send(.pause)
    gate.open()
    #expect(try harness.wait(for: .paused).steps == [1, 2, 3])
  }

  @Test func `stepping does one step and pauses, also when advances do many`() throws {
    var harness = RunnerHarness(.with { $0.stepsPerAdvance = 7 })
    _ = try harness.wait(for: .paused)
    for step in 1...3 {
      let reports = try harness.send(.stepBatch, until: .paused)
      #expect(reports.steps == [step])
      #expect(reports.states == [.training, .paused])
    }
  }

  @Test func `stepping an epoch pauses at its last step`() throws {
    var harness = RunnerHarness()
    _ = try harness.wait(for: .paused)
    #expect(try harness.send(.stepEpoch, until: .paused).steps == Array(1...10))
    let second = try harness.send(.stepEpoch, until: .paused)
    #expect(second.evaluations.map(\.epoch) == [1])
    #expect(second.steps == Array(11...20))
    #expect(second.events.last?.progress.epoch == 2)
  }

  @Test func `validating during a pause evaluates without a step and pauses again`() throws {
    var harness = RunnerHarness()
    _ = try harness.wait(for: .paused)
    _ = try harness.send(.stepBatch, until: .paused)
    let reports = try harness.send(.validate, until: .paused)
    #expect(reports.evaluations.map(\.step) == [1])
    #expect(reports.steps.isEmpty)
    #expect(reports.states == [.training, .evaluating, .paused])
  }

  @Test func `stopping evaluates, ends once and keeps the study for inspection`() throws {
    var harness = RunnerHarness()
    _ = try harness.wait(for: .paused)
    _ = try harness.send(.stepBatch, until: .paused)
    harness.runner.send(.stop)
    harness.runner.send(.stop)
    harness.runner.send(.resume)
    let reports = try harness.wait(for: .ended)
    #expect(reports.conclusions.map(\.outcome) == [.stopped])
    #expect(reports.steps.isEmpty)
    #expect(reports.states == [.stopping, .ended])
    harness.runner.send(.resume)
    harness.runner.send(.save)
    let saved = try harness.wait(for: "a saved file") { $0 == .saved(path: "step-1") }
    harness.runner.send(.watch(.raster(site: "m", sample: 2)))
    let probed = try harness.wait(for: "a probe") { if case .probe = $0 { true } else { false } }
    #expect(probed.rasters.map(\.sample) == [2])
    #expect((saved + probed).events.isEmpty && (saved + probed).states.isEmpty)
  }

  @Test func `time counts work only, pauses excluded`() throws {
    var harness = RunnerHarness()
    _ = try harness.wait(for: .paused)
    let first = try harness.send(.stepBatch, until: .paused)
    harness.clock.crank(.seconds(100))
    let second = try harness.send(.stepBatch, until: .paused)
    #expect(first.events.map(\.seconds) == [0.02])
    #expect(second.events.map(\.seconds) == [0.04])
  }

  @Test func `throughput is unknown at first and then samples over work`() throws {
    var harness = RunnerHarness(
      .with {
        $0.epochs = 1
        $0.stepsPerEpoch = 200
      }, paused: false)
    let events = try harness.wait(for: .ended).events
    #expect(events[0].samplesPerSecond == 0)
    #expect(events[3].samplesPerSecond == 0)
    #expect(events[4].samplesPerSecond == 1600)
    #expect(events[199].samplesPerSecond == 1600)
  }

  @Test func `a reader that never reads neither stalls the study nor loses a report`() throws {
    let ended = DispatchSemaphore(value: 0)
    let script = Script.with {
      $0.epochs = 50
      $0.stepsPerEpoch = 100
      $0.onStep = { if $0 == 5000 { ended.signal() } }
    }
    var harness = RunnerHarness(script, paused: false)
    harness.runner.send(.watch(.raster(site: "h", sample: 0)))
    #expect(ended.wait(timeout: .now() + 30) == .success)
    let reports = try harness.wait(for: .ended)
    #expect(reports.steps == Array(1...5000))
    #expect(reports.rasters.count < 5)
  }

  @Test func `the reader is woken only when reports turn up after none`() throws {
    var harness = RunnerHarness()
    _ = try harness.wait(for: .paused)
    _ = harness.wakes.drain()
    harness.runner.send(.edit(.hold(knob: "w.h")))
    _ = harness.wakes.drain(waitingUntil: Date(timeIntervalSinceNow: 10))
    harness.runner.send(.edit(.release(knob: "w.h")))
    _ = harness.wakes.drain(waitingUntil: Date(timeIntervalSinceNow: 0.1))
    let reports = try harness.wait(for: "the knobs") { if case .knobs = $0 { true } else { false } }
    #expect(!reports.isEmpty)
  }

  @Test func `shutting down while busy ends without going through the rest`() throws {
    let gate = StepGate()
    let harness = RunnerHarness(
      .with {
        $0.stepsPerEpoch = 100_000_000
        $0.onStep = { if $0 == 2 { gate.passByStudy() } }
      }, paused: false)
    gate.waitForStudy()
    let opener = Thread { gate.open() }
    opener.start()
    harness.runner.shutdown()
    harness.runner.shutdown()
    let reports = harness.runner.drain()
    #expect(reports.steps.starts(with: [1, 2]) && reports.conclusions.isEmpty)
    #expect(reports.states == [.training])
    harness.runner.send(.stepBatch)
    #expect(harness.runner.nextReports(timeout: .milliseconds(50)).isEmpty)
  }

  @Test func `a study that cannot be made is a failure and nothing else`() {
    let surroundings = Runner.Surroundings(
      save: { _, _, _ in "" }, describe: { ($0 as? TestFailure)?.reason ?? "\($0)" })
    let runner = Runner(surroundings: surroundings) { throw TestFailure(reason: "no such data") }
    #expect(runner.nextReports(timeout: .seconds(10)) == [.failed(reason: "no such data")])
    runner.send(.resume)
    runner.shutdown()
    #expect(runner.drain().isEmpty)
  }

  @Test func `a study that cannot go on is a failure after what it reported`() throws {
    var harness = RunnerHarness(
      .with { $0.mishap = .fails(atStep: 2, .interrupted(reason: "gone")) }, paused: false)
    let reports = try harness.wait(for: "a failure") {
      if case .failed = $0 { true } else { false }
    }
    #expect(reports.steps == [1, 2])
    #expect(reports.last == .failed(reason: "interrupted(reason: \"gone\")"))
  }
}
