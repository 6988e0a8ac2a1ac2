import ArgumentParser

/// Measurements and checks that are too long or too particular for the tests.
@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Golden checks and benchmarks of interspike.",
    subcommands: [GoldenCommand.self])
}
