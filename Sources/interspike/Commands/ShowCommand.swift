import ArgumentParser
import Experiments
import Foundation
import RunStore
import Runs

/// `interspike show RUN`: everything that is known of a stored run.
struct ShowCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what is known of a stored run: results, settings, edits, checkpoints, forks.")

  @OptionGroup var reference: RunReference

  @Flag(help: "Print one JSON object, with all metrics and settings.")
  var json = false

  func perform() throws -> Ending {
    let run = try reference.find()
    // A file that a newer version wrote may be unreadable, and all else is shown.
    let experiment = try? ExperimentFile.load(run.experimentFile)
    for note in experiment.map(Messages.notes(on:)) ?? [] {
      StandardError.write("interspike: \(note)\n")
    }
    let index = try RunIndex.ofProcess(with: run)
    let name = RunSummary(folder: run.folder).name
    let details = RunDetails(run, forks: try index.forks(ofRun: name, folder: run.folder))
    let lines =
      json
      ? [details.json]
      : RunDetailsText(details, now: Date().timeIntervalSince1970).lines
    try StandardOutput.write(lines.map { $0 + "\n" }.joined())
    return .success
  }
}

/// A stored run as the argument of a command.
struct RunReference: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "A run's folder, the name of one in the folder of all runs, or 'latest'.",
      valueName: "run"),
    completion: .directory)
  var run: String

  func find() throws -> StoredRun { try RunLibrary.ofProcess().find(run) }
}
