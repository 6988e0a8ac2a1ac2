package import Engine

/// What a preset or an experiment file describes: a model, the way it is trained, and on what.
package struct Experiment: Sendable, Equatable {
  /// Short name, also part of the name of a run's folder.
  package var name: String
  /// One line for people.
  package var title: String
  package var problem: ProblemConfiguration
  package var training: TrainingConfiguration

  package init(
    name: String, title: String, problem: ProblemConfiguration, training: TrainingConfiguration
  ) {
    self.name = name
    self.title = title
    self.problem = problem
    self.training = training
  }
}

/// An experiment while its keys are being set.
struct ExperimentDraft: Sendable, Equatable {
  var experiment: Experiment
  /// Whether theta was given as the length of the sequences, which later keys may still change.
  var thetaFollowsSteps = false
}
