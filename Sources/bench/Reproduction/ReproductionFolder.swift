import Engine
import Experiments
import Foundation
import Runs

/// The folder of a reproduction: its experiment, its newest checkpoint, a log of its evaluations,
/// and its row once it is done.
struct ReproductionFolder {
  let path: String

  /// Key of the seconds worked so far in the metadata of a checkpoint.
  private static let secondsKey = "reproduction.seconds"

  /// `$XDG_DATA_HOME/interspike/reproductions/NAME`, beside the folder of all runs.
  static func standardPath(_ name: String) throws -> String {
    let runs = try RunLocation.runsFolder(environment: ProcessInfo.processInfo.environment)
    return URL(fileURLWithPath: runs).deletingLastPathComponent().path
      + "/reproductions/\(name)"
  }

  /// Makes the folder, or finds one that holds the same experiment.
  init(at path: String, experiment: Experiment) throws {
    self.path = path
    try FileManager.default.createDirectory(
      atPath: RunLocation.checkpointsFolder(in: path), withIntermediateDirectories: true)
    let file = RunLocation.experimentFile(in: path)
    guard FileManager.default.fileExists(atPath: file) else {
      try DurableFile.write(Array(experiment.toml.utf8), to: file)
      return
    }
    guard try ExperimentFile.load(file, sets: [], overrides: ExperimentOverrides()) == experiment
    else { throw ReproductionError.otherExperiment(file) }
  }

  /// The newest checkpoint, if there is one.
  private var checkpoint: String? { (try? StoredRun(folder: path))?.checkpoints.last?.path }

  /// Puts the checkpoint into the study, if there is one, and tells the seconds that it took.
  func restore(into study: any Study) throws -> Double {
    guard let checkpoint else { return 0 }
    let saved = try SafetensorsReader.read(checkpoint)
    var study = study
    try study.restore(saved)
    return saved.metadata[Self.secondsKey].flatMap(Double.init) ?? 0
  }

  /// Saves a checkpoint, and drops the one before.
  func save(_ study: any Study, seconds: Double) throws {
    var saved = study.snapshot()
    saved.metadata[Self.secondsKey] = String(seconds)
    let before = checkpoint
    let file = RunLocation.checkpointFile(in: path, step: study.progress.step)
    try SafetensorsWriter.write(saved, to: file)
    if let before, before != file { try FileManager.default.removeItem(atPath: before) }
  }

  /// Prints an evaluation and adds it to the log.
  func log(_ evaluation: Evaluation, seconds: Double) throws {
    let score = { (id: String) in
      evaluation["\(id).accuracy"].map { "\(id) \((100 * $0).fixed(2)) %" }
    }
    let line = [
      "epoch \(evaluation.epoch)", evaluation.split.rawValue, score("spiking"),
      score("nonSpiking"),
      evaluation["weighted.significantBits"].map { "significant \($0.fixed(2)) bits" },
      "\((seconds / 60).fixed(1)) min",
    ].compactMap(\.self).joined(separator: "  ")
    print(line)
    fflush(nil)
    try EventFile(at: path + "/evaluations.log").append(line)
  }

  func finish(_ row: ReproductionRow) throws {
    try DurableFile.write(
      Array((ReproductionRow.head + "\n" + row.line + "\n").utf8), to: path + "/row.md")
  }
}

/// Why a reproduction cannot go on.
enum ReproductionError: Error, CustomStringConvertible {
  /// The folder holds a run of an experiment that is not the one asked for.
  case otherExperiment(String)

  var description: String {
    switch self {
    case .otherExperiment(let file):
      "\(file) holds another experiment than the one asked for; choose another --folder"
    }
  }
}
