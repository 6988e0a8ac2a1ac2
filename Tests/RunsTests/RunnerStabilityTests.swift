import Engine
import Runs
import TestSupport
import Testing

@Suite struct RunnerStabilityTests {
  private static let plan = StabilityPlan(epochs: 3)

  private func reports(_ told: [RunnerReport]) -> [StabilityReport] {
    told.events.compactMap { if case .stability(let report) = $0.event { report } else { nil } }
  }

  private func isOver(_ report: RunnerReport) -> Bool {
    guard case .event(let timed) = report, case .stability(let test) = timed.event else {
      return false
    }
    return test.isComplete || test.isCancelled
  }

  @Test func `a test goes on beside the training, row by row`() throws {
    var harness = RunnerHarness()
    _ = try harness.wait(for: .paused)
    harness.runner.send(.testStability(Self.plan))
    harness.runner.send(.resume)
    let told = try harness.wait(for: .ended)
    #expect(reports(told).map(\.test.rows.count) == [0, 1, 2, 3, 4])
    #expect(reports(told).last?.test.verdict == .undecided)
    #expect(told.steps == Array(1...40))
    #expect(!told.events.contains { if case .edited = $0.event { true } else { false } })
  }

  @Test func `in a pause and after the end a test comes to its end, beside a sweep too`() throws {
    var harness = RunnerHarness(.with { $0.evaluationChunks = 1 })
    _ = try harness.wait(for: .paused)
    // The sweep is over long before the test.
    harness.runner.send(.sweep)
    harness.runner.send(.testStability(Self.plan))
    let told = try harness.wait(for: "the end of a test", isOver)
    #expect(reports(told).count == 5 && told.steps.isEmpty)
    _ = try harness.send(.resume, until: .ended)
    let seconds = harness.reports.events.last?.seconds
    harness.runner.send(.testStability(Self.plan))
    #expect(try harness.wait(for: "another end", isOver).events.last?.seconds == seconds)
    #expect(harness.runner.nextReports(timeout: .milliseconds(50)).isEmpty)
  }

  @Test func `a test is refused in words where nothing is quantized`() throws {
    var harness = RunnerHarness(.with { $0.sites = [] })
    _ = try harness.wait(for: .paused)
    harness.runner.send(.testStability(Self.plan))
    let refusal = RunnerReport.declined(reason: "\(StabilityRefusal.nothingQuantized)")
    #expect(try harness.wait(for: "a refusal") { $0 == refusal }.contains(refusal))
    #expect(try harness.send(.stepBatch, until: .paused).steps == [1])
  }
}
