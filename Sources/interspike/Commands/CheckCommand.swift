import ArgumentParser
import Experiments

/// `interspike check FILE.toml`: whether a file describes an experiment.
struct CheckCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check an experiment file without running it.")

  @Argument(
    help: ArgumentHelp("The file, or a preset.", valueName: "file.toml"),
    completion: .file(extensions: ["toml"]))
  var file: String

  func perform() throws -> Ending {
    let experiment = try ExperimentFile.load(file)
    try experiment.checkMemory()
    let notes = Messages.notes(on: experiment).map { "\(file): \($0)\n" }
    try StandardOutput.write("\(file): ok: \(experiment.title)\n" + notes.joined())
    return .success
  }
}
