import Engine

/// `plain_forward_backward`: sums of elements, shared by a layer or of each neuron, and all
/// derivatives, in Double and by the engine.
struct PlainActivationCheck: GoldenCheck {
  var name: String { "plain_forward_backward" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let x = try file.value("x").batch()
    let upstream = try file.value("dy").rows(count: x.count, columns: x[0].count)
    let exact = GoldenTolerance.scaled(try file.value("tolerance_float64").double())
    let single = GoldenTolerance.scaled(try file.value("tolerance_float32").double())
    for item in try file.value("cases").elements() {
      tally.countCase()
      let listed = try item.value("basis")
      guard let basis = ActivationBasis(rawValue: try listed.text()) else {
        throw listed.invalid("the name of a basis", found: try listed.text())
      }
      let rows = try item.value("a").coefficients(neurons: x[0].count)
      let reference = ReferenceSelfLearnable(
        curves: try rows.map { try ActivationCurve(basis, $0) })
      let gradients = reference.gradients(x, upstream)
      let places: [(String, [[Double]])] = [
        ("y", reference.outputs(x)), ("dx", gradients.inputs), ("da", gradients.coefficients),
      ]
      for (key, found) in places {
        try tally.compare(found.flatMap { $0 }, item.value(key), exact, as: "Double")
      }
      try checkEngine(basis, rows, x, upstream, item, single, &tally)
    }
  }

  private func checkEngine(
    _ basis: ActivationBasis, _ rows: [[Double]], _ x: [[Double]], _ upstream: [[Double]],
    _ item: GoldenValue, _ tolerance: GoldenTolerance, _ tally: inout GoldenTally
  ) throws {
    let run = try SelfLearnableRun(
      SelfLearnableConfiguration(
        basis: basis, degree: rows[0].count - 1, sharing: rows.count == 1 ? .layer : .channel),
      neurons: x[0].count)
    // A polynomial's first element is the constant, which Fourier's basis lacks.
    let own = basis.isPolynomial ? rows.map { Array($0.dropFirst()) } : rows
    run.set(run.layer.coefficients, own.flatMap { $0 })
    run.set(run.layer.constant, rows.map { basis.isPolynomial ? $0[0] : 0 })
    let result = run.run(x, upstream: upstream)
    let constants = result.gradient(run.layer.constant)
    let gradients = result.gradient(run.layer.coefficients)
    let joined = rows.indices.flatMap { row in
      let part = gradients[row * own[0].count..<(row + 1) * own[0].count]
      return basis.isPolynomial ? [constants[row]] + part : Array(part)
    }
    for (key, found) in [
      ("y", result.outputs), ("dx", result.inputGradients), ("da", joined),
    ] {
      try tally.compare(found, item.value(key), tolerance, as: "engine")
    }
  }
}

extension GoldenValue {
  /// [sample][neuron] with at least two samples and one neuron, all samples of the same.
  func batch() throws -> [[Double]] {
    let rows = try rows()
    guard let first = rows.first, !first.isEmpty, rows.count > 1,
      rows.allSatisfy({ $0.count == first.count })
    else { throw invalid("two rows and more of as many numbers", found: "another shape") }
    return rows
  }

  /// [1 or neuron][element].
  func coefficients(neurons: Int) throws -> [[Double]] {
    let rows = try rows()
    guard let first = rows.first, rows.count == 1 || rows.count == neurons, !first.isEmpty,
      first.count <= 1 + ActivationBasis.allowedDegrees.upperBound,
      rows.allSatisfy({ $0.count == first.count })
    else { throw invalid("a row of coefficients, or one for each neuron", found: "another shape") }
    return rows
  }
}

extension GoldenTally {
  /// Compares with all numbers of a value of any shape; `route` says what computed them.
  mutating func compare(
    _ found: [Double], _ listed: GoldenValue, _ tolerance: GoldenTolerance, as route: String
  ) throws {
    compare(found, try listed.leaves(), tolerance, at: "\(listed.path), \(route)")
  }
}
