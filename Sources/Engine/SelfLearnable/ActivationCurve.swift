/// One self-learnable activation in double: g(x) = sum_j a_j phi_j(x).
package struct ActivationCurve: Sendable, Equatable {
  package let basis: ActivationBasis
  /// a_0 ... a_k.
  package let coefficients: [Double]

  /// Throws where the degree is out of range.
  package init(
    _ basis: ActivationBasis, _ coefficients: [Double]
  ) throws(SelfLearnableError) {
    guard ActivationBasis.allowedDegrees.contains(coefficients.count - 1) else {
      throw .degree(coefficients.count - 1)
    }
    (self.basis, self.coefficients) = (basis, coefficients)
  }

  private init(checked basis: ActivationBasis, _ coefficients: [Double]) {
    (self.basis, self.coefficients) = (basis, coefficients)
  }

  package var degree: Int { coefficients.count - 1 }

  package func value(_ x: Double) -> Double { sums(x).value }

  /// dg/dx.
  package func slope(_ x: Double) -> Double { sums(x).slope }

  /// Both by the recurrence of Clenshaw (1955), which is Horner's of monomials.
  private func sums(_ x: Double) -> (value: Double, slope: Double) {
    guard basis.isPolynomial else {
      let values = basis.values(x, degree: degree)
      let slopes = basis.slopes(x, degree: degree)
      return (dot(coefficients, values), dot(coefficients, slopes))
    }
    var (next, last) = (0.0, 0.0)
    var (nextSlope, lastSlope) = (0.0, 0.0)
    for j in (0...degree).reversed() {
      let factor = basis.recurrence(j).factor
      let behind = basis.recurrence(j + 1).behind
      let slope = factor * (next + x * nextSlope) - behind * lastSlope
      let value = coefficients[j] + factor * x * next - behind * last
      (last, next) = (next, value)
      (lastSlope, nextSlope) = (nextSlope, slope)
    }
    return (next, nextSlope)
  }

  // MARK: Other bases and degrees

  /// The same curve in another polynomial basis, exactly but for rounding.
  package func converted(
    to target: ActivationBasis
  ) throws(SelfLearnableError) -> ActivationCurve {
    if target == basis { return self }
    guard target.isPolynomial, basis.isPolynomial else { throw .notPolynomial }
    return ActivationCurve(checked: target, Self.composed(coefficients, basis, in: target, 1, 0))
  }

  /// The coefficients in `target` of sum_j a_j phi_j(scale x + shift), phi being of `basis`: its
  /// recurrence with x as the operator that multiplies by x in the target.
  static func composed(
    _ coefficients: [Double], _ basis: ActivationBasis, in target: ActivationBasis,
    _ scale: Double, _ shift: Double
  ) -> [Double] {
    let count = coefficients.count
    var (last, now) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
    now[0] = 1
    var sum = now.map { $0 * coefficients[0] }
    for j in 0..<count - 1 {
      let (factor, behind) = basis.recurrence(j)
      let moved = timesInput(now, in: target)
      let next = now.indices.map {
        factor * (scale * moved[$0] + shift * now[$0]) - behind * last[$0]
      }
      (last, now) = (now, next)
      for index in sum.indices { sum[index] += coefficients[j + 1] * now[index] }
    }
    return sum
  }

  /// The coefficients of x p(x), as far as there is room for them.
  private static func timesInput(_ p: [Double], in basis: ActivationBasis) -> [Double] {
    var product = [Double](repeating: 0, count: p.count)
    for (j, number) in p.enumerated() where number != 0 {
      let (factor, behind) = basis.recurrence(j)
      if j + 1 < p.count { product[j + 1] += number / factor }
      if j > 0 { product[j - 1] += number * behind / factor }
    }
    return product
  }

  /// The curve with another degree: new elements begin with 0, and a lower degree is the least
  /// squares fit on `range`. Of Fourier's basis, whose elements move, both are fits.
  package func changed(
    toDegree degree: Int, on range: ClosedRange<Double>
  ) throws(SelfLearnableError) -> ActivationCurve {
    guard ActivationBasis.allowedDegrees.contains(degree) else { throw .degree(degree) }
    if degree == self.degree { return self }
    guard degree > self.degree, basis.isPolynomial else {
      return try ActivationFit(value, basis: basis, degree: degree, on: range).curve
    }
    let zeros = [Double](repeating: 0, count: degree - self.degree)
    return ActivationCurve(checked: basis, coefficients + zeros)
  }
}
