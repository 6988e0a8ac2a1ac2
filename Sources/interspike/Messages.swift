import ArgumentParser
import Documents
import Engine
import Experiments
import Exports
import Foundation
import Glibc
import RunStore
import Runs
import TerminalScreen
import Themes

/// Every sentence about an error that the program says on standard error, and how the program ends
/// after it.
enum Messages {
  static func sentence(for error: any Error) -> String {
    switch error {
    case let error as ExperimentFailure: error.sentences.joined(separator: "\ninterspike: ")
    case let error as DataError: description(of: error)
    case let error as ScreenError: sentence(error)
    case let error as OutputError: sentence(error)
    case let error as ThemeError: error.sentences.joined(separator: "\ninterspike: ")
    case let error as StudyError: sentence(error)
    case let error as EditError: sentence(error)
    case let error as LegendreMemoryError: sentence(error)
    case let error as TrainingSetupError: sentence(error)
    case let error as ControlPointsError: "control points: \(description(of: error))"
    case let error as FeedForwardError: sentence(error)
    case let error as SelfLearnableError: error.sentence
    case let error as InhibitoryError: error.sentence
    case let error as SpikingError: error.sentence
    case let error as StabilityRefusal: sentence(error)
    case let error as FileError: sentence(error)
    case let error as RunError: sentence(error)
    case let error as SafetensorsError: sentence(error)
    case let error as CheckpointFailure: sentence(error)
    case let error as QueryError: sentence(error)
    case let error as UnknownSortKey: sentence(error)
    case let error as RunTrashError: sentence(error)
    case let error as AboutError: sentence(error)
    case let error as NIRError: sentence(error)
    case let error as ScanError: error.sentence
    case let error as ScanFileError: sentence(error)
    case let error as ScanPointFailure: sentence(error)
    case let error as ConfigurationError: error.sentence
    case let error as SystemError: "\(error.call) failed: \(reason(error.number))"
    default: usage(error)
    }
  }

  /// How the program ends after it has said why.
  static func ending(for error: any Error) -> Ending {
    switch error {
    case is DataError: .badData
    case let error as SafetensorsError: ending(error)
    case let error as CheckpointFailure: error.reason is CheckpointError ? .badData : .usage
    case FileError.occupied, FileError.busy: .usage
    case let error as RunTrashError: ending(error)
    case let error as NIRError: ending(error)
    case let error as ScanFileError: ending(error)
    case let error as ScanPointFailure: ending(for: error.reason)
    case let error as AboutError: if case .damaged = error { .badData } else { .failedRun }
    case is OutputError, is StudyError, is FileError, is SystemError: .failedRun
    default: .usage
    }
  }

  /// A word that is none of those known, with the one that was probably meant.
  static func unknown(_ kind: String, _ word: String, known: [String]) -> String {
    let nearest = Suggestion.nearest(to: word, in: known)
    return "unknown \(kind) '\(word)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
      + "; expected one of: \(known.joined(separator: ", "))"
  }

  static func saveFailed(_ reason: String) -> String {
    "could not be saved: \(reason); training goes on"
  }

  static func saveRecovered(lost: Int) -> String {
    "saving works again" + (lost > 0 ? "; \(lost) readings and events are lost" : "")
  }

  private static func sentence(_ error: ScreenError) -> String {
    switch error {
    case .notATerminal: "standard output is not a terminal; printing events"
    case .noKeyboard: "the terminal cannot be read from; printing events"
    case .unknownTerminal(let name):
      "the terminal type '\(name)' (TERM) is not known here; printing events"
    case .noCursorAddressing(let name):
      "a terminal of type '\(name)' (TERM) cannot show the dashboard; printing events"
    case .system(let call, let number):
      "\(call) failed: \(reason(number)); printing events"
    }
  }

  private static func sentence(_ error: OutputError) -> String {
    switch error {
    case .closed: "nobody reads standard output"
    case .failed(let number): "cannot write to standard output: \(reason(number))"
    case .interrupted: "interrupted while writing to standard output"
    }
  }

  private static func sentence(_ error: StudyError) -> String {
    switch error {
    case .interrupted(let reason): reason
    }
  }

