/// Whether a good solution is held when training goes on from it with another derivative of the
/// quantizers, at a tiny learning rate: one that descends the loss stays, one that does not leaves
/// even a minimum (specification of coarse gradients, sections 4.4, 4.5 and 7).
package struct StabilityTest: Sendable, Equatable {
  /// The training part after so many epochs, with quantizers; epoch 0 is what was begun with.
  package struct Row: Sendable, Equatable {
    package let epoch: Int
    /// Mean loss in nats. Not finite where training has diverged, before the test or in it, which
    /// ends the test.
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

  package var verdict: Verdict? { rows.count > 1 ? ratio.map(Self.verdict) : nil }

  package static let heldBelow = 1.15
  package static let repelledAbove = 1.3

  package static func verdict(ofRatio ratio: Double) -> Verdict {
    ratio < heldBelow ? .held : ratio > repelledAbove ? .repelled : .undecided
  }

  package init() {}

  package mutating func append(_ row: Row) { rows.append(row) }

  /// Whether training has left all finite numbers.
  package var hasDiverged: Bool { rows.last.map { !$0.loss.isFinite } ?? false }
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
