import Engine
import Glibc
import ProgramSupport
import Runs

/// The main loop without a screen: it prints what the runner reports.
struct HeadlessSession {
  /// How events are printed.
  enum Form {
    case json, plain
  }

  private let live: LiveRun
  private let signals: SignalInbox
  private let wakePipe: WakePipe
  private let plan: RunPlan
  private var lines: EventLines
  /// Whether anybody reads standard output. What happens is recorded all the same.
  private var isPrinting: Bool
  /// The signal that asked the run to stop.
  private var stopSignal: Int32?
  private var isImpatient = false
  /// A terminal that is closed may be noticed first by what is written to it.
  private let isOnTerminal = StandardOutput.isTerminal
  /// Whether the last checkpoint could not be written.
  private var isUnsaved = false

  /// Runs a plan to its end.
  static func print(_ plan: RunPlan, form: Form) throws -> Ending {
    let signals = try SignalInbox(withScreen: false, ignoresHangup: plan.keepsRunning)
    let wakePipe = try WakePipe()
    for warning in plan.warnings { StandardError.write("interspike: \(warning)\n") }
    let live = Wiring.start(plan, paused: false, wake: wakePipe.wake)
    var session = HeadlessSession(
      live: live, signals: signals, wakePipe: wakePipe, plan: plan,
      lines: EventLines(form, plan), isPrinting: true)
    return try session.run()
  }

  /// Goes on with a run whose dashboard has lost its terminal.
  static func goOn(
    _ live: LiveRun, plan: RunPlan, signals: SignalInbox, wakePipe: WakePipe
  ) throws -> Ending {
    program_signals_leave_screen(true)
    var session = HeadlessSession(
      live: live, signals: signals, wakePipe: wakePipe, plan: plan,
      lines: EventLines(.json, plan), isPrinting: false)
    return try session.run()
  }

  private init(
    live: LiveRun, signals: SignalInbox, wakePipe: WakePipe, plan: RunPlan, lines: EventLines,
    isPrinting: Bool
  ) {
    self.live = live
    self.signals = signals
    self.wakePipe = wakePipe
    self.plan = plan
    self.lines = lines
    self.isPrinting = isPrinting
  }

  private mutating func run() throws -> Ending {
    while true {
      for report in live.drain() {
        if let ending = try take(report) {
          live.shutdown()
          return ending
        }
      }
      if isImpatient { return ending(.success) }
      _ = Waiting.wait(
        for: [signals.descriptor, wakePipe.descriptor], timeout: .seconds(60))
      wakePipe.drain()
      receiveSignals()
    }
  }

  /// Prints a report; returns how the program ends if the run is over.
  private mutating func take(_ report: RunnerReport) throws -> Ending? {
    if isPrinting { for line in lines.lines(for: report) { try print(line) } }
    switch report {
    case .event(let timed):
      guard case .ended(let conclusion) = timed.event else { return nil }
      return ending(
        isUnsaved && (plan.mustBeRecorded || plan.origin != nil) ? .failedRun : Ending(conclusion))
    case .failed(let reason):
      if let error = live.failure.error { throw error }
      StandardError.write("interspike: \(reason)\n")
      return .failedRun
    case .saved: isUnsaved = false
    case .saveFailed(let reason):
      isUnsaved = true
      StandardError.write("interspike: \(Messages.saveFailed(reason))\n")
    case .saveRecovered(let lost):
      StandardError.write("interspike: \(Messages.saveRecovered(lost: lost))\n")
    default: break
    }
    return nil
  }

  private mutating func print(_ line: String) throws {
    var session = self
    do throws(OutputError) {
      defer { self = session }
      try StandardOutput.write(line + "\n") {
        session.receiveSignals()
        return session.isImpatient
      }
    } catch {
      // The loop ends by itself when the user is impatient; and a terminal that is gone takes no
      // lines, but the run goes on to its stop or its end.
      receiveSignals()
      if error == .interrupted || stopSignal != nil { return }
      isPrinting = false
      if plan.keepsRunning { return }
      guard isOnTerminal, error == .failed(number: EIO) else { throw error }
      stop(by: SIGHUP)
    }
  }

  /// The first signal stops the run after its batch and saves it; the second does not wait.
  private mutating func receiveSignals() {
    var received = signals.take()
    // It came before it was ignored.
    if plan.keepsRunning && received.termination == SIGHUP { received.termination = nil }
    guard received.interrupts > 0 || received.termination != nil else { return }
    // A terminal that is closed sends SIGHUP more than once.
    let count = received.interrupts + received.terminations
    isImpatient = isImpatient || count > (stopSignal == nil ? 1 : 0)
    stop(by: received.termination ?? SIGINT)
  }

  private mutating func stop(by signal: Int32) {
    if stopSignal == nil { live.send(.stop) }
    stopSignal = signal
  }

  private func ending(_ ending: Ending) -> Ending {
    stopSignal.map(Ending.stopped) ?? ending
  }
}

extension Ending {
  /// How the program ends after a run that came to this conclusion.
  init(_ conclusion: Conclusion) {
    switch conclusion.outcome {
    case .completed, .stopped: self = .success
    case .diverged, .failed: self = .failedRun
    }
  }
}
