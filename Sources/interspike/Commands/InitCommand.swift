import ArgumentParser
import Experiments

/// `interspike init`: an experiment file to begin with, on standard output.
struct InitCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Print an experiment file with every key, its value and its meaning.")

  @Argument(
    help: ArgumentHelp("The preset to begin with.", valueName: "preset"),
    completion: .list(Presets.all.map(\.name)))
  var preset = Presets.standard.name

  func perform() throws -> Ending {
    try StandardOutput.write(try ExperimentFile.load(preset).template)
    return .success
  }
}
