import Engine
import Runs

extension Dashboard {
  /// Takes in one report of the runner.
  mutating func take(_ report: RunnerReport) -> [Effect] {
    switch report {
    case .began(let beginning): begin(beginning)
    case .recalled(let past): recall(past, goingOnAt: run.progress?.step ?? 0)
    case .recording(let folder): history.record(in: folder)
    case .state(let state): return enter(state)
    case .event(let event): return take(event)
    case .resting: break
    case .knobs(let knobs):
      takeChosen(knobs)
      run.knobs = knobs
    case .probe(let probe): take(probe)
    case .refused(let edit, let error): refuse(edit, error)
    case .declined(let reason): fail(Sentence.declined(reason))
    case .saved(let path, let reason):
      run.savedAt = now
      run.savedPath = path
      run.savedStep = run.progress?.step
      if let step = run.savedStep { history.noteSave(at: step, isBest: reason.isBest) }
      note(.save, Sentence.saved(path, reason))
      if reason == .asked || reason == .end { say(Sentence.saved(path)) }
      if isQuitting && run.isOver { return [.quit] }
    case .saveFailed(let reason):
      fail(Sentence.saveFailed(reason))
      if isQuitting && run.isOver { return [.quit] }
    case .saveRecovered(let lost):
      note(.save, Sentence.saveRecovered(lost: lost))
      say(Sentence.saveRecovered(lost: lost))
    case .failed(let reason):
      run.phase = .failed
      run.failure = reason
      (run.evaluation, stabilityShare) = (nil, nil)
      fail(Sentence.failed(reason))
      return isQuitting ? [.quit] : [.bell]
    }
    return []
  }

  private mutating func take(_ probe: Probe) {
    switch probe {
    case .layers(let report): layers = report
    case .theory(let report): theory = report
    case .curves(let report): curves.take(report)
    case .dynamics(let report): dynamics = report
    case .raster(let raster):
      browser.take(raster)
      arrangeUnits()
      if page == .raster && browser.order != .index { keepUnitInView() }
    }
  }

  private mutating func begin(_ beginning: RunBeginning) {
    let isFirst = run.summary == nil
    run.summary = beginning.summary
    if isFirst { beginCourse() }
    if isFirst, !pages.contains(page) || page == .train { page = homePage }
    run.progress = beginning.progress
    experiment = beginning.summary.name
    history.gauges = beginning.gauges
    restoreAxis()
    for panel in PanelName.smoothed { smooth(panel) }
    if run.phase == .preparing { run.phase = .training }
    if !history.bitMetrics.contains(bitMetric), let first = history.bitMetrics.first {
      bitMetric = first
    }
    note(.run, Sentence.began(beginning.summary))
  }

  /// Tells again what happened before the run went on.
  private mutating func recall(_ past: RunPast, goingOnAt step: Int) {
    history.recall(past)
    log = EventLog()
    (stability, stabilityShare) = (nil, nil)
    curves.forget()
    beginCourse()
    if let summary = run.summary { note(.run, Sentence.began(summary)) }
    (run.conclusion, run.evaluation, run.lastEvaluation) = (nil, nil, nil)
    if run.isOver { run.phase = .paused }
    for entry in past.entries where !entry.isAbandoned {
      let text: String? =
        switch entry.happening {
        case .evaluated(let evaluation): Sentence.evaluated(evaluation, run.summary)
        case .edited(let record): Sentence.edited(record, knobs: run.knobs)
        case .stability(let report): Sentence.tested(report)
        case .resumed(let step): Sentence.resumed(step: step)
        case .saved, .ended: nil
        }
      if case .evaluated(let evaluation) = entry.happening { run.lastEvaluation = evaluation }
      if case .edited(let record) = entry.happening { noteStart(record) }
      if case .stability(let report) = entry.happening { stability = report }
      guard let text else { continue }
      log.append(
        LogEntry(seconds: entry.seconds, step: entry.step, kind: entry.happening.kind, text: text))
    }
    recallRises()
    run.seconds = past.seconds(at: step)
    guard mode == .run else { return }
    run.savedStep = step
    note(.run, Sentence.resumed(step: step))
    say(Sentence.resumed(step: step))
  }

  private mutating func enter(_ state: RunState) -> [Effect] {
    guard !run.isOver || mode == .replay else { return [] }
    switch state {
    case .training: run.phase = .training
    case .paused: run.phase = .paused
    case .evaluating: run.phase = .evaluating
    case .stopping: run.phase = .stopping
    case .ended: return end()
    }
    if state != .evaluating { run.evaluation = nil }
    return []
  }

  private mutating func take(_ timed: TimedEvent) -> [Effect] {
    run.note(timed)
    switch timed.event {
    case .stepped(let readings):
      run.evaluation = nil
      history.append(readings, seconds: timed.seconds)
      noteRises(readings)
    case .evaluating(let progress) where progress.purpose == .stability:
      stabilityShare = 100 * progress.done / max(1, progress.total)
    case .evaluating(let progress): run.evaluation = progress
    case .evaluated(let evaluation):
      run.evaluation = nil
      run.lastEvaluation = evaluation
      history.append(evaluation)
      note(.result, Sentence.evaluated(evaluation, run.summary), step: evaluation.step)
    case .swept(let sweep):
      run.evaluation = nil
      self.sweep = sweep
      sweepSelection = nil
      note(.result, Sentence.swept(sweep), step: sweep.step)
      say(Sentence.swept(sweep))
    case .stability(let report): take(report)
    case .edited(let record):
      history.mark(record)
      noteStart(record)
      if case .schedule(let knob, _) = record.edit, knob == draft?.knob { draft = nil }
      let sentence = Sentence.edited(record, knobs: run.knobs)
      note(.edit, sentence, step: record.step)
      // Whoever moves a control point is told where it is as they do, and on letting go.
      if case .reshape(_, .move) = record.edit { break }
      say(sentence)
    case .ended(let conclusion):
      run.conclusion = conclusion
      let sentence = Sentence.ended(conclusion, at: simulated)
      let isBad = conclusion.outcome == .diverged || conclusion.outcome == .failed
      note(isBad ? .error : .run, sentence)
      say(sentence, isBad ? .error : .notice)
      return end()
    }
    return []
  }

  private mutating func end() -> [Effect] {
    guard !run.isOver else { return [] }
    run.phase = .ended
    run.evaluation = nil
    if case .quit = overlay { overlay = nil }
    if isQuitting { return [.quit] }
    if mode == .replay { return [] }
    guard mustSave else { return [.bell] }
    say(Sentence.savingResult)
    return [.send(.save), .bell]
  }

  private mutating func refuse(_ edit: Edit, _ error: EditError) {
    fail(Sentence.refused(edit, error, knobs: run.knobs))
  }

  private mutating func fail(_ sentence: String) {
    note(.error, sentence)
    say(sentence, .error)
  }

  /// Adds a line to the log; what happened earlier than the last step done says at which.
  mutating func note(_ kind: LogEntry.Kind, _ text: String, step: Int? = nil) {
    let entry = LogEntry(
      seconds: run.seconds, step: step ?? run.progress?.step ?? 0, kind: kind, text: text)
    // A reader who has scrolled up keeps the lines in view.
    if logScroll > 0, isShown(entry) { logScroll += 1 }
    log.append(entry)
  }
}

extension RunPast.Happening {
  fileprivate var kind: LogEntry.Kind {
    switch self {
    case .evaluated, .stability: .result
    case .edited: .edit
    case .saved: .save
    case .resumed, .ended: .run
    }
  }
}
