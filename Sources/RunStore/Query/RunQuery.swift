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

  package init(
    condition: String? = nil, sort: String? = nil, isReversed: Bool = false, limit: Int? = nil
  ) {
    self.condition = condition
    self.sort = sort
    self.isReversed = isReversed
    self.limit = limit
  }
}

/// A run in a list.
package struct RunRow: Sendable, Equatable {
  package var name: String
  package var folder: String
  package var experiment: String?
  package var model: String?
  package var seed: Int?
  package var parameters: Int?
  package var created: String?
  package var ended: String?
  package var state: RunState
  package var reason: String?
  package var step: Int?
  package var steps: Int?
  package var epoch: Int?
  package var epochs: Int?
  package var seconds: Double?
  package var parent: String?
  package var parentStep: Int?
  package var note: String?
  package var tags: [String]
  package var scores: RunSummary.Scores
  /// Metrics and settings that the runs were picked or sorted by.
  package var values: [Value]

  package struct Value: Sendable, Equatable {
    package var name: String
    package var value: RunSummary.SettingValue?
  }
}
