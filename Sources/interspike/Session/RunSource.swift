import Runs

/// What the dashboard shows: something that takes orders and makes reports. The methods are those of
/// ``Runner``.
protocol RunSource: AnyObject, Sendable {
  func send(_ command: RunnerCommand)
  /// The reports since the last call, without waiting.
  func drain() -> [RunnerReport]
  /// The same; waits for one if there is none.
  func nextReports(timeout: Duration) -> [RunnerReport]
}

extension Runner: RunSource {}
