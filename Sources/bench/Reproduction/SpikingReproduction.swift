import ArgumentParser
import Engine
import Experiments
import Foundation
import Runs

/// A network of spike trains, trained as published (specification of ST-RSBP, 3.3 and 4), that goes on
/// where it was stopped.
struct SpikingReproduction {
  let task: Reproduction.Task
  let seed: UInt64
  let threads: Int
  let sets: [String]
  let locations: DataLocations
  let folder: String
  let minutes: Double?

  /// Best test accuracy in percent as published: mean, and the best of the runs.
  private var published: String {
    switch task {
    case .rsbpFashion: "90.00 ± 0.14, 90.13"
    case .rsbpMNIST: "none of this network"
    default: "-"
    }
  }

  func run() throws {
    let experiment = try ExperimentFile.load(
      task.rawValue, sets: sets, overrides: ExperimentOverrides(seed: seed, epochs: nil))
    let store = try ReproductionFolder(at: folder, experiment: experiment)
    let study = try SpikingStudy(
      name: experiment.name, configuration: experiment.spiking, data: try load(experiment),
      seed: seed, threads: threads)
    var seconds = try store.restore(into: study)
    print(
      "\(task.rawValue): \(study.summary.model), \(study.summary.parameters) parameters, from step "
        + "\(study.progress.step) after \((seconds / 3600).fixed(2)) h, in \(store.path)")
    var training = ReproductionTraining(minutes: minutes)
    guard let end = try training.train(study, in: store, &seconds) else {
      return print("stopped at step \(study.progress.step); the same command goes on")
    }
    guard end.outcome == .completed else {
      print("\(end.outcome.rawValue): \(end.reason)")
      throw ExitCode.failure
    }
    let text = row(study, end, hours: seconds / 3600)
    print(text)
    try DurableFile.write(Array((text + "\n").utf8), to: store.path + "/row.md")
  }

  private func load(_ experiment: Experiment) throws -> any SpikeData {
    do {
      return try experiment.spiking.loadData(from: locations, seed: experiment.seed)
    } catch {
      throw ValidationError(description(of: error))
    }
  }

  private func row(_ study: SpikingStudy, _ end: Conclusion, hours: Double) -> String {
    func value(_ id: String) -> Double? { end.metrics.first { $0.gauge == id }?.last }
    func percent(_ id: String) -> String { value(id).map { (100 * $0).fixed(2) } ?? "-" }
    let best = value("best.epoch").map { String(Int($0)) } ?? "-"
    return """
      | network | parameters | seed | epochs, hours | best test % (epoch) | published mean, best | \
      last test % |
      |---|---|---|---|---|---|---|
      | \(study.summary.model) | \(study.summary.parameters) | \(seed) \
      | \(end.epochs), \(hours.fixed(2)) | \(percent("best.spiking.accuracy")) (\(best)) \
      | \(published) | \(percent("test.spiking.accuracy")) |
      """
  }
}
