import Foundation

/// A point (v, w) of the two-layer model y = vᵀ σ(Z w), with its population loss and the exact
/// gradients of it (Yin et al. 2019, section 2).
///
/// A point can be moved in place, which allocates nothing.
package struct PopulationPoint: Sendable {
  package let teacher: CoarseTeacher
  /// The second layer, of m numbers.
  package private(set) var v: [Double]
  /// The shared filter, of n numbers.
  package private(set) var w: [Double]

  /// u = w/|w|; all 0 where w is.
  package private(set) var direction: [Double]
  /// u_⊥, the unit vector along w* - (u.w*) u; 0 where w and w* are parallel.
  package private(set) var perpendicular: [Double]
  /// df/dv, all 0 where w is.
  package private(set) var gradientV: [Double]

  /// |w| and the angle between w and w*.
  package private(set) var place = CoarsePlace(norm: 0, angle: 0)
  /// p = v.v*
  package private(set) var projection = 0.0
  /// The sum of v.
  package private(set) var sum = 0.0
  /// |v|²
  package private(set) var squaredNorm = 0.0
  /// f
  package private(set) var loss = 0.0

  /// Throws where a vector has another length than the teacher's, or is not finite.
  package init(
    _ teacher: CoarseTeacher, v: [Double], w: [Double]
  ) throws(CoarseGradientError) {
    try Self.check(v, "v", count: teacher.patches)
    try Self.check(w, "w", count: teacher.inputs)
    self.teacher = teacher
    self.v = v
    self.w = w
    direction = w
    perpendicular = w
    gradientV = v
    refresh()
  }

  private static func check(
    _ vector: [Double], _ name: String, count: Int
  ) throws(CoarseGradientError) {
    guard vector.count == count else {
      throw .wrongLength(vector: name, expected: count, found: vector.count)
    }
    guard vector.allSatisfy(\.isFinite) else { throw .notFinite(vector: name) }
  }

  /// Below this |w| counts as 0: the direction of w, and with it all but the loss, is then lost.
  private static let leastNorm = 1e-300

  /// Whether w counts as 0, where descent cannot go on.
  package var isAtZero: Bool { place.norm < Self.leastNorm }

  // MARK: Moving

  /// v <- v - rate df/dv, w <- w - rate (radial u + tangential u_⊥).
  package mutating func descend(rate: Double, radial: Double, tangential: Double) {
    for row in v.indices { v[row] -= rate * gradientV[row] }
    for column in w.indices {
      w[column] -= rate * (radial * direction[column] + tangential * perpendicular[column])
    }
    refresh()
  }

  /// The same along gradients that were found elsewhere.
  package mutating func descend(rate: Double, alongV: [Double], alongW: [Double]) {
    for row in v.indices { v[row] -= rate * alongV[row] }
    for column in w.indices { w[column] -= rate * alongW[column] }
    refresh()
  }

  /// Makes |w| what is said, unless w is 0.
  package mutating func rescale(to norm: Double) {
    guard !isAtZero else { return }
    for column in w.indices { w[column] = norm * direction[column] }
    refresh()
  }

  /// Everything that follows from v and w.
  private mutating func refresh() {
    refreshGeometry()
    (sum, projection, squaredNorm) = (0, 0, 0)
    var apart = 0.0
    for row in v.indices {
      sum += v[row]
      projection += v[row] * teacher.v[row]
      squaredNorm += v[row] * v[row]
      apart += (v[row] - teacher.v[row]) * (v[row] - teacher.v[row])
    }
    if isAtZero {
      loss = 0.125 * (teacher.squaredNorm + teacher.sum * teacher.sum)
      for row in v.indices { gradientV[row] = 0 }
      return
    }
    // |v|² + N - 2p is written as |v - v*|², and so on, so that nothing cancels near (v*, w*).
    let turn = 2 * place.angle / .pi
    let excess = sum - teacher.sum
    loss = 0.125 * (apart + excess * excess + 2 * turn * projection)
    for row in v.indices {
      gradientV[row] = 0.25 * (v[row] - teacher.v[row] + excess + turn * teacher.v[row])
    }
  }

  private mutating func refreshGeometry() {
    let norm = w.withUnsafeBufferPointer { euclideanNorm($0) }
    guard norm >= Self.leastNorm else {
      place = CoarsePlace(norm: 0, angle: 0)
      for column in w.indices { (direction[column], perpendicular[column]) = (0, 0) }
      return
    }
    var (towards, minus, plus) = (0.0, 0.0, 0.0)
    for column in w.indices {
      let (unit, target) = (w[column] / norm, teacher.w[column])
      direction[column] = unit
      towards += unit * target
      minus += (unit - target) * (unit - target)
      plus += (unit + target) * (unit + target)
    }
    place = CoarsePlace(norm: norm, angle: 2 * atan2(minus.squareRoot(), plus.squareRoot()))
    var length = 0.0
    for column in w.indices {
      let part = teacher.w[column] - towards * direction[column]
      perpendicular[column] = part
      length += part * part
    }
    length.formSquareRoot()
    let scale = length < 1e-13 ? 0 : 1 / length
    for column in w.indices { perpendicular[column] *= scale }
  }
}

/// What follows from a point.
extension PopulationPoint {
  /// The component of df/dw along u_⊥, its only one: -p/(2π|w|) for angles within (0, π), else 0.
  package var slopeW: Double {
    isAtZero || place.sine == 0 ? 0 : -projection / (2 * .pi * place.norm)
  }

  /// df/dw
  package var gradientW: [Double] { perpendicular.map { slopeW * $0 } }

  /// |df/dv|²
  package var squaredGradientV: Double { gradientV.reduce(0) { $0 + $1 * $1 } }

  /// |v - v*|
  package var distanceToTeacher: Double { distance(to: teacher.v) }

  /// |v - v_sp|, to the v at the far end of the landscape.
  package var distanceToFarEnd: Double {
    let level = 2 * teacher.sum / Double(teacher.patches + 1)
    var squares = 0.0
    for row in v.indices {
      let difference = v[row] - (level - teacher.v[row])
      squares += difference * difference
    }
    return squares.squareRoot()
  }

  private func distance(to other: [Double]) -> Double {
    var squares = 0.0
    for row in v.indices { squares += (v[row] - other[row]) * (v[row] - other[row]) }
    return squares.squareRoot()
  }
}
