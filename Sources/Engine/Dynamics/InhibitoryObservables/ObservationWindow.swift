/// The stretch of time over which a network is measured, start < t <= end, in membrane time
/// constants; what happens before is the transient.
package struct ObservationWindow: Sendable, Equatable, Codable {
  /// T_tr.
  package let start: Double
  /// T_m > 0.
  package let length: Double

  /// After the transient `start`, for `length` > 0.
  package init(after start: Double, for length: Double) {
    precondition(length > 0 && length.isFinite && start.isFinite, "a window has a length")
    (self.start, self.length) = (start, length)
  }

  package var end: Double { start + length }

  package func contains(_ time: Double) -> Bool { time > start && time <= end }
}
