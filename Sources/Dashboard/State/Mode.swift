/// What the dashboard shows.
package enum Mode: Sendable, Equatable {
  /// A run of this process.
  case run
  /// The record of a run, played.
  case replay
  /// A run of another process, which goes on when the dashboard is left.
  case watch
}
