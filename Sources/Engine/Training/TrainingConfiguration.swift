/// Everything that defines a training run of a recurrent classifier, apart from its data.
///
/// Together with the problem, the seed and the journal of edits it determines the run bit for
/// bit, on any number of threads.
package struct TrainingConfiguration: Sendable, Equatable, Codable {
  package var model: ModelConfiguration
  /// Layers of the model above each other, each with parameters and sites of its own.
  package var layers = 1
  /// What the classifier's readout sees of the last layer.
  package var reading = ReadoutConfiguration.spikes
  package var optimizer: OptimizerConfiguration
  package var evaluation: EvaluationConfiguration
  package var plateau: PlateauConfiguration?
  /// When training ends before its last epoch.
  package var stop = StopRules.none
  package var epochs: Int
  /// Samples of one optimizer step; the last batch of an epoch may be smaller.
  package var batch: Int
  /// Parts that a batch is divided into. Belongs to the experiment: results depend on it.
  package var shards: Int
  package var seed: UInt64

  package init(
    model: ModelConfiguration, optimizer: OptimizerConfiguration,
    evaluation: EvaluationConfiguration = .init(), plateau: PlateauConfiguration? = nil,
    epochs: Int, batch: Int, shards: Int = 2, seed: UInt64 = 1
  ) {
    self.model = model
    self.optimizer = optimizer
    self.evaluation = evaluation
    self.plateau = plateau
    self.epochs = epochs
    self.batch = batch
    self.shards = shards
    self.seed = seed
  }
}

extension TrainingConfiguration {
  /// How the coefficients of learned activations are trained, where there are any.
  var coefficients: CoefficientTraining {
    CoefficientTraining(rateFactor: model.lmu?.learned?.rateFactor ?? 1)
  }
}

/// The update rule, its schedule and clipping.
package struct OptimizerConfiguration: Sendable, Equatable, Codable {
  package var rule: OptimizerRule
  package var learningRate: Schedule
  /// Largest Euclidean norm of the whole gradient; `nil` for no clipping.
  package var clipNorm: Double?

  package init(rule: OptimizerRule, learningRate: Schedule, clipNorm: Double?) {
    self.rule = rule
    self.learningRate = learningRate
    self.clipNorm = clipNorm
  }

  /// Values that a learning rate may take; 0, where nothing is learnt, is a usual end value.
  package static let allowedLearningRate: ClosedRange<Double> = 0...100
}

/// How a gradient becomes a change of the weights.
package enum OptimizerRule: Sendable, Equatable, Codable {
  /// Adam (Kingma and Ba 2015) with bias correction.
  case adam(beta1: Double, beta2: Double, epsilon: Double)
  /// v = momentum v + g; weight -= rate v.
  case momentum(Double)
}

/// When and how the network is measured on held-out data.
package struct EvaluationConfiguration: Sendable, Equatable, Codable {
  /// Validate after every so many epochs.
  package var everyEpochs: Int
  /// Draws of the initial voltages over which the spiking score is averaged while validating.
  package var draws: Int
  /// The same for the final test.
  package var testDraws: Int
  /// What the estimate of energy with memory is made from.
  package var energy: EnergyConstants

  package init(
    everyEpochs: Int = 1, draws: Int = 1, testDraws: Int = 5, energy: EnergyConstants = .init()
  ) {
    self.everyEpochs = everyEpochs
    self.draws = draws
    self.testDraws = testDraws
    self.energy = energy
  }

  package func draws(for split: Gauge.Split) -> Int { split == .test ? testDraws : draws }
}

/// A rule that scales every resolution by `factor` when the spiking validation accuracy has not
/// improved for `patience` validations, never below `minimum` (specification, section 2.2).
package struct PlateauConfiguration: Sendable, Equatable, Codable {
  package var patience: Int
  package var factor: Double
  package var minimum: Double

  package init(patience: Int, factor: Double = 0.5, minimum: Double = 1) {
    self.patience = patience
    self.factor = factor
    self.minimum = minimum
  }
}
