/// What happened to the population loss and to |w| since a descent began.
package struct DescentRecord: Sendable, Equatable, Codable {
  /// A loss that rises by more has increased; less is rounding.
  package static let noise = 1e-12

  package private(set) var steps = 0
  /// Steps after which the loss was higher than before, the first and the last of them.
  package private(set) var increases = 0
  package private(set) var firstIncrease: Int?
  package private(set) var lastIncrease: Int?
  /// The most that the loss rose by in one step, rounding included; 0 if it never rose.
  package private(set) var largestIncrease = 0.0
  package let startNorm: Double
  package private(set) var smallestNorm: Double

  package init(startNorm: Double) {
    self.startNorm = startNorm
    smallestNorm = startNorm
  }

  /// Whether the loss never increased.
  package var isMonotone: Bool { increases == 0 }

  mutating func add(lossBefore: Double, loss: Double, norm: Double) {
    steps += 1
    smallestNorm = min(smallestNorm, norm)
    let rise = loss - lossBefore
    largestIncrease = max(largestIncrease, rise)
    guard rise > Self.noise else { return }
    increases += 1
    firstIncrease = firstIncrease ?? steps
    lastIncrease = steps
  }
}
