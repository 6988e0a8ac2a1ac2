import Engine

/// `alpha_calibration`: the best resolutions for half-normal inputs in each convention, and the
/// alternation on the quantiles of the normal distribution.
struct StepCalibrationCheck: GoldenCheck {
  var name: String { "alpha_calibration" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    for item in try file.value("optimum").elements() {
      tally.countCase()
      try checkOptimum(item, &tally)
    }
    for item in try file.value("lloyd_nearest").elements() {
      tally.countCase()
      try checkAlternation(item, &tally)
    }
    if let published = try file.optional("published") {
      for (key, _) in try published.members() { tally.note("published.\(key) is not compared") }
    }
  }

  private func checkOptimum(_ item: GoldenValue, _ tally: inout GoldenTally) throws {
    let convention = try item.value("convention")
    guard let thresholds = QuantizedReLU.Thresholds(rawValue: try convention.text()) else {
      throw convention.invalid("nearest, hwgq or ceil", found: try convention.text())
    }
    let bits = try bits(item)
    let optimum = try StepCalibration.optimum(bits: bits, thresholds: thresholds)
    let step = try item.value("alpha_opt").double()
    tally.compare(optimum.step, step, .absolute(1e-6), at: "\(item.path).alpha_opt")
    for (key, step) in [("mse_at_opt", optimum.step), ("mse_at_alpha_0p5", 0.5)] {
      let error = try StepCalibration.error(step: step, bits: bits, thresholds: thresholds)
      tally.compare(
        error, try item.value(key).double(), .relative(1e-8), at: "\(item.path).\(key)")
    }
  }

  private func bits(_ item: GoldenValue) throws -> Int {
    let listed = try item.value("bits")
    let bits = try listed.integer()
    guard QuantizedReLU.allowedBits.contains(bits) else {
      throw listed.invalid("bits in 1...16", found: "\(bits)")
    }
    return bits
  }

  private func checkAlternation(_ item: GoldenValue, _ tally: inout GoldenTally) throws {
    let listed = try item.value("N")
    let count = try listed.integer()
    guard (1...1_000_000).contains(count) else {
      throw listed.invalid("a number of samples", found: "\(count)")
    }
    let samples = (0..<count).map {
      NormalQuantile.value(0.5 + (Double($0) + 0.5) / (2 * Double(count)))
    }
    let bits = try bits(item)
    let start = (samples.max() ?? 0) / Double((1 << bits) - 1)
    tally.compare(
      start, try item.value("alpha0").double(), .absolute(1e-9), at: "\(item.path).alpha0")
    for (key, rounds) in [("alpha_after_1", 1), ("alpha_after_2", 2), ("alpha_final", .max)] {
      let found = try StepCalibration.lloyd(samples, bits: bits, rounds: rounds)
      tally.compare(
        found.step, try item.value(key).double(), .absolute(1e-9), at: "\(item.path).\(key)")
      guard rounds == .max else { continue }
      let iterations = try item.value("iterations").integer()
      tally.compare(
        Double(found.iterations), Double(iterations), .absolute(3),
        at: "\(item.path).iterations")
    }
  }
}
