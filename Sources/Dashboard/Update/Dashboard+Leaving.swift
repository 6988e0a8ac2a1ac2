import Runs

extension Dashboard {
  /// Leaves at once where nothing can be lost, else asks.
  mutating func quit() -> [Effect] {
    if mode != .run { return [.quit] }
    if mustSave && !isQuitting {
      // It is being saved at this moment.
      isQuitting = true
      return [.send(.save)]
    }
    if run.isOver || run.phase == .preparing { return [.quit] }
    overlay = .quit(selected: .stopAndSave)
    return []
  }

  /// Whether the result of a run that is over has yet to be saved, as was asked for at the start.
  var mustSave: Bool { savesAtEnd && run.phase == .ended && !run.isSaved }

  /// Ctrl-C: first the question, then stop after the batch and save, then leave at once.
  mutating func interrupt() -> [Effect] {
    if isQuitting { return [.quit] }
    if case .quit = overlay { return stopAndQuit() }
    return quit()
  }

  mutating func answer(_ choice: QuitChoice) -> [Effect] {
    overlay = nil
    switch choice {
    case .stopAndSave: return stopAndQuit()
    case .withoutSaving: return [.quit]
    case .cancel: return []
    }
  }

  mutating func moveChoice(by distance: Int) {
    guard case .quit(let selected) = overlay else { return }
    let count = QuitChoice.allCases.count
    let next = (selected.rawValue + distance + count) % count
    overlay = .quit(selected: QuitChoice(rawValue: next) ?? selected)
  }

  /// Stops after the batch, saves, and leaves when the run is over.
  mutating func stopAndQuit() -> [Effect] {
    overlay = nil
    if run.isOver || run.phase == .preparing || isQuitting { return [.quit] }
    isQuitting = true
    say(Sentence.stoppingToQuit)
    let isStopping = run.phase == .stopping
    run.phase = .stopping
    return isStopping ? [.send(.save)] : [.send(.save), .send(.stop)]
  }

  /// As by SIGTERM, where nobody can be asked: a result that is not on the disk yet is saved first.
  /// What is on its way already is left to come to its end.
  mutating func terminate() -> [Effect] {
    if mode != .run { return [.quit] }
    if isQuitting { return [] }
    guard run.phase == .ended, !run.isSaved else { return stopAndQuit() }
    isQuitting = true
    return [.send(.save)]
  }

  /// Training rests while the program is in the background, and then goes on with what it was doing.
  mutating func suspend() -> [Effect] { [.send(.rest), .suspend] }

  mutating func resume() -> [Effect] { [.repaint, .send(.wake)] }
}
