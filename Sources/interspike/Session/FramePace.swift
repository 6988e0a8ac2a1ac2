/// When the next frame is due: at once after a key, seldom for the sake of the curves, and once in a
/// while for the clock in the header.
struct FramePace {
  /// After keys at most 60 frames a second, while training at most 7: curves grow slowly,
  /// and each frame takes time from the trainer.
  private static let inputInterval = Duration.milliseconds(16)
  private static let reportInterval = Duration.milliseconds(150)
  private static let idleInterval = Duration.milliseconds(500)

  private var lastFrame: Duration?
  private var due: Duration?

  mutating func noteInput(at now: Duration) { ask(for: Self.inputInterval, at: now) }
  mutating func noteReports(at now: Duration) { ask(for: Self.reportInterval, at: now) }

  mutating func noteDrawn(at now: Duration) {
    lastFrame = now
    due = now + Self.idleInterval
  }

  func isDue(at now: Duration) -> Bool {
    due.map { now >= $0 } ?? true
  }

  /// How long nothing needs to be drawn.
  func timeout(at now: Duration) -> Duration {
    due.map { max(.zero, $0 - now) } ?? .zero
  }

  private mutating func ask(for interval: Duration, at now: Duration) {
    let wanted = lastFrame.map { max(now, $0 + interval) } ?? now
    due = min(due ?? wanted, wanted)
  }
}
