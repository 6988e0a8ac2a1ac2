import ArgumentParser
import Engine
import Experiments
import Foundation
import Runs

/// LeNet-5 on MNIST at 2 and 4 bits with three straight-through estimators and three seeds beside
/// what was published (specification of the coarse gradient, 4.3). All runs of a seed go on from the
/// same weights in full precision, which are trained once.
struct EstimatorReproduction {
  let sets: [String]
  let threads: Int
  let locations: DataLocations
  /// The folder that the folders of all runs are in.
  let folder: String
  private var training: ReproductionTraining

  private static let seeds: [UInt64] = [1, 2, 3]

  init(
    sets: [String], threads: Int, locations: DataLocations, folder: String, minutes: Double?
  ) {
    self.sets = sets
    self.threads = threads
    self.locations = locations
    self.folder = folder
    training = ReproductionTraining(minutes: minutes)
  }

  /// All runs, one after another, and the table; ends early where time is up.
  mutating func run() throws {
    let first = try experiment(bits: 2, nil, seed: 1).feedForward
    let images = try load(first)
    var table = EstimatorTable()
    for seed in Self.seeds {
      let base = try experiment(bits: 2, nil, seed: seed)
      guard let trained = try finish(base, "full-\(seed)", images, from: nil) else { return }
      let weights = trained.snapshot()
      for bits in EstimatorTable.bits {
        for estimator in EstimatorTable.estimators {
          let experiment = try experiment(bits: bits, estimator, seed: seed)
          let name = "\(bits)bit-\(estimator.rawValue)-\(seed)"
          guard let study = try finish(experiment, name, images, from: weights) else { return }
          table.add(bits: bits, estimator, study)
        }
      }
    }
    print(table.text)
    try DurableFile.write(Array((table.text + "\n").utf8), to: folder + "/table.md")
  }

  /// The preset with its bits, or without an estimator in full precision alone.
  private func experiment(
    bits: Int, _ estimator: Surrogate.Kind?, seed: UInt64
  ) throws -> Experiment {
    var experiment = try ExperimentFile.load(
      "lenet5-mnist-\(bits)bit", sets: sets, overrides: ExperimentOverrides(seed: seed))
    if let estimator {
      experiment.feedForward.estimator = FeedForwardEstimator(estimator)
    } else {
      experiment.feedForward.quantized.epochs = 0
    }
    return experiment
  }

  private func load(_ configuration: FeedForwardStudyConfiguration) throws -> any LabelledImages {
    do {
      return try configuration.dataSet.load(for: configuration.model, from: locations)
    } catch {
      throw ValidationError(description(of: error))
    }
  }

  /// Goes on with a run to its end; `nil` where time is up before.
  private mutating func finish(
    _ experiment: Experiment, _ name: String, _ images: any LabelledImages,
    from weights: Checkpoint?
  ) throws -> FeedForwardStudy? {
    let store = try ReproductionFolder(at: "\(folder)/\(name)", experiment: experiment)
    let study = try FeedForwardStudy(
      name: experiment.name, configuration: experiment.feedForward, images: images,
      seed: experiment.seed, threads: threads)
    if let weights { try study.branch(from: weights) }
    var seconds = try store.restore(into: study)
    print("\(name) from step \(study.progress.step) on, in \(store.path)")
    guard let end = try training.train(study, in: store, &seconds) else {
      print("stopped at step \(study.progress.step); the same command goes on")
      return nil
    }
    guard end.outcome == .completed else {
      print("\(name): \(end.outcome.rawValue): \(end.reason)")
      throw ExitCode.failure
    }
    return study
  }
}

/// Losses of the training samples and accuracies of the test samples, means over seeds, beside those
/// that were published.
struct EstimatorTable {
  static let bits = [2, 4]
  static let estimators: [Surrogate.Kind] = [.identity, .relu, .clippedReLU]

  /// Training loss and accuracy in percent (specification of the coarse gradient, 4.3), bits by
  /// estimators.
  private static let published: [[(loss: Double, accuracy: Double)]] = [
    [(2.6e-2, 98.49), (5.1e-3, 99.24), (5.4e-3, 99.23)],
    [(6.0e-3, 98.98), (9.0e-4, 99.32), (8.8e-4, 99.24)],
  ]

  private struct Result {
    var bits: Int
    var estimator: Surrogate.Kind
    var loss: Double
    var accuracy: Double
  }

  private var results: [Result] = []

  /// Measures a trained network.
  mutating func add(bits: Int, _ estimator: Surrogate.Kind, _ study: FeedForwardStudy) {
    let value = { (split: Gauge.Split, metric: String) in
      study.measure(split).first { $0.gauge == "spiking.\(metric)" }?.last ?? .nan
    }
    results.append(
      Result(
        bits: bits, estimator: estimator, loss: value(.training, "loss"),
        accuracy: value(.test, "accuracy") * 100))
  }

  var text: String {
    let head = """
      | bits | estimator | seeds | training loss | published | test % (lowest to highest) | published |
      |---|---|---|---|---|---|---|
      """
    return zip(Self.bits, Self.published).reduce(into: head) { text, row in
      for (estimator, anchor) in zip(Self.estimators, row.1) {
        let own = results.filter { $0.bits == row.0 && $0.estimator == estimator }
        guard !own.isEmpty else { continue }
        let mean = { (values: [Double]) in values.reduce(0, +) / Double(values.count) }
        let accuracies = own.map(\.accuracy)
        let span =
          "\((accuracies.min() ?? .nan).fixed(2)) to \((accuracies.max() ?? .nan).fixed(2))"
        text += "\n| \(row.0) | \(estimator.rawValue) | \(own.count) "
        text += "| \(mean(own.map(\.loss)).fixed(5)) | \(anchor.loss.fixed(5)) "
        text += "| \(mean(accuracies).fixed(2)) (\(span)) | \(anchor.accuracy.fixed(2)) |"
      }
    }
  }
}
