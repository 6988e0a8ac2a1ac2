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
      let slope = dot(direction, gradient)
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
    guard dot(step, turn) > Self.smallest * dot(turn, turn) else { return }
    steps.append((step, turn))
    if steps.count > Self.memory { steps.removeFirst() }
  }

  /// Minus the gradient times the inverse curvature.
  private func direction(_ gradient: [Double]) -> [Double] {
    var q = gradient
    var shares: [Double] = []
    for (step, turn) in steps.reversed() {
      let share = dot(step, q) / dot(step, turn)
      shares.append(share)
      for index in q.indices { q[index] -= share * turn[index] }
    }
    let norm = dot(gradient, gradient).squareRoot()
    let scale =
      steps.last.map { dot($0.step, $0.turn) / dot($0.turn, $0.turn) }
      ?? 1 / max(norm, 1)
    for index in q.indices { q[index] *= scale }
    for ((step, turn), share) in zip(steps, shares.reversed()) {
      let other = dot(turn, q) / dot(step, turn)
      for index in q.indices { q[index] += (share - other) * step[index] }
    }
    return q.map(-)
  }
}
