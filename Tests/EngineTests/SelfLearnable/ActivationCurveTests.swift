import Engine
import Testing

@Suite struct ActivationCurveTests {
  private let places = [-1.4, -1, -0.6, -0.05, 0, 0.3, 0.85, 1.2]

  private func curve(_ basis: ActivationBasis, degree: Int) throws -> ActivationCurve {
    try ActivationCurve(basis, (0...degree).map { Double($0 * 37 % 11) / 7 - 0.7 })
  }

  @Test(arguments: ActivationBasis.allCases, [1, 2, 7, 16])
  func `slopes are central differences, and sums are those of the elements`(
    basis: ActivationBasis, degree: Int
  ) throws {
    let curve = try curve(basis, degree: degree)
    for x in places where abs(x) <= 1 {
      let elements = zip(curve.coefficients, basis.values(x, degree: degree))
      let sum = elements.reduce(0) { $0 + $1.0 * $1.1 }
      let size = elements.reduce(1) { $0 + abs($1.0 * $1.1) }
      #expect(abs(curve.value(x) - sum) < 1e-12 * size)
      let h = 1e-6
      let difference = (curve.value(x + h) - curve.value(x - h)) / (2 * h)
      #expect(abs(curve.slope(x) - difference) < 1e-7 * max(size, abs(difference)))
      let slopes = basis.slopes(x, degree: degree)
      let other = zip(curve.coefficients, slopes).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(curve.slope(x) - other) < 1e-10 * max(size, abs(other)))
    }
  }

  @Test(arguments: ActivationBasis.allCases, ActivationBasis.allCases)
  func `another polynomial basis keeps the curve`(from: ActivationBasis, to: ActivationBasis) throws
  {
    let curve = try curve(from, degree: 9)
    guard from == to || from.isPolynomial && to.isPolynomial else {
      #expect(throws: SelfLearnableError.notPolynomial) { try curve.converted(to: to) }
      return
    }
    let other = try curve.converted(to: to)
    let back = try other.converted(to: from)
    for x in places {
      #expect(abs(other.value(x) - curve.value(x)) < 1e-9 * max(1, abs(curve.value(x))))
    }
    let size = curve.coefficients.map(abs).reduce(1, max)
    for (a, b) in zip(back.coefficients, curve.coefficients) { #expect(abs(a - b) < 1e-8 * size) }
  }

  @Test(arguments: ActivationBasis.allCases)
  func `a higher degree keeps the curve, a lower one is its best fit`(
    basis: ActivationBasis
  ) throws {
    let range = -0.9...1.1
    let curve = try curve(basis, degree: 3)
    let higher = try curve.changed(toDegree: 8, on: range)
    #expect(higher.degree == 8)
    for x in places where range.contains(x) {
      #expect(abs(higher.value(x) - curve.value(x)) < 1e-9)
    }
    let lower = try higher.changed(toDegree: 3, on: range)
    for x in places where range.contains(x) {
      #expect(abs(lower.value(x) - curve.value(x)) < 1e-9)
    }
    #expect(try curve.changed(toDegree: 3, on: range) == curve)
    for degree in [0, 17] {
      #expect(throws: SelfLearnableError.degree(degree)) {
        try curve.changed(toDegree: degree, on: range)
      }
    }
  }

  @Test func `the nearest known function and its distance`() throws {
    for known in KnownActivation.allCases {
      let nearest = try KnownActivation.nearest(to: known.value, on: -2...3)
      #expect(nearest.activation == known && nearest.distance == 0)
    }
    let fit = try ActivationFit(
      KnownActivation.tanh.value, basis: .hermite, degree: 5, on: -2...2)
    let nearest = try KnownActivation.nearest(to: fit.curve.value, on: -2...2)
    #expect(nearest.activation == .tanh)
    #expect(abs(nearest.distance - fit.rootMeanSquare) < 0.1 * fit.rootMeanSquare)
    #expect(throws: SelfLearnableError.range(1...1)) {
      try KnownActivation.nearest(to: { $0 }, on: 1...1)
    }
    #expect(throws: SelfLearnableError.unfit) {
      try KnownActivation.nearest(to: { 1 / $0 }, on: -1...1)
    }
  }

  @Test func `degrees and inputs that are out of range are refused`() throws {
    for count in [0, 1, 18] {
      #expect(throws: SelfLearnableError.degree(count - 1)) {
        try ActivationCurve(.monomial, [Double](repeating: 1, count: count))
      }
    }
    #expect(throws: SelfLearnableError.range(2...2)) {
      try ActivationFit({ $0 }, basis: .monomial, degree: 2, on: 2...2)
    }
    #expect(throws: SelfLearnableError.unfit) {
      try ActivationFit({ _ in .nan }, basis: .monomial, degree: 2, on: 0...1)
    }
    // The figures of the specification.
    for (degree, largest) in [(7, 560.0), (10, 84), (4, 65_000)] {
      #expect(ActivationBasis.overflows(degree: degree, inputs: largest * 1.01))
      #expect(!ActivationBasis.overflows(degree: degree, inputs: -largest * 0.97))
    }
    #expect(ActivationBasis.overflows(degree: 4, inputs: .nan))
  }
}
