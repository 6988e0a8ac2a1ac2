import Documents
import Engine

/// A table of the user, spelled alike wherever there is one.
extension KeyTable {
  /// The keys of a table in the section `section`.
  static func keysOfTable(
    _ section: String, when condition: ExperimentKey.Condition,
    splitWhen splitCondition: ExperimentKey.Condition, file: ExperimentPath<String>,
    target: ExperimentPath<String>, task: ExperimentPath<TableConfiguration.Task>,
    columns: ExperimentPath<String>, split: ExperimentPath<TableConfiguration.Split>
  ) -> [ExperimentKey] {
    [
      text(
        "\(section).file", .path(isOptional: false), "CSV file with column names, plain or .gz",
        when: condition, isRequired: true, at: file),
      text(
        "\(section).target", .line, "Name of the column that is to be told", when: condition,
        isRequired: true, at: target),
      ExperimentKey(
        "\(section).task", Choices.tasks, "What the target is", when: condition, at: task),
      text(
        "\(section).columns", .line,
        "Names of the columns that are inputs, separated by commas; \"\" for all others",
        when: condition, isRequired: false, at: columns),
      ExperimentKey(
        "\(section).split", Choices.splits, "Which rows test, and validate as well",
        when: splitCondition, at: split),
    ]
  }

  private static func text(
    _ path: String, _ kind: ExperimentKey.Kind, _ meaning: String,
    when condition: ExperimentKey.Condition, isRequired: Bool, at target: ExperimentPath<String>
  ) -> ExperimentKey {
    ExperimentKey(path, kind, meaning, when: condition, isRequired: isRequired) { draft in
      .text(draft.experiment[keyPath: target])
    } write: { draft, value in
      if case .text(let text) = value { draft.experiment[keyPath: target] = text }
    }
  }
}
