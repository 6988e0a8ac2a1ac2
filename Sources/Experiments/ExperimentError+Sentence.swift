import Documents
import Engine

extension ExperimentError {
  /// The mistake in words, on one line, beginning with its place.
  package var sentence: String {
    switch self {
    case .file(let error): error.sentence(expected: "an experiment file")
    case .syntax(let origin, let reason): "\(origin.text): not valid TOML: \(reason)"
    case .unknownPreset(let name, let nearest, let all):
      "unknown preset \(TOMLText.quoted(name))" + Wording.hint(nearest) + "; presets are "
        + Wording.enumeration(all, "and") + ", and a file is named with / or .toml"
    case .malformedAssignment(let argument): "--set \(argument): expected key=value"
    case .unknownKey(let origin, let key, let nearest):
      "\(origin.text): unknown key \(key)" + Wording.hint(nearest)
    case .wrongValue(let origin, let key, let entry, let found, let expected):
      "\(origin.text): \(key): found \(found.summary)"
        + (entry.map { " at entry \($0)" } ?? "") + ", expected \(expected.description)"
        + Wording.hint(expected.nearestWord(to: found).map(TOMLText.quoted))
    case .notTable(let origin, let key, let found):
      "\(origin.text): \(key): found \(found.summary), expected a table of keys"
    case .unused(let origin, let key, let condition, let present, let takes):
      "\(origin.text): \(key): "
        + Self.unused(key, condition, present: present, takes: takes)
    case .missing(let origin, let key, let selector, let value):
      "\(origin.text): \(key): missing, needed where \(Self.name(selector)) is "
        + value.summary
    case .wrongSide(let origin, let side, let dataSet, let allowed):
      "\(origin.text): problem.side: found \(side), expected "
        + Wording.enumeration(allowed.map(String.init), "or") + " for data set \(dataSet)"
    case .moreShardsThanSamples(let origin, let table, let shards, let batch):
      "\(origin.text): \(table).shards: found \(shards), expected at most the samples of a "
        + "batch, \(batch)"
    case .readoutTooLong(let origin, let steps, let length):
      "\(origin.text): readout.steps: found \(steps), expected at most \(length), the steps of a "
        + "sequence"
    case .memoryNotSquare(let origin, let memory, let heads, let nearest):
      "\(origin.text): model.memory: found \(memory) beside heads = \(heads), expected memory "
        + "times heads to be a square, as \(nearest) times \(heads) is"
    case .unusableTeacher(let origin, let key):
      "\(origin.text): \(key): found only zeros, expected at least one other number"
    case .randomEstimator(let origin, let key, let entry, let name):
      "\(origin.text): \(key): found \(TOMLText.quoted(name))"
        + (entry.map { " at entry \($0)" } ?? "") + ", expected a curve that is a function: a "
        + "study of theory takes the mean over all inputs, and this one changes from draw to draw"
    case .imagesTooSmall(let origin, let model, let dataSet, let side, let expected):
      "\(origin.text): feedforward.model: \(model) takes images of side \(expected) or more; those "
        + "of \(dataSet) have \(side)"
    case .trainedOnTest(let origin, let dataSet):
      "\(origin.text): feedforward.trainsOnValidation: found true, expected false: of \(dataSet) the "
        + "samples that validate are those that test"
    case .noEpochs(let origin):
      "\(origin.text): feedforward.quantizedEpochs: found 0 beside fullPrecisionEpochs = 0, "
        + "expected at least one epoch"
    case .trainedOnBatches(let origin, let batch):
      "\(origin.text): kolmogorov.batch: found \(batch) beside kolmogorov.trained, expected 0: "
        + "control points are trained on all rows at once"
    case .controlPoints(let origin, let error):
      "\(origin.text): kolmogorov: \(description(of: error))"
    case .tooLarge(let origin, let key, let found, let most, let reason):
      "\(origin.text): \(key): found \(TOMLText.number(found)), expected at most \(TOMLText.number(most)): \(reason)"
    case .spiking(let origin, let error): "\(origin.text): \(error.sentence)"
    case .noWholePart(let origin, let key, let found, let whole, let nearest):
      "\(origin.text): \(key): found \(TOMLText.number(found)), expected a whole part of "
        + "\(TOMLText.number(whole)), such as \(TOMLText.number(nearest))"
    case .activations(let origin, let table, let error):
      "\(origin.text): \(table): \(error.sentence)"
    case .unlearned(let origin, let kind):
      "\(origin.text): model.activation: found \"learned\" beside kind = \(TOMLText.quoted(kind)), "
        + "expected \"tanh\" or \"relu\": only the hidden units of an LMU learn theirs"
    case .schedule(let origin, let table, let error):
      "\(origin.text): \(table)" + Self.sentence(of: error)
    case .surrogate(let origin, let key, let error): "\(origin.text): \(key): \(error.sentence)"
    }
  }

  private static func unused(
    _ key: String, _ condition: ExperimentKey.Condition, present: DocumentValue,
    takes: [String]
  ) -> String {
    let selector = condition.selectorName(beside: key)
    let needed =
      switch condition.values {
      case .names(let names): Wording.enumeration(names.map(TOMLText.quoted), "or")
      case .number: "a number"
      case .path: "a path"
      case .other(let text): "not \(TOMLText.quoted(text))"
      }
    let which = takes.isEmpty ? "" : ", which takes " + Wording.enumeration(takes, "and")
    return "used only where \(selector) is \(needed); it is \(present.summary)\(which)"
  }

  private static func sentence(of error: ScheduleError) -> String {
    switch error {
    case .phases(let bypass, let hold):
      ".hold: found \(TOMLText.number(hold)) beside bypass = \(TOMLText.number(bypass)), "
        + "expected shares of at most 1 together"
    case .outOfRange(let field, let value, let allowed):
      ".\(field): leads to \(TOMLText.number(value)), expected "
        + ExperimentKey.Kind.number(.init(allowed)).description
    case .tooFew(let field, let count, let minimum):
      ".\(field): found \(count) entries, expected at least \(minimum)"
    case .notIncreasing(let field, let index):
      ".\(field): found entry \(index + 1) not above entry \(index), expected increasing "
        + (field == "points" ? "positions" : "numbers")
    case .wrongCount(let field, let count, let expected):
      ".\(field): found \(count) entries, expected \(expected), one more than boundaries"
    }
  }

  private static func name(_ path: String) -> String {
    path.split(separator: ".").last.map(String.init) ?? path
  }
}

extension ExperimentError.Origin {
  /// `digits.toml:12`
  fileprivate var text: String {
    switch self {
    case .file(let path, let line, let column):
      ([path] + [line, column].compactMap { $0 }.map(String.init)).joined(separator: ":")
    case .argument(let argument): argument
    case .preset(let name): "preset \(name)"
    }
  }
}
