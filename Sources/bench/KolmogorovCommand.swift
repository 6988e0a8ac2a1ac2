import ArgumentParser
import Engine
import Foundation

/// Kolmogorov networks of Gaussian processes: on the banknote data what a step on all rows takes,
/// what networks come to as curves and as tables, and what sizes can express.
struct KolmogorovCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kolmogorov",
    abstract: "Train Kolmogorov networks of Gaussian processes: banknotes, tables, expression.")

  @Option(help: "The file banknote.csv.") var file = "../shared/data/banknote/banknote.csv"
  @Option(help: "Seeds, from 1 on.") var seeds = 5
  @Option(help: "Steps with all parameters.") var steps = 300
  @Option(help: "Steps before them in which outer curves stay.") var warmUp = 100
  @Option(help: "Seeds of each size and target of the table of expression; 0 for none.")
  var expressiveSeeds = 3

  private static let units = [1, 3, 9]
  private static let bits = [8, 6, 5, 4, 3]

  func run() throws {
    Products.confineToThisThread()
    let table = try BanknoteTable.read(file)
    for units in Self.units {
      let scores = try (1...UInt64(max(seeds, 1))).map { try banknotes(units, $0, table) }
      print("Q \(units) mean test accuracy " + means(scores.map { [$0.curves] }))
      print(
        "Q \(units) mean test accuracy as tables of \(Self.bits.map(String.init).joined(separator: ", "))"
          + " bits " + means(scores.map(\.tables)))
    }
    try KolmogorovLevels(table: table, seeds: max(seeds, 1), steps: steps, warmUp: warmUp).report()
    if expressiveSeeds > 0 { try expression() }
  }

  private func means(_ rows: [[Double]]) -> String {
    (0..<(rows.first?.count ?? 0)).map { column in
      let mean = rows.reduce(0) { $0 + $1[column] } / Double(rows.count)
      return "\((100 * mean).fixed(2)) %"
    }.joined(separator: ", ")
  }

  /// Accuracies on the test rows, as curves and as tables of ``bits``.
  private func banknotes(
    _ units: Int, _ seed: UInt64, _ table: TableSet
  ) throws -> (curves: Double, tables: [Double]) {
    let points = try ControlPoints.uniform()
    let (train, test) = (table.indices(of: .training), table.indices(of: .test))
    let rows = train.map(table.scaledRow)
    let trainer = KolmogorovTrainer(
      KolmogorovNetwork.start(units: units, inputs: 4, inner: points, outer: points, seed: seed),
      rows: rows, targets: train.map(table.scaledTarget), configuration: KolmogorovTraining())
    let seconds = Measurement.seconds {
      for _ in 0..<warmUp { trainer.step(trainsOuter: false) }
      trainer.resetOptimizer()
      for _ in 0..<steps { trainer.step() }
    }
    let network = trainer.network
    let score = KolmogorovScore(test, of: table, loss: .logistic) { network.run($0).outputs }
    let tables = Self.bits.map { bits in
      let tables = KolmogorovTables(network, bits: bits, rows: rows)
      return KolmogorovScore(test, of: table, loss: .logistic) { tables.outputs($0) }.accuracy
    }
    let shares = KolmogorovImportance(network, rows: rows).shares.map { $0.fixed(2) }
    let step = Measurement(count: 200) { _ in trainer.step() }.median
    print(
      "Q \(units) seed \(seed): test \((100 * score.accuracy).fixed(2)) %,"
        + " loss \(score.meanLoss.fixed(5)), shares \(shares.joined(separator: " ")),"
        + " training \(seconds.fixed(3)) s, a step \((step * 1000).fixed(3)) ms")
    return (score.accuracy, tables)
  }

  /// Root mean squares on the test rows after 1,500 steps with nine control points, medians over the
  /// seeds.
  private func expression() throws {
    for target in ExpressiveTarget.allCases {
      let medians = try [1, 2, 3, 5].map { units in
        let errors = try (1...UInt64(expressiveSeeds)).map { try error(target, units, $0) }
        return errors.sorted()[errors.count / 2].fixed(4)
      }
      print("\(target), Q 1, 2, 3, 5: test rmse \(medians.joined(separator: ", "))")
    }
  }

  private func error(_ target: ExpressiveTarget, _ units: Int, _ seed: UInt64) throws -> Double {
    let table = target.table(seed: seed)
    let points = try ControlPoints.uniform(9)
    var training = KolmogorovTraining()
    (training.loss, training.rate) = (.square, 0.02)
    let train = table.indices(of: .training)
    let trainer = KolmogorovTrainer(
      KolmogorovNetwork.start(units: units, inputs: 2, inner: points, outer: points, seed: seed),
      rows: train.map(table.scaledRow), targets: train.map(table.scaledTarget),
      configuration: training)
    for _ in 0..<1500 { trainer.step() }
    let network = trainer.network
    return KolmogorovScore(table.indices(of: .test), of: table, loss: .square) {
      network.run($0).outputs
    }.rootMeanSquare
  }
}
