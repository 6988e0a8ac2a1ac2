import Engine
import Experiments
import Foundation
import Runs
import Terminal
import Themes

/// Everything that a run needs to know before it starts.
struct RunPlan: Sendable {
  var experiment: Experiment
  var locations: DataLocations
  /// Threads to compute on.
  var threads: Int
  var look: Look
  /// Whether the run goes on when its terminal is closed.
  var keepsRunning: Bool
  /// Whether the run is recorded as it goes on.
  var isRecorded: Bool
  /// Whether a record was asked for, so that a run without one has failed.
  var mustBeRecorded: Bool
  var savingRules: SavingRules
  var alerts: Alerts
  /// The folder for TensorBoard, if one was named.
  var tensorBoardFolder: String?
  /// The run that this one goes on from.
  var origin: RunOrigin?

  /// What the user should know before it begins or goes on.
  var warnings: [String] {
    let known =
      Messages.notes(on: experiment)
      + (origin.map { Messages.warnings(about: $0.resumption) } ?? [])
    guard isRecorded, case .failure(let error) = folder else { return known }
    return known + ["the run is not recorded: " + Messages.sentence(for: error)]
  }
  /// Names the run and its folder.
  var runName: String
  /// Where the run is saved, or why it cannot be; nothing is on the disk until something is.
  var folder: Result<RunFolder, FileError>

  init(_ options: RunOptions) throws {
    let environment = ProcessInfo.processInfo.environment
    origin = try Self.origin(options)
    experiment = try Self.experiment(options, origin)
    try Self.checkFork(origin, experiment)
    locations = DataLocations(option: options.data, environment: environment)
    try experiment.checkMemory()
    threads = options.threads ?? ProcessInfo.processInfo.activeProcessorCount
    look = try Look(options.look, remembers: options.showsDashboard)
    keepsRunning = options.keepRunning
    isRecorded = !options.noSave && !options.once
    mustBeRecorded = options.saveTo != nil
    savingRules = SavingRules(interval: .seconds(options.saveEvery))
    let name = RunLocation.runName(
      experiment: experiment.name, seed: experiment.seed, date: Date(), in: .current)
    let text = experiment.toml
    let resumed = origin?.folder
    folder = Result { () throws(FileError) -> RunFolder in
      if let resumed { return resumed }
      if let path = options.saveTo { return RunFolder(at: path, experiment: text) }
      let runs = try RunLocation.runsFolder(environment: environment)
      return RunFolder(in: runs, name: name, experiment: text)
    }
    runName = (try? folder.get().name) ?? name
    alerts = Alerts(options.alerts, runName: runName)
    tensorBoardFolder = options.tfevents
    // A folder that cannot be written to is better known before hours of training.
    if mustBeRecorded { _ = try folder.get().prepare() }
  }

  private static func origin(_ options: RunOptions) throws -> RunOrigin? {
    if let reference = options.fork { return try RunOrigin(forking: reference) }
    guard let reference = options.resume else { return nil }
    let origin = try RunOrigin(.resumed, reference)
    if origin.past.isCompleted { throw RunError.completed(folder: origin.run.folder) }
    return origin
  }

  /// A fork from the end of a run needs more epochs to do. How much is left of a simulation, which
  /// may have begun again, only its study can tell.
  private static func checkFork(_ origin: RunOrigin?, _ experiment: Experiment) throws {
    guard let origin, origin.kind == .forked, experiment.kind != .inhibitory,
      origin.resumption.epoch >= experiment.epochs
    else { return }
    throw RunError.nothingLeft(
      folder: origin.run.folder, step: origin.resumption.step,
      epochs: experiment.epochs)
  }

  private static func experiment(
    _ options: RunOptions, _ origin: RunOrigin?
  ) throws -> Experiment {
    let epochs = options.epochs.flatMap { $0 > 0 ? $0 : nil }
    var experiment = try ExperimentFile.load(
      origin?.run.experimentFile ?? options.experiment ?? Presets.standard.name,
      sets: options.settings,
      overrides: ExperimentOverrides(
        seed: options.seed, epochs: epochs, from: try options.from.map(Self.weights)))
    // The weights come from the checkpoint now.
    if origin?.kind == .forked { experiment.from = "" }
    return experiment
  }

  /// The file of weights that is meant by a path or by a stored run.
  private static func weights(_ reference: String) throws(RunError) -> String {
    reference.hasSuffix(".safetensors")
      ? reference : try RunLibrary.ofProcess().find(reference).checkpoint(nil)
  }
}

extension Experiment {
  /// Refuses a memory that Euler steps would make unstable, which only the matrices can tell.
  func checkMemory() throws(LegendreMemoryError) {
    guard let lmu = training.model.lmu, lmu.discretization == .euler, !thetaFollowsSteps
    else { return }
    _ = try LegendreMemory(
      order: lmu.order, theta: lmu.theta, discretization: lmu.discretization)
  }
}

extension RunLibrary {
  /// The runs that this process finds.
  static func ofProcess() -> RunLibrary {
    RunLibrary(
      runsFolder: try? RunLocation.runsFolder(environment: ProcessInfo.processInfo.environment))
  }
}

extension ThemeLibrary {
  /// The themes that this process finds.
  static func ofProcess() -> ThemeLibrary {
    ThemeLibrary(
      environment: ProcessInfo.processInfo.environment, programPath: Bundle.main.executablePath)
  }
}
