import Engine
import Runs
import Terminal
import Testing

@testable import Dashboard

@Suite struct RecordedRisesTests {
  @Test func `single steps tell every rise, from the start on`() {
    var rises = RecordedRises(from: 1)
    for (index, loss) in [1.1, 0.9, 0.9, 0.95, 0.8].enumerated() {
      rises.add(step: index + 1, loss: loss, least: loss, most: loss)
    }
    #expect((rises.count, rises.first, rises.last) == (2, 1, 4))
    #expect(rises.isComplete && rises.knowsFirst)
  }

  @Test func `readings of several steps tell the least`() {
    var rises = RecordedRises(from: 1)
    rises.add(step: 1, loss: 0.9, least: 0.9, most: 0.9)
    rises.add(step: 3, loss: 0.8, least: 0.8, most: 0.85)
    #expect(rises.count == 0 && !rises.isComplete)
    rises.add(step: 5, loss: 0.79, least: 0.7, most: 0.79)
    rises.add(step: 7, loss: 0.6, least: 0.6, most: 0.81)
    #expect((rises.count, rises.first, rises.last) == (2, 5, 7))
    #expect(!rises.knowsFirst)
    var unknown = RecordedRises(from: nil)
    unknown.add(step: 1, loss: 2, least: 2, most: 2)
    #expect(unknown.count == 0 && !unknown.isComplete)
  }

  /// A dashboard that sees the reports without looks and dials, as a replay does.
  private static func replay(_ reports: [RunnerReport]) -> Dashboard {
    var dashboard = Dashboard(size: Size(width: 200, height: 60), mode: .replay)
    dashboard.tell(
      reports.filter {
        switch $0 {
        case .knobs, .probe: false
        default: true
        }
      })
    return dashboard
  }

  @Test func `a replay tells the rises that the study had, and what is not recorded`() throws {
    var run = try TheoryRun()
    var reports = run.beginning + (try run.reports(until: 300))
    guard case .theory(let report)? = run.study.probe(.theory) else {
      Issue.record("no look")
      return
    }
    let shown = Self.replay(reports)
    #expect(shown.theoryStandings.map(\.increases) == report.lanes.map(\.record.increases))
    #expect(shown.theoryStandings.map(\.firstIncrease) == report.lanes.map(\.record.firstIncrease))
    #expect(shown.theoryStandings.map(\.lastIncrease) == report.lanes.map(\.record.lastIncrease))
    #expect(shown.theoryStandings.allSatisfy { $0.knowsCount && $0.knowsLast })
    #expect((report.lanes[0].record.increases) > 0)
    #expect(shown.theoryStandings.map(\.residual) == report.lanes.map(\.residual))
    #expect(shown.frame.text.contains("not recorded"))
    #expect(shown.frame.text.contains("first rise at"))
    reports += try run.edit(.perform(action: "newStart"))
    reports += try run.reports(until: 900)
    let later = Self.replay(reports)
    guard case .theory(let anew)? = run.study.probe(.theory) else { return }
    #expect(later.theoryStandings.map(\.firstIncrease) == anew.lanes.map(\.record.firstIncrease))
  }

  @Test func `readings of several steps are said to tell the least`() throws {
    var run = try TheoryRun { $0.start = .nearSpurious }
    let shown = Self.replay(run.beginning + (try run.reports(until: 1500)))
    let standing = try #require(shown.theoryStandings.first)
    #expect(standing.knowsFirst && !standing.knowsCount)
    #expect(shown.frame.text.contains("rose at least"))
    #expect(!shown.frame.text.contains("never rose"))
  }

  @Test func `the residual of an estimator is found once`() throws {
    var run = try TheoryRun { $0.estimator = .arctan }
    let shown = Self.replay(
      run.beginning + (try run.reports(until: 10))
        + (try run.edit(.choose(knob: "estimator", option: "superspike")))
        + (try run.reports(until: 20)))
    #expect(
      Set(shown.theoryCourse.residuals.keys)
        == ["arctan", "superspike", "relu", "clipped_relu", "hard_tanh"])
    #expect(shown.theoryStandings.count == 4)
  }
}
