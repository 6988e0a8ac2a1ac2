import Foundation
import Testing

@testable import Engine

@Suite struct KolmogorovTrainerTests {
  /// x1 x2 on a grid, above and below a bent line for classes.
  private let rows = stride(from: -0.95, through: 0.95, by: 0.1).flatMap { first in
    stride(from: -0.95, through: 0.95, by: 0.19).map { [first, $0] }
  }

  private func start(_ units: Int, kernel: CovarianceKernel = .squaredExponential) throws
    -> KolmogorovNetwork
  {
    let points = try ControlPoints.uniform(9, kernel: kernel)
    return KolmogorovNetwork.start(
      units: units, inputs: 2, inner: points, outer: points, seed: 3)
  }

  @Test(arguments: CovarianceKernel.allCases, [0, 0.3])
  func `the gradient is that of the network in double`(
    kernel: CovarianceKernel, energy: Double
  ) throws {
    let network = try start(3, kernel: kernel)
    let targets = rows.map { $0[0] * $0[1] > 0.1 ? 1.0 : 0 }
    var training = KolmogorovTraining()
    training.energy = energy
    let trainer = KolmogorovTrainer(
      network, rows: rows, targets: targets, configuration: training)
    let loss = trainer.step()
    let outputs = rows.map { network.run($0).outputs[0] }
    let expected = zip(outputs, targets).reduce(0) { sum, row in
      sum + max(row.0, 0) - row.0 * row.1 + log1p(exp(-abs(row.0)))
    }
    #expect(abs(loss - expected / Double(rows.count)) < 1e-5)
    let upstream = zip(outputs, targets).map { output, target in
      [(1 / (1 + exp(-output)) - target) / Double(rows.count)]
    }
    var gradient = network.gradient(rows, outputGradients: upstream)
    for q in 0..<3 {
      for p in 0..<2 {
        let slopes = network.innerCurve(unit: q, input: p).energyGradient
        for m in 0..<9 { gradient.inner[q][p][m] += energy / 6 * slopes[m] }
      }
      let slopes = network.outerCurve(unit: q).energyGradient
      for m in 0..<9 { gradient.outer[q][0][m] += energy / 3 * slopes[m] }
    }
    let arrays = [
      (
        trainer.gradient[trainer.parameters.inner].array,
        gradient.inner.flatMap { $0.flatMap { $0 } }
      ),
      (
        trainer.gradient[try #require(trainer.parameters.outer)].array,
        gradient.outer.flatMap { $0.flatMap { $0 } }
      ),
      (trainer.gradient[trainer.parameters.bias].array, gradient.biases),
    ]
    for (found, expected) in arrays {
      let size = expected.reduce(0) { max($0, abs($1)) }
      for (a, b) in zip(found, expected) { #expect(abs(Double(a) - b) < 2e-3 * size) }
    }
  }

  @Test func `two units learn a product that one cannot`() throws {
    let targets = rows.map { $0[0] * $0[1] }
    let errors = try [1, 2].map { units in
      var training = KolmogorovTraining()
      (training.loss, training.rate) = (.square, 0.02)
      let trainer = KolmogorovTrainer(
        try start(units), rows: rows, targets: targets, configuration: training)
      for _ in 0..<600 { trainer.step() }
      return trainer.evaluate().rootMeanSquare
    }
    #expect(errors[0] > 0.1 && errors[1] < 0.03, "\(errors)")
  }

  @Test func `outer curves stay in a warm-up, and a single row lowers its loss`() throws {
    let network = try start(2)
    let trainer = KolmogorovTrainer(
      network, rows: [[0.2, -0.4]], targets: [1], configuration: KolmogorovTraining())
    let first = trainer.step(trainsOuter: false)
    for _ in 0..<5 { trainer.step(trainsOuter: false) }
    let now = trainer.network
    for (a, b) in zip(now.outerOutputs[0][0], network.outerOutputs[0][0]) {
      #expect(abs(a - b) < 1e-6)
    }
    #expect(now.innerOutputs != network.innerOutputs && trainer.evaluate().meanLoss < first)
  }
}
