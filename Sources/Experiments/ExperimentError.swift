package import Documents
package import Engine

/// One mistake in an experiment, with its facts. ``sentence`` says it in words.
package enum ExperimentError: Error, Sendable, Equatable {
  case file(TextFileError)
  /// Not TOML, keys given twice included; the first such place only.
  case syntax(Origin, reason: String)
  case unknownPreset(String, nearest: String?, all: [String])
  /// An argument of `--set` without `=`.
  case malformedAssignment(String)
  case unknownKey(Origin, key: String, nearest: String?)
  /// `entry` counts from 1 within a list.
  case wrongValue(
    Origin, key: String, entry: Int?, found: DocumentValue, expected: ExperimentKey.Kind)
  /// A value where a table of keys belongs.
  case notTable(Origin, key: String, found: DocumentValue)
  /// A key that has no place beside the value of another; `takes` are the keys that have.
  case unused(
    Origin, key: String, condition: ExperimentKey.Condition, present: DocumentValue,
    takes: [String])
  /// A key that the value of another makes necessary.
  case missing(Origin, key: String, selector: String, value: DocumentValue)
  case wrongSide(Origin, side: Int, dataSet: String, allowed: [Int])
  case moreShardsThanSamples(Origin, table: String, shards: Int, batch: Int)
  /// The readout takes the mean over more steps than a sequence has.
  case readoutTooLong(Origin, steps: Int, length: Int)
  /// The memory of an NRU times its heads is no square; `nearest` is the memory nearest to it of
  /// which it is one.
  case memoryNotSquare(Origin, memory: Int, heads: Int, nearest: Int)
  /// A vector of the theory's teacher that is zero.
  case unusableTeacher(Origin, key: String)
  /// An estimator of a theory whose curve is random. `entry` counts from 1 within a list.
  case randomEstimator(Origin, key: String, entry: Int?, name: String)
  /// A feed-forward network whose images have a smaller side than it can halve so often.
  case imagesTooSmall(Origin, model: String, dataSet: String, side: Int, expected: Int)
  /// Samples that validate would train, which test as well.
  case trainedOnTest(Origin, dataSet: String)
  /// A feed-forward network that would train in neither of its parts.
  case noEpochs(Origin)
  /// Control points of a Kolmogorov network that would be trained on some rows at a time.
  case trainedOnBatches(Origin, batch: Int)
  /// Control points of a Kolmogorov network that make no curves.
  case controlPoints(Origin, ControlPointsError)
  /// Numbers of an inhibitory network that do not go together: `key` is to be at `most`, which
  /// `reason` explains.
  case tooLarge(Origin, key: String, found: Double, most: Double, reason: String)
  /// Layers of a network of spike trains that there are not.
  case spiking(Origin, SpikingError)
  /// A time that does not go into another one without rest; `nearest` does.
  case noWholePart(Origin, key: String, found: Double, of: Double, nearest: Double)
  /// Learned activations of a feed-forward network that there are not.
  case activations(Origin, table: String, SelfLearnableError)
  /// Hidden units of a kind of model that cannot learn their activation.
  case unlearned(Origin, kind: String)
  /// The schedule in the table `table` is impossible as a whole.
  case schedule(Origin, table: String, ScheduleError)

  /// A surrogate gradient with impossible numbers, or where it does not fit.
  case surrogate(Origin, key: String, SurrogateError)

  /// Where a value was given.
  package enum Origin: Sendable, Equatable {
    case file(String, line: Int?, column: Int? = nil)
    /// An argument of the command line as written, e.g. `--set model.hidden=0`.
    case argument(String)
    case preset(String)
  }

  /// Where the mistake is, unless it is a whole file or argument.
  package var origin: Origin? {
    switch self {
    case .file, .unknownPreset, .malformedAssignment: nil
    case .syntax(let origin, _), .unknownKey(let origin, _, _),
      .wrongValue(let origin, _, _, _, _), .notTable(let origin, _, _),
      .unused(let origin, _, _, _, _), .missing(let origin, _, _, _),
      .wrongSide(let origin, _, _, _), .moreShardsThanSamples(let origin, _, _, _),
      .readoutTooLong(let origin, _, _), .memoryNotSquare(let origin, _, _, _),
      .unusableTeacher(let origin, _), .randomEstimator(let origin, _, _, _),
      .imagesTooSmall(let origin, _, _, _, _), .trainedOnTest(let origin, _),
      .noEpochs(let origin),
      .controlPoints(let origin, _), .trainedOnBatches(let origin, _),
      .tooLarge(let origin, _, _, _, _), .spiking(let origin, _),
      .noWholePart(let origin, _, _, _, _),
      .activations(let origin, _, _), .unlearned(let origin, _), .schedule(let origin, _, _),
      .surrogate(let origin, _, _):
      origin
    }
  }
}

/// All mistakes that were found in an experiment, those of the file first and by line.
package struct ExperimentFailure: Error, Sendable, Equatable {
  package let errors: [ExperimentError]

  init(_ errors: [ExperimentError]) {
    self.errors = errors
  }

  /// One line for each mistake.
  package var sentences: [String] { errors.map(\.sentence) }
}
