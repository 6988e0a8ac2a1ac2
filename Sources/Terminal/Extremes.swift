/// The finite values of a stretch of a series, summed up. Empty until a finite value is added.
package struct Extremes: Hashable, Sendable {
  /// Infinity when empty.
  package private(set) var minimum = Double.infinity
  /// Minus infinity when empty.
  package private(set) var maximum = -Double.infinity
  /// The smallest value above zero, for logarithmic scales; infinity when there is none.
  package private(set) var minimumAboveZero = Double.infinity

  package init() {}

  package var isEmpty: Bool { minimum > maximum }

  /// Counts a value in; one that is not finite is a gap and changes nothing.
  @inline(__always)
  package mutating func add(_ value: Double) {
    guard value.isFinite else { return }
    minimum = Swift.min(minimum, value)
    maximum = Swift.max(maximum, value)
    if value > 0 { minimumAboveZero = Swift.min(minimumAboveZero, value) }
  }

  @inline(__always)
  package mutating func add(_ other: Extremes) {
    minimum = Swift.min(minimum, other.minimum)
    maximum = Swift.max(maximum, other.maximum)
    minimumAboveZero = Swift.min(minimumAboveZero, other.minimumAboveZero)
  }
}
