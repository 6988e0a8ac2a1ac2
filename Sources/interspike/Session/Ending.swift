import Glibc
import ProgramSupport

/// How the program ends; the numbers are a contract with scripts.
enum Ending: Equatable {
  /// Completed, or stopped by the user.
  case success
  /// The run failed or diverged.
  case failedRun
  /// Wrong arguments, or a configuration that is refused.
  case usage
  /// Data that are missing or damaged.
  case badData
  /// With a status that a command has chosen, after it has said why.
  case status(Int32)
  /// Ended by a signal that was obeyed in order; the status is that of a shell.
  case stopped(signal: Int32)
  /// Ended by a signal in the way the parent process expects to see it.
  case killed(signal: Int32)

  /// The number to exit with. For `killed` the process has to die of the signal before.
  var status: Int32 {
    switch self {
    case .success: 0
    case .failedRun: 1
    case .usage: 2
    case .badData: 3
    case .status(let status): status
    case .stopped(let signal), .killed(let signal): 128 + signal
    }
  }

  /// Dies of the signal if that is how the program ends.
  func dieIfKilled() {
    if case .killed(let signal) = self { program_die(signal) }
  }
}
