import Engine
import Experiments
import Foundation
import Runs
import Terminal

/// Everything that a run needs to know before it starts.
struct RunPlan: Sendable {
  var experiment: Experiment
  var locations: DataLocations
  /// Threads to compute on.
  var threads: Int
  var theme: Theme
  var hasColor: Bool
  /// Whether only ASCII is drawn.
  var isPlain: Bool
  /// Whether the run goes on when its terminal is closed.
  var keepsRunning: Bool
  /// Names the run and its folder.
  var runName: String

  init(_ options: RunOptions) throws {
    let environment = ProcessInfo.processInfo.environment
    let epochs = options.epochs.flatMap { $0 > 0 ? $0 : nil }
    experiment = try ExperimentFile.load(
      options.experiment ?? Presets.standard.name, sets: options.settings,
      overrides: ExperimentOverrides(seed: options.seed, epochs: epochs))
    locations = DataLocations(option: options.data, environment: environment)
    try experiment.checkMemory()
    threads = options.threads ?? ProcessInfo.processInfo.activeProcessorCount
    theme = try Self.theme(named: options.theme)
    hasColor = !options.noColor && (environment["NO_COLOR"] ?? "").isEmpty
    isPlain = options.ascii
    keepsRunning = options.keepRunning
    runName = RunLocation.runName(
      experiment: experiment.name, seed: experiment.training.seed, date: Date(), in: .current)
  }

  private static func theme(named name: String?) throws(ThemeError) -> Theme {
    guard let name else { return .okabeIto }
    guard let theme = Theme.builtIn.first(where: { $0.name == name }) else {
      throw .unknown(name: name, known: Theme.builtIn.map(\.name))
    }
    return theme
  }
}

extension Experiment {
  /// Refuses a memory that Euler steps would make unstable, which only the matrices can tell.
  func checkMemory() throws(LegendreMemoryError) {
    let model = training.model
    guard model.discretization == .euler else { return }
    _ = try LegendreMemory(
      order: model.order, theta: model.theta, discretization: model.discretization)
  }
}

/// Why a theme cannot be used.
enum ThemeError: Error, Equatable {
  case unknown(name: String, known: [String])
}
