import ArgumentParser
import Engine
import Experiments
import Foundation
import Runs

/// A published experiment in full, hours long: goes on where it stopped, and ends with one row of
/// a table.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Train a published experiment in full; goes on where it was stopped.")

  @Argument(help: "The task: psmnist.") var task = Reproduction.Task.psmnist
  @Option(help: "\(Reproduction.Model.names).") var model = Reproduction.Model.hslmu
  @Option(help: "The seed of all random numbers.") var seed: UInt64 = 1
  @Option(help: "Threads.") var threads = 2
  @Option(help: "The folder with the data sets.") var data: String?
  @Option(name: .customLong("set"), help: "Override a key of the preset, key=value.")
  var sets: [String] = []
  @Option(
    help: "The folder of the run; by default in $XDG_DATA_HOME/interspike/reproductions.")
  var folder: String?
  @Option(help: "Stop after so many minutes; the next call goes on.") var minutes: Double?

  /// Work between two checkpoints.
  private static let secondsBetweenSaves = 120.0

  func run() throws {
    let experiment = try ExperimentFile.load(
      model.preset(for: task), sets: sets,
      overrides: ExperimentOverrides(seed: seed, epochs: nil))
    guard experiment.from.isEmpty else {
      throw ValidationError("training.from: a reproduction begins with weights of its own.")
    }
    let store = try ReproductionFolder(
      at: folder ?? ReproductionFolder.standardPath(task: task, model: model, seed: seed),
      experiment: experiment)
    let locations = DataLocations(
      option: data, environment: ProcessInfo.processInfo.environment)
    let problem = try load(experiment, from: locations)
    let study = try TrainingStudy(
      name: experiment.name, configuration: experiment.training(on: problem), problem: problem,
      threads: threads)
    var seconds = try store.restore(into: study)
    print("\(study.summary.model), \(study.summary.parameters) parameters, in \(store.path)")
    if seconds > 0 {
      print("goes on at step \(study.progress.step) after \((seconds / 3600).fixed(2)) h")
    }
    guard let end = try train(study, in: store, &seconds) else {
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

  /// Trains to the end, or until time is up (`nil`), saving now and then.
  private func train(
    _ study: TrainingStudy, in store: ReproductionFolder, _ seconds: inout Double
  ) throws -> Conclusion? {
    var (sinceStart, sinceSave) = (0.0, 0.0)
    while true {
      var events: [StudyEvent] = []
      let spent = try Measurement.seconds { events = try study.advance(within: .seconds(1)) }
      seconds += spent
      sinceStart += spent
      sinceSave += spent
      for event in events {
        switch event {
        case .evaluated(let evaluation): try store.log(evaluation, seconds: seconds)
        case .ended(let conclusion):
          try store.save(study, seconds: seconds)
          return conclusion
        default: break
        }
      }
      let isOver = minutes.map { sinceStart > $0 * 60 } ?? false
      if isOver || sinceSave > Self.secondsBetweenSaves {
        try store.save(study, seconds: seconds)
        sinceSave = 0
      }
      if isOver { return nil }
    }
  }
}
