import ArgumentParser
import Engine
import Experiments
import Foundation
import Runs

/// Which stored run a command works on, and how.
struct StoredRunOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "A run's folder, the name of one in the folder of all runs, or 'latest'.",
      valueName: "run"),
    completion: .directory)
  var run: String

  @Option(
    help: ArgumentHelp(
      "The step of the checkpoint to take, or a file; the newest without it.",
      valueName: "step|file"),
    completion: .file(extensions: ["safetensors"]))
  var checkpoint: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Change one key of the run's experiment; may be repeated.", valueName: "key=value"))
  var settings: [String] = []

  @Option(help: "Threads to compute on; the results do not depend on it.")
  var threads: Int?

  func validate() throws {
    if let threads, !RunOptions.allowedThreads.contains(threads) {
      throw ValidationError("--threads \(threads) is not from 1 to 256.")
    }
  }

  /// Reads the experiment and the checkpoint.
  func open() throws -> OpenedRun {
    try OpenedRun(
      RunLibrary.ofProcess().find(run), checkpoint: checkpoint, settings: settings,
      threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
  }
}

extension StoredRunOptions {
  /// What the run is.
  var kind: Experiment.Kind {
    get throws {
      try ExperimentFile.load(
        RunLibrary.ofProcess().find(run).experimentFile, sets: settings
      ).kind
    }
  }

  /// A feed-forward network with the weights of the checkpoint, on the run's own images, and where
  /// they are from.
  func openFeedForward(
    data: String?
  ) throws -> (study: FeedForwardStudy, run: StoredRun, checkpoint: String) {
    let found = try RunLibrary.ofProcess().find(run)
    let path = try found.checkpoint(checkpoint)
    let experiment = try ExperimentFile.load(found.experimentFile, sets: settings)
    let configuration = experiment.feedForward
    let locations = DataLocations(
      option: data, environment: ProcessInfo.processInfo.environment)
    let study = try FeedForwardStudy(
      name: experiment.name, configuration: configuration,
      images: configuration.loadImages(from: locations, seed: experiment.seed),
      seed: experiment.seed, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    let weights = try CheckpointFile.read(path)
    try CheckpointFailure.naming(path) { try study.branch(from: weights) }
    return (study, found, path)
  }
}

extension StoredRunOptions {
  /// A Kolmogorov network with the weights of the checkpoint, on the run's own table, and where they
  /// are from.
  func openKolmogorov(
    data: String?
  ) throws -> (study: KolmogorovStudy, run: StoredRun, checkpoint: String) {
    let found = try RunLibrary.ofProcess().find(run)
    return try OpenedRun.kolmogorov(found, checkpoint: checkpoint, settings: settings, data: data)
  }
}

extension StoredRunOptions {
  /// A network of spike trains with the weights of the checkpoint, on the run's own data, and where
  /// they are from.
  func openSpiking(
    data: String?
  ) throws -> (study: SpikingStudy, run: StoredRun, checkpoint: String) {
    let found = try RunLibrary.ofProcess().find(run)
    let path = try found.checkpoint(checkpoint)
    let experiment = try ExperimentFile.load(found.experimentFile, sets: settings)
    let locations = DataLocations(
      option: data, environment: ProcessInfo.processInfo.environment)
    let study = try SpikingStudy(
      name: experiment.name, configuration: experiment.spiking,
      data: experiment.spiking.loadData(from: locations, seed: experiment.seed),
      seed: experiment.seed, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    let weights = try CheckpointFile.read(path)
    try CheckpointFailure.naming(path) { try study.branch(from: weights) }
    return (study, found, path)
  }
}

extension OpenedRun {
  static func kolmogorov(
    _ found: StoredRun, checkpoint choice: String?, settings: [String] = [], data: String?
  ) throws -> (study: KolmogorovStudy, run: StoredRun, checkpoint: String) {
    let path = try found.checkpoint(choice)
    let experiment = try ExperimentFile.load(found.experimentFile, sets: settings)
    let locations = DataLocations(
      option: data, environment: ProcessInfo.processInfo.environment)
    Products.confineToThisThread()
    let study = try KolmogorovStudy(
      name: experiment.name, configuration: experiment.kolmogorov,
      table: experiment.kolmogorov.load(from: locations, seed: experiment.seed),
      seed: experiment.seed)
    let weights = try CheckpointFile.read(path)
    try CheckpointFailure.naming(path) { try study.branch(from: weights) }
    return (study, found, path)
  }
}

/// A stored run that has been read.
struct OpenedRun {
  let folder: String
  let experiment: Experiment
  let checkpointPath: String
  let checkpoint: Checkpoint
  let threads: Int

  init(
    _ stored: StoredRun, checkpoint choice: String?, settings: [String] = [], threads: Int = 1
  ) throws {
    folder = stored.folder
    checkpointPath = try stored.checkpoint(choice)
    experiment = try ExperimentFile.load(stored.experimentFile, sets: settings)
    switch experiment.kind {
    case .training: break
    case .theory: throw ValidationError("\(folder): a study of theory has no network.")
    case .feedForward:
      throw ValidationError(
        "\(folder): the command is for networks that read sequences; this one has no time.")
    case .kolmogorov:
      throw ValidationError(
        "\(folder): the command is for networks that read sequences; this one reads a table.")
    case .spiking:
      throw ValidationError(
        "\(folder): the command is for networks that read sequences; this one reads spike trains.")
    case .inhibitory:
      throw ValidationError("\(folder): a simulation has no trained network.")
    }
    try experiment.checkMemory()
    checkpoint = try CheckpointFile.read(checkpointPath)
    self.threads = threads
  }

  /// What the network takes in, as its checkpoint says; `nil` where that says nothing.
  func inputs() throws -> InputDescription? {
    try CheckpointFailure.naming(checkpointPath) { try InputDescription(of: checkpoint) }
  }

  /// The run's own data.
  func problem(from data: String?) throws -> any Problem {
    let locations = DataLocations(
      option: data, environment: ProcessInfo.processInfo.environment)
    return try experiment.loadProblem(from: locations)
  }

  /// The network with the weights of the checkpoint, on a problem.
  func network(on problem: any Problem) throws -> TrainedNetwork {
    try CheckpointFailure.naming(checkpointPath) {
      try TrainedNetwork(
        experiment.training(on: problem), problem: problem, checkpoint: checkpoint,
        threads: threads)
    }
  }
}

/// A part of the data as an argument.
enum SplitName: String, ExpressibleByArgument, CaseIterable {
  case training, validation, test

  var split: Gauge.Split {
    switch self {
    case .training: .training
    case .validation: .validation
    case .test: .test
    }
  }

  /// Refuses a part without samples.
  func check(_ network: TrainedNetwork) throws { try check(count: network.count) }

  /// The same of anything that knows how many samples a part has.
  func check(count: (Gauge.Split) -> Int) throws {
    guard count(split) == 0 else { return }
    let others = Self.allCases.filter { count($0.split) > 0 }.map(\.rawValue)
    throw ValidationError(
      "--split \(rawValue): the run has no \(rawValue) part; expected one of:"
        + " \(others.joined(separator: ", "))")
  }
}

/// Draws of the initial voltages and of other noise that a score is averaged over.
enum Draws {
  static func check(_ draws: Int?) throws {
    if let draws, !(1...1000).contains(draws) {
      throw ValidationError("--draws \(draws) is not from 1 to 1000.")
    }
  }
}
