import ArgumentParser
import Engine
import Experiments
import Foundation
import Golden
import Runs

/// A published experiment in full, hours long: goes on where it stopped, and ends with one row of
/// a table.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Train a published experiment in full; goes on where it was stopped.")

  @Argument(help: "The task: \(Reproduction.Task.names).") var task = Reproduction.Task.psmnist
  @Option(help: "Of psmnist: \(Reproduction.Model.names).") var model = Reproduction.Model.hslmu
  @Option(help: "The seed of all random numbers; ste-mnist has 1, 2 and 3.") var seed: UInt64 = 1
  @Option(help: "Threads.") var threads = 2
  @Option(help: "The folder with the data sets.") var data: String?
  @Option(name: .customLong("set"), help: "Override a key of the preset, key=value.")
  var sets: [String] = []
  @Option(
    help: "The folder of the run; by default in $XDG_DATA_HOME/interspike/reproductions.")
  var folder: String?
  @Option(help: "Stop after so many minutes; the next call goes on.") var minutes: Double?
  @Option(help: "Of inhibitory: E1 to E7; all by default.") var experiment: InhibitoryExperiment?
  @Option(help: "Of inhibitory: the golden file ensembles.json.") var golden: String?

  func run() throws {
    switch task {
    case .psmnist: try reproduceModel()
    case .steMNIST: try reproduceEstimators()
    case .slafMNIST: try reproduceLearned()
    case .rsbpFashion, .rsbpMNIST, .rsbpFSDD, .rsbpFSDD200: try reproduceSpikeTrains()
    case .inhibitory: try reproduceNetworks()
    }
  }

  private var locations: DataLocations {
    DataLocations(option: data, environment: ProcessInfo.processInfo.environment)
  }

  private func reproduceEstimators() throws {
    var reproduction = EstimatorReproduction(
      sets: sets, threads: threads, locations: locations,
      folder: try folder ?? ReproductionFolder.standardPath(task.rawValue), minutes: minutes)
    try reproduction.run()
  }

  private func reproduceLearned() throws {
    guard sets.isEmpty else { throw ValidationError("--set: slaf-mnist has no preset to change") }
    var reproduction = try LearnedReproduction(
      seed: seed, threads: threads, locations: locations,
      folder: try folder ?? ReproductionFolder.standardPath("\(task.rawValue)-\(seed)"),
      minutes: minutes)
    try reproduction.run()
  }

  private func reproduceSpikeTrains() throws {
    try SpikingReproduction(
      task: task, seed: seed, threads: threads, sets: sets, locations: locations,
      folder: try folder ?? ReproductionFolder.standardPath("\(task.rawValue)-\(seed)"),
      minutes: minutes
    ).run()
  }

  private func reproduceNetworks() throws {
    guard sets.isEmpty else { throw ValidationError("--set: inhibitory has no preset to change") }
    guard let golden else { throw ValidationError("--golden: name the file ensembles.json") }
    try InhibitoryReproduction(
      experiment.map { [$0] } ?? InhibitoryExperiment.allCases, ensembles: golden, seed: seed,
      folder: try folder ?? ReproductionFolder.standardPath(task.rawValue), minutes: minutes
    ).run()
  }

  private func reproduceModel() throws {
    let experiment = try ExperimentFile.load(
      model.preset(for: task), sets: sets,
      overrides: ExperimentOverrides(seed: seed, epochs: nil))
    guard experiment.from.isEmpty else {
      throw ValidationError("training.from: a reproduction begins with weights of its own.")
    }
    let store = try ReproductionFolder(
      at: folder
        ?? ReproductionFolder.standardPath("\(task.rawValue)-\(model.rawValue)-\(seed)"),
      experiment: experiment)
    let problem = try load(experiment, from: locations)
    let study = try TrainingStudy(
      name: experiment.name, configuration: experiment.training(on: problem), problem: problem,
      threads: threads)
    var seconds = try store.restore(into: study)
    print("\(study.summary.model), \(study.summary.parameters) parameters, in \(store.path)")
    if seconds > 0 {
      print("goes on at step \(study.progress.step) after \((seconds / 3600).fixed(2)) h")
    }
    var training = ReproductionTraining(minutes: minutes)
    guard let end = try training.train(study, in: store, &seconds) else {
      return print("stopped at step \(study.progress.step); the same command goes on")
    }
    guard end.outcome == .completed else {
      print("\(end.outcome.rawValue): \(end.reason)")
      throw ExitCode.failure
    }
    let row = ReproductionRow(
      model: model, summary: study.summary, end: end, hours: seconds / 3600, seed: seed)
    print(ReproductionRow.head + "\n" + row.line)
    try store.finish(row)
  }

  private func load(
    _ experiment: Experiment, from locations: DataLocations
  ) throws -> any Problem {
    do {
      return try experiment.loadProblem(from: locations)
    } catch {
      throw ValidationError(description(of: error))
    }
  }
}

extension InhibitoryExperiment: ExpressibleByArgument {}
