import ArgumentParser
import Glibc
import ProgramSupport

/// From arguments to the end of the program.
enum Program {
  /// `arguments` are without the name of the program.
  static func run(_ arguments: [String]) -> Ending {
    program_faults_catch()
    signal(SIGPIPE, SIG_IGN)
    do {
      let command = try Interspike.parseAsRoot(arguments)
      return try perform(command)
    } catch {
      return report(error)
    }
  }

  private static func perform(_ command: any ParsableCommand) throws -> Ending {
    if let command = command as? any ProgramCommand { return try command.perform() }
    var command = command
    try command.run()
    return .success
  }

  /// Says what went wrong, unless it is a help text or a reader who has gone.
  private static func report(_ error: any Error) -> Ending {
    if let error = error as? OutputError, error == .closed { return .success }
    if let error = error as? ExitCode { return .status(error.rawValue) }
    if Interspike.exitCode(for: error) == .success {
      try? StandardOutput.write(Interspike.fullMessage(for: error) + "\n")
      return .success
    }
    StandardError.write("interspike: " + Messages.sentence(for: error) + "\n")
    return Messages.ending(for: error)
  }
}
