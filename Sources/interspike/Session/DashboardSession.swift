import Dashboard
import Experiments
import Glibc
import ProgramSupport
import RunStore
import Runs
import Terminal
import TerminalScreen

/// The main loop behind the dashboard: it waits for keys, signals and reports, hands them to the
/// dashboard as messages, carries out its effects, and shows its frames.
struct DashboardSession {
  var dashboard: Dashboard
  /// The run, where it is one of this process.
  let own: OwnRun?
  /// The folder of the stored run that is shown, where it is none of this process.
  let folder: String?
  let screen: NcursesScreen
  let source: any RunSource
  let lists: RunLists
  var look: Look
  /// The stored run that is to be shown next.
  var opening: (kind: Opening, folder: String)?
  private let signals: SignalInbox
  private let wakePipe: WakePipe
  let clock = Runner.Surroundings.systemClock()
  var pace = FramePace()
  var themes: ThemeSwitcher
  /// The theme that was chosen in the dashboard.
  var chosenTheme: String?
  var isLeaving = false
  /// Whether the terminal is gone.
  private var isTerminalGone = false
  /// Whether the run goes on without the dashboard.
  private var isDetaching = false
  /// SIGTERM or SIGHUP, if one came that ends the program.
  private var termination: Int32?

  struct OwnRun {
    let plan: RunPlan
    let live: LiveRun
  }

  /// Shows a plan's run until the user or a signal ends it.
  static func show(_ plan: RunPlan) throws -> Ending {
    try show(
      plan.look, experiment: plan.experiment.name, savesAtEnd: plan.isRecorded,
      warnings: plan.warnings
    ) { wake in
      let live = Wiring.start(plan, paused: false, isWatched: true, wake: wake)
      return (live, OwnRun(plan: plan, live: live))
    }
  }

  /// Shows what is not a run of this process, until the user or a signal ends the program.
  static func show(
    _ folder: String, _ look: Look, experiment: String, mode: Mode,
    from makeSource: (@escaping @Sendable () -> Void) -> any RunSource
  ) throws -> Ending {
    try show(look, experiment: experiment, mode: mode, folder: folder) { (makeSource($0), nil) }
  }

  private static func show(
    _ look: Look, experiment: String, savesAtEnd: Bool = false, mode: Mode = .run,
    folder: String? = nil, warnings: [String] = [],
    start: (@escaping @Sendable () -> Void) -> (any RunSource, OwnRun?)
  ) throws -> Ending {
    let signals = try SignalInbox(withScreen: true)
    let wakePipe = try WakePipe()
    let keyboard = Keyboard()
    defer { keyboard.close() }
    let screen = try NcursesScreen(
      input: keyboard.descriptor, output: STDOUT_FILENO, theme: look.theme,
      hasColor: look.hasColor, isPlain: look.isPlain, wantsMouse: look.hasMouse)
    defer { screen.close() }
    let dashboard = Dashboard(
      size: screen.size, glyphs: screen.glyphs.marked(by: look.theme), theme: look.theme.name,
      experiment: experiment, savesAtEnd: savesAtEnd, mode: mode, keys: look.keys,
      hasMouse: screen.hasMouse, view: look.view)
    screen.show(Frame(screen.size, glyphs: dashboard.glyphs) { dashboard.draw(on: $0) })
    let (source, own) = start(wakePipe.wake)
    var session = DashboardSession(
      dashboard: dashboard, own: own, folder: folder, source: source, screen: screen,
      signals: signals,
      wakePipe: wakePipe, look: look)
    for warning in look.warnings + warnings { session.send(.noticed(Notice(warning, .warning))) }
    session.run()
    return try session.leave()
  }

  private init(
    dashboard: Dashboard, own: OwnRun?, folder: String?, source: any RunSource,
    screen: NcursesScreen,
    signals: SignalInbox, wakePipe: WakePipe, look: Look
  ) {
    self.dashboard = dashboard
    self.own = own
    self.folder = folder
    self.source = source
    self.screen = screen
    self.signals = signals
    self.wakePipe = wakePipe
    self.look = look
    themes = look.themes
    lists = RunLists(wake: wakePipe.wake)
  }

  // MARK: The loop

  private mutating func run() {
    draw()
    Misbehaviour.ifAskedFor()
    while !isLeaving {
      let outcomes = Waiting.wait(
        for: [keyboardDescriptor, signals.descriptor, wakePipe.descriptor],
        writer: screen.waitingDescriptor, timeout: timeout)
      if outcomes[2].contains(.readable) { wakePipe.drain() }
      if screen.waitingDescriptor != nil { screen.flush() }
      receiveSignals()
      receiveKeys(outcomes[0])
      // What comes after the terminal has gone is for whoever goes on without it.
      if !isDetaching { receiveReports() }
      for line in screen.takeHeldLines() { send(.noticed(Notice(line, .warning))) }
      if pace.isDue(at: clock()) && screen.isReady { draw() }
    }
  }

  /// Nothing is read from a terminal that is gone, or that belongs to another program for now.
  private var keyboardDescriptor: Int32 {
    isTerminalGone || screen.isSuspended ? -1 : screen.inputDescriptor
  }

  /// A frame that the terminal has no room for is not composed; until it has, only the clock ticks.
  private var timeout: Duration {
    screen.isReady ? pace.timeout(at: clock()) : .milliseconds(500)
  }

