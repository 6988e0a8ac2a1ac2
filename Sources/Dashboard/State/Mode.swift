/// What the dashboard shows.
package enum Mode: Sendable, Equatable {
  /// A run of this process.
  case run
  /// The record of a run, played.
  case replay
}
