/// A polynomial of several inputs: what a network of dense layers and plain self-learnable
/// activations is, up to its last layer (specification of self-learnable activations, 4).
package struct ExpandedPolynomial: Sendable, Equatable {
  package let inputs: Int
  /// Coefficients by the exponents of all inputs; none of them 0.
  package private(set) var terms: [[Int]: Double]

  /// More monomials than anyone would look at, or wait for.
  package static let mostMonomials = 5000

  private init(inputs: Int, terms: [[Int]: Double]) {
    (self.inputs, self.terms) = (inputs, terms)
  }

  package static func constant(_ value: Double, inputs: Int) -> ExpandedPolynomial {
    let none = [Int](repeating: 0, count: inputs)
    return ExpandedPolynomial(inputs: inputs, terms: value == 0 ? [:] : [none: value])
  }

  /// Input `index`.
  package static func input(_ index: Int, of inputs: Int) -> ExpandedPolynomial {
    ExpandedPolynomial(inputs: inputs, terms: [(0..<inputs).map { $0 == index ? 1 : 0 }: 1])
  }

  /// How many monomials there are of `inputs` inputs up to a total degree: C(n + K, K); `nil` where
  /// they are more than ``mostMonomials``.
  package static func monomials(inputs: Int, degree: Int) -> Int? {
    var count = 1
    for step in Swift.stride(from: 1, through: min(inputs, degree), by: 1) {
      count = count * (max(inputs, degree) + step) / step
      if count > mostMonomials { return nil }
    }
    return count
  }

  /// The largest sum of exponents.
  package var degree: Int { terms.keys.map { $0.reduce(0, +) }.max() ?? 0 }

  package func value(_ x: [Double]) -> Double {
    precondition(x.count == inputs, "a number for each input")
    return terms.reduce(0) { sum, term in
      sum
        + zip(x, term.key).reduce(term.value) { product, input in
          (0..<input.1).reduce(product) { product, _ in product * input.0 }
        }
    }
  }

  /// The terms with the largest coefficients, largest first.
  package func largest(_ count: Int) -> [(exponents: [Int], coefficient: Double)] {
    terms.map { (exponents: $0.key, coefficient: $0.value) }.sorted { first, second in
      abs(first.coefficient) == abs(second.coefficient)
        ? first.exponents.lexicographicallyPrecedes(second.exponents)
        : abs(first.coefficient) > abs(second.coefficient)
    }.prefix(count).map { $0 }
  }

  // MARK: Building

  /// sum_i weights[i] polynomials[i] + bias.
  package static func sum(
    _ polynomials: [ExpandedPolynomial], weights: [Double], bias: Double, inputs: Int
  ) -> ExpandedPolynomial {
    var sum = constant(bias, inputs: inputs)
    for (polynomial, weight) in zip(polynomials, weights) { sum.add(polynomial, times: weight) }
    return sum
  }

  private mutating func add(_ other: ExpandedPolynomial, times factor: Double) {
    for (exponents, coefficient) in other.terms {
      let new = (terms[exponents] ?? 0) + factor * coefficient
      terms[exponents] = new == 0 ? nil : new
    }
  }

  private func times(_ other: ExpandedPolynomial) -> ExpandedPolynomial {
    var product: [[Int]: Double] = [:]
    for (exponents, coefficient) in terms {
      for (others, factor) in other.terms {
        product[zip(exponents, others).map(+), default: 0] += coefficient * factor
      }
    }
    return ExpandedPolynomial(inputs: inputs, terms: product.filter { $0.value != 0 })
  }

  /// g of this polynomial. Throws for a basis that is none, and where there would be more monomials
  /// than ``mostMonomials``.
  package func through(_ curve: ActivationCurve) throws(SelfLearnableError) -> ExpandedPolynomial {
    let powers = try curve.converted(to: .monomial).coefficients
    let total = degree * curve.degree
    guard Self.monomials(inputs: inputs, degree: total) != nil else {
      throw .tooManyMonomials(inputs: inputs, degree: total)
    }
    var result = Self.constant(0, inputs: inputs)
    for power in powers.reversed() {
      result = result.times(self)
      result.add(Self.constant(1, inputs: inputs), times: power)
    }
    return result
  }
}
