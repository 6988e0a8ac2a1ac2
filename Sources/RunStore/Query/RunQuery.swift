/// Which runs are listed, and in which order.
package struct RunQuery: Sendable, Equatable {
  /// An expression such as `test.spiking.accuracy > 0.96 and tag = keep`; all runs without it.
  package var condition: String?
  /// A column, metric or setting; the newest first without it. Numbers and times begin with the
  /// largest, texts with the first of the alphabet; runs without a value come last.
  package var sort: String?
  package var isReversed: Bool
  /// Only so many, the first ones.
  package var limit: Int?
  /// Further metrics and settings that the rows are to have the values of.
  package var shows: [String] = []

  package init(
    condition: String? = nil, sort: String? = nil, isReversed: Bool = false, limit: Int? = nil
  ) {
    self.condition = condition
    self.sort = sort
    self.isReversed = isReversed
    self.limit = limit
  }
}

/// A run in a list. A class, as lists hand around tens of thousands of them.
package final class RunRow: Sendable {
  package let name: String
  package let folder: String
  package let experiment: String?
  package let model: String?
  package let seed: Int?
  package let parameters: Int?
  package let created: String?
  package let ended: String?
  package let state: RunState
  package let reason: String?
  package let step: Int?
  package let steps: Int?
  package let epoch: Int?
  package let epochs: Int?
  package let seconds: Double?
  package let parent: String?
  package let parentStep: Int?
  package let note: String?
  package let tags: [String]
  package let scores: RunSummary.Scores
  package let trace: AccuracyTrace
  /// Metrics and settings that the runs were picked or sorted by.
  package let values: [Value]

  package struct Value: Sendable, Equatable {
    package var name: String
    package var value: RunSummary.SettingValue?
  }

  init(
    name: String, folder: String, experiment: String?, model: String?, seed: Int?,
    parameters: Int?, created: String?, ended: String?, state: RunState, reason: String?,
    step: Int?, steps: Int?, epoch: Int?, epochs: Int?, seconds: Double?, parent: String?,
    parentStep: Int?, note: String?, tags: [String], scores: RunSummary.Scores,
    trace: AccuracyTrace, values: [Value]
  ) {
    self.name = name
    self.folder = folder
    self.experiment = experiment
    self.model = model
    self.seed = seed
    self.parameters = parameters
    self.created = created
    self.ended = ended
    self.state = state
    self.reason = reason
    self.step = step
    self.steps = steps
    self.epoch = epoch
    self.epochs = epochs
    self.seconds = seconds
    self.parent = parent
    self.parentStep = parentStep
    self.note = note
    self.tags = tags
    self.scores = scores
    self.trace = trace
    self.values = values
  }
}
