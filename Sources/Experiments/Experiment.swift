package import Engine

/// What a preset or an experiment file describes: a model, the way it is trained, and on what; or a
/// study of theory; or a network without time; or a Kolmogorov network; or the simulation of an
/// inhibitory network; or a network of spike trains.
package struct Experiment: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case training, theory
    case feedForward = "feedforward"
    case kolmogorov, inhibitory, spiking
  }

  package var kind = Kind.training
  /// Short name, also part of the name of a run's folder.
  package var name: String
  /// One line for people.
  package var title: String
  package var problem: ProblemConfiguration
  package var training: TrainingConfiguration
  /// Whether the window of an LMU is the length of sequences that only their files tell; the
  /// number in `training` is meaningless then.
  package var thetaFollowsSteps = false
  /// The study of theory, where it is one. Its seed is that of `training`.
  package var theory = CoarseTheoryConfiguration()
  /// The training of a network without time, where it is one. Its seed is that of `training`.
  package var feedForward = FeedForwardStudyConfiguration()
  /// The training of a Kolmogorov network, where it is one. Its seed is that of `training`.
  package var kolmogorov = KolmogorovConfiguration()
  /// The simulation of an inhibitory network, where it is one. Its seed is that of `training`.
  package var inhibitory = InhibitoryConfiguration()
  /// The training of a network of spike trains, where it is one. Its seed is that of `training`.
  package var spiking = SpikingConfiguration()
  /// Path of a file of weights that training begins with; empty for drawn ones.
  package var from = ""

  package init(
    name: String, title: String, problem: ProblemConfiguration, training: TrainingConfiguration
  ) {
    self.name = name
    self.title = title
    self.problem = problem
    self.training = training
  }
}

extension Experiment {
  /// Decides all random numbers.
  package var seed: UInt64 { training.seed }

  /// Epochs that are planned.
  package var epochs: Int {
    switch kind {
    case .training: training.epochs
    case .theory: theory.epochs
    case .feedForward: feedForward.epochs
    case .kolmogorov: kolmogorov.epochs
    case .inhibitory: inhibitory.epochs
    case .spiking: spiking.epochs
    }
  }

  /// What a user should know before it runs.
  package var notes: [String] { kind == .feedForward ? feedForward.notes : [] }

  /// Reads the data set; the seed of the experiment draws what parts are to be drawn.
  ///
  /// - Parameter limit: bytes that a batch of the user's own sequences may take
  /// - Throws: ``DataError`` where the data are not what they should be, or too long to train on
  package func loadProblem(
    from locations: DataLocations, limit: Int = SequenceProblem.standardLimit
  ) throws(DataError) -> any Problem {
    let loaded = try problem.load(from: locations, seed: training.seed)
    guard problem.dataSet == .sequences else { return loaded }
    guard training.reading.steps <= loaded.steps else {
      throw .sequences(
        SequenceError(
          problem.sequences.values,
          .readout(found: loaded.steps, expected: training.reading.steps)))
    }
    let batch = min(training.batch, loaded.count(in: .training))
    // Inputs, hidden states and memories of all time steps are kept for the way back.
    let layer = training.model.fields.hidden + (training.model.lmu?.order ?? 0)
    let width = loaded.channels + training.layers * layer
    let needed = batch * loaded.steps * width * MemoryLayout<Float>.stride
    guard needed <= limit else {
      throw .sequences(
        SequenceError(
          problem.sequences.values, .batchMemory(needed: needed, limit: limit, batch: batch)))
    }
    return loaded
  }

  /// How to train on a problem that has been loaded.
  package func training(on problem: any Problem) -> TrainingConfiguration {
    training(steps: problem.steps)
  }

  /// How to train on sequences of so many steps.
  package func training(steps: Int) -> TrainingConfiguration {
    var training = training
    if thetaFollowsSteps { training.model.lmu?.theta = Double(steps) }
    return training
  }
}

/// An experiment while its keys are being set. While it is, later keys may still change the length
/// of the sequences that theta follows.
struct ExperimentDraft: Sendable, Equatable {
  var experiment: Experiment
}
