import ArgumentParser
import Foundation

/// What the dashboard costs and how soon it answers, seen from its terminal.
struct DashboardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dashboard",
    abstract: "Time keys and frames of the dashboard while it trains, and count what it writes.")

  @Option(help: "Keys timed in a training, and half as many in a theory study.") var keys = 500
  @Option(help: "Seconds of training watched without a key, at each size.") var seconds = 20.0
  @Option(help: "Rounds with a slow reader and a fast one.") var rounds = 9
  @Option(help: "Seconds of each of those.") var roundSeconds = 10.0
  @Option(help: "Bytes a second that the slow reader takes.") var slow = 20_000

  func run() throws {
    try WorstFrame.measure(columns: 200, rows: 50)
    try measureSteadyFrames(columns: 200, rows: 50)
    try measureSteadyFrames(columns: 80, rows: 24)
    try KeyTour.training.measure(keys: keys)
    try KeyTour.theory.measure(keys: keys / 2)
    if rounds > 0 { try measureSlowReader() }
  }

  // MARK: Frames without a key

  private func measureSteadyFrames(columns: Int, rows: Int) throws {
    // Long enough not to end meanwhile, and short enough that its curves move.
    let terminal = try ProgramOnTerminal(
      ["run", "--epochs", "400", "--seed", "1"], columns: columns, rows: rows)
    let reader = FrameReader(terminal)
    // The first frames fill the screen.
    while reader.now < 3 { _ = reader.frames(within: 0.5) }
    let start = reader.now
    var frames: [FrameReader.Frame] = []
    while reader.now < start + seconds { frames += reader.frames(within: 0.5) ?? [] }
    let lengths = Measurement(frames.map { Double($0.bytes.count) })
    print(
      "steady training screen \(columns)x\(rows): \(frames.count) frames in",
      "\(seconds.fixed(0)) s (\((Double(frames.count) / seconds).fixed(1)) a second), bytes a frame:",
      "mean \(lengths.mean.fixed(0)), median \(lengths.median.fixed(0)),",
      "p99 \(lengths.percentile(99).fixed(0)), max \(lengths.maximum.fixed(0))")
  }

  // MARK: A slow reader

  private func measureSlowReader() throws {
    var ratios: [Double] = []
    for round in 1...rounds {
      let fast = try train(bytesPerSecond: nil)
      let slow = try train(bytesPerSecond: slow)
      ratios.append(slow.steps / fast.steps)
      print(
        "round \(round): fast reader \(fast.steps.fixed(0)) steps, screen thread",
        "\((100 * fast.screenShare).fixed(2)) % of a core; slow reader \(slow.steps.fixed(0)) steps,",
        "\((100 * slow.screenShare).fixed(2)) %; ratio \((slow.steps / fast.steps).fixed(4))")
    }
    print(
      "steps with a reader of \(slow) bytes a second against a fast one, 200x50: median ratio",
      "\(Measurement(ratios).median.fixed(4)) over \(rounds) rounds")
  }

  /// Steps trained in a fixed time, and the processor time of the screen's thread a second.
  private func train(bytesPerSecond: Int?) throws -> (steps: Double, screenShare: Double) {
    let data = FileManager.default.temporaryDirectory
      .appendingPathComponent("interspike-bench-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: data) }
    let terminal = try ProgramOnTerminal(
      KeyTour.training.arguments, columns: 200, rows: 50, environment: ["XDG_DATA_HOME": data.path])
    let clock = ContinuousClock()
    let start = clock.now
    var taken = 0
    while true {
      let elapsed = start.duration(to: clock.now) / .seconds(1)
      if elapsed >= roundSeconds { break }
      let allowed = bytesPerSecond.map { Int(Double($0) * elapsed) - taken } ?? 65536
      if allowed < 256 {
        usleep(10_000)
      } else {
        taken += terminal.read(within: 0.1, most: allowed)?.count ?? 0
      }
    }
    let share = terminal.screenSeconds / roundSeconds
    terminal.terminate()
    return (try Self.savedStep(in: data), share)
  }

  /// The step of the only checkpoint, which is named after it.
  private static func savedStep(in folder: URL) throws -> Double {
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let names = files?.compactMap { ($0 as? URL)?.deletingPathExtension().lastPathComponent } ?? []
    let steps = names.filter { $0.hasPrefix("step-") }.compactMap { Double($0.dropFirst(5)) }
    guard let step = steps.max() else { throw ValidationError("the run was not saved") }
    return step
  }
}
