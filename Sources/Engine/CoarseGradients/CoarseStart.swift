import Foundation

/// Where a descent begins.
package enum CoarseStart: Sendable, Equatable, Codable {
  /// v of standard normal numbers, w in a random direction with |w| = norm. Start `index` of a
  /// seed is made of the portable normals from index s on, s being m + n made even: m for v, then
  /// n for w.
  case random(seed: UInt64, index: Int, norm: Double)
  /// Beside the far end of the landscape, the spurious minimum where there is one: v off by ±offset
  /// in turn, w turned away from -w* by an angle.
  case nearFarEnd(offset: Double, angle: Double, norm: Double)
  case exactly(v: [Double], w: [Double])

  /// Throws where the numbers do not fit the teacher or are not finite.
  package func point(for teacher: CoarseTeacher) throws(CoarseGradientError) -> PopulationPoint {
    switch self {
    case .exactly(let v, let w):
      return try PopulationPoint(teacher, v: v, w: w)
    case .random(let seed, let index, let norm):
      let (m, n) = (teacher.patches, teacher.inputs)
      let stride = m + n + (m + n) % 2
      let numbers = PortableNormals(seed: seed).numbers(m + n, from: index * stride)
      let w = Array(numbers[m...])
      let length = w.withUnsafeBufferPointer { euclideanNorm($0) }
      return try PopulationPoint(
        teacher, v: Array(numbers[..<m]), w: w.map { $0 * norm / length })
    case .nearFarEnd(let offset, let angle, let norm):
      let v = teacher.farEnd.v.enumerated().map { $1 + ($0.isMultiple(of: 2) ? offset : -offset) }
      return try PopulationPoint(teacher, v: v, w: teacher.filter(at: .pi - angle, norm: norm))
    }
  }
}

extension CoarseTeacher {
  /// A w of a length at an angle to w*, in the plane of w* and of a vector across it: that of the
  /// two largest coordinates of w*, exchanged, one with its sign changed. With one input there is
  /// no such plane, and w is parallel.
  package func filter(at angle: Double, norm: Double) -> [Double] {
    guard inputs > 1 else { return [angle < .pi / 2 ? norm * w[0] : -norm * w[0]] }
    let largest = w.indices.sorted { abs(w[$0]) > abs(w[$1]) }.prefix(2).sorted()
    let (first, second) = (largest[0], largest[1])
    let length = hypot(w[first], w[second])
    var across = w.map { _ in 0.0 }
    (across[first], across[second]) = (w[second] / length, -w[first] / length)
    return zip(w, across).map { norm * (cos(angle) * $0 + sin(angle) * $1) }
  }
}
