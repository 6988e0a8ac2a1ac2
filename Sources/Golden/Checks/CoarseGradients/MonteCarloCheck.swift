import Engine

/// `monte_carlo`: means over samples of the portable generator beside the closed forms.
struct MonteCarloCheck: GoldenCheck {
  var name: String { "monte_carlo" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    try checkGenerator(try file.value("rng"), into: &tally)
    for item in try file.value("cases").elements() {
      tally.countCase()
      let point = try item.point(try item.teacher())
      let listed = try item.value("ste").members()
      var estimators: [CoarseEstimator] = []
      for (name, value) in listed { estimators.append(try ToyEstimators.named(name, in: value)) }
      let count = try item.value("N").integer(in: 1...10_000_000)
      let seed = UInt64(try item.value("seed").integer(in: 0...(1 << 53)))
      var sums = SampleSums(point, estimators: estimators)
      sums.add(0..<count, of: PortableNormals(seed: seed))
      try compare([sums.meanLoss], [sums.lossStandardError], [point.loss], item, "loss", &tally)
      try compare(
        sums.meanGradientV, sums.gradientVStandardErrors, point.gradientV, item, "grad_v", &tally)
      for (index, value) in listed.map(\.value).enumerated() {
        try checkEstimator(index, sums, at: point, value, into: &tally)
      }
    }
  }

  private func checkGenerator(_ listed: GoldenValue, into tally: inout GoldenTally) throws {
    let seed = UInt64(try listed.value("seed").integer(in: 0...(1 << 53)))
    var words = SplitMix64(state: seed)
    for value in try listed.value("first_u64_hex").elements() {
      let word = words.next()
      tally.require(
        UInt64(try value.text(), radix: 16) == word, at: value.path, "\(word) was drawn")
    }
    var generator = SplitMix64(state: seed)
    let uniforms = try listed.value("first_uniform").doubles()
    tally.compare(
      uniforms.map { _ in generator.nextUniform() }, uniforms, .exact, at: "rng.first_uniform")
    let normals = try listed.value("first_normal").doubles()
    tally.compare(
      PortableNormals(seed: seed).numbers(normals.count), normals, .absolute(1e-14),
      at: "rng.first_normal")
  }

  private func compare(
    _ means: [Double], _ errors: [Double], _ exact: [Double], _ item: GoldenValue, _ key: String,
    _ tally: inout GoldenTally
  ) throws {
    let columns: [(String, [Double], GoldenTolerance)] = [
      ("\(key)_mc", means, .absolute(1e-8)), ("\(key)_se", errors, .relative(1e-6)),
      ("\(key)_exact", exact, .scaled(1e-12)),
    ]
    for (key, column, tolerance) in columns {
      let listed = try item.value(key)
      let expected =
        if case .array = listed.json { try listed.doubles() } else { [try listed.double()] }
      tally.compare(column, expected, tolerance, at: listed.path)
    }
    try requireNear(means, errors, exact, at: "\(item.path).\(key)", &tally)
  }

  private func checkEstimator(
    _ index: Int, _ sums: SampleSums, at point: PopulationPoint, _ listed: GoldenValue,
    into tally: inout GoldenTally
  ) throws {
    let estimator = sums.estimators[index]
    let exact = ExpectedCoarseGradient(of: estimator, at: point).vector(at: point)
    let (means, errors) = (sums.meanGradientW(index), sums.gradientWStandardErrors(index))
    let columns: [(String, [Double], GoldenTolerance)] = [
      ("mean", means, .absolute(1e-8)), ("se", errors, .relative(1e-6)),
      ("exact", exact, estimator.tolerance),
    ]
    for (key, column, tolerance) in columns {
      let value = try listed.value(key)
      tally.compare(column, try value.doubles(), tolerance, at: value.path)
    }
    try requireNear(means, errors, exact, at: listed.path, &tally)
  }

  /// Each mean within five standard errors of the exact number.
  private func requireNear(
    _ means: [Double], _ errors: [Double], _ exact: [Double], at path: String,
    _ tally: inout GoldenTally
  ) throws {
    for index in means.indices {
      tally.require(
        abs(means[index] - exact[index]) <= 5 * errors[index], at: path,
        "a mean is further than 5 standard errors from the exact number")
    }
  }
}
