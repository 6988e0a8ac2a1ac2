import Engine

/// What there is to choose from, in groups, for `interspike list`.
package enum Catalogue {
  package struct Group: Sendable, Equatable {
    /// The word by which the group is asked for.
    package let id: String
    package let title: String
    package let entries: [Entry]

    package init(id: String, title: String, entries: [Entry]) {
      self.id = id
      self.title = title
      self.entries = entries
    }
  }

  package struct Entry: Sendable, Equatable {
    package let name: String
    /// One line.
    package let description: String

    package init(name: String, description: String) {
      self.name = name
      self.description = description
    }
  }

  package static let groups: [Group] = [
    Group(
      id: "presets", title: "Presets",
      entries: Presets.all.map {
        Entry(name: $0.name, description: "\($0.summary). \($0.source).")
      }),
    group("datasets", "Data sets", Choices.dataSets),
    group("normalizations", "Normalizations", Choices.normalizations),
    group("models", "Models", Choices.models),
    group("networks", "Networks without time", Choices.feedForwardModels),
    group("network-datasets", "Data sets of networks without time", Choices.feedForwardDataSets),
    group("tables", "Data of Kolmogorov networks", Choices.tables),
    group("kernels", "Covariance kernels", Choices.kernels),
    group("thresholds", "Thresholds of quantized activations", Choices.thresholds),
    group("readouts", "Readouts", Choices.readouts),
    group("quantizers", "Quantizers", Choices.quantizers),
    surrogates,
    group("surrogate-placements", "Placements of surrogates", Choices.surrogatePlacements),
    group("schedules", "Schedule shapes", Choices.shapes),
    group("optimizers", "Optimizer rules", Choices.optimizerRules),
    group("estimators", "Straight-through estimators", Choices.estimators),
    group("voltages", "Initial voltages", Choices.initialVoltages),
    Group(
      id: "keys", title: "Keys of experiment files",
      entries: KeyTable.keys.map {
        Entry(name: $0.path, description: "\($0.meaning): \($0.kind.description)")
      }),
  ]

  /// The groups that are shown when none is asked for: all but the long list of keys, with presets
  /// and surrogates in short.
  package static var overview: [Group] {
    let short = [
      Group(
        id: "presets", title: "Presets",
        entries: Presets.all.map { Entry(name: $0.name, description: $0.summary) }),
      group("surrogates", "Surrogate gradients", Choices.surrogates),
    ]
    return groups.filter { $0.id != "keys" }
      .map { group in short.first { $0.id == group.id } ?? group }
  }

  package static func group(named id: String) -> Group? {
    groups.first { $0.id == id }
  }

  private static func group(
    _ id: String, _ title: String, _ choices: [ExperimentKey.Choice]
  ) -> Group {
    Group(
      id: id, title: title,
      entries: choices.map { Entry(name: $0.name, description: $0.meaning) })
  }
}
