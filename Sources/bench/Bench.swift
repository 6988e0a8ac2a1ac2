import ArgumentParser

/// Relative benchmarks, golden checks and long reproductions.
@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure and check the engine.",
    subcommands: [StepCommand.self, GoldenCommand.self])
}
