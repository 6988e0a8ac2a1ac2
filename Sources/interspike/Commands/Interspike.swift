import ArgumentParser

/// The command line as a whole. Without a subcommand it runs the default experiment.
struct Interspike: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "interspike",
    abstract: "Train hybrid-spiking recurrent networks, and watch and steer them live.",
    discussion: """
      Without arguments the default experiment is trained and shown in the terminal. Where standard \
      output is not a terminal, the events of the run are printed instead.
      """,
    version: version,
    subcommands: [
      RunCommand.self, ListCommand.self, DataCommand.self, CheckCommand.self, InitCommand.self,
      EvalCommand.self, PredictCommand.self, SweepCommand.self, StabilityCommand.self,
      ScanCommand.self, MergeCommand.self,
      ReplayCommand.self, AttachCommand.self, ExportCommand.self, PlotCommand.self,
      RunsCommand.self, ShowCommand.self, NoteCommand.self, TagCommand.self, RemoveCommand.self,
      KeysCommand.self,
    ],
    defaultSubcommand: RunCommand.self)
}

/// A command of this program: it tells how the program ends, and leaves sentences about errors to
/// ``Messages``.
protocol ProgramCommand: ParsableCommand {
  func perform() throws -> Ending
}
