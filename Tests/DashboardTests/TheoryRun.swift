import Dashboard
import Engine
import Runs
import Terminal

/// The reports of a theory study, as the runner would send them.
struct TheoryRun {
  var study: CoarseTheoryStudy

  init(_ change: (inout CoarseTheoryConfiguration) -> Void = { _ in }) throws {
    var configuration = CoarseTheoryConfiguration()
    configuration.steps = 2000
    change(&configuration)
    study = try CoarseTheoryStudy(name: "ste-theory", configuration: configuration, seed: 1)
  }

  var beginning: [RunnerReport] {
    [
      .began(
        RunBeginning(summary: study.summary, progress: study.progress, gauges: study.gauges)),
      .knobs(study.knobs), .state(.training),
    ]
  }

  /// Up to a step, with a look at the end.
  mutating func reports(until step: Int) throws -> [RunnerReport] {
    var reports: [RunnerReport] = []
    while study.progress.step < step {
      let events = try study.advance(within: .zero)
      if events.isEmpty { break }
      reports += events.map(timed)
    }
    return reports + [study.probe(.theory).map(RunnerReport.probe)].compactMap { $0 }
  }

  mutating func edit(_ edit: Edit) throws -> [RunnerReport] {
    [timed(.edited(try study.apply(edit))), .knobs(study.knobs)]
  }

  private func timed(_ event: StudyEvent) -> RunnerReport {
    .event(
      TimedEvent(
        seconds: Double(study.progress.step) / 200, samplesPerSecond: 200,
        progress: study.progress, event: event))
  }
}

extension Dashboard {
  /// A dashboard in the middle of a theory study.
  static func theory(
    width: Int, height: Int, steps: Int = 600, glyphs: Glyphs = .unicode,
    _ change: (inout CoarseTheoryConfiguration) -> Void = { _ in }
  ) throws -> Dashboard {
    var run = try TheoryRun(change)
    var dashboard = Dashboard(
      size: Size(width: width, height: height), glyphs: glyphs, experiment: "ste-theory")
    dashboard.tell(run.beginning + (try run.reports(until: steps)))
    _ = dashboard.update(.tick(seconds: 20))
    return dashboard
  }
}
