/// How far a computed array may lie from the listed one. M is the largest |expected| of the
/// array, d a difference (rules of the golden files).
package enum GoldenTolerance: Sendable, Equatable {
  case exact
  /// |d| <= limit
  case absolute(Double)
  /// |d| <= limit * M
  case relative(Double)
  /// |d| <= limit * max(1, M)
  case scaled(Double)
  /// |d| <= 1e-9 M or 1e-12: what holds for Double where nothing else is said.
  case double
  /// |d| <= 2e-5 M: what holds for Float32 where nothing else is said.
  case single

  /// The bound on the normalised error.
  package var limit: Double {
    switch self {
    case .exact: 0
    case .absolute(let limit), .relative(let limit), .scaled(let limit): limit
    case .double: 1e-9
    case .single: 2e-5
    }
  }

  /// |d| in the unit in which `limit` is given.
  package func normalised(_ difference: Double, magnitude: Double) -> Double {
    if difference == 0 { return 0 }
    switch self {
    case .exact, .absolute: return difference
    case .relative, .single: return difference / magnitude
    case .scaled: return difference / max(1, magnitude)
    case .double: return difference / max(magnitude, 1e-3)
    }
  }
}
