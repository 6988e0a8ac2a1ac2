/// What a test of stability trains with (specification of coarse gradients, sections 4.4 and 7).
package struct StabilityPlan: Sendable, Equatable, Codable {
  /// The derivative of all quantizers, as in experiment files: `identity`, `triangular(gamma=0.3)`.
  package var surrogate: String
  /// The constant learning rate: tiny, so that what descends the loss stays.
  package var rate: Double
  package var epochs: Int

  package init(
    surrogate: String = Surrogate.Kind.identity.rawValue, rate: Double = standardRate,
    epochs: Int = standardEpochs
  ) {
    self.surrogate = surrogate
    self.rate = rate
    self.epochs = epochs
  }

  package static let standardRate = 1e-5
  package static let standardEpochs = 20
  package static let allowedRate = OptimizerConfiguration.allowedLearningRate
  package static let allowedEpochs = 1...1000

  /// Throws where a number is out of its range.
  func check() throws(StabilityRefusal) {
    guard Self.allowedRate.contains(rate) else { throw .rate(rate, allowed: Self.allowedRate) }
    guard Self.allowedEpochs.contains(epochs) else {
      throw .epochs(epochs, allowed: Self.allowedEpochs)
    }
  }
}

/// Why a study begins no test of stability. Nothing has changed then.
package enum StabilityRefusal: Error, Sendable, Equatable {
  /// Nothing is quantized, so that no derivative takes part.
  case nothingQuantized
  case unknownSurrogate(String)
  /// The derivative cannot be as asked for, or does not fit the quantizers.
  case surrogate(SurrogateError)
  case rate(Double, allowed: ClosedRange<Double>)
  case epochs(Int, allowed: ClosedRange<Int>)
  /// The second network that is trained beside the run takes more memory than there is.
  case setup(TrainingSetupError)
}

/// A test of stability of the weights of a run, as far as it has come.
package struct StabilityReport: Sendable, Equatable {
  package var plan: StabilityPlan
  /// Steps of training that the weights have behind them.
  package var step: Int
  /// Of the training part.
  package var samples: Int
  /// Without rows when it begins.
  package var test: StabilityTest
  /// Whether it was given up.
  package var isCancelled: Bool

  package init(
    plan: StabilityPlan, step: Int, samples: Int, test: StabilityTest = StabilityTest(),
    isCancelled: Bool = false
  ) {
    self.plan = plan
    self.step = step
    self.samples = samples
    self.test = test
    self.isCancelled = isCancelled
  }

  /// Whether all epochs are done, or training has diverged.
  package var isComplete: Bool {
    test.rows.last.map { $0.epoch >= plan.epochs || test.hasDiverged } ?? false
  }
}
