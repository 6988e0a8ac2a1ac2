import Dashboard
import Experiments
import Glibc
import ProgramSupport
import Runs
import Terminal
import Themes

/// The main loop behind the dashboard: it waits for keys, signals and reports, hands them to the
/// dashboard as messages, carries out its effects, and shows its frames.
struct DashboardSession {
  private var dashboard: Dashboard
  private let screen: NcursesScreen
  private let runner: Runner
  private let signals: SignalInbox
  private let wakePipe: WakePipe
  /// Negative once the terminal is gone.
  private var inputDescriptor: Int32
  private let clock = Runner.Surroundings.systemClock()
  private var pace = FramePace()
  private var isLeaving = false
  /// SIGTERM or SIGHUP, if one came.
  private var termination: Int32?

  /// Shows a plan's run until the user or a signal ends it.
  static func show(_ plan: RunPlan) throws -> Ending {
    let signals = try SignalInbox(withScreen: true)
    let wakePipe = try WakePipe()
    let inputDescriptor = isatty(STDIN_FILENO) == 1 ? STDIN_FILENO : STDOUT_FILENO
    let screen = try NcursesScreen(
      input: inputDescriptor, output: STDOUT_FILENO, theme: plan.theme, hasColor: plan.hasColor)
    defer { screen.close() }
    let dashboard = Dashboard(
      size: screen.size, glyphs: screen.glyphs.marked(by: plan.theme), theme: plan.theme.name,
      experiment: plan.experiment.name)
    screen.show(dashboard)
    let failure = FailureBox()
    let runner = Wiring.startRunner(plan, paused: false, failure: failure, wake: wakePipe.wake)
    var session = DashboardSession(
      dashboard: dashboard, screen: screen, runner: runner, signals: signals, wakePipe: wakePipe,
      inputDescriptor: inputDescriptor)
    session.run()
    screen.close()
    session.sayFarewell()
    return try session.ending(failure: failure)
  }

  private init(
    dashboard: Dashboard, screen: NcursesScreen, runner: Runner, signals: SignalInbox,
    wakePipe: WakePipe, inputDescriptor: Int32
  ) {
    self.dashboard = dashboard
    self.screen = screen
    self.runner = runner
    self.signals = signals
    self.wakePipe = wakePipe
    self.inputDescriptor = inputDescriptor
  }

  /// A terminal that is gone hears nothing, and that is no failure.
  private func sayFarewell() {
    for line in dashboard.farewell { try? StandardOutput.write(line + "\n") }
  }

  private func ending(failure: FailureBox) throws -> Ending {
    if let termination { return .killed(signal: termination) }
    if let error = failure.error { throw error }
    if dashboard.run.phase == .failed { return .failedRun }
    return dashboard.run.conclusion.map(Ending.init) ?? .success
  }

  private mutating func run() {
    draw()
    Crash.ifAskedFor()
    while !isLeaving {
      let outcomes = Waiting.wait(
        for: [inputDescriptor, signals.descriptor, wakePipe.descriptor],
        timeout: pace.timeout(at: clock()))
      if outcomes[2].contains(.readable) { wakePipe.drain() }
      receiveSignals()
      receiveKeys(outcomes[0])
      receiveReports()
      if pace.isDue(at: clock()) { draw() }
    }
  }

  private mutating func send(_ message: Message) {
    for effect in dashboard.update(message) { perform(effect) }
  }

  private mutating func perform(_ effect: Effect) {
    switch effect {
    case .send(let command): runner.send(command)
    case .quit: isLeaving = true
    case .suspend: suspend()
    case .nextTheme: showNextTheme()
    case .repaint:
      screen.invalidate()
      pace.noteInput(at: clock())
    case .bell: screen.beep()
    }
  }

  private mutating func showNextTheme() {
    let themes = ThemeLibrary.ofProcess()
    let names = themes.names
    let index = names.firstIndex(of: dashboard.theme) ?? -1
    let name = names[(index + 1) % names.count]
    do {
      let theme = try themes.load(name).theme
      screen.use(theme)
      send(.themed(name: name, marks: theme.marks))
      send(.noticed(Notice("Theme \(name)", .notice)))
    } catch {
      // The next press goes on from this one.
      send(.themed(name: name, marks: SeriesMark.standard))
      for sentence in error.sentences { send(.noticed(Notice(sentence, .error))) }
    }
  }

  private mutating func receiveKeys(_ outcome: Waiting.Outcome) {
    guard outcome.contains(.readable) || outcome.contains(.hungUp) else { return }
    let keys = screen.readKeys()
    if !keys.isEmpty {
      send(.keys(keys))
      pace.noteInput(at: clock())
    }
    // A terminal that is gone stays readable, and has nothing to read.
    if outcome.contains(.hungUp) && keys.isEmpty {
      inputDescriptor = -1
      if termination == nil { terminate(by: SIGHUP) }
    }
  }

  private mutating func receiveReports() {
    let reports = runner.drain()
    guard !reports.isEmpty else { return }
    send(.reports(reports))
    pace.noteReports(at: clock())
  }

  private mutating func receiveSignals() {
    let received = signals.take()
    for _ in 0..<received.interrupts { send(.key(.control("c"))) }
    if let signal = received.termination { terminate(by: signal, times: received.terminations) }
    if received.isResized || received.isContinued { takeSizeAgain(received) }
    if received.isStopAsked { send(.suspend) }
    if received.interrupts > 0 || received.isStopAsked { pace.noteInput(at: clock()) }
  }

  /// The first asks the run to stop and be saved; another SIGTERM does not wait for that. A
  /// terminal that is closed sends SIGHUP more than once.
  private mutating func terminate(by signal: Int32, times: Int = 1) {
    if termination == nil { send(.terminate) }
    isLeaving = isLeaving || times > 1 || (termination != nil && signal == SIGTERM)
    termination = signal
  }

  private mutating func takeSizeAgain(_ received: SignalInbox.Received) {
    if received.isContinued { screen.resume() }
    if screen.updateSize() { send(.resized(screen.size)) }
    pace.noteInput(at: clock())
  }

  /// Comes back when the process is continued.
  private mutating func suspend() {
    screen.suspend()
    program_stop_group()
    _ = program_signals_take(SIGCONT)
    screen.resume()
    if screen.updateSize() { send(.resized(screen.size)) }
    send(.resumed)
    pace.noteInput(at: clock())
  }

  private mutating func draw() {
    send(.tick(seconds: clock() / .seconds(1)))
    if inputDescriptor >= 0 { screen.show(dashboard) }
    pace.noteDrawn(at: clock())
  }
}

extension NcursesScreen {
  fileprivate func show(_ dashboard: Dashboard) {
    show(Frame(size, glyphs: glyphs) { dashboard.draw(on: $0) })
  }
}
