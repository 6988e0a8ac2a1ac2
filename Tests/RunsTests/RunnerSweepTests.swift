import Engine
import Runs
import TestSupport
import Testing

@Suite struct RunnerSweepTests {
  private func isSwept(_ report: RunnerReport) -> Bool {
    if case .event(let timed) = report, case .swept = timed.event { true } else { false }
  }

  private func sweep(
    _ harness: inout RunnerHarness
  ) throws -> [RunnerReport] {
    harness.runner.send(.sweep)
    return try harness.wait(for: "a sweep", isSwept)
  }

  @Test func `a sweep goes on beside the training`() throws {
    var harness = RunnerHarness(.with { $0.evaluationChunks = 4 })
    _ = try harness.wait(for: .paused)
    harness.runner.send(.sweep)
    harness.runner.send(.resume)
    let reports = try harness.wait(for: .ended)
    #expect(reports.filter(isSwept).count == 1)
    #expect(reports.steps == Array(1...40))
    // It is no evaluation of the run.
    let first = reports.prefix { !isSwept($0) }
    #expect(!first.contains(.state(.evaluating)))
    #expect(!reports.events.contains { if case .edited = $0.event { true } else { false } })
  }

  @Test func `a paused run is swept without a step and stays paused`() throws {
    var harness = RunnerHarness(.with { $0.evaluationChunks = 3 })
    _ = try harness.wait(for: .paused)
    let reports = try sweep(&harness)
    #expect(reports.steps.isEmpty)
    #expect(
      reports.events.filter { if case .evaluating = $0.event { true } else { false } }.count == 2)
    #expect(harness.runner.nextReports(timeout: .milliseconds(50)).isEmpty)
    #expect(try harness.send(.stepBatch, until: .paused).steps == [1])
  }

  @Test func `a run that is over is swept, and its seconds of work stay`() throws {
    var harness = RunnerHarness(paused: false)
    let seconds = try harness.wait(for: .ended).events.last?.seconds
    for _ in 0..<2 {
      let reports = try sweep(&harness)
      #expect(reports.states.isEmpty && reports.steps.isEmpty)
      #expect(reports.events.last?.seconds == seconds)
    }
    #expect(harness.runner.nextReports(timeout: .milliseconds(50)).isEmpty)
  }

  @Test func `a sweep of a run without sites is refused`() throws {
    var harness = RunnerHarness(.with { $0.sites = [] })
    _ = try harness.wait(for: .paused)
    harness.runner.send(.sweep)
    let refusal = RunnerReport.refused(.perform(action: "sweep"), .unknownKnob("sweep"))
    #expect(try harness.wait(for: "a refusal") { $0 == refusal }.contains(refusal))
    #expect(try harness.send(.stepBatch, until: .paused).steps == [1])
  }
}
