import Foundation

/// The numbers with which a self-learnable activation begins like a known one.
struct StartingCurve {
  /// b, and c_1 ... of the elements.
  let numbers: (constant: Double, own: [Double])

  /// Throws where the function has no fit, as where it leaves double on the range.
  init(
    _ known: KnownActivation, reach: Double, _ configuration: SelfLearnableConfiguration
  ) throws(SelfLearnableError) {
    let (basis, degree) = (configuration.basis, configuration.degree)
    var (scale, range) = (1.0, -reach...reach)
    if case .clipped(let end) = configuration.ends { (scale, range) = (end, -1...1) }
    let fitted = try ActivationFit(
      { known.value(scale * $0) }, basis: basis, degree: degree, on: range
    ).curve.coefficients
    guard basis.isPolynomial else {
      numbers = (0, fitted)
      return
    }
    guard configuration.normalization == .elements else {
      numbers = (fitted[0], Array(fitted.dropFirst()))
      return
    }
    let (means, deviations) = Self.normalMoments(basis, degree)
    numbers = (
      fitted[0] + dot(Array(fitted.dropFirst()), Array(means.dropFirst())),
      zip(fitted, deviations).dropFirst().map { $0 * $1 }
    )
  }

  /// Mean and deviation of each element for standard normal inputs, by the trapezoidal rule, which
  /// is exact but for rounding there.
  private static func normalMoments(
    _ basis: ActivationBasis, _ degree: Int
  ) -> (means: [Double], deviations: [Double]) {
    var (means, squares, total) = (
      [Double](repeating: 0, count: degree + 1), [Double](repeating: 0, count: degree + 1), 0.0
    )
    for x in stride(from: -reach, through: reach, by: step) {
      let density = exp(-x * x / 2)
      total += density
      for (j, value) in basis.values(x, degree: degree).enumerated() {
        means[j] += density * value
        squares[j] += density * value * value
      }
    }
    means = means.map { $0 / total }
    return (means, zip(squares, means).map { max($0 / total - $1 * $1, 0).squareRoot() })
  }

  private static let reach = 16.0
  private static let step = 0.0625
}
