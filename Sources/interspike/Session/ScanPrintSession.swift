import Experiments
import Foundation
import Glibc
import ProgramSupport
import Runs

/// A scan without a screen: a line a point on standard output, and how far it is on standard error.
struct ScanPrintSession {
  private let scan: Scan
  private let runner: ScanRunner
  private let signals: SignalInbox
  private let wakePipe: WakePipe
  private let text: ScanText
  private let asJSON: Bool
  private var progress: ScanProgress
  private var line: ScanProgressLine
  private var stopSignal: Int32?
  private var isImpatient = false
  private var failure: ScanPointFailure?
  private let clock = Runner.Surroundings.systemClock()

  /// Measures what is not there yet.
  static func print(_ scan: Scan, asJSON: Bool) throws -> Ending {
    let signals = try SignalInbox(withScreen: false)
    let wakePipe = try WakePipe()
    let runner = try scan.makeRunner(wake: wakePipe.wake)
    var session = ScanPrintSession(
      scan: scan, runner: runner, signals: signals, wakePipe: wakePipe, asJSON: asJSON)
    return try session.run()
  }

  private init(
    scan: Scan, runner: ScanRunner, signals: SignalInbox, wakePipe: WakePipe, asJSON: Bool
  ) {
    (self.scan, self.runner, self.signals, self.wakePipe) = (scan, runner, signals, wakePipe)
    self.asJSON = asJSON
    text = ScanText(scan.work.columns)
    progress = ScanProgress(points: scan.points.count)
    line = ScanProgressLine()
  }

  private mutating func run() throws -> Ending {
    try begin()
    SignalInbox.withoutSignals { runner.start(preparingThreads: program_faults_prepare_thread) }
    var isFinished = false
    while !isFinished && !isImpatient {
      _ = Waiting.wait(for: [signals.descriptor, wakePipe.descriptor], timeout: .seconds(1))
      wakePipe.drain()
      receiveSignals()
      for report in runner.drain() {
        switch report {
        case .row(let row): try tell(row)
        case .failed(let point, let reason):
          failure = failure ?? ScanPointFailure(point: point, reason: reason)
        case .finished: isFinished = true
        }
      }
      progress.seconds = clock() / .seconds(1)
      line.show(progress, at: clock())
    }
    line.end()
    try end()
    if let stopSignal { return .stopped(signal: stopSignal) }
    if let failure { throw failure }
    return .success
  }

  private func begin() throws {
    let plan = scan.work.plan
    if asJSON {
      try StandardOutput.write(
        ScanText.began(
          version: Interspike.version, fingerprint: scan.fingerprint, points: plan.count,
          left: scan.points.count, threads: runner.threads, table: scan.table,
          experiment: EventLines.json(plan.base)) + "\n")
    } else {
      try StandardOutput.write(text.titles + "\n")
    }
    StandardError.write(
      "scan of \(plan.count) points, \(scan.earlier.count) of them there already, "
        + "\(scan.points.count) to do on \(runner.threads) threads\n")
  }

  private mutating func tell(_ row: ScanRow) throws {
    progress.measured += 1
    line.clear()
    try StandardOutput.write((asJSON ? text.json(row) : text.line(row)) + "\n")
  }

  private func end() throws {
    guard asJSON else { return try StandardOutput.write(scan.farewell) }
    let outcome: ScanText.Outcome =
      failure != nil ? .failed : stopSignal != nil ? .stopped : .completed
    try StandardOutput.write(
      ScanText.ended(
        outcome, measured: progress.measured, left: progress.points - progress.measured,
        seconds: progress.seconds, table: scan.table) + "\n")
  }

  /// The first signal gives up the points under way; the second does not wait for that.
  private mutating func receiveSignals() {
    let received = signals.take()
    guard received.interrupts > 0 || received.termination != nil else { return }
    let count = received.interrupts + received.terminations
    isImpatient = isImpatient || count > (stopSignal == nil ? 1 : 0)
    stopSignal = received.termination ?? SIGINT
    runner.stop()
  }
}

/// How far a scan is, on standard error: a line that moves on a terminal that shows no rows, or else a
/// line now and then.
private struct ScanProgressLine {
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let isAlone = !StandardOutput.isTerminal
  private var last: Duration?
  private var shown: ScanProgress?
  private var isOpen = false

  private static let terminalInterval = Duration.milliseconds(250)
  private static let interval = Duration.seconds(10)

  mutating func show(_ progress: ScanProgress, at now: Duration) {
    // Rows on the same terminal tell enough.
    guard isAlone || !isTerminal else { return }
    let interval = isTerminal ? Self.terminalInterval : Self.interval
    guard now - (last ?? .zero) >= interval, progress != shown else { return }
    (last, shown) = (now, progress)
    StandardError.write(isTerminal ? "\r\u{1B}[K\(progress.text)" : progress.text + "\n")
    isOpen = isTerminal
  }

  /// Takes the moving line away, so that a row does not stand beside it.
  mutating func clear() {
    guard isOpen, !isAlone else { return }
    StandardError.write("\r\u{1B}[K")
    isOpen = false
  }

  mutating func end() {
    guard isOpen else { return }
    StandardError.write("\n")
    isOpen = false
  }
}
