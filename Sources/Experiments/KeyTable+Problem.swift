import Documents
import Engine

extension KeyTable {
  static let problem: [ExperimentKey] =
    [
      ExperimentKey("problem.dataset", .choice(Choices.dataSets), "The data set") {
        .text($0.experiment.problem.dataSet.rawValue)
      } write: { draft, value in
        guard case .text(let name) = value,
          let dataSet = ProblemConfiguration.DataSet(rawValue: name)
        else { return }
        // Nothing in a preset fits the length of sequences that nobody has seen.
        if dataSet == .sequences && dataSet != draft.experiment.problem.dataSet {
          draft.experiment.thetaFollowsSteps = true
        }
        draft.experiment.problem.change(dataSet: dataSet)
      },
      ExperimentKey(
        "problem.order", Choices.orders, "How an image becomes a sequence",
        when: onlyImages, at: \.problem.order),
      ExperimentKey(
        "problem.convention", Choices.conventions, "Published permutation and split",
        when: ExperimentKey.Condition(
          selector: "problem.dataset", values: .names(ProblemConfiguration.mnistFamily)),
        at: \.problem.convention),
      ExperimentKey(
        "problem.side", .integerChoice(ProblemConfiguration.sides),
        "Side of the images in pixels, after block averaging; 8 for digits only",
        when: onlyImages
      ) {
        .integer($0.experiment.problem.side)
      } write: { draft, value in
        if case .integer(let side) = value { draft.experiment.problem.side = side }
      },
    ] + sequences

  private static let onlyImages = ExperimentKey.Condition(
    selector: "problem.dataset", values: .names(ProblemConfiguration.images))

  private static let onlySequences = ExperimentKey.Condition(
    selector: "problem.dataset", values: .names(["sequences"]))

  private static let withTestFile = ExperimentKey.Condition(
    selector: "problem.testValues", values: .path)

  private static let withoutTestFile = ExperimentKey.Condition(
    selector: "problem.testValues", values: .names([""]))

  private static let sequences: [ExperimentKey] = [
    file(
      "values", "CSV or NPY file of the sequences, plain or .gz", isOptional: false,
      at: \.problem.sequences.values),
    file(
      "labels", "NPY or text file of their labels; \"\" where a column of the CSV file has them",
      at: \.problem.sequences.labels),
    testValues,
    file(
      "testLabels", "Labels of the test part", when: withTestFile,
      at: \.problem.sequences.testLabels),
    ExperimentKey(
      "problem.channels", integer: 1...4096,
      "Values of a time step; an NPY file of three dimensions says so itself",
      when: onlySequences, at: \.problem.sequences.channels),
    share(
      "validationShare", "Share of the samples, drawn with the seed, that validate",
      when: onlySequences, at: \.problem.sequences.validationShare),
    share(
      "testShare", "Share of the samples, drawn with the seed, that test",
      when: withoutTestFile, at: \.problem.sequences.testShare),
    ExperimentKey(
      "problem.normalization", Choices.normalizations, "What is done to the values",
      when: onlySequences, at: \.problem.sequences.normalization),
  ]

  /// What one choice has no use for becomes that of the standard experiment.
  private static let testValues = ExperimentKey(
    "problem.testValues", .path(isOptional: true),
    "The same as values for the test part; \"\" to draw that from the file of values",
    when: onlySequences
  ) {
    .text($0.experiment.problem.sequences.testValues)
  } write: { draft, value in
    guard case .text(let path) = value else { return }
    let standard = SequenceConfiguration()
    draft.experiment.problem.sequences.testValues = path
    if path.isEmpty {
      draft.experiment.problem.sequences.testLabels = standard.testLabels
    } else {
      draft.experiment.problem.sequences.testShare = standard.testShare
    }
  }

  /// A key that names a file of sequences.
  private static func file(
    _ name: String, _ meaning: String, isOptional: Bool = true,
    when condition: ExperimentKey.Condition = onlySequences, at target: ExperimentPath<String>
  ) -> ExperimentKey {
    ExperimentKey(
      "problem.\(name)", .path(isOptional: isOptional), meaning, when: condition,
      isRequired: !isOptional
    ) {
      .text($0.experiment[keyPath: target])
    } write: { draft, value in
      if case .text(let path) = value { draft.experiment[keyPath: target] = path }
    }
  }

  private static func share(
    _ name: String, _ meaning: String, when condition: ExperimentKey.Condition,
    at target: ExperimentPath<Double>
  ) -> ExperimentKey {
    ExperimentKey(
      "problem.\(name)", .number(.init(above: 0, upTo: 0.9)), meaning, when: condition
    ) {
      .number($0.experiment[keyPath: target])
    } write: { draft, value in
      if case .number(let share) = value { draft.experiment[keyPath: target] = share }
    }
  }
}

extension ProblemConfiguration {
  /// The data sets for which a permutation and a split were published.
  static let mnistFamily = [DataSet.mnist, .fashionMNIST].map(\.rawValue)

  /// The sides of all data sets.
  static let sides = Set(DataSet.allCases.flatMap(allowedSides)).sorted()

  /// The data sets of images.
  static let images = DataSet.allCases.filter { $0 != .sequences }.map(\.rawValue)

  /// Takes another data set, in its largest form where it does not come in the present one. What
  /// it does not use becomes that of the standard experiment.
  mutating func change(dataSet: DataSet) {
    self.dataSet = dataSet
    guard dataSet != .sequences else {
      (order, convention, side) = (.permuted, .nru, 8)
      return
    }
    sequences = SequenceConfiguration()
    let sides = Self.allowedSides(of: dataSet)
    if !sides.contains(side) { side = sides[0] }
    if dataSet == .digits { convention = .nru }
  }
}
