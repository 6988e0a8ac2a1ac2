import ArgumentParser
import Engine
import Foundation

/// Networks of Gaussian-process activations on the banknote data: what a step on all rows takes, and
/// what they come to.
struct KolmogorovCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kolmogorov",
    abstract: "Train networks of Gaussian-process activations on the banknote data.")

  @Option(help: "The file banknote.csv.") var file = "../shared/data/banknote/banknote.csv"
  @Option(help: "Seeds, from 1 on.") var seeds = 5
  @Option(help: "Steps with all parameters.") var steps = 300
  @Option(help: "Steps before them in which outer curves stay.") var warmUp = 100

  private static let units = [1, 3, 9]

  func run() throws {
    Products.confineToThisThread()
    let data = try Banknotes(file)
    let points = try ControlPoints.uniform()
    for units in Self.units {
      for seed in 1...UInt64(max(seeds, 1)) {
        let trainer = KolmogorovTrainer(
          KolmogorovNetwork.start(
            units: units, inputs: 4, inner: points, outer: points, seed: seed),
          rows: data.training.map(\.x), targets: data.training.map(\.target),
          configuration: KolmogorovTraining())
        let seconds = Measurement.seconds {
          for _ in 0..<warmUp { trainer.step(trainsOuter: false) }
          trainer.resetOptimizer()
          for _ in 0..<steps { trainer.step() }
        }
        let (accuracy, loss) = data.score(trainer.network)
        let step = Measurement(count: 200) { _ in trainer.step() }.median
        print(
          "Q \(units) seed \(seed): test \((100 * accuracy).fixed(2)) %, loss \(loss.fixed(5)),"
            + " training \(seconds.fixed(3)) s, a step \((step * 1000).fixed(3)) ms")
      }
    }
  }
}

/// The banknote data: every fifth row tests, inputs are scaled to -1...1 by the others.
private struct Banknotes {
  struct Row {
    var x: [Double]
    var target: Double
  }

  private(set) var training: [Row] = []
  private(set) var test: [Row] = []

  init(_ path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for (index, line) in text.split(separator: "\n").dropFirst().enumerated() {
      let numbers = line.split(separator: ",").compactMap { Double($0) }
      guard numbers.count == 5 else {
        throw ValidationError("\(path): row \(index + 1): expected 5 numbers, found \"\(line)\"")
      }
      let row = Row(x: Array(numbers[..<4]), target: numbers[4])
      if index % 5 == 4 { test.append(row) } else { training.append(row) }
    }
    guard !training.isEmpty, !test.isEmpty else { throw ValidationError("\(path): no rows") }
    for input in 0..<4 {
      let values = training.map { $0.x[input] }
      let (low, high) = (values.min() ?? 0, values.max() ?? 1)
      let scaled = { (rows: [Row]) in
        rows.map { row -> Row in
          var row = row
          row.x[input] = 2 * (row.x[input] - low) / (high - low) - 1
          return row
        }
      }
      (training, test) = (scaled(training), scaled(test))
    }
  }

  /// Accuracy and mean loss on the test rows.
  func score(_ network: KolmogorovNetwork) -> (accuracy: Double, loss: Double) {
    var (right, loss) = (0, 0.0)
    for row in test {
      let f = network.run(row.x).outputs[0]
      if (f > 0) == (row.target == 1) { right += 1 }
      loss += max(f, 0) - f * row.target + log1p(exp(-abs(f)))
    }
    return (Double(right) / Double(test.count), loss / Double(test.count))
  }
}
