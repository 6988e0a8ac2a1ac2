import Engine
import Golden
import TestSupport

/// Teachers and points for the tests of the theory of coarse gradients.
enum RandomPoints {
  /// The teacher of most golden files, which has spurious minima.
  static func teacher() throws -> CoarseTeacher {
    try CoarseTeacher(v: [1, -0.5, 0.25, 0.75], w: [0.6, 0.8, 0])
  }

  static func vector(_ count: Int, _ generator: inout SeededGenerator) -> [Double] {
    (0..<count).map { _ in generator.uniform(-2..<2) }
  }

  /// Points of random teachers of random sizes.
  static func make(_ count: Int, seed: UInt64) throws -> [PopulationPoint] {
    var generator = SeededGenerator(seed)
    return try (0..<count).map { _ in
      let (m, n) = (1 + generator.below(8), 2 + generator.below(6))
      let teacher = try CoarseTeacher(v: vector(m, &generator), w: vector(n, &generator))
      return try PopulationPoint(
        teacher, v: vector(m, &generator), w: vector(n, &generator))
    }
  }

  /// The estimators of the golden files, none of which is negative anywhere.
  static let estimators = ToyEstimators.all
  static let oneSided: Set<String> = ["relu", "crelu", "log_tailed_relu"]
}

extension PopulationPoint {
  /// The same with another v or w.
  func with(v: [Double]? = nil, w: [Double]? = nil) throws -> PopulationPoint {
    try PopulationPoint(teacher, v: v ?? self.v, w: w ?? self.w)
  }
}

extension Array where Element == Double {
  func adding(_ amount: Double, at index: Int) -> [Double] {
    var copy = self
    copy[index] += amount
    return copy
  }

  var length: Double { reduce(0) { $0 + $1 * $1 }.squareRoot() }

  func dot(_ other: [Double]) -> Double { zip(self, other).reduce(0) { $0 + $1.0 * $1.1 } }
}
