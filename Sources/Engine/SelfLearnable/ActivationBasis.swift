import Foundation

/// The functions whose weighted sum is a self-learnable activation g(x) = sum_j a_j phi_j(x)
/// (Goyal, Goyal and Lall 2019; specification of self-learnable activations, 1.1). Degree k stands
/// for k + 1 of them.
package enum ActivationBasis: String, Sendable, Codable, CaseIterable {
  /// x^j.
  case monomial
  /// x^j / j!.
  case taylor
  /// T_j, meant for |x| <= 1.
  case chebyshev
  /// P_j, meant for |x| <= 1.
  case legendre
  /// He_j, the probabilists'.
  case hermite
  /// sin((2j - 1) pi x / 2), then cos(j pi x), as many of the one as of the other, or one sine more.
  case fourier

  package static let allowedDegrees = 1...16

  package var isPolynomial: Bool { self != .fourier }
  /// Whether its elements are multiples of x^j, which leave Float32 where x^k does.
  package var isMadeOfPowers: Bool { self == .monomial || self == .taylor }

  /// phi_(j+1)(x) = factor x phi_j(x) - behind phi_(j-1)(x), from phi_0 = 1, of the polynomial bases;
  /// of Fourier's, which has none, that of the monomials.
  package func recurrence(_ j: Int) -> (factor: Double, behind: Double) {
    let j = Double(j)
    switch self {
    case .monomial, .fourier: return (1, 0)
    case .taylor: return (1 / (j + 1), 0)
    case .chebyshev: return j == 0 ? (1, 0) : (2, 1)
    case .legendre: return ((2 * j + 1) / (j + 1), j / (j + 1))
    case .hermite: return (1, j)
    }
  }

  /// How many of the functions of a degree are sines.
  package static func sines(degree: Int) -> Int { (degree + 2) / 2 }

  /// phi_0(x) ... phi_k(x).
  package func values(_ x: Double, degree: Int) -> [Double] {
    guard isPolynomial else {
      return Self.frequencies(degree).map { $0.isSine ? sin($0.rate * x) : cos($0.rate * x) }
    }
    var values = [1.0]
    for j in 0..<degree {
      let (factor, behind) = recurrence(j)
      values.append(factor * x * values[j] - (j > 0 ? behind * values[j - 1] : 0))
    }
    return values
  }

  /// Their derivatives.
  package func slopes(_ x: Double, degree: Int) -> [Double] {
    guard isPolynomial else {
      return Self.frequencies(degree).map {
        $0.isSine ? $0.rate * cos($0.rate * x) : -$0.rate * sin($0.rate * x)
      }
    }
    let values = values(x, degree: degree)
    var slopes = [0.0]
    for j in 0..<degree {
      let (factor, behind) = recurrence(j)
      slopes.append(
        factor * (values[j] + x * slopes[j]) - (j > 0 ? behind * slopes[j - 1] : 0))
    }
    return slopes
  }

  private static func frequencies(_ degree: Int) -> [(isSine: Bool, rate: Double)] {
    let sines = sines(degree: degree)
    return (0...degree).map { element in
      element < sines
        ? (true, (2 * Double(element) + 1) * .pi / 2)
        : (false, Double(element - sines + 1) * .pi)
    }
  }

  /// How large inputs may be for the squares of x^k to stay within Float32, whose variance
  /// normalization takes (1.6): 560 for k = 7.
  package static func largestInput(degree: Int) -> Double {
    pow(Double(Float.greatestFiniteMagnitude).squareRoot(), 1 / Double(degree))
  }

  /// Whether powers of inputs up to `size` would leave Float32.
  package static func overflows(degree: Int, inputs size: Double) -> Bool {
    !(abs(size) < largestInput(degree: degree))
  }
}

/// Why a self-learnable activation cannot be as asked for.
package enum SelfLearnableError: Error, Sendable, Equatable {
  /// A degree that is not one of ``ActivationBasis/allowedDegrees``.
  case degree(Int)
  /// Fourier's basis is not a polynomial: it has no conversion and no normalized powers.
  case notPolynomial
  /// A range without length, or one that is not finite.
  case range(ClosedRange<Double>)
  /// A number of a setting that is out of its range.
  case setting(String, Double)
  /// Two settings of which only one can be.
  case conflict(Conflict)
  /// Statistics of a batch need two numbers of each channel at least.
  case tooFewRows(Int)
  /// Numbers to fit that are not finite, or fewer than there are coefficients.
  case unfit
  /// A network that would be expanded into more monomials than there is room for.
  case tooManyMonomials(inputs: Int, degree: Int)

  /// Settings that do not go together.
  package enum Conflict: Sendable, Equatable {
    /// Inputs that are clipped, and normalized elements or inputs.
    case clippingWithNormalization
    /// Tails behind quantiles of inputs that are scaled by their maximum.
    case tailsWithMaximum
  }
}
