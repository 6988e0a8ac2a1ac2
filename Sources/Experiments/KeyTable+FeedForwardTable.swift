import Documents
import Engine

/// What a network without time is trained on; tables are named as those of Kolmogorov networks are.
extension KeyTable {
  private static let withTable = ExperimentKey.Condition(
    selector: "feedforward.dataset", values: .names([FeedForwardDataSet.table.rawValue]))

  private static let withSplit = ExperimentKey.Condition(
    selector: "feedforward.dataset",
    values: .names([FeedForwardDataSet.banknote, .table].map(\.rawValue)))

  static let feedForwardTable: [ExperimentKey] = [
    dataSet,
    ExperimentKey(
      "feedforward.file", .path(isOptional: false), "CSV file with column names, plain or .gz",
      when: withTable, isRequired: true
    ) {
      .text($0.experiment.feedForward.table.file)
    } write: { draft, value in
      if case .text(let path) = value { draft.experiment.feedForward.table.file = path }
    },
    ExperimentKey(
      "feedforward.target", .line, "Name of the column that is to be told", when: withTable,
      isRequired: true
    ) {
      .text($0.experiment.feedForward.table.target)
    } write: { draft, value in
      if case .text(let name) = value { draft.experiment.feedForward.table.target = name }
    },
    ExperimentKey(
      "feedforward.task", Choices.tasks, "What the target is", when: withTable,
      at: \.feedForward.table.task),
    ExperimentKey(
      "feedforward.columns", .line,
      "Names of the columns that are inputs, separated by commas; \"\" for all others",
      when: withTable
    ) {
      .text($0.experiment.feedForward.table.columns)
    } write: { draft, value in
      if case .text(let names) = value { draft.experiment.feedForward.table.columns = names }
    },
    ExperimentKey(
      "feedforward.split", Choices.splits, "Which rows test, and validate as well",
      when: withSplit, at: \.feedForward.table.split),
  ]

  /// What one choice has no use for becomes that of the standard experiment.
  private static let dataSet = ExperimentKey(
    "feedforward.dataset", .choice(Choices.feedForwardDataSets), "The images, points or table",
    when: onlyFeedForward
  ) {
    .text($0.experiment.feedForward.dataSet.rawValue)
  } write: { draft, value in
    guard case .text(let name) = value, let dataSet = FeedForwardDataSet(rawValue: name)
    else { return }
    var configuration = draft.experiment.feedForward
    let split = configuration.table.split
    configuration.dataSet = dataSet
    if dataSet != .table { configuration.table = TableConfiguration() }
    if dataSet == .banknote { configuration.table.split = split }
    if !dataSet.isDrawn { configuration.points = FeedForwardStudyConfiguration.standardPoints }
    if dataSet != .polynomials {
      configuration.order = FeedForwardStudyConfiguration.standardOrder
    }
    draft.experiment.feedForward = configuration
  }
}
