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
}
