import Dashboard
import Engine
import Experiments
import Foundation
import ProgramSupport
import Runs
import Terminal

/// `--once`: trains without a screen, and shows the last frame of the dashboard as text.
struct OnceSession {
  private let plan: RunPlan
  private let trains: Bool
  private let picture: String?
  private let size: Size
  private var dashboard: Dashboard

  init(_ plan: RunPlan, _ options: RunOptions) {
    self.plan = plan
    trains = (options.epochs ?? 0) > 0
    picture = options.svg
    size = options.size?.size ?? Self.terminalSize()
    let glyphs = program_locale_is_utf8() && !plan.look.isPlain ? Glyphs.unicode : .ascii
    dashboard = Dashboard(
      size: size, glyphs: glyphs.marked(by: plan.look.theme), theme: plan.look.theme.name,
      experiment: plan.experiment.name)
  }

  static func terminalSize() -> Size {
    var columns: Int32 = 80
    var rows: Int32 = 24
    _ = program_terminal_size(STDOUT_FILENO, &columns, &rows)
    return Size(width: Int(columns), height: Int(rows))
  }

  func run() throws -> Ending {
    var session = self
    let live = Wiring.start(plan, paused: !trains) {}
    session.follow(live.runner)
    live.runner.shutdown()
    if let error = live.failure.error { throw error }
    try session.writeFrame()
    return session.dashboard.run.conclusion.map(Ending.init) ?? .success
  }

  /// How long a run that is over has to send the raster that belongs to its last state.
  private static let probePatience = Duration.milliseconds(500)

  private mutating func follow(_ runner: Runner) {
    let clock = Runner.Surroundings.systemClock()
    var isOver = false
    var isWatching = false
    while true {
      let reports = runner.nextReports(timeout: isOver ? Self.probePatience : .seconds(60))
      _ = dashboard.update(.tick(seconds: clock() / .seconds(1)))
      for case .send(let command) in dashboard.update(.reports(reports)) {
        if case .watch = command { isWatching = true }
        runner.send(command)
      }
      isOver = isOver || reports.contains(where: isLast)
      let hasProbe = reports.contains { if case .probe = $0 { true } else { false } }
      if isOver && (!isWatching || hasProbe || reports.isEmpty || !trains) { return }
    }
  }

  private func isLast(_ report: RunnerReport) -> Bool {
    switch report {
    case .failed, .state(.ended): true
    case .state(.paused): !trains
    default: false
    }
  }

  private func writeFrame() throws {
    let frame = Frame(size, glyphs: dashboard.glyphs) { dashboard.draw(on: $0) }
    try Self.write(frame, plan.look)
    guard let picture else { return }
    let drawing = Frame(size, glyphs: Glyphs.unicode.marked(by: plan.look.theme)) {
      dashboard.draw(on: $0)
    }
    try DurableFile.write(
      Array(SVGWriter(theme: plan.look.theme).text(of: drawing).utf8), to: picture)
  }

  /// Writes a frame to standard output, in colours where that is a terminal.
  static func write(_ frame: Frame, _ look: Look) throws {
    let isColored = StandardOutput.isTerminal && look.hasColor
    try StandardOutput.write(
      isColored
        ? ANSIWriter(theme: look.theme, depth: .twoHundredFiftySix).text(of: frame)
        : frame.text + "\n")
  }
}
