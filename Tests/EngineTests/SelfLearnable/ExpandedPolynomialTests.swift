import Engine
import Testing

@Suite struct ExpandedPolynomialTests {
  @Test func `a network of curves is its expansion`() throws {
    let inner = try ActivationCurve(.chebyshev, [0.1, 0.7, -0.3, 0.2])
    let outer = try ActivationCurve(.legendre, [-0.2, 0.5, 0.4])
    let x = (0..<2).map { ExpandedPolynomial.input($0, of: 2) }
    let rows = [[0.4, -0.7], [-0.2, 0.5], [0.9, 0.3]]
    let hidden = try rows.map {
      try ExpandedPolynomial.sum(x, weights: $0, bias: 0.1, inputs: 2).through(inner)
    }
    let output = try ExpandedPolynomial.sum(
      hidden, weights: [1, -0.5, 0.3], bias: -0.1, inputs: 2
    ).through(outer)
    #expect(output.degree == 6)
    #expect(output.terms.count == ExpandedPolynomial.monomials(inputs: 2, degree: 6))
    for point in [[0.0, 0], [0.3, -0.8], [-1, 0.5], [1.2, 1.1]] {
      let values = rows.map { inner.value(0.1 + $0[0] * point[0] + $0[1] * point[1]) }
      let expected = outer.value(values[0] - 0.5 * values[1] + 0.3 * values[2] - 0.1)
      #expect(abs(output.value(point) - expected) < 1e-12)
    }
    let largest = output.largest(3).map { abs($0.coefficient) }
    #expect(largest == largest.sorted(by: >) && largest.count == 3)
  }

  @Test func `what has too many monomials, or is no polynomial, is refused`() throws {
    #expect(ExpandedPolynomial.monomials(inputs: 2, degree: 98) == 4950)
    #expect(ExpandedPolynomial.monomials(inputs: 2, degree: 99) == nil)
    #expect(ExpandedPolynomial.monomials(inputs: 1, degree: 16) == 17)
    let curve = try ActivationCurve(.monomial, [Double](repeating: 1, count: 11))
    let high = try ExpandedPolynomial.input(0, of: 2).through(curve)
    #expect(throws: SelfLearnableError.tooManyMonomials(inputs: 2, degree: 100)) {
      try high.through(curve)
    }
    #expect(throws: SelfLearnableError.notPolynomial) {
      try high.through(try ActivationCurve(.fourier, [1, 2]))
    }
  }

  @Test func `a table has the codes of the quantizer`() throws {
    let curve = try ActivationCurve(.monomial, [0.05, 0.55, 0.4, -0.12])
    let quantized = QuantizedCurve(curve, bits: 5)
    let table = try quantized.table(on: -2...2)
    #expect(table.count == 32 && table.allSatisfy { (0...31).contains($0) })
    #expect(table[9] == quantized.code(-2 + 4 * 9.0 / 31))
    #expect(quantized.coefficientSlopes(0.5) == [1, 0.5, 0.25, 0.125])
    for x in stride(from: -2.0, through: 2, by: 0.125) {
      let clipped = min(max(curve.value(x), 0), 1)
      #expect(abs(quantized.value(x) - clipped) <= 0.5 / 31 + 1e-12)
      #expect(quantized.passes(x) == (clipped == curve.value(x)))
    }
  }

  @Test(arguments: [false, true])
  func `a folded curve is quantized with its scale, its ends and its tails`(hasTails: Bool) throws {
    let own = [0.3, 0.25, -0.1, 0.05]
    let learned = { (coefficients: [Double]) in
      LearnedCurve(
        curve: try ActivationCurve(.chebyshev, coefficients), offset: 0, scale: 0.5,
        ends: -1...0.8, hasTails: hasTails)
    }
    let curve = try learned(own)
    let quantized = QuantizedCurve(curve, bits: 6)
    #expect(try quantized.table(on: -3...3).count == 64)
    for x in stride(from: -4.0, through: 4, by: 0.21) {
      let clipped = min(max(curve.value(x), 0), 1)
      #expect(abs(quantized.value(x) - clipped) <= 0.5 / 63 + 1e-12)
      let isWithin = clipped == curve.value(x)
      #expect(quantized.passes(x) == isWithin)
      let slopes = quantized.coefficientSlopes(x)
      for j in own.indices {
        var (more, less) = (own, own)
        more[j] += 1e-6
        less[j] -= 1e-6
        let slope = (try learned(more).value(x) - learned(less).value(x)) / 2e-6
        #expect(abs(slopes[j] - (isWithin ? slope : 0)) < 1e-8)
      }
      let slope = (curve.value(x + 1e-6) - curve.value(x - 1e-6)) / 2e-6
      #expect(abs(quantized.slope(x) - (isWithin ? slope : 0)) < 1e-7)
      // The current of a spiking unit, away from where rounding of its voltage decides.
      let steps = clipped * 16 + 0.5
      if clipped < 1, clipped > 0, abs(steps - steps.rounded()) > 1e-6 {
        #expect(curve.spikes(x, steps: 16) == Int(steps.rounded(.down)))
      }
    }
  }
}
