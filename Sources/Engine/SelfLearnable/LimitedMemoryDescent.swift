/// Descent of a smooth convex function with a model of its curvature from the last steps (Liu and
/// Nocedal 1989), with a line search after which it has never risen.
struct LimitedMemoryDescent {
  /// Value and gradient at a point.
  typealias Function = (_ point: [Double]) -> (value: Double, gradient: [Double])

  private static let memory = 8
  private static let halvings = 30
  private static let sufficient = 1e-4
  private static let smallest = 1e-10

  private var steps: [(step: [Double], turn: [Double])] = []

  /// The best point that was found, from `start`.
  static func lowest(_ function: Function, from start: [Double], iterations: Int) -> [Double] {
    var descent = LimitedMemoryDescent()
    var point = start
    var (value, gradient) = function(point)
    for _ in 0..<iterations {
      let direction = descent.direction(gradient)
      let slope = zip(direction, gradient).dot
      guard slope < -smallest * max(1, abs(value)) else { break }
      var length = 1.0
      var next = point
      var found = (value: Double.infinity, gradient: gradient)
      for _ in 0..<halvings {
        next = zip(point, direction).map { $0 + length * $1 }
        found = function(next)
        if found.value <= value + sufficient * length * slope { break }
        length /= 2
      }
      guard found.value < value else { break }
      descent.note(zip(next, point).map { $0 - $1 }, zip(found.gradient, gradient).map { $0 - $1 })
      (point, value, gradient) = (next, found.value, found.gradient)
    }
    return point
  }

  private mutating func note(_ step: [Double], _ turn: [Double]) {
    guard zip(step, turn).dot > Self.smallest * zip(turn, turn).dot else { return }
    steps.append((step, turn))
    if steps.count > Self.memory { steps.removeFirst() }
  }

  /// Minus the gradient times the inverse curvature.
  private func direction(_ gradient: [Double]) -> [Double] {
    var q = gradient
    var shares: [Double] = []
    for (step, turn) in steps.reversed() {
      let share = zip(step, q).dot / zip(step, turn).dot
      shares.append(share)
      for index in q.indices { q[index] -= share * turn[index] }
    }
    let norm = zip(gradient, gradient).dot.squareRoot()
    let scale =
      steps.last.map { zip($0.step, $0.turn).dot / zip($0.turn, $0.turn).dot }
      ?? 1 / max(norm, 1)
    for index in q.indices { q[index] *= scale }
    for ((step, turn), share) in zip(steps, shares.reversed()) {
      let other = zip(turn, q).dot / zip(step, turn).dot
      for index in q.indices { q[index] += (share - other) * step[index] }
    }
    return q.map(-)
  }
}
