import Engine
import Runs
import Terminal

extension Dashboard {
  /// Does what a key stands for.
  mutating func perform(_ action: Action) -> [Effect] {
    switch action {
    case .pause, .stepBatch, .stepEpoch, .validate, .save, .stop: return command(action)
    case .turnResolution(let factor): return turnResolution(by: factor)
    case .turnLearningRate(let factor): return turnLearningRate(by: factor)
    case .hold: return toggleHold()
    case .sweep: return sweepResolutions()
    case .askForStability, .testStability: return performOnStability(action)
    case .seek(let share): return seek(share)
    case .theory(let turn): return turnTheory(turn)
    case .curves(let turn): return turnCurves(turn)
    case .dynamics(let turn): return turnDynamics(turn)
    case .back where curves.grip != nil && overlay == nil: return dropGrip()
    case .undo: return edit(.undo, Sentence.askedForUndo)
    case .redo: return edit(.redo, Sentence.askedForRedo)
    case .edit(let edit): return self.edit(edit) { Sentence.asked(edit, isRunning: $0) }
    case .run(let batches): return run(batches)
    case .useTheme(let name): return [.useTheme(name)]
    case .export(let format): return [.export(format)]
    case .nextUnitOrder, .nextUnitSelection, .freeze, .watchUnit, .toggleDetail, .captureBack,
      .zoomTime, .showAllTime, .nextSampleSet:
      browse(action)
    case .nextSchedule, .applyDraft, .draft: return performOnSchedule(action)
    case .filterGauges, .filterLog, .command, .palette, .pickEstimator, .help:
      openOverlay(action)
    case .picture(let path): return [.picture(path: path)]
    case .nextTheme: return [.nextTheme]
    case .repaint: return [.repaint]
    case .suspend: return suspend()
    case .quit: return quit()
    case .interrupt: return interrupt()
    case .choose, .chooseSelected, .nextChoice, .previousChoice: return answerQuestion(action)
    case .markRun, .nextOrder, .nextComparison, .nextAxis, .filterRuns, .listRuns, .noteRun,
      .tagRun, .open:
      return performOnRuns(action)
    default: return look(action)
    }
    return []
  }

  /// What only changes what is looked at; some screens have a list to read.
  private mutating func look(_ action: Action) -> [Effect] {
    let before = page
    changeView(action)
    if page == .raster { arrangeUnits() }
    let lists: [Effect] = [.runs, .curves].contains(page) && before != page ? [.listRuns] : []
    return page == .curves ? lists : letGo() + lists
  }

  /// What lies over the page and takes the keys from now on.
  private mutating func openOverlay(_ action: Action) {
    switch action {
    case .filterGauges: overlay = .prompt(Prompt(.gauges, gaugeFilter))
    case .filterLog: overlay = .prompt(Prompt(.log, logFilter))
    case .command: overlay = .prompt(Prompt(.command))
    case .palette: overlay = .palette(Palette())
    case .pickEstimator: pickEstimator()
    default: overlay = .help(scroll: 0)
    }
  }

  /// Moves among the answers to the question how to leave a run, or gives one.
  private mutating func answerQuestion(_ action: Action) -> [Effect] {
    switch action {
    case .choose(let choice): return answer(choice)
    case .chooseSelected: if case .quit(let selected) = overlay { return answer(selected) }
    case .nextChoice: moveChoice(by: 1)
    default: moveChoice(by: -1)
    }
    return []
  }

  /// Orders to the runner, with the reason in words where there is nobody to take them.
  private mutating func command(_ action: Action) -> [Effect] {
    if mode == .replay { return play(action) }
    if action == .save && run.phase == .ended && mode == .run { return save() }
    guard canCommand() else { return [] }
    switch action {
    case .pause:
      let isPaused = run.phase == .paused
      run.phase = isPaused ? .training : .paused
      return [.send(isPaused ? .resume : .pause)]
    case .stepBatch:
      say(isSimulation ? Sentence.oneReading : Sentence.oneBatch)
      return [.send(.stepBatch)]
    case .stepEpoch:
      say(isSimulation ? Sentence.toEndOfStretch : Sentence.toEndOfEpoch)
      return [.send(.stepEpoch)]
    case .validate where isTheory || isSimulation:
      say(isTheory ? Sentence.nothingToValidate : Sentence.nothingToValidateInSimulation)
      return []
    case .validate:
      say(Sentence.validating)
      return [.send(.validate)]
    case .save: return save()
    case .stop:
      run.phase = .stopping
      say(Sentence.stopping)
      return [.send(.stop)]
    default: return []
    }
  }

