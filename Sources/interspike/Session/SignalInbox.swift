import Glibc
import ProgramSupport

/// The signals that came since the program last looked. One at a time, for the main thread.
struct SignalInbox {
  /// Signals that came, by kind.
  struct Received {
    var interrupts = 0
    /// SIGTERM or SIGHUP, the last one.
    var termination: Int32?
    var terminations = 0
    var isResized = false
    var isStopAsked = false
    var isContinued = false
  }

  /// Becomes readable when a signal came.
  let descriptor: Int32

  /// Starts catching. With a screen, the signals of the terminal are caught as well.
  init(withScreen: Bool) throws(SystemError) {
    descriptor = program_signals_catch(withScreen)
    guard descriptor >= 0 else { throw SystemError(call: "pipe2", number: errno) }
  }

  func take() -> Received {
    program_signals_drain()
    var received = Received()
    received.interrupts = Int(program_signals_take(SIGINT))
    for signal in [SIGHUP, SIGTERM] {
      let count = Int(program_signals_take(signal))
      received.terminations += count
      if count > 0 { received.termination = signal }
    }
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
