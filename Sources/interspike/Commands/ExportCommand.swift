import ArgumentParser
import Engine
import Experiments
import Exports
import Foundation
import Runs

/// `interspike export RUN`: a stored run for other programs.
struct ExportCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a stored run for other programs: CSV, TensorBoard, safetensors, NIR, curves.",
    discussion: """
      csv writes every value of every curve to NAME.csv and the results of evaluations to \
      NAME-evaluations.csv, of which a study of theory has none; tfevents an event file to the folder NAME-tensorboard; \
      safetensors the weights of a checkpoint to NAME.safetensors; nir its graph, as far as \
      the Neuromorphic Intermediate Representation can express it, to NAME.nir, and what it cannot \
      to NAME.nir.txt; curves all curves of a Kolmogorov network, with tables of --bits in their \
      place, as JSON to NAME-curves.json.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case csv, tfevents, safetensors, nir, curves

    /// Whether it is made of a checkpoint.
    var isOfCheckpoint: Bool { self == .safetensors || self == .nir || self == .curves }
  }

  @Argument(
    help: ArgumentHelp(
      "A run's folder, the name of one in the folder of all runs, or 'latest'.",
      valueName: "run"),
    completion: .directory)
  var run: String

  @Option(help: "What to write: csv, tfevents, safetensors, nir or curves.")
  var format: Format

  @Option(
    help: ArgumentHelp(
      "The file to write, or the folder for tfevents; beside the present folder's other files "
        + "without it.", valueName: "path"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "With csv: add smoothed columns, which keep this share of their last value.",
      valueName: "0...1"))
  var smooth: Double?

  @Option(
    help: ArgumentHelp(
      "With safetensors, nir and curves: the step of the checkpoint, or a file; the newest without it.",
      valueName: "step|file"))
  var checkpoint: String?

  @Option(help: "With curves: bits of the tables, 1 to 12.")
  var bits: Int?

  @Option(
    help: ArgumentHelp(
      "With curves: the folder in which data sets are looked for.", valueName: "folder"),
    completion: .directory)
  var data: String?

  @Flag(help: "With safetensors: the moments of the optimizer too.")
  var withOptimizer = false

  @Flag(help: "Write over files that are there.")
  var force = false

  func validate() throws {
    if let smooth, !(0..<1 ~= smooth) {
      throw ValidationError("--smooth \(smooth) is not from 0 to below 1.")
    }
    if smooth != nil && format != .csv { throw ValidationError("--smooth needs --format csv.") }
    if checkpoint != nil && !format.isOfCheckpoint {
      throw ValidationError("--checkpoint needs --format safetensors, nir or curves.")
    }
    for (option, isGiven) in [("--bits", bits != nil), ("--data", data != nil)]
    where isGiven && format != .curves {
      throw ValidationError("\(option) needs --format curves.")
    }
    if let bits, !CurveTable.allowedBits.contains(bits) {
      throw ValidationError("--bits \(bits) is not from 1 to 12.")
    }
    if withOptimizer && format != .safetensors {
      throw ValidationError("--with-optimizer needs --format safetensors.")
    }
  }

  func perform() throws -> Ending {
    let stored = try RunLibrary.ofProcess().find(run)
    let name = URL(fileURLWithPath: stored.folder).lastPathComponent
    switch format {
    case .csv: try writeTables(stored, to: output ?? name + ".csv")
    case .tfevents: try writeEvents(stored, to: output ?? name + "-tensorboard")
    case .safetensors: try writeWeights(stored, to: output ?? name + ".safetensors")
    case .nir: try writeGraph(stored, to: output ?? name + ".nir")
    case .curves: try writeCurves(stored, to: output ?? name + "-curves.json")
    }
    return .success
  }

  private func past(of run: StoredRun) throws -> RunPast {
    let past = try RunPast(run: run.folder)
    guard past.beginning != nil else { throw RunError.noRecord(folder: run.folder) }
    return past
  }

  private func writeTables(_ run: StoredRun, to path: String) throws {
    let past = try past(of: run)
    let export = CSVExport(past, smoothing: smooth)
    // A study of theory evaluates nothing.
    guard past.beginning?.summary.theory == nil else {
      return try write(to: path) { try export.writeReadings($0) }
    }
    let stem = path.hasSuffix(".csv") ? String(path.dropLast(4)) : path
    try check(stem + "-evaluations.csv")
    try write(to: path) { try export.writeReadings($0) }
    try write(to: stem + "-evaluations.csv") { try export.writeEvaluations($0) }
  }

  private func write(
    to path: String, _ work: ((String) throws -> Void) throws -> Void
  ) throws {
    try check(path)
    var bytes: [UInt8] = []
    try work { bytes += $0.utf8 }
    try DurableFile.write(bytes, to: path)
    try say(path)
  }

  private func writeEvents(_ run: StoredRun, to folder: String) throws {
    try check(folder)
    let past = try past(of: run)
    let began = try StoredEvents.read(run: run.folder).began ?? Date().timeIntervalSince1970
    // TensorBoard would take what is there and what is written for one run.
    if force { TensorBoardWriter.clear(folder: folder) }
    let writer = try TensorBoardWriter(folder: folder, seconds: began)
    try writer.write(past, began: began)
    try say(writer.path)
  }

  private func writeWeights(_ run: StoredRun, to path: String) throws {
    try check(path)
    guard try ExperimentFile.load(run.experimentFile).kind != .inhibitory else {
      throw ValidationError(
        "--format safetensors is for weights; a simulation has none, and csv all it measured.")
    }
    let saved = try CheckpointFile.read(try run.checkpoint(checkpoint))
    try SafetensorsWriter.write(
      WeightsExport.weights(of: saved, withOptimizer: withOptimizer), to: path)
    try say(path)
  }

  private func writeGraph(_ run: StoredRun, to path: String) throws {
    let report = path + ".txt"
    try check(path)
    try check(report)
    let opened = try OpenedRun(run, checkpoint: checkpoint)
    let translation = try opened.graph()
    try NIRFile.write(translation.graph, to: path)
    try DurableFile.write(Array(translation.report.utf8), to: report)
    try say(path)
    try say(report)
  }

  private func writeCurves(_ run: StoredRun, to path: String) throws {
    try check(path)
    guard try ExperimentFile.load(run.experimentFile).kind == .kolmogorov else {
      throw ValidationError("--format curves is for Kolmogorov networks; this run has none.")
    }
    let opened = try OpenedRun.kolmogorov(run, checkpoint: checkpoint, data: data)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let bytes = try encoder.encode(opened.study.export(bits: bits ?? 0))
    try DurableFile.write(Array(bytes) + [UInt8(ascii: "\n")], to: path)
    try say(path)
  }

  private func check(_ path: String) throws {
    guard !force, FileManager.default.fileExists(atPath: path) else { return }
    throw ValidationError("\(path) is there already; --force writes over it.")
  }

  private func say(_ path: String) throws { try StandardOutput.write(path + "\n") }
}
