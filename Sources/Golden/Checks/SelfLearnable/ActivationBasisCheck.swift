import Engine

/// `basis`: values and derivatives of the elements of all bases.
struct ActivationBasisCheck: GoldenCheck {
  var name: String { "basis" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let x = try file.value("x").doubles()
    let tolerance = GoldenTolerance.scaled(try file.value("tolerance_float64").double())
    for (name, item) in try file.value("families").members() {
      tally.countCase()
      guard let basis = ActivationBasis(rawValue: name) else {
        throw item.invalid("the name of a basis", found: name)
      }
      let listed = try item.value("value").rows()
      let degree = (listed.first?.count ?? 0) - 1
      guard ActivationBasis.allowedDegrees.contains(degree) else {
        throw item.invalid("a degree of 1 to 16", found: "\(degree)")
      }
      for (key, found) in [
        ("value", x.map { basis.values($0, degree: degree) }),
        ("derivative", x.map { basis.slopes($0, degree: degree) }),
      ] {
        let expected = try item.value(key).rows(count: x.count, columns: degree + 1)
        tally.compare(
          found.flatMap { $0 }, expected.flatMap { $0 }, tolerance, at: "\(item.path).\(key)")
      }
      try checkCurve(basis, degree, x, item, tolerance, &tally)
      let single = try file.value("tolerance_float32_relative").double()
      try checkEngine(basis, degree, x, item, .relative(single), &tally)
    }
  }

  /// Sums of all elements by the other recurrence.
  private func checkCurve(
    _ basis: ActivationBasis, _ degree: Int, _ x: [Double], _ item: GoldenValue,
    _ tolerance: GoldenTolerance, _ tally: inout GoldenTally
  ) throws {
    let curve = try ActivationCurve(basis, [Double](repeating: 1, count: degree + 1))
    for (key, found) in [("value", x.map(curve.value)), ("derivative", x.map(curve.slope))] {
      let sums = try item.value(key).rows().map { $0.reduce(0, +) }
      tally.compare(found, sums, tolerance, at: "\(item.path).\(key), summed")
    }
  }

  /// Each element by the engine's layer, in Float32.
  private func checkEngine(
    _ basis: ActivationBasis, _ degree: Int, _ x: [Double], _ item: GoldenValue,
    _ tolerance: GoldenTolerance, _ tally: inout GoldenTally
  ) throws {
    let run = try SelfLearnableRun(
      SelfLearnableConfiguration(basis: basis, degree: degree), neurons: 1)
    let own = run.layer.configuration.ownElements
    run.set(run.layer.constant, [0])
    guard x.count > 1 else { throw item.invalid("two inputs and more", found: "\(x.count)") }
    for j in 0..<own {
      run.set(run.layer.coefficients, (0..<own).map { $0 == j ? 1 : 0 })
      let result = run.run(x.map { [$0] }, upstream: x.map { _ in [1] })
      let element = basis.isPolynomial ? j + 1 : j
      for (key, found) in [("value", result.outputs), ("derivative", result.inputGradients)] {
        let listed = try item.value(key).rows().map { $0[element] }
        tally.compare(found, listed, tolerance, at: "\(item.path).\(key)[\(element)], engine")
      }
    }
  }
}
