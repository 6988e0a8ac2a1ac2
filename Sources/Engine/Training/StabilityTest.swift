/// Whether a good solution is held when training goes on from it with another derivative of the
/// quantizers, at a tiny learning rate: one that descends the loss stays, one that does not leaves
/// even a minimum (specification of coarse gradients, sections 4.4, 4.5 and 7).
package struct StabilityTest: Sendable, Equatable {
  /// The training part after so many epochs, with quantizers; epoch 0 is what was begun with.
  package struct Row: Sendable, Equatable {
    package let epoch: Int
    /// Mean loss in nats. Not finite where training has diverged, which ends the test.
    package let loss: Double
    package let accuracy: Double

    package init(epoch: Int, loss: Double, accuracy: Double) {
      (self.epoch, self.loss, self.accuracy) = (epoch, loss, accuracy)
    }
  }

  package enum Verdict: String, Sendable {
    case held, undecided, repelled
  }

  package private(set) var rows: [Row] = []

  /// Loss after each epoch over that of the beginning; infinite where training has diverged.
  package var ratios: [Double] {
    guard let first = rows.first else { return [] }
    return rows.map { row in
      row.loss.isFinite ? row.loss / max(first.loss, Self.leastLoss) : .infinity
    }
  }

  /// The last of them.
  package var ratio: Double? { ratios.last }

  /// Stands for a loss of zero.
  private static let leastLoss = 1e-30

  /// Held below a ratio of 1.15, repelled above 1.3.
  package var verdict: Verdict? {
    guard rows.count > 1 else { return nil }
    return ratio.map { $0 < 1.15 ? .held : $0 > 1.3 ? .repelled : .undecided }
  }

  package init() {}

  package mutating func append(_ row: Row) { rows.append(row) }

  /// Measures, and trains and measures for some epochs; `train` tells whether all losses and gradients
  /// were finite. `note` gets every row with the test so far.
  static func run(
    epochs: Int, measure: (_ epoch: Int) -> Row, train: (_ epoch: Int) -> Bool,
    note: (StabilityTest) throws -> Void
  ) rethrows -> StabilityTest {
    var test = StabilityTest()
    test.append(measure(0))
    try note(test)
    for epoch in 1...max(epochs, 1) {
      let isFinite = train(epoch - 1)
      test.append(isFinite ? measure(epoch) : Row(epoch: epoch, loss: .nan, accuracy: 0))
      try note(test)
      if !isFinite { break }
    }
    return test
  }
}

/// Trained weights that a test of stability can begin with.
package protocol StabilitySubject {
  /// Steps of training that the weights have behind them.
  var trainedSteps: Int { get }
  /// Samples of the training part.
  var trainingSamples: Int { get }

  /// Trains on the training part for some epochs at a constant rate, with moments of the optimizer
  /// that begin anew. `note` gets every row with the test so far. The subject has the weights of the
  /// last step afterwards.
  @discardableResult
  func stability(
    rate: Double, epochs: Int, note: (StabilityTest) throws -> Void
  ) rethrows -> StabilityTest
}

extension TrainedNetwork: StabilitySubject {
  package var trainedSteps: Int { step }
  package var trainingSamples: Int { count(in: .training) }

  /// At the w of the checkpoint.
  @discardableResult
  package func stability(
    rate: Double, epochs: Int, note: (StabilityTest) throws -> Void
  ) rethrows -> StabilityTest {
    var order: [Int] = []
    return try StabilityTest.run(
      epochs: epochs, measure: trainingScore,
      train: { epoch in
        order.setOrder(ofEpoch: epoch, count: count(in: .training), seed: configuration.seed)
        return train(order, epoch: epoch, rate: rate)
      }, note: note)
  }

  /// One epoch; whether all its losses and gradients were finite.
  private func train(_ order: [Int], epoch: Int, rate: Double) -> Bool {
    let batch = trainer.configuration.batch
    for first in stride(from: 0, to: order.count, by: batch) {
      let result = trainer.train(
        order[first..<min(first + batch, order.count)], epoch: epoch,
        resolutions: presentResolutions, rate: rate)
      guard result.loss.isFinite, result.gradientNorm.isFinite else { return false }
    }
    return true
  }

  private func trainingScore(after epoch: Int) -> StabilityTest.Row {
    let resolutions = presentResolutions
    var task = EvaluationTask(
      split: .training, count: count(in: .training), draws: trainer.draws(1, at: resolutions),
      resolutions: resolutions, hasNonSpiking: false)
    while !task.isDone { task.advance(trainer) }
    let metrics = task.metrics(trainer)
    let value = { (name: String) in
      metrics.first { $0.gauge == "spiking.\(name)" }?.last
        ?? metrics.first { $0.gauge == "nonSpiking.\(name)" }?.last ?? .nan
    }
    return StabilityTest.Row(epoch: epoch, loss: value("loss"), accuracy: value("accuracy"))
  }
}
