import Documents
import Engine

extension KeyTable {
  private static let onlyKolmogorov = ExperimentKey.Condition(
    selector: kindPath, values: .names([Experiment.Kind.kolmogorov.rawValue]))

  private static let withTable = ExperimentKey.Condition(
    selector: "kolmogorov.data", values: .names([KolmogorovConfiguration.DataSet.table.rawValue]))

  private static let withOuter = ExperimentKey.Condition(
    selector: "kolmogorov.outer",
    values: .names([KolmogorovConfiguration.OuterCurves.curves.rawValue]))

  private static func withRounding(_ roundings: CurveRounding...) -> ExperimentKey.Condition {
    .init(selector: "kolmogorov.quantizer", values: .names(roundings.map(\.rawValue)))
  }

  private static let withSplit = ExperimentKey.Condition(
    selector: "kolmogorov.data",
    values: .names([KolmogorovConfiguration.DataSet.banknote, .table].map(\.rawValue)))

  static let kolmogorov: [ExperimentKey] = table + curves + levels + course

  private static let table: [ExperimentKey] =
    [
      data
    ]
    + keysOfTable(
      "kolmogorov", when: withTable, splitWhen: withSplit, file: \.kolmogorov.table.file,
      target: \.kolmogorov.table.target, task: \.kolmogorov.table.task,
      columns: \.kolmogorov.table.columns, split: \.kolmogorov.table.split)

  /// What one choice has no use for becomes that of the standard experiment.
  private static let data = ExperimentKey(
    "kolmogorov.data", .choice(Choices.tables), "The data", when: onlyKolmogorov
  ) {
    .text($0.experiment.kolmogorov.data.rawValue)
  } write: { draft, value in
    guard case .text(let name) = value,
      let data = KolmogorovConfiguration.DataSet(rawValue: name)
    else { return }
    let split = draft.experiment.kolmogorov.table.split
    draft.experiment.kolmogorov.data = data
    if data != .table { draft.experiment.kolmogorov.table = TableConfiguration() }
    if data == .banknote { draft.experiment.kolmogorov.table.split = split }
  }

  private static let curves: [ExperimentKey] = [
    count(
      "units", KolmogorovConfiguration.allowedUnits,
      "Q, units, each with a curve for every "
        + "input and one for what comes out", \.units),
    outer, count("points", ControlPoints.allowedCount, "M, control points of a curve", \.points),
    ExperimentKey(
      "kolmogorov.kernel", Choices.kernels, "Covariance of the Gaussian processes",
      when: onlyKolmogorov, at: \.kolmogorov.kernel),
    number(
      "lengthScale", KolmogorovConfiguration.allowedLengthScales,
      "Length scale, in distances of two control points", \.lengthScale),
    number(
      "noise", KolmogorovConfiguration.allowedNoises,
      "Noise variance, added to the covariance's diagonal", \.noise),
    ExperimentKey(
      "kolmogorov.prior", Choices.priors, "What curves fall back to far from their control points",
      when: onlyKolmogorov, at: \.kolmogorov.prior),
    trained,
    ExperimentKey(
      "kolmogorov.sum", Choices.sums, "What the sum of a unit's curves is multiplied by",
      when: onlyKolmogorov, at: \.kolmogorov.sum),
  ]

  /// A warm-up is of outer curves alone.
  private static let outer = ExperimentKey(
    "kolmogorov.outer", .choice(Choices.outerCurves),
    "What the sum of a unit's curves goes through",
    when: onlyKolmogorov
  ) {
    .text($0.experiment.kolmogorov.outer.rawValue)
  } write: { draft, value in
    guard case .text(let name) = value,
      let outer = KolmogorovConfiguration.OuterCurves(rawValue: name)
    else { return }
    draft.experiment.kolmogorov.outer = outer
    if outer == .none { draft.experiment.kolmogorov.warmUp = 0 }
  }

  private static let trained = ExperimentKey(
    "kolmogorov.trained", .words(Choices.trainedCovariances),
    "What of the control points is trained beside the curves' heights, for batch = 0",
    when: onlyKolmogorov
  ) {
    .list($0.experiment.kolmogorov.trained.map { .text($0.rawValue) })
  } write: { draft, value in
    guard case .list(let entries) = value else { return }
    draft.experiment.kolmogorov.trained = entries.compactMap {
      if case .text(let name) = $0 { TrainedCovariance(rawValue: name) } else { nil }
    }
  }

