/// A test of stability that goes on beside a training, and what has been told of it.
struct BackgroundStability {
  private let work: BackgroundWork<StabilityTask>
  private var told: StabilityReport
  private var isBegun = false

  /// - Parameters:
  ///   - step: steps of training that the weights have behind them
  ///   - make: makes the test, on the thread that does it, of memory that nothing else uses
  init(
    _ plan: StabilityPlan, step: Int, samples: Int,
    make: @escaping @Sendable () -> StabilityTask
  ) {
    told = StabilityReport(plan: plan, step: step, samples: samples)
    let progress = EvaluationProgress(split: .training, done: 0, total: 1, purpose: .stability)
    work = BackgroundWork(
      "stability", first: StabilityTask.Report(test: StabilityTest(), progress: progress),
      make: make)
  }

  func cancel() { work.cancel() }

  /// Waits for its end as long as `budget`: one event for each row since the last call, and how far
  /// it is.
  fileprivate mutating func takeEvents(
    within budget: Duration
  ) -> (events: [StudyEvent], isOver: Bool) {
    var events: [StudyEvent] = isBegun ? [] : [.stability(told)]
    isBegun = true
    let (report, isLast) = work.report(within: budget)
    for row in report.test.rows[told.test.rows.count...] {
      told.test.append(row)
      events.append(.stability(told))
    }
    if !isLast { events.append(.evaluating(report.progress)) }
    return (events, isLast)
  }

  /// Ends it, and tells of that.
  mutating func giveUp() -> StudyEvent {
    cancel()
    told.isCancelled = true
    return .stability(told)
  }
}

/// The test of a study, of which there is one at a time.
struct StabilitySlot {
  private var present: BackgroundStability?
  /// What is to be told of one that is no more.
  private var lastWord: [StudyEvent] = []

  /// Begins another one in the place of what goes on; `nil` ends that alone.
  mutating func begin(_ next: BackgroundStability?) {
    if var present { lastWord.append(present.giveUp()) }
    present = next
  }

  /// Ends soon, whatever goes on.
  func cancel() { present?.cancel() }

  mutating func takeEvents(within budget: Duration) -> [StudyEvent] {
    let before = lastWord
    lastWord = []
    guard let (events, isOver) = present?.takeEvents(within: budget) else { return before }
    if isOver { present = nil }
    return before + events
  }
}
