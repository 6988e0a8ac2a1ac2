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

  /// What a test trains on.
  struct Course {
    let epochs: Int
    /// Of the training part.
    let samples: Int
    let batch: Int
    /// Decides the order of the samples.
    let seed: UInt64
  }

  /// Measures, and trains and measures for some epochs. `note` gets every row with the test so far.
  static func run(
    _ course: Course, measure: () -> [Reading],
    train: (_ samples: ArraySlice<Int>, _ epoch: Int) -> Trainer.BatchResult,
    note: (StabilityTest) throws -> Void
  ) rethrows -> StabilityTest {
    var test = StabilityTest()
    test.append(Row(epoch: 0, of: measure()))
    try note(test)
    var order: [Int] = []
    for epoch in 0..<max(course.epochs, 1) {
      order.setOrder(ofEpoch: epoch, count: course.samples, seed: course.seed)
      let isFinite = stride(from: 0, to: order.count, by: course.batch).allSatisfy { first in
        let result = train(order[first..<min(first + course.batch, order.count)], epoch)
        return result.loss.isFinite && result.gradientNorm.isFinite
      }
      test.append(Row(epoch: epoch + 1, of: isFinite ? measure() : []))
      try note(test)
      if !isFinite { break }
    }
    return test
  }
}

extension StabilityTest.Row {
  /// From the metrics of an evaluation; those with quantizers where there are such.
  fileprivate init(epoch: Int, of metrics: [Reading]) {
    let value = { (name: String) in
      ["spiking.\(name)", "nonSpiking.\(name)"].lazy.compactMap { gauge in
        metrics.first { $0.gauge == gauge }?.last
      }.first ?? .nan
    }
    self.init(epoch: epoch, loss: value("loss"), accuracy: value("accuracy"))
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
    let course = StabilityTest.Course(
      epochs: epochs, samples: trainingSamples, batch: trainer.configuration.batch,
      seed: configuration.seed)
    return try StabilityTest.run(
      course, measure: trainingMetrics,
      train: { samples, epoch in
        trainer.train(samples, epoch: epoch, resolutions: presentResolutions, rate: rate)
      }, note: note)
  }

  private func trainingMetrics() -> [Reading] {
    let resolutions = presentResolutions
    var task = EvaluationTask(
      split: .training, count: count(in: .training), draws: trainer.draws(1, at: resolutions),
      resolutions: resolutions, hasNonSpiking: false)
    while !task.isDone { task.advance(trainer) }
    return task.metrics(trainer)
  }
}
