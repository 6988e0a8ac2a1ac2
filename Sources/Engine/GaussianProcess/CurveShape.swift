import Foundation

/// What a curve looks like where the data are: the simplest known form that explains at least 99 % of
/// its variance there (specification of the Kolmogorov network of Gaussian processes, 5.4).
package struct CurveShape: Sendable, Equatable {
  package enum Form: Sendable, Equatable {
    case constant
    /// Of degree 1, 2 or 3.
    case polynomial(degree: Int)
    /// a + b f(s x + r).
    case function(String)
    case free
  }

  package enum Course: String, Sendable {
    case rising, falling
  }

  package let form: Form
  /// The share of the variance that the form explains, 1 of constants.
  package let fit: Double
  /// Where all control outputs go one way.
  package let course: Course?

  package static let leastFit = 0.99
  private static let mostPoints = 120

  /// Of a curve at the places of the data, each of which weighs the same; at most some hundred of
  /// them, evenly taken.
  package init(_ curve: GaussianProcessCurve, at places: [Double]) {
    let stride = max(places.count / Self.mostPoints, 1)
    let x = Swift.stride(from: 0, to: places.count, by: stride).map { places[$0] }
    let y = x.map(curve.value)
    let steps = zip(curve.outputs, curve.outputs.dropFirst()).map { $1 - $0 }
    course =
      steps.allSatisfy { $0 > 0 } ? .rising : steps.allSatisfy { $0 < 0 } ? .falling : nil
    let spread = Self.squares(y)
    let size = y.reduce(0) { max($0, abs($1)) }
    guard y.count > 1, spread > 1e-12 * Double(y.count) * max(size * size, 1e-12) else {
      (form, fit) = (.constant, 1)
      return
    }
    for degree in 1...3 {
      guard
        let rest = Self.rest(y, on: (0...degree).map { power in x.map { pow($0, Double(power)) } })
      else { continue }
      if 1 - rest / spread >= Self.leastFit {
        (form, fit) = (.polynomial(degree: degree), 1 - rest / spread)
        return
      }
    }
    let best = Self.bestFunction(x, y)
    let share = best.map { 1 - $0.rest / spread } ?? 0
    (form, fit) = share >= Self.leastFit ? (.function(best?.name ?? ""), share) : (.free, share)
  }

  /// e.g. `linear falling, R2 0.99`.
  package var words: String {
    let name =
      switch form {
      case .constant: "constant"
      case .polynomial(1): "linear"
      case .polynomial(2): "quadratic"
      case .polynomial: "cubic"
      case .function(let name): "\(name)-like"
      case .free: "free form"
      }
    guard form != .constant else { return name }
    let whole = [name, course?.rawValue].compactMap(\.self).joined(separator: " ")
    // Not rounded up to what it is not.
    return form == .free ? whole : whole + ", R2 \((fit * 1000).rounded(.down) / 1000)"
  }

  private static func squares(_ y: [Double]) -> Double {
    let mean = y.reduce(0, +) / Double(max(y.count, 1))
    return y.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }

  /// The squares that are left of y after the best sum of some columns; `nil` where these depend on
  /// one another.
  static func rest(_ y: [Double], on columns: [[Double]]) -> Double? {
    guard let factors = leastSquares(y, on: columns) else { return nil }
    return y.indices.reduce(0) { sum, row in
      let value = columns.indices.reduce(0) { $0 + factors[$1] * columns[$1][row] }
      return sum + (y[row] - value) * (y[row] - value)
    }
  }

  /// The factors of that sum.
  static func leastSquares(_ y: [Double], on columns: [[Double]]) -> [Double]? {
    let normal = SymmetricMatrix(size: columns.count) { dot(columns[$0], columns[$1]) }
    guard let lower = normal.cholesky(), zip(lower.indices, lower).allSatisfy({ $1[$0] > 1e-9 })
    else { return nil }
    return SymmetricMatrix.inverse(ofFactor: lower).times(columns.map { dot($0, y) })
  }

  private static let functions: [(name: String, value: @Sendable (Double) -> Double)] = [
    ("exp", { exp($0) }), ("log", { log(max($0, 1e-3)) }), ("tanh", { tanh($0) }),
    ("|x|", { abs($0) }), ("sin", { sin($0) }),
  ]

  /// The best of the library, with scale and shift from a grid.
  private static func bestFunction(
    _ x: [Double], _ y: [Double]
  ) -> (name: String, rest: Double)? {
    let ones = x.map { _ in 1.0 }
    var best: (name: String, rest: Double)?
    for (name, value) in functions {
      for scale in [0.5, 1, 2, 3, 4, 6] {
        for shift in stride(from: -1.0, through: 1, by: 0.25) {
          let column = x.map { value(scale * ($0 - shift)) }
          guard let rest = rest(y, on: [ones, column]), rest < best?.rest ?? .infinity else {
            continue
          }
          best = (name, rest)
        }
      }
    }
    return best
  }
}
