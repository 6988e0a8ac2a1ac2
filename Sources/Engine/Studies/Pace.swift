import Foundation

/// How a study that is watched takes its time: so many units of work a second. It changes no result.
struct Pace: Sendable {
  /// Whether somebody watches.
  let isOn: Bool
  /// Before which the next unit of work does not begin.
  private var due: ContinuousClock.Instant?

  /// Units a second from which on there is no limit.
  let unlimited: Double

  init(isOn: Bool, speeds: ClosedRange<Double>) {
    (self.isOn, unlimited) = (isOn, speeds.upperBound)
  }

  /// Waits for the time of the next unit, but only until `end`; whether that is still to come.
  func isEarly(until end: ContinuousClock.Instant) -> Bool {
    let clock = ContinuousClock()
    guard isOn, let due, due > clock.now else { return false }
    Thread.sleep(forTimeInterval: max(0, (min(due, end) - clock.now) / .seconds(1)))
    return due > clock.now
  }

  /// Puts off what is next by what so many units are to take.
  mutating func putOff(_ units: Int, speed: Double) {
    guard isOn, speed < unlimited else {
      due = nil
      return
    }
    let now = ContinuousClock.now
    // The time that took too long is made up for, but for long rests.
    due = max(due ?? now, now - .milliseconds(100)) + .seconds(Double(units) / speed)
  }
}
