import ArgumentParser
import Dashboard
import Engine
import Foundation
import Runs
import TerminalScreen

/// `interspike attach RUN`: watches and steers a run of another process.
struct AttachCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "attach", abstract: "Watch and steer a run that another process trains.",
    discussion: """
      Leaving with q leaves the run going on; S stops it. One watcher at a time steers, others only \
      see. A run that was begun with --keep-running can be gone back to after its terminal was \
      closed.
      """)

  @Argument(
    help: ArgumentHelp(
      "A run's folder, the name of one in the folder of all runs, or 'latest'.",
      valueName: "run"),
    completion: .directory)
  var run: String

  @OptionGroup var look: LookOptions

  func perform() throws -> Ending {
    let stored = try RunLibrary.ofProcess().find(run)
    guard RunLock.isHeld(in: stored.folder) else {
      throw RunError.notTraining(folder: stored.folder)
    }
    guard StandardOutput.isTerminal else { throw ScreenError.notATerminal }
    let tail = try RunTail(run: stored.folder)
    let path = ControlSocket.path(
      ofRun: stored.folder, environment: ProcessInfo.processInfo.environment)
    let descriptor = try? ControlSocket.connect(to: path)
    let name = tail.beginning.summary.name
    nonisolated(unsafe) let kept = tail
    return try DashboardSession.show(
      stored.folder, try Look(look, remembers: true), experiment: name, mode: .watch
    ) { wake in
      WatchSource(kept, folder: stored.folder, descriptor: descriptor, wake: wake)
    }
  }
}
