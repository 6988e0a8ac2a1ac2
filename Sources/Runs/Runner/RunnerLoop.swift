import Engine
import Foundation

/// The work of the study's thread: one study, what it is doing at present, and its clock.
struct RunnerLoop {
  /// What the study is to do until further notice.
  enum Drive: Equatable {
    case paused
    case training
    /// One more step from the given number of steps, then pause.
    case untilStep(after: Int)
    case untilEpoch(after: Int)
    /// The validation that was asked for during a pause, without a step.
    case untilEvaluated(before: Int)
    case stopping
    case ended
  }

  var study: any Study
  var drive: Drive
  /// Whether nothing is to be done for now, whatever the drive.
  var isResting = false
  /// Whether a sweep or a test was asked for and something of it is yet to be told.
  var hasWorkBeside = false
  /// What the view wants to see.
  var watched: Probe.Request?
  /// Whether the last probe shows the study as it is and as it was asked for.
  var probeIsCurrent = true
  /// Least time between two probes while the study advances.
  var probeInterval = Duration.milliseconds(100)
  var lastProbe: Duration?
  let surroundings: Runner.Surroundings
  let outbox: RunnerOutbox
  let recorder: RunRecorder?

  private var state: RunState?
  /// Whether the study was last seen in the middle of an evaluation.
  private var isEvaluating = false
  /// Time spent in the study.
  private(set) var work: Duration
  private var meter: ThroughputMeter

  /// How long one call of `advance` may take while nobody counts steps; the time after which a
  /// command is heard.
  private static let budget = Duration.milliseconds(30)

  init(
    study: any Study, paused: Bool, surroundings: Runner.Surroundings, outbox: RunnerOutbox
  ) {
    self.study = study
    self.surroundings = surroundings
    self.outbox = outbox
    recorder = surroundings.makeRecorder()
    work = .seconds(surroundings.secondsBefore)
    drive = paused ? .paused : .training
    meter = ThroughputMeter(samples: study.progress.samples)
  }

  /// Works until it is told to shut down. Throws what the study throws.
  mutating func run(orders: Mailbox<RunnerOrder>) throws(StudyError) {
    let beginning = RunBeginning(
      summary: study.summary, progress: study.progress, gauges: study.gauges)
    outbox.post(.began(beginning))
    outbox.post(.knobs(study.knobs))
    if let past = surroundings.past { outbox.post(.recalled(past)) }
    recorder?.begin(beginning, at: surroundings.clock())
    postNotice()
    while true {
      for order in takeOrders(from: orders) {
        guard case .command(let command) = order else { return }
        obey(command)
      }
      reportState()
      if isIdle {
        if !probeIsCurrent { sendProbe() }
      } else {
        try advance()
      }
    }
  }

  private var isIdle: Bool {
    isResting || isStill && !hasWorkBeside
  }

  /// Whether the run stays where it is, whatever goes on beside it.
  private var isStill: Bool { drive == .paused || drive == .ended }

  /// Sleeps while there is nothing to do; otherwise takes only what is there.
  private func takeOrders(from orders: Mailbox<RunnerOrder>) -> [RunnerOrder] {
    let mustSettle = state != currentState || !probeIsCurrent
    return isIdle && !mustSettle ? orders.drain(waitingUntil: nil) : orders.drain()
  }

  private mutating func advance() throws(StudyError) {
    let before = surroundings.clock()
    let isStill = isStill
    let events =
      isStill
      ? study.wait(within: Self.budget)
      : try study.advance(within: isCounting ? .zero : Self.budget)
    // A study that has nothing left to do is not asked again and again.
    if events.isEmpty { hasWorkBeside = false }
    let after = surroundings.clock()
    // What is measured while it rests is no work of the run.
    if !isStill {
      work += after - before
      meter.add(after - before, samples: study.progress.samples)
    }
    if !isStill { probeIsCurrent = watched == nil }
    for event in events {
      // The end is the last that is told of a run, and is told of one that is kept.
      if case .ended = event, recorder != nil { save(.end) }
      report(event)
      if case .evaluated(let evaluation) = event { saveIfBest(evaluation) }
    }
    if drive != .ended, recorder?.isSaveDue(at: after) == true { save(.interval) }
    noteProgress(events)
    reportState()
    // An evaluation goes through other resolutions than the training; what it leaves is shown only
    // when the study rests.
    let isDue = lastProbe.map { after - $0 >= probeInterval } ?? true
    if !probeIsCurrent && isDue && (isStill || events.contains(where: Self.isStep)) { sendProbe() }
  }

  /// Whether the study must not do more than one unit of work at a time.
  private var isCounting: Bool {
    switch drive {
    case .untilStep, .untilEpoch, .untilEvaluated: true
    case .paused, .training, .stopping, .ended: false
    }
  }

  func report(_ event: StudyEvent) {
    let timed = TimedEvent(
      seconds: work / .seconds(1), samplesPerSecond: meter.samplesPerSecond,
      progress: study.progress, event: event)
    // Whoever hears of an end may end the process.
    recorder?.note(timed, at: surroundings.clock())
    outbox.post(.event(timed))
    postNotice()
    if case .edited = event { outbox.post(.knobs(study.knobs)) }
  }

  /// Draws the conclusions from what the study has just done.
  private mutating func noteProgress(_ events: [StudyEvent]) {
    for event in events {
      switch event {
      case .evaluating(let progress): if progress.purpose == .results { isEvaluating = true }
      case .stepped, .evaluated, .ended: isEvaluating = false
      case .swept, .stability, .edited: break
      }
      if case .ended = event { drive = .ended }
    }
    let progress = study.progress
    switch drive {
    case .untilStep(let step) where progress.step > step: drive = .paused
    case .untilEpoch(let epoch) where progress.epoch > epoch: drive = .paused
    case .untilEvaluated(let step)
    where progress.step > step || events.contains(where: Self.isResult):
      drive = .paused
    default: break
    }
  }

  private static func isStep(_ event: StudyEvent) -> Bool {
    if case .stepped = event { true } else { false }
  }

  private static func isResult(_ event: StudyEvent) -> Bool {
    if case .evaluated = event { true } else { false }
  }

  private var currentState: RunState {
    switch drive {
    case .paused: .paused
    case .ended: .ended
    case .stopping: .stopping
    case .training, .untilStep, .untilEpoch, .untilEvaluated:
      isEvaluating ? .evaluating : .training
    }
  }

  private mutating func reportState() {
    guard state != currentState else { return }
    state = currentState
    outbox.post(.state(currentState))
  }

  private mutating func sendProbe() {
    probeIsCurrent = true
    guard let watched, let probe = study.probe(watched, isStill: isStill || isResting) else {
      return
    }
    lastProbe = surroundings.clock()
    outbox.post(.probe(probe))
  }
}
