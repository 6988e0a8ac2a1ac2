import ArgumentParser
import Engine
import Foundation
import Runs

/// Commands of the user that are run when something happens to a run.
struct AlertOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Run a command of the shell when the run ends, however it does; INTERSPIKE_RUN, "
        + "INTERSPIKE_FOLDER, INTERSPIKE_OUTCOME and INTERSPIKE_REASON tell of it.",
      valueName: "command"))
  var onEnd: String?

  @Option(
    help: ArgumentHelp(
      "The same at each checkpoint of a best validation; INTERSPIKE_CHECKPOINT is its file.",
      valueName: "command"))
  var onBest: String?
}

/// Starts those commands.
struct Alerts: Sendable {
  let onEnd: String?
  let onBest: String?
  let runName: String

  init(_ options: AlertOptions, runName: String) {
    onEnd = options.onEnd
    onBest = options.onBest
    self.runName = runName
  }

  /// - Parameter folder: where the run is recorded, if it is
  func note(_ reports: [RunnerReport], folder: String?) {
    guard onEnd != nil || onBest != nil else { return }
    for report in reports {
      switch report {
      case .event(let timed):
        guard case .ended(let conclusion) = timed.event else { continue }
        start(
          onEnd, folder: folder,
          ["OUTCOME": conclusion.outcome.rawValue, "REASON": conclusion.reason])
      case .failed(let reason):
        start(onEnd, folder: folder, ["OUTCOME": "failed", "REASON": reason])
      case .saved(let path, .best), .saved(let path, .bestSpiking):
        start(onBest, folder: folder, ["CHECKPOINT": path])
      default: break
      }
    }
  }

  /// The command goes on by itself; what it writes is not shown, as the screen belongs to the
  /// dashboard.
  private func start(_ command: String?, folder: String?, _ facts: [String: String]) {
    guard let command else { return }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    var environment = ProcessInfo.processInfo.environment
    environment["INTERSPIKE_RUN"] = runName
    environment["INTERSPIKE_FOLDER"] = folder
    for (key, value) in facts { environment["INTERSPIKE_\(key)"] = value }
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try? process.run()
  }
}
