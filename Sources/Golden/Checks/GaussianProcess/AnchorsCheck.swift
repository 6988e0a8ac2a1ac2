import Engine
import Foundation

/// `anchors`: how many parameters networks of each size have and, where the banknote data are, what
/// own trainings on the fixed split come to beside what is listed (specification of the Kolmogorov
/// network of Gaussian processes, 6 and 9).
struct AnchorsCheck: GoldenCheck {
  var name: String { "anchors" }

  /// What stands before notes of what could not be compared.
  static let skipped = "SKIPPED"

  private static let group = "gp_kst_adam_lr0.05_300_steps_M7_10_random_splits"

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let listed = try file.value(Self.group)
    let points = try ControlPoints.uniform()
    let sizes = [
      ("Q1_random_slope_start", 1, false), ("Q1_no_outer_function", 1, true), ("Q2", 2, false),
      ("Q3", 3, false), ("Q5", 5, false), ("Q9", 9, false),
    ]
    for (name, units, isAdditive) in sizes {
      tally.countCase()
      let network = KolmogorovNetwork.start(
        units: units, inputs: 4, inner: points, outer: points, seed: 1, isAdditive: isAdditive)
      let item = try listed.value(name)
      tally.compare(
        Double(network.parameters), try item.value("parameters").double(), .exact,
        at: "\(item.path).parameters")
    }
    let majority = try file.value("majority_class_mod5").double()
    guard let own = Self.own else {
      tally.note(
        "\(Self.skipped): no banknote.csv in INTERSPIKE_DATA or ../shared/data, so that no network "
          + "was trained")
      return
    }
    tally.compare(own.majority, majority, .absolute(0.01), at: "majority_class_mod5")
    for (training, score) in zip(Self.trainings, own.scores) {
      tally.countCase()
      try compare(score, training, listed.value(training.name), into: &tally)
    }
  }

  /// Accuracies are at least what the specification asks of own trainings, and within a percent of
  /// the mean over random splits that is listed.
  private func compare(
    _ score: KolmogorovScore, _ training: Training, _ item: GoldenValue,
    into tally: inout GoldenTally
  ) throws {
    let accuracy = 100 * score.accuracy
    let place = "\(item.path), own training"
    tally.require(
      accuracy >= training.leastAccuracy, at: place,
      "\(accuracy) % where \(training.leastAccuracy) % is expected")
    tally.require(
      score.meanLoss < training.mostLoss, at: place,
      "a loss of \(score.meanLoss), expected one below \(training.mostLoss)")
    let mean = try item.value("random").doubles().first ?? .nan
    tally.compare(accuracy, mean, .absolute(1), at: "\(item.path).random")
  }

  /// A training of 400 steps, and what it must come to on the rows that test.
  private struct Training {
    var name: String
    var units, warmUp: Int
    /// In percent.
    var leastAccuracy: Double
    var mostLoss: Double

    func score(on table: TableSet, _ points: ControlPoints) -> KolmogorovScore {
      let train = table.indices(of: .training)
      let trainer = KolmogorovTrainer(
        .start(units: units, inputs: 4, inner: points, outer: points, seed: 1),
        rows: train.map(table.scaledRow), targets: train.map(table.scaledTarget),
        configuration: KolmogorovTraining())
      for step in 0..<400 {
        if step == warmUp, step > 0 { trainer.resetOptimizer() }
        trainer.step(trainsOuter: step >= warmUp)
      }
      let network = trainer.network
      return KolmogorovScore(table.indices(of: .test), of: table, loss: .logistic) {
        network.run($0).outputs
      }
    }
  }

  private static let trainings = [
    Training(
      name: "Q1_small_noise_start_outer_frozen_100_steps", units: 1, warmUp: 100,
      leastAccuracy: 99, mostLoss: .infinity),
    Training(name: "Q9", units: 9, warmUp: 0, leastAccuracy: 99.5, mostLoss: 0.01),
  ]

  /// The share of the first class in percent and the scores of all trainings, where a developer has
  /// the data. They depend on no file, so that they are made once.
  private static let own: (majority: Double, scores: [KolmogorovScore])? = {
    let locations = DataLocations(
      option: "../shared/data", environment: ProcessInfo.processInfo.environment)
    guard let table = try? BanknoteTable.load(from: locations),
      let points = try? ControlPoints.uniform()
    else { return nil }
    Products.confineToThisThread()
    let test = table.indices(of: .test)
    let zeros = test.count { table.targets[$0] == 0 }
    return (
      100 * Double(zeros) / Double(test.count), trainings.map { $0.score(on: table, points) }
    )
  }()
}
