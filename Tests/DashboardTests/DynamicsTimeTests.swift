import Engine
import Runs
import Terminal
import Testing

@testable import Dashboard

@Suite struct DynamicsTimeTests {
  private static func readings(_ values: [Reading]) -> StudyEvent {
    .stepped(Readings(epoch: 2, step: 300, samples: 300, values: values))
  }

  @Test func `a simulation that began again shows the time since`() {
    var dashboard = Dashboard.dynamics(width: 100, height: 24)
    var progress = DynamicsRun().progress(300)
    progress.steps = DynamicsRun.steps + 280
    dashboard.tell([
      .event(
        TimedEvent(
          seconds: 8, samplesPerSecond: 40, progress: progress,
          event: Self.readings([Reading("rate", 0.3)])))
    ])
    #expect(dashboard.simulated == 10)
  }

  @Test func `a record that does not know of a later end shows the time of its reading`() {
    let run = DynamicsRun()
    var dashboard = Dashboard(size: Size(width: 100, height: 24), mode: .replay)
    let gauges = run.gauges + [Gauge(id: "time", title: "simulated time", group: .other)]
    dashboard.tell([
      .began(RunBeginning(summary: run.summary, progress: run.progress(0), gauges: gauges))
    ])
    #expect(dashboard.simulated == 0)
    dashboard.tell([run.event(Self.readings([Reading("time", 10)]), step: 300)])
    #expect(dashboard.simulated == 10)
  }
}
