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
  private var sink: LineSink
  /// The signal that asked the run to stop.
  private var stopSignal: Int32?
  private var isImpatient = false
  /// What was reported first, for a file that has to begin with it.
  private var beginning: RunBeginning?
  /// A terminal that is closed may be noticed first by what is written to it.
  private let isOnTerminal = StandardOutput.isTerminal
  /// The end of a run whose result has to be saved first: the last that is told of a run.
  private var heldEnd: RunnerReport?

  private var runner: Runner { live.runner }

  /// Runs a plan to its end.
  static func print(_ plan: RunPlan, form: Form) throws -> Ending {
    let signals = try SignalInbox(withScreen: false, ignoresHangup: plan.keepsRunning)
    let wakePipe = try WakePipe()
    let live = Wiring.start(plan, paused: false, wake: wakePipe.wake)
    var session = HeadlessSession(
      live: live, signals: signals, wakePipe: wakePipe, plan: plan,
      lines: EventLines(form, plan), sink: .standardOutput)
    return try session.run()
  }

  /// Goes on with a run whose dashboard has lost its terminal. `beginning` is what was reported
  /// first, if anything was yet.
  static func goOn(
    _ live: LiveRun, plan: RunPlan, signals: SignalInbox, wakePipe: WakePipe,
    beginning: RunBeginning?
  ) throws -> Ending {
    program_signals_leave_screen(true)
    var session = HeadlessSession(
      live: live, signals: signals, wakePipe: wakePipe, plan: plan,
      lines: EventLines(.json, plan), sink: LineSink(fileOf: live))
    if let beginning { _ = try session.take(.began(beginning)) }
    return try session.run()
  }

  private init(
    live: LiveRun, signals: SignalInbox, wakePipe: WakePipe, plan: RunPlan, lines: EventLines,
    sink: LineSink
  ) {
    self.live = live
    self.signals = signals
    self.wakePipe = wakePipe
    self.plan = plan
    self.lines = lines
    self.sink = sink
  }

  /// Whether the result has to be saved: it was asked for, or nobody reads standard output.
  private var savesAtEnd: Bool {
    if case .standardOutput = sink { plan.savesAtEnd } else { true }
  }

  private mutating func run() throws -> Ending {
    while true {
      for report in runner.drain() {
        if let ending = try take(report) {
          runner.shutdown()
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
    if case .began(let beginning) = report { self.beginning = beginning }
    if case .event(let timed) = report, case .ended = timed.event, savesAtEnd, heldEnd == nil {
      heldEnd = report
      runner.send(.save)
      return nil
    }
    for line in lines.lines(for: report) { try write(line, of: report) }
    switch report {
    case .event(let timed):
      guard case .ended(let conclusion) = timed.event else { return nil }
      return ending(Ending(conclusion))
    case .failed(let reason):
      if let error = live.failure.error { throw error }
      StandardError.write("interspike: \(reason)\n")
      return .failedRun
    case .saved:
      guard let heldEnd else { return nil }
      return try take(heldEnd)
    case .saveFailed(let reason):
      StandardError.write("interspike: \(Messages.saveFailed(reason))\n")
      if case .file(let file) = sink, case .json(let encoder) = lines {
        try? file.append(encoder.line(saveFailed: reason))
      }
      guard let heldEnd else { return nil }
      _ = try take(heldEnd)
      return .failedRun
    default: return nil
    }
  }

  private mutating func write(_ line: String, of report: RunnerReport) throws {
    switch sink {
    case .standardOutput: try print(line, of: report)
    case .file(let file):
      do throws(FileError) {
        try file.append(line)
      } catch {
        sink = .nowhere
      }
    case .nowhere: break
    }
  }

  private mutating func print(_ line: String, of report: RunnerReport) throws {
    var session = self
    do throws(OutputError) {
      defer { self = session }
      try StandardOutput.write(line + "\n") {
        session.receiveSignals()
        return session.isImpatient
      }
    } catch {
      // The loop ends by itself when the user is impatient; and a terminal that is gone takes no
      // lines, but the run is still saved.
      receiveSignals()
      if error == .interrupted || stopSignal != nil { return }
      if plan.keepsRunning { return try goOnInFile(from: report) }
      guard isOnTerminal, error == .failed(number: EIO) else { throw error }
      stop(by: SIGHUP)
    }
  }

  /// Goes on in the events' file, which begins with the beginning of the run.
  private mutating func goOnInFile(from report: RunnerReport) throws {
    sink = LineSink(fileOf: live)
    lines = EventLines(.json, plan)
    var known = [report]
    if let beginning, report != .began(beginning) { known.insert(.began(beginning), at: 0) }
    for report in known {
      for line in lines.lines(for: report) { try write(line, of: report) }
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
    if stopSignal == nil {
      runner.send(.save)
      runner.send(.stop)
    }
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
