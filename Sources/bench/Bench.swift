import ArgumentParser

/// Golden checks, relative benchmarks and long reproductions.
@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Golden checks and benchmarks of interspike.",
    subcommands: [
      GoldenCommand.self, StepCommand.self, SpeedCommand.self, ScalingCommand.self,
      EventsCommand.self, DigitsCommand.self, MeterCommand.self, FrameCommand.self,
      StartCommand.self, OverheadCommand.self, DashboardCommand.self, ReproduceCommand.self,
      SurviveCommand.self, RunsCommand.self, CaptureCommand.self, TheoryCommand.self,
      KolmogorovCommand.self, SpiralsCommand.self, LearnedCommand.self,
      CurvesCommand.self, FeedForwardCommand.self, InstabilityCommand.self, InhibitoryCommand.self,
      SpikingCommand.self,
    ])
}
