import ArgumentParser
import Dashboard
import Engine
import Experiments
import Foundation
import ProgramSupport
import Runs
import Terminal
import Themes

/// `interspike replay RUN`: shows the record of a run in the dashboard.
struct ReplayCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Show a stored run again, as it went on.",
    discussion: """
      Space pauses, '.' goes one step on and ',' one epoch, '<' and '>' move by a twentieth. A run \
      that took longer than a minute is played in a minute, unless --speed says otherwise. Rasters \
      and schedules are not in the record.
      """)

  @Argument(
    help: ArgumentHelp(
      "A run's folder, the name of one in the folder of all runs, or 'latest'.",
      valueName: "run"),
    completion: .directory)
  var run: String

  @Option(help: ArgumentHelp("Seconds of the run in a second.", valueName: "factor"))
  var speed: Double?

  @Flag(help: "Draw one frame as text, and exit.")
  var once = false

  @Option(
    help: ArgumentHelp(
      "With --once: the step to show; the last one without it.", valueName: "step"))
  var step: Int?

  @OptionGroup var look: LookOptions

  @Option(
    help: ArgumentHelp(
      "With --once: columns and rows of the frame, such as 120x36.", valueName: "size"))
  var size: FrameSize?

  /// Longest time that a replay takes where nobody says so, in seconds.
  private static let longest = 60.0

  func validate() throws {
    if let speed, !(speed > 0 && speed.isFinite) {
      throw ValidationError("--speed \(speed) is not a positive number.")
    }
    if !once && step != nil { throw ValidationError("--step needs --once.") }
    if !once && size != nil { throw ValidationError("--size needs --once.") }
    if let step, step < 0 { throw ValidationError("--step \(step) is less than 0.") }
  }

  func perform() throws -> Ending {
    let stored = try RunLibrary.ofProcess().find(run)
    guard let replay = Replay(try RunPast(run: stored.folder)) else {
      throw RunError.noRecord(folder: stored.folder)
    }
    let isShown = !once && StandardOutput.isTerminal
    let look = try Look(look, remembers: isShown)
    guard isShown else { return try draw(replay, look) }
    let speed = speed ?? max(1, replay.duration / Self.longest)
    let name = replay.beginning.summary.name
    return try DashboardSession.show(
      stored.folder, look, experiment: name, mode: .replay
    ) { wake in
      ReplaySource(replay, speed: speed, wake: wake)
    }
  }

  private func draw(_ replay: Replay, _ look: Look) throws -> Ending {
    let glyphs = program_locale_is_utf8() && !look.isPlain ? Glyphs.unicode : .ascii
    var dashboard = Dashboard(
      size: size?.size ?? OnceSession.terminalSize(), glyphs: glyphs.marked(by: look.theme),
      theme: look.theme.name, experiment: replay.beginning.summary.name, mode: .replay)
    let step = min(step ?? replay.lastStep, replay.lastStep)
    _ = dashboard.update(.reports(replay.reports(upTo: step)))
    let frame = Frame(dashboard.size, glyphs: glyphs) { dashboard.draw(on: $0) }
    try OnceSession.write(frame, look)
    return .success
  }
}
