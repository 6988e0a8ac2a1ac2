import Glibc
import ProgramSupport

/// The signals that came since the program last looked. One at a time, for the main thread.
struct SignalInbox {
  /// Signals that came, by kind.
  struct Received {
    var interrupts = 0
    var terminations = 0
    /// SIGTERM or SIGHUP, whichever asks the program to end.
    var termination: Int32?
    var isHungUp = false
    var isResized = false
    var isStopAsked = false
    var isContinued = false
  }

  /// Becomes readable when a signal came.
  let descriptor: Int32

  /// Starts catching. With a screen, the signals of the terminal are caught as well; SIGHUP may be
  /// ignored.
  init(withScreen: Bool, ignoresHangup: Bool = false) throws(SystemError) {
    descriptor = program_signals_catch(withScreen, ignoresHangup)
    guard descriptor >= 0 else { throw SystemError(call: "pipe2", number: errno) }
  }

  func take() -> Received {
    program_signals_drain()
    var received = Received()
    received.interrupts = Int(program_signals_take(SIGINT))
    received.isHungUp = program_signals_take(SIGHUP) > 0
    if received.isHungUp { received.termination = SIGHUP }
    received.terminations = Int(program_signals_take(SIGTERM))
    if received.terminations > 0 { received.termination = SIGTERM }
    received.isResized = program_signals_take(SIGWINCH) > 0
    received.isStopAsked = program_signals_take(SIGTSTP) > 0
    received.isContinued = program_signals_take(SIGCONT) > 0
    return received
  }

  /// Does something, such as starting a thread, that must not inherit the signals.
  static func withoutSignals<Result>(_ work: () -> Result) -> Result {
    program_signals_block(true)
    defer { program_signals_block(false) }
    return work()
  }
}

/// A call of the operating system that failed where it never should.
struct SystemError: Error, Equatable {
  var call: String
  var number: Int32
}
