import Dashboard
import Experiments
import Glibc
import ProgramSupport
import Runs
import Terminal
import TerminalScreen

/// A scan on the screen: it waits for keys, signals and rows, and shows the map as it fills.
struct ScanScreenSession {
  private let scan: Scan
  private let runner: ScanRunner
  private let screen: NcursesScreen
  private let signals: SignalInbox
  private let wakePipe: WakePipe
  private var board: ScanBoard
  private let clock = Runner.Surroundings.systemClock()
  private var due = Duration.zero
  private var lastFrame = Duration.zero
  private var isLeaving = false
  private var isTerminalGone = false
  private var termination: Int32?
  private var failure: ScanPointFailure?

  /// Between two frames for the sake of rows; keys are answered at once.
  private static let rowInterval = Duration.milliseconds(300)
  private static let idleInterval = Duration.milliseconds(500)

  static func show(_ scan: Scan, look: Look) throws -> Ending {
    let signals = try SignalInbox(withScreen: true)
    let wakePipe = try WakePipe()
    let keyboard = Keyboard()
    defer { keyboard.close() }
    let runner = try scan.makeRunner(wake: wakePipe.wake)
    let screen = try NcursesScreen(
      input: keyboard.descriptor, output: STDOUT_FILENO, theme: look.theme,
      hasColor: look.hasColor, isPlain: look.isPlain, wantsMouse: false)
    defer { screen.close() }
    var session = ScanScreenSession(
      scan: scan, runner: runner, screen: screen, signals: signals, wakePipe: wakePipe,
      look: look)
    SignalInbox.withoutSignals { runner.start(preparingThreads: program_faults_prepare_thread) }
    session.run()
    return try session.leave()
  }

  private init(
    scan: Scan, runner: ScanRunner, screen: NcursesScreen, signals: SignalInbox,
    wakePipe: WakePipe, look: Look
  ) {
    (self.scan, self.runner, self.screen) = (scan, runner, screen)
    (self.signals, self.wakePipe) = (signals, wakePipe)
    board = ScanBoard(
      name: scan.work.plan.base.name, means: ScanMeans(scan.work), points: scan.points.count,
      threads: runner.threads, table: scan.table, size: screen.size,
      glyphs: screen.glyphs.marked(by: look.theme))
    _ = board.update(.rows(scan.earlier, isEarlier: true))
  }

  private mutating func run() {
    draw()
    while !isLeaving {
      let keys = isTerminalGone ? -1 : screen.inputDescriptor
      let outcomes = Waiting.wait(
        for: [keys, signals.descriptor, wakePipe.descriptor],
        writer: screen.waitingDescriptor,
        timeout: screen.isReady ? max(.zero, due - clock()) : Self.idleInterval)
      if outcomes[2].contains(.readable) { wakePipe.drain() }
      if screen.waitingDescriptor != nil { screen.flush() }
      receiveSignals()
      receiveKeys(outcomes[0])
      receiveReports()
      if clock() >= due && screen.isReady { draw() }
    }
  }

  private mutating func send(_ message: ScanBoard.Message) {
    for effect in board.update(message) {
      switch effect {
      case .stop: runner.stop()
      case .leave: isLeaving = true
      case .suspend: suspend()
      case .repaint: screen.invalidate()
      }
    }
  }

  private mutating func draw() {
    send(.tick(seconds: clock() / .seconds(1)))
    screen.show(board.frame)
    lastFrame = clock()
    due = lastFrame + Self.idleInterval
  }

  /// Has the next frame drawn so long after the last one.
  private mutating func ask(after interval: Duration) { due = min(due, lastFrame + interval) }

  // MARK: What comes in

  private mutating func receiveKeys(_ outcome: Waiting.Outcome) {
    guard outcome.contains(.readable) || outcome.contains(.hungUp) else { return }
    let typing = screen.readKeys()
    for case .keys(let keys) in typing.inputs {
      for key in keys { send(.key(key)) }
    }
    if !typing.inputs.isEmpty { ask(after: .zero) }
    if outcome.contains(.hungUp) && typing.inputs.isEmpty {
      isTerminalGone = true
      terminate(by: SIGHUP)
    }
  }

  private mutating func receiveReports() {
    var rows: [ScanRow] = []
    var isFinished = false
    for report in runner.drain() {
      switch report {
      case .row(let row): rows.append(row)
      case .failed(let point, let reason):
        let failure = ScanPointFailure(point: point, reason: reason)
        self.failure = self.failure ?? failure
        send(.failed(Messages.sentence(for: failure)))
      case .finished: isFinished = true
      }
    }
    if !rows.isEmpty { send(.rows(rows)) }
    if isFinished { send(.ended) }
    if !rows.isEmpty || isFinished { ask(after: Self.rowInterval) }
  }

  private mutating func receiveSignals() {
    let received = signals.take()
    for _ in 0..<received.interrupts { send(.key(.control("c"))) }
    if received.terminations > 0 { terminate(by: SIGTERM, times: received.terminations) }
    if received.isHungUp { terminate(by: SIGHUP) }
    if received.isContinued && program_is_in_foreground(screen.inputDescriptor) {
      screen.resume()
    } else if received.isResized || received.isContinued {
      screen.updateSize()
    }
    if received.isResized || received.isContinued {
      send(.resized(screen.size))
      ask(after: .zero)
    }
    if received.isStopAsked { suspend() }
  }

  /// The first gives up the points under way; another SIGTERM does not wait for that.
  private mutating func terminate(by signal: Int32, times: Int = 1) {
    if termination == nil { send(.terminate) }
    isLeaving = isLeaving || times > 1 || (termination != nil && signal == SIGTERM)
    termination = signal
  }

  private mutating func suspend() {
    screen.suspend()
    program_stop_group()
    _ = program_signals_take(SIGCONT)
    screen.resume()
    send(.resized(screen.size))
    ask(after: .zero)
  }

  // MARK: Leaving

  private func leave() throws -> Ending {
    runner.stop()
    if screen.close() {
      try? StandardOutput.write("\(board.progress.text)\n" + scan.farewell)
    }
    if let termination { return .killed(signal: termination) }
    if let failure { throw failure }
    return .success
  }
}
