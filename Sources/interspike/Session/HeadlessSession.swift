import Engine
import Glibc
import Runs

/// The main loop without a screen: it prints what the runner reports.
struct HeadlessSession {
  /// How events are printed.
  enum Form {
    case json, plain
  }

  private let runner: Runner
  private let signals: SignalInbox
  private let wakePipe: WakePipe
  private var lines: EventLines
  private let failure: FailureBox
  /// The signal that asked the run to stop.
  private var stopSignal: Int32?
  private var isImpatient = false

  /// Runs a plan to its end.
  static func print(_ plan: RunPlan, form: Form) throws -> Ending {
    let signals = try SignalInbox(withScreen: false)
    let wakePipe = try WakePipe()
    let failure = FailureBox()
    let runner = Wiring.startRunner(plan, paused: false, failure: failure, wake: wakePipe.wake)
    var session = HeadlessSession(
      runner: runner, signals: signals, wakePipe: wakePipe, lines: EventLines(form, plan),
      failure: failure)
    return try session.run()
  }

  private init(
    runner: Runner, signals: SignalInbox, wakePipe: WakePipe, lines: EventLines,
    failure: FailureBox
  ) {
    self.runner = runner
    self.signals = signals
    self.wakePipe = wakePipe
    self.lines = lines
    self.failure = failure
  }

  private mutating func run() throws -> Ending {
    while true {
      _ = Waiting.wait(
        for: [signals.descriptor, wakePipe.descriptor], timeout: .seconds(60))
      wakePipe.drain()
      receiveSignals()
      for report in runner.drain() {
        if let ending = try take(report) {
          runner.shutdown()
          return ending
        }
      }
      if isImpatient { return ending(.success) }
    }
  }

  /// Prints a report; returns how the program ends if the run is over.
  private mutating func take(_ report: RunnerReport) throws -> Ending? {
    for line in lines.lines(for: report) { try write(line + "\n") }
    switch report {
    case .event(let timed):
      guard case .ended(let conclusion) = timed.event else { return nil }
      return ending(Ending(conclusion))
    case .failed(let reason):
      if let error = failure.error { throw error }
      StandardError.write("interspike: \(reason)\n")
      return .failedRun
    case .saveFailed(let reason):
      StandardError.write("interspike: \(Messages.saveFailed(reason))\n")
      return nil
    default: return nil
    }
  }

  private mutating func write(_ text: String) throws {
    var session = self
    defer { self = session }
    do throws(OutputError) {
      try StandardOutput.write(text) {
        session.receiveSignals()
        return session.isImpatient
      }
    } catch {
      // The loop ends by itself when the user is impatient; and a terminal that is gone takes no
      // lines, but the run is still saved.
      guard error == .interrupted || session.stopSignal != nil else { throw error }
    }
  }

  /// The first signal stops the run after its batch and saves it; the second does not wait.
  private mutating func receiveSignals() {
    let received = signals.take()
    guard received.interrupts > 0 || received.termination != nil else { return }
    // A terminal that is closed sends SIGHUP more than once.
    let count = received.interrupts + received.terminations
    isImpatient = isImpatient || count > (stopSignal == nil ? 1 : 0)
    if stopSignal == nil {
      runner.send(.save)
      runner.send(.stop)
    }
    stopSignal = received.termination ?? SIGINT
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
