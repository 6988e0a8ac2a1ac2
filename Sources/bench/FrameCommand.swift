import ArgumentParser
import Dashboard
import Engine
import Runs
import Terminal

/// How long a frame takes when every series is long.
struct FrameCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "frame", abstract: "Time drawing a frame over long series.")

  @Option(help: "Points of each series.") var points = 1_000_000
  @Option(help: "Columns.") var columns = 200
  @Option(help: "Rows.") var rows = 50
  @Option(help: "Frames timed.") var count = 50

  func run() throws {
    var dashboard = Dashboard(size: Size(width: columns, height: rows))
    Self.fill(&dashboard, points: points)
    var frame = dashboard.frame
    let measurement = Measurement(count: count) { _ in frame = dashboard.frame }
    print(
      "frame \(columns)x\(rows), \(points) points a series: median",
      "\((1e3 * measurement.median).fixed(2)) ms, min \((1e3 * measurement.minimum).fixed(2)) ms,",
      "\(frame.cells.count) cells")
  }

  /// Gives a dashboard the series of a long run.
  static func fill(_ dashboard: inout Dashboard, points: Int) {
    let gauges =
      [
        Gauge(id: "loss", title: "train", group: .loss, scale: .logarithmic),
        Gauge(
          id: "validation.spiking.loss", title: "validation", group: .loss, split: .validation,
          regime: .spiking, scale: .logarithmic),
        Gauge(
          id: "validation.spiking.accuracy", title: "spiking", group: .accuracy,
          split: .validation, regime: .spiking, limits: 0...1),
        Gauge(
          id: "validation.nonSpiking.accuracy", title: "w=inf", group: .accuracy,
          split: .validation, regime: .nonSpiking, limits: 0...1),
      ]
      + ["h", "m"].flatMap { site in
        [
          Gauge(id: "rate.\(site)", title: site, group: .rate, site: site, scale: .logarithmic),
          Gauge(
            id: "bits.\(site)", title: site, group: .bits, site: site, metric: .bitsRange),
        ]
      }
    let sites = ["h", "m"].map { StudySummary.Site(id: $0, title: $0, units: 64) }
    let summary = StudySummary(
      name: "frame", model: "made series", seed: 1, parameters: 0, state: 0, sites: sites)
    let progress = StudyProgress(
      step: points, steps: points, epoch: 1, epochs: 1, stepsPerEpoch: points, samples: 0)
    _ = dashboard.update(
      .reports([.began(RunBeginning(summary: summary, progress: progress, gauges: gauges))]))
    var stream = RandomStream(seed: 1, purpose: .order)
    for step in 1...points {
      let values = gauges.map { Reading($0.id, 0.01 + stream.nextUniform()) }
      let readings = Readings(epoch: 1, step: step, samples: step, values: values)
      let event = TimedEvent(
        seconds: Double(step), samplesPerSecond: 1, progress: progress, event: .stepped(readings))
      _ = dashboard.update(.reports([.event(event)]))
    }
  }
}