  private static func sentence(_ error: StabilityRefusal) -> String {
    switch error {
    case .nothingQuantized:
      "nothing is quantized in this run, so that no surrogate takes part"
    case .unknownSurrogate(let name):
      "no surrogate '\(name)' can be tested here; `interspike list surrogates` shows all"
    case .surrogate(let error): error.sentence
    case .rate(let rate, let allowed):
      "the rate \(rate) is not from \(allowed.lowerBound) to \(allowed.upperBound)"
    case .epochs(let epochs, let allowed):
      "\(epochs) epochs are not from \(allowed.lowerBound) to \(allowed.upperBound)"
    case .setup(let error): sentence(error)
    }
  }

  private static func sentence(_ error: TrainingSetupError) -> String {
    switch error {
    case .tooLarge(let needed, let available, let batch, 1):
      "not enough memory: a batch of \(batch) samples takes \(size(needed)) with this model, and"
        + " \(size(available)) are free; expected a smaller batch or model"
    case .tooLarge(let needed, let available, let batch, let steps):
      "not enough memory: a batch of \(batch) sequences of \(steps) steps takes \(size(needed))"
        + " with this model, and \(size(available)) are free; expected a smaller training.batch or"
        + " model"
    case .batchTooSmall(let found, let expected):
      "the batch: found \(found), expected at least \(expected): activations are normalized over"
        + " a batch"
    case .activations(let error): error.sentence
    }
  }

  /// Bytes for people.
  private static func size(_ bytes: Int) -> String {
    let mebibytes = Double(bytes) / 1_048_576
    return mebibytes < 10_000
      ? "\(Int(mebibytes.rounded(.up))) MiB" : "\(Int((mebibytes / 1024).rounded(.up))) GiB"
  }

  private static func sentence(_ error: LegendreMemoryError) -> String {
    switch error {
    case .order(let order): "model.order: found \(order), expected at least 1"
    case .theta(let theta): "model.theta: found \(theta), expected a number of steps above 0"
    case .unstableEuler(let order, let theta, let minimum):
      "model.theta: found \(theta), expected at least \(String(format: "%.2f", minimum)): Euler steps of a memory of order "
        + "\(order) are unstable below that (discretization = \"zeroOrderHold\" has no limit)"
    }
  }

  static func sentence(_ error: FileError) -> String {
    switch error {
    case .failed(let operation, let path, let number):
      "\(path): cannot \(verb(operation)): \(reason(number))"
    case .occupied(let path): "\(path): holds another run already"
    case .busy(let path): "\(path): another process is training this run"
    case .noDataFolder: "no folder for runs: neither XDG_DATA_HOME nor HOME names one"
    }
  }

  private static func verb(_ operation: FileError.Operation) -> String {
    switch operation {
    case .createDirectory: "make the folder"
    case .open: "open"
    case .read: "read"
    case .write: "write"
    case .synchronize: "have it put on the disk"
    case .rename: "rename the finished file"
    case .lock: "lock it"
    }
  }

  private static func sentence(_ error: EditError) -> String {
    switch error {
    case .unknownKnob(let knob): "nothing is called \(knob)"
    case .wrongKind(let knob): "\(knob) cannot be turned in this way"
    case .outOfRange(let knob, let value, let allowed):
      "\(knob) would become \(value); allowed is \(allowed.lowerBound) to \(allowed.upperBound)"
    case .unknownOption(let knob, let option, let allowed):
      "\(knob): " + unknown("option", option, known: allowed)
    case .invalidSchedule(let knob, _): "the schedule of \(knob) is impossible"
    case .invalidSurrogate(let knob, let reason): "\(knob): \(reason.sentence)"
    case .unknownCurve(let curve): "\(curve): no such learned activation"
    case .unchangeable(let curve, let reason): "\(curve): \(reason)"
    case .tooLarge(let needed, let available):
      "not enough memory: that takes \(size(needed)), and \(size(available)) are free"
    case .nothingToUndo: "nothing to undo"
    case .nothingToRedo: "nothing to redo"
    }
  }

  /// The parser's own sentence, and where to read on.
  private static func usage(_ error: any Error) -> String {
    Interspike.message(for: error) + "\nTry 'interspike --help'."
  }

  private static func reason(_ number: Int32) -> String {
    String(cString: strerror(number))
  }
}
