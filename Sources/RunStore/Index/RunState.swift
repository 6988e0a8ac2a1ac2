/// How a stored run is.
package enum RunState: String, Sendable, CaseIterable {
  /// A process trains it.
  case running
  /// It did not come to its end, and no process trains it.
  case interrupted
  case completed, stopped, diverged, failed
  /// No events tell of it: only checkpoints were saved.
  case unknown
  /// Its folder, which is outside of that of all runs, is not there.
  case missing

  /// The state as far as a run's files tell it.
  init(_ summary: RunSummary) {
    if !summary.hasEvents {
      self = .unknown
    } else if let outcome = summary.outcome {
      let ended = [RunState.completed, .stopped, .diverged, .failed]
      self = ended.first { $0.rawValue == outcome } ?? .unknown
    } else {
      self = .interrupted
    }
  }

  /// Whether a process may be at work on it.
  var isOpen: Bool { [.running, .interrupted, .unknown].contains(self) }
}