  private static let levels: [ExperimentKey] = [
    quantizer,
    count(
      "activationBits", CurveQuantizer.allowedBits, "Bits that outputs of curves are rounded to",
      when: withRounding(.uniform), \.activationBits),
    count(
      "spikeSteps", KolmogorovConfiguration.allowedSpikeSteps,
      "Time steps in which the spikes of a curve are counted", when: withRounding(.spiking),
      \.spikeSteps),
    number(
      "innerReach", KolmogorovConfiguration.allowedReaches,
      "Output of an inner curve that its greatest level stands for",
      when: withRounding(.uniform, .binary, .spiking), \.innerReach),
    number(
      "outerReach", KolmogorovConfiguration.allowedReaches,
      "The same of outer curves", when: withRounding(.uniform, .binary, .spiking), \.outerReach),
  ]

  /// Tables are of curves that are not rounded.
  private static let quantizer = ExperimentKey(
    "kolmogorov.quantizer", .choice(Choices.roundings), "What outputs of curves are rounded to",
    when: onlyKolmogorov
  ) {
    .text($0.experiment.kolmogorov.quantizer.rawValue)
  } write: { draft, value in
    guard case .text(let name) = value, let rounding = CurveRounding(rawValue: name) else { return }
    draft.experiment.kolmogorov.quantizer = rounding
    let standard = KolmogorovConfiguration()
    if rounding != .none { draft.experiment.kolmogorov.bits = standard.bits }
    if rounding != .uniform {
      draft.experiment.kolmogorov.activationBits = standard.activationBits
    }
    if rounding != .spiking { draft.experiment.kolmogorov.spikeSteps = standard.spikeSteps }
    if rounding == .none {
      draft.experiment.kolmogorov.innerReach = standard.innerReach
      draft.experiment.kolmogorov.outerReach = standard.outerReach
    }
  }

  private static let course: [ExperimentKey] = [
    count("passes", 1...1_000_000, "Passes over the rows that train", \.epochs),
    count("batch", 0...1_000_000, "Rows of one optimizer step; 0 for all", \.batch),
    number("rate", KolmogorovConfiguration.allowedRates, "Learning rate of Adam", \.rate),
    count(
      "warmUp", 0...1_000_000, "Steps at the beginning in which outer curves stay as they are",
      when: withOuter, \.warmUp),
    number(
      "energy", KolmogorovConfiguration.allowedEnergies,
      "Times the prior energy of the curves, added to the loss: smoother curves", \.energy),
    number(
      "groupL1", KolmogorovConfiguration.allowedGroupL1,
      "Times the deviations of all inner curves, added to the loss: fewer curves", \.groupL1),
    count(
      "bits", 0...CurveTable.allowedBits.upperBound,
      "Bits of the tables that are measured beside the curves; 0 for none",
      when: withRounding(.none), \.bits),
    count("everyEpochs", 1...1_000_000, "Validate after every so many epochs", \.everyEpochs),
    number(
      "speed", KolmogorovConfiguration.allowedSpeeds,
      "Steps a second in the dashboard, the highest for no limit; changes no result", \.speed),
    seed("kolmogorov", when: onlyKolmogorov),
  ]

  private typealias Target<Value> =
    any WritableKeyPath<KolmogorovConfiguration, Value> & Sendable

  private static func number(
    _ name: String, _ range: ClosedRange<Double>, _ meaning: String,
    when condition: ExperimentKey.Condition = onlyKolmogorov, _ target: Target<Double>
  ) -> ExperimentKey {
    ExperimentKey("kolmogorov.\(name)", .number(.init(range)), meaning, when: condition) {
      .number($0.experiment.kolmogorov[keyPath: target])
    } write: { draft, value in
      if case .number(let number) = value {
        draft.experiment.kolmogorov[keyPath: target] = number
      }
    }
  }

  private static func count(
    _ name: String, _ range: ClosedRange<Int>, _ meaning: String,
    when condition: ExperimentKey.Condition = onlyKolmogorov, _ target: Target<Int>
  ) -> ExperimentKey {
    ExperimentKey("kolmogorov.\(name)", .integer(range), meaning, when: condition) {
      .integer($0.experiment.kolmogorov[keyPath: target])
    } write: { draft, value in
      if case .integer(let count) = value {
        draft.experiment.kolmogorov[keyPath: target] = count
      }
    }
  }
}