  mutating func send(_ message: Message) {
    for effect in dashboard.update(message) { perform(effect) }
  }

  private mutating func draw() {
    send(.tick(seconds: clock() / .seconds(1)))
    if let outcome = themes.reloadIfChanged() { show(outcome) }
    screen.show(Frame(screen.size, glyphs: dashboard.glyphs) { dashboard.draw(on: $0) })
    pace.noteDrawn(at: clock())
  }

  // MARK: What comes in

  private mutating func receiveKeys(_ outcome: Waiting.Outcome) {
    guard outcome.contains(.readable) || outcome.contains(.hungUp) else { return }
    let typing = screen.readKeys()
    for input in typing.inputs {
      switch input {
      case .keys(let keys): send(.keys(keys))
      case .pointer(let event): send(.pointer(event))
      }
    }
    if typing.hasPasted { send(.noticed(Notice("Pasted text is not taken as keys.", .notice))) }
    if !typing.inputs.isEmpty || typing.hasPasted { pace.noteInput(at: clock()) }
    // A terminal that is gone stays readable, and has nothing to read.
    if outcome.contains(.hungUp) && typing.inputs.isEmpty {
      isTerminalGone = true
      hangUp()
    }
  }

  private mutating func receiveReports() {
    for message in lists.drain() {
      send(message)
      pace.noteInput(at: clock())
    }
    let reports = source.drain()
    guard !reports.isEmpty else { return }
    send(.reports(reports))
    pace.noteReports(at: clock())
  }

  private mutating func receiveSignals() {
    let received = signals.take()
    for _ in 0..<received.interrupts { send(.key(.control("c"))) }
    if received.terminations > 0 { terminate(by: SIGTERM, times: received.terminations) }
    if received.isHungUp { hangUp() }
    if received.isResized || received.isContinued { takeSizeAgain(received) }
    if received.isStopAsked { send(.suspend) }
    if received.interrupts > 0 || received.isStopAsked { pace.noteInput(at: clock()) }
  }

  /// The first asks the run to stop and be saved; another SIGTERM does not wait for that.
  private mutating func terminate(by signal: Int32, times: Int = 1) {
    if termination == nil { send(.terminate) }
    isLeaving = isLeaving || times > 1 || (termination != nil && signal == SIGTERM)
    termination = signal
  }

  /// Nobody watches any more. A terminal that is closed says so more than once.
  private mutating func hangUp() {
    guard termination == nil && !isDetaching else { return }
    if own?.plan.keepsRunning == true && !dashboard.run.isOver {
      isDetaching = true
      isLeaving = true
    } else {
      terminate(by: SIGHUP)
    }
  }

  private mutating func takeSizeAgain(_ received: SignalInbox.Received) {
    if received.isContinued && program_is_in_foreground(screen.inputDescriptor) {
      screen.resume()
    } else {
      screen.updateSize()
    }
    send(.resized(screen.size))
    pace.noteInput(at: clock())
  }

  /// Comes back when the process is continued in the foreground, or when it is to end: the terminal
  /// is then left to whoever has it.
  mutating func suspend() {
    waitForRest()
    screen.suspend()
    program_stop_group()
    while !isForeground && !isEndAsked {
      // Continued in the background, and stopped again; a group without a shell cannot be stopped.
      usleep(Self.backgroundPause)
      program_stop_group()
    }
    _ = program_signals_take(SIGCONT)
    if isForeground {
      screen.resume()
      send(.resized(screen.size))
    }
    send(.resumed)
    pace.noteInput(at: clock())
  }

  private var isForeground: Bool { program_is_in_foreground(screen.inputDescriptor) }

  private var isEndAsked: Bool {
    program_signals_is_waiting(SIGTERM) || program_signals_is_waiting(SIGHUP)
  }

  /// Microseconds.
  private static let backgroundPause: UInt32 = 20_000

  /// Longest wait for the unit of work under way, so that the time in the background is not taken
  /// for work.
  private static let restPatience = Duration.seconds(3)

  private mutating func waitForRest() {
    guard dashboard.run.phase != .preparing && dashboard.run.phase != .failed else { return }
    let deadline = clock() + Self.restPatience
    while clock() < deadline {
      let reports = source.nextReports(timeout: deadline - clock())
      send(.reports(reports))
      if reports.contains(.resting) { return }
    }
  }

  // MARK: Leaving

  private mutating func leave() throws -> Ending {
    // A terminal that takes nothing would keep the program from ending.
    if screen.close() && !isDetaching {
      for line in dashboard.farewell { try? StandardOutput.write(line + "\n") }
    }
    keepView()
    if let termination { return .killed(signal: termination) }
    if isDetaching { return try goOnWithoutTerminal() }
    if let opening {
      own?.live.shutdown()
      look.themes = themes
      try Relaunch.show(opening.kind, folder: opening.folder, look: look)
    }
    if let error = own?.live.failure.error { throw error }
    // How another run ended is no failure of this program.
    guard own != nil else { return .success }
    if dashboard.run.phase == .failed { return .failedRun }
    return dashboard.run.conclusion.map(Ending.init) ?? .success
  }

  private func goOnWithoutTerminal() throws -> Ending {
    guard let own else { return .success }
    // What was paused, or told to train one batch or epoch, would wait for ever.
    own.live.send(.wake)
    own.live.send(.resume)
    return try HeadlessSession.goOn(
      own.live, plan: own.plan, signals: signals, wakePipe: wakePipe)
  }
}
