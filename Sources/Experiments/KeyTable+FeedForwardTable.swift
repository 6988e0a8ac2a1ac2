import Documents
import Engine

/// What a network without time is trained on; tables are named as those of Kolmogorov networks are.
extension KeyTable {
  private static let withTable = ExperimentKey.Condition(
    selector: "feedforward.dataset", values: .names([FeedForwardDataSet.table.rawValue]))

  private static let withSplit = ExperimentKey.Condition(
    selector: "feedforward.dataset",
    values: .names([FeedForwardDataSet.banknote, .table].map(\.rawValue)))

  static let feedForwardTable: [ExperimentKey] =
    [
      dataSet
    ]
    + keysOfTable(
      "feedforward", when: withTable, splitWhen: withSplit, file: \.feedForward.table.file,
      target: \.feedForward.table.target, task: \.feedForward.table.task,
      columns: \.feedForward.table.columns, split: \.feedForward.table.split)

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
