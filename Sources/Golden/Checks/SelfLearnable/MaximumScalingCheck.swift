import Engine

/// `max_scaling`: powers of inputs divided by a multiple of the largest in the batch, with and
/// without gradients through it, in Double and by the engine.
struct MaximumScalingCheck: GoldenCheck {
  var name: String { "max_scaling" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    tally.countCase()
    let x = try file.value("x").batch()
    let upstream = try file.value("dy").rows(count: x.count, columns: x[0].count)
    let exact = GoldenTolerance.scaled(try file.value("tolerance_float64").double())
    let single = GoldenTolerance.scaled(try file.value("tolerance_float32").double())
    let (multiplier, least) = try (file.value("m").double(), file.value("n").double())
    let curve = try ActivationCurve(
      .monomial, [try file.value("b").double()] + (try file.value("w").doubles()))
    let peaks = x[0].indices.map { neuron in x.map { abs($0[neuron]) }.max() ?? 0 }
    let divisors = peaks.map { multiplier * $0 + least }
    let scaled = x.map { row in zip(row, divisors).map { $0 / $1 } }
    let inner = ReferenceSelfLearnable(curves: [curve])
    let byScaled = inner.gradients(scaled, upstream).inputs
    let stopped = byScaled.map { row in zip(row, divisors).map { $0 / $1 } }
    let byDivisor = divisors.indices.map { neuron in
      x.indices.reduce(0) {
        $0 - byScaled[$1][neuron] * scaled[$1][neuron] / divisors[neuron]
      }
    }
    var full = stopped
    for neuron in peaks.indices {
      guard let owner = x.firstIndex(where: { abs($0[neuron]) == peaks[neuron] }) else { continue }
      full[owner][neuron] += (x[owner][neuron] < 0 ? -1 : 1) * multiplier * byDivisor[neuron]
    }
    let places: [(String, [Double])] = [
      ("batch_max_abs", peaks), ("y", inner.outputs(scaled).flatMap { $0 }),
      ("dx_stopgrad", stopped.flatMap { $0 }), ("dx_full", full.flatMap { $0 }),
      ("dm", [zip(byDivisor, peaks).reduce(0) { $0 + $1.0 * $1.1 }]),
      ("running_max_after", peaks.map { 0.99 + 0.01 * $0 }),
    ]
    for (key, found) in places {
      try tally.compare(found, file.value(key), exact, as: "Double")
    }
    try checkEngine(curve, multiplier, x, upstream, file, single, &tally)
  }

  private func checkEngine(
    _ curve: ActivationCurve, _ multiplier: Double, _ x: [[Double]], _ upstream: [[Double]],
    _ file: GoldenValue, _ tolerance: GoldenTolerance, _ tally: inout GoldenTally
  ) throws {
    for (key, passesGradient) in [("dx_stopgrad", false), ("dx_full", true)] {
      let run = try SelfLearnableRun(
        SelfLearnableConfiguration(
          degree: curve.degree, normalization: .maximum(passesGradient: passesGradient)),
        neurons: x[0].count)
      guard let maximum = run.layer.maximum else { continue }
      run.set(run.layer.coefficients, Array(curve.coefficients.dropFirst()))
      run.set(run.layer.constant, [curve.coefficients[0]])
      run.set(maximum.multiplier, [multiplier])
      let result = run.run(x, upstream: upstream)
      let places: [(String, [Double])] = [
        ("y", result.outputs), (key, result.inputGradients),
        ("dm", result.gradient(maximum.multiplier)),
        ("running_max_after", run.weights[maximum.peak].array.map(Double.init)),
      ]
      for (key, found) in places {
        try tally.compare(found, file.value(key), tolerance, as: "engine")
      }
    }
  }
}
