import ArgumentParser
import Dashboard
import Engine
import Foundation
import Runs
import Terminal

/// What the curves of a long run with many gauges cost: memory, and time to draw them.
struct CurvesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "curves",
    abstract: "Resident memory and frame times of a long run with many gauges.",
    discussion: """
      A run of made readings is recorded in a folder, 16 bytes a point, and told to a dashboard at the \
      same time; then two processes show what was recorded, as 'replay' and 'attach' do.
      """)

  @Option(help: "Gauges, 6 a site and 4 others.") var gauges = 100
  @Option(help: "Points of each.") var points = 1_000_000
  @Option(help: "Columns.") var columns = 200
  @Option(help: "Rows.") var rows = 50
  @Option(help: "Frames timed of each kind.") var count = 200
  @Option(help: "Where the run's folder is made; it is deleted at the end.")
  var parent = NSTemporaryDirectory()
  @Flag(help: "Let the dashboard keep all points in memory instead.") var inMemory = false
  @Option(help: ArgumentHelp("Show this folder as 'replay' does.", visibility: .hidden))
  var replay: String?
  @Option(help: ArgumentHelp("Show this folder as 'attach' does.", visibility: .hidden))
  var attach: String?

  func run() throws {
    if let replay {
      guard let record = Replay(try RunPast(run: replay)) else { throw ExitCode.failure }
      return measure("replayed") { tell(record.reports(upTo: record.lastStep), mode: .replay) }
    }
    if let attach {
      let tail = try RunTail(run: attach)
      return measure("attached") { tell(tail.opening + tail.look(), mode: .watch) }
    }
    let folder = parent + "/interspike-curves-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    print("before the run: \(Self.residentMegabytes) MB resident")
    try measure("live") { try record(in: folder) }
    for option in inMemory ? [] : ["--replay", "--attach"] {
      let child = try Child(
        CommandLine.arguments[0],
        ["curves", "--columns", "\(columns)", "--rows", "\(rows)", "--count", "\(count)", option]
          + [folder])
      while let line = try child.nextLine() { print(line) }
    }
  }

  private func tell(_ reports: [RunnerReport], mode: Mode) -> Dashboard {
    var dashboard = Dashboard(size: Size(width: columns, height: rows), mode: mode)
    _ = dashboard.update(.reports(reports))
    return dashboard
  }

  // MARK: The run

  /// Records a run and shows it meanwhile, written to the disk every thousand steps.
  private func record(in folder: String) throws -> Dashboard {
    let gauges = madeGauges
    let recorder = RunRecorder(
      RunFolder(at: folder, experiment: ""),
      encoder: EventEncoder(version: "0", run: "curves", experiment: "{}"))
    var progress = StudyProgress(
      step: 0, steps: points, epoch: 0, epochs: 1, stepsPerEpoch: points, samples: 0)
    let sites = Set(gauges.compactMap(\.site)).sorted()
    let summary = StudySummary(
      name: "curves", model: "made readings", seed: 1, parameters: 0, state: 0,
      sites: sites.map { StudySummary.Site(id: $0, title: $0, units: 64) })
    let beginning = RunBeginning(summary: summary, progress: progress, gauges: gauges)
    recorder.begin(beginning, at: .zero)
    var dashboard = tell([.began(beginning)], mode: .run)
    if let path = recorder.takeFolder(), !inMemory {
      _ = dashboard.update(.reports([.recording(folder: path)]))
    }
    var stream = RandomStream(seed: 1, purpose: .order)
    for step in 1...points {
      progress.step = step
      let share = Double(step) / Double(points)
      let values = gauges.map { Reading($0.id, Self.value(share, &stream)) }
      let event = TimedEvent(
        seconds: Double(step) / 100, samplesPerSecond: 1, progress: progress,
        event: .stepped(Readings(epoch: 1, step: step, samples: step, values: values)))
      recorder.note(event, at: .milliseconds(step))
      _ = dashboard.update(.reports([.event(event)]))
    }
    recorder.synchronize(at: .milliseconds(points))
    return dashboard
  }

  /// Falls, scatters, and is far away once in ten thousand.
  private static func value(_ share: Double, _ stream: inout RandomStream) -> Double {
    let uniform = Double(stream.nextUniform())
    let value = (0.1 + exp(-5 * share)) * (0.5 + uniform)
    return stream.nextUniform() < 1e-4 ? value * 1000 : value
  }

  private var madeGauges: [Gauge] {
    let others = [
      Gauge(id: "loss", title: "train", group: .loss, scale: .logarithmic),
      Gauge(id: "accuracy", title: "train", group: .accuracy, limits: 0...1),
      Gauge(id: "learningRate", title: "learning rate", group: .other),
      Gauge(id: "gradientNorm", title: "gradient", group: .other),
    ]
    let metrics: [BitMetric] = [.bitsRange, .bitsEntropy, .significantBits, .bitsDistinct]
    let sites = (0..<max(0, gauges - others.count + 5) / 6).flatMap { index in
      let site = "h\(index)"
      return metrics.map { metric in
        Gauge(
          id: "bits.\(metric.rawValue).\(site)", title: site, group: .bits, site: site,
          metric: metric)
      } + [
        Gauge(id: "rate.\(site)", title: site, group: .rate, site: site, scale: .logarithmic),
        Gauge(id: "w.\(site)", title: site, group: .resolution, site: site, scale: .logarithmic),
      ]
    }
    return Array((others + sites).prefix(gauges))
  }

  // MARK: Measuring

  private func measure(_ name: String, _ make: () throws -> Dashboard) rethrows {
    var dashboard = Dashboard(size: Size(width: columns, height: rows))
    let seconds = try Measurement.seconds { dashboard = try make() }
    print(
      "\(name), \(columns)x\(rows): made in \(seconds.fixed(2)) s,",
      "\(Self.residentMegabytes) MB resident")
    // Each key is typed before a frame and not timed: a chart that moves has nothing at hand.
    let views: [(title: String, keys: String, before: [Key])] = [
      ("all of it", "", []),
      ("an eighth of it", "+++++", []),
      ("an eighth of it, moving", "+++++", [.character("H")]),
      ("some 1500 steps, moving", String(repeating: "+", count: 16), [.character("H")]),
      ("a chart for every gauge", "/*\n", []),
      ("a chart for every gauge, moving", "/*\n+++++", [.character("H")]),
      ("all of it over seconds", "xxx", []),
    ]
    for view in views {
      var dashboard = dashboard
      for key in view.keys {
        _ = dashboard.update(.key(key == "\n" ? .enter : .character(key)))
      }
      var times: [Double] = []
      let start = Self.processorSeconds
      var between = 0.0
      for _ in 0..<count {
        let begin = Self.processorSeconds
        for key in view.before { _ = dashboard.update(.key(key)) }
        between += Self.processorSeconds - begin
        times.append(Measurement.seconds { _ = dashboard.frame })
      }
      let frames = Measurement(times)
      let processor = (Self.processorSeconds - start - between) / Double(max(1, count))
      print(
        "  \(view.title): first \((1e3 * (times.first ?? 0)).fixed(2)) ms, median",
        "\((1e3 * frames.median).fixed(2)) ms, p99 \((1e3 * frames.percentile(99)).fixed(2)) ms,",
        "mean of processor time \((1e3 * processor).fixed(2)) ms,",
        "\(Self.residentMegabytes) MB resident")
    }
  }

  /// What this thread has taken of a processor, whatever else runs on it.
  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// VmRSS of this process, in units of 10^6 bytes.
  private static var residentMegabytes: String {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS") } ?? ""
    return ((Double(line.filter(\.isNumber)) ?? 0) * 1024 / 1e6).fixed(1)
  }
}