  private mutating func run(_ batches: Int) -> [Effect] {
    guard mode == .replay || canCommand() else { return [] }
    say(Sentence.running(batches))
    return [.send(.run(batches: batches))]
  }

  /// The same keys play a record.
  private mutating func play(_ action: Action) -> [Effect] {
    switch action {
    case .pause:
      let isPlaying = run.phase != .paused && !run.isOver
      return [.send(isPlaying ? .pause : .resume)]
    case .stepBatch: return [.send(.stepBatch)]
    case .stepEpoch: return [.send(.stepEpoch)]
    default:
      say(Sentence.onlyRecord)
      return []
    }
  }

  private mutating func seek(_ share: Double) -> [Effect] {
    guard mode == .replay else {
      say(Sentence.onlyReplaySeeks)
      return []
    }
    return [.send(.seek(share: share))]
  }

  /// The weights can be saved after the end too: the runner keeps the study until the program
  /// leaves.
  private mutating func save() -> [Effect] {
    say(run.phase == .ended ? Sentence.savingResult : Sentence.saving)
    return [.send(.save)]
  }

  /// Whether the run takes orders; says why not.
  mutating func canCommand() -> Bool {
    guard mode != .replay else {
      say(Sentence.onlyRecord)
      return false
    }
    switch run.phase {
    case .preparing: say(Sentence.stillPreparing)
    case .stopping: say(Sentence.alreadyStopping)
    case .ended, .failed: say(Sentence.alreadyOver)
    case .training, .paused, .evaluating: return true
    }
    return false
  }

  /// Sends an edit and says at once what was asked for.
  mutating func edit(_ edit: Edit, _ sentence: (_ isRunning: Bool) -> String) -> [Effect] {
    guard canEdit() else { return [] }
    say(sentence(run.phase != .paused && !run.isOver), .asked)
    return [.send(.edit(edit))]
  }

  /// Learned activations take edits after the end too: the runner keeps the study until the program
  /// leaves.
  mutating func canEdit() -> Bool {
    run.summary?.curves != nil && mode == .run && run.phase == .ended || canCommand()
  }

  private mutating func turnResolution(by factor: Double) -> [Effect] {
    guard canCommand() else { return [] }
    guard !run.resolutions.isEmpty else {
      say(Sentence.noResolution)
      return []
    }
    return edit(.scale(knob: "w.*", factor: factor)) {
      Sentence.askedForResolution(factor: factor, isRunning: $0)
    }
  }

  /// A sweep changes nothing about the run, so it may come after its end as well.
  private mutating func sweepResolutions() -> [Effect] {
    guard mode != .watch else {
      say(Sentence.notForWatchers)
      return []
    }
    guard mode == .run && run.phase == .ended || canCommand() else { return [] }
    guard !run.resolutions.isEmpty else {
      say(Sentence.noResolution)
      return []
    }
    if page != .sweep { (page, zoomed) = (.sweep, nil) }
    say(Sentence.sweeping)
    return [.send(.sweep)]
  }

  private mutating func toggleHold() -> [Effect] {
    guard canCommand() else { return [] }
    let resolutions = run.resolutions
    guard !resolutions.isEmpty else {
      say(Sentence.noResolution)
      return []
    }
    let areHeld = resolutions.allSatisfy(\.journal.isHeld)
    return edit(areHeld ? .release(knob: "w.*") : .hold(knob: "w.*")) {
      Sentence.askedForHold(!areHeld, isRunning: $0)
    }
  }

  private mutating func turnLearningRate(by factor: Double) -> [Effect] {
    guard canCommand() else { return [] }
    guard let knob = run.learningRate?.knob else {
      say(Sentence.noLearningRate)
      return []
    }
    return edit(.scale(knob: knob.id, factor: factor)) {
      Sentence.askedForLearningRate(factor: factor, isRunning: $0)
    }
  }
}
