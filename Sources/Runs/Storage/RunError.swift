/// Why there is no stored run to work on.
package enum RunError: Error, Sendable, Equatable {
  /// Neither a folder nor the name of a run in `runsFolder` (`nil` where there is no such folder).
  case unknown(reference: String, runsFolder: String?, nearest: String?)
  /// `latest` where no run was saved yet.
  case nothingSaved(runsFolder: String?)
  /// A folder without an `experiment.toml`.
  case notARun(folder: String)
  case noCheckpoints(folder: String)
  /// There is no checkpoint of that step; `available` are the steps of those that are there.
  case noCheckpoint(folder: String, step: Int, available: [Int])
  case noFile(path: String)
  /// The folder has no record of events that begins with the run's beginning.
  case noRecord(folder: String)
  /// No process trains the run.
  case notTraining(folder: String)
  /// A run that has done all its epochs has nothing left to go on with.
  case completed(folder: String)
  /// The checkpoint that another run is to begin with is at the end of all its epochs.
  case nothingLeft(folder: String, step: Int, epochs: Int)
}
