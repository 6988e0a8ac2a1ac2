import Engine

/// `trajectories`: exact descents with their checkpoints.
struct TrajectoriesCheck: GoldenCheck {
  var name: String { "trajectories" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let teacher = try file.teacher()
    for run in try file.value("runs").elements() {
      tally.countCase()
      let estimator = try ToyEstimators.named(try run.value("ste"))
      let steps = try run.value("steps").integer(in: 0...10_000_000)
      let start = try run.point(teacher, v: "v0", w: "w0")
      var descent = CoarseGradientDescent(
        from: start,
        settings: CoarseGradientDescent.Settings(
          rate: try run.value("eta").double(), estimator: estimator))
      for checkpoint in try Self.byStep(run, until: steps) {
        descent.run(checkpoint.step - descent.record.steps)
        try compare(descent, checkpoint.value, into: &tally)
      }
      descent.run(steps - descent.record.steps)
      try compareEnd(descent, run, into: &tally)
    }
  }

  private static func byStep(
    _ run: GoldenValue, until steps: Int
  ) throws -> [(step: Int, value: GoldenValue)] {
    try run.value("checkpoints").elements()
      .map { (try $0.value("t").integer(in: 0...steps), $0) }
      .sorted { $0.0 < $1.0 }
  }

  private func compare(
    _ descent: CoarseGradientDescent, _ listed: GoldenValue, into tally: inout GoldenTally
  ) throws {
    let (point, expected) = (descent.point, descent.expected)
    let precision = descent.record.steps <= 1000 ? 1e-8 : 1e-6
    func number(_ key: String) throws -> Double { try listed.value(key).double() }
    let loss = try number("loss")
    tally.compare(
      point.loss, loss, .absolute(1e-12 + precision * abs(loss)), at: "\(listed.path).loss")
    for (key, found) in [("theta", point.place.angle), ("v_err", point.distanceToTeacher)] {
      tally.compare(found, try number(key), .absolute(precision), at: "\(listed.path).\(key)")
    }
    for (key, found) in [("v", point.v), ("w", point.w)] {
      let value = try listed.value(key)
      tally.compare(found, try value.doubles(), .absolute(precision), at: value.path)
    }
    tally.compare(
      point.place.norm, try number("w_norm"), .relative(precision), at: "\(listed.path).w_norm")
    let norm = try number("coarse_norm")
    tally.compare(
      expected.norm, norm, .absolute(1e-11 + 1e-6 * norm), at: "\(listed.path).coarse_norm")
    let cosine = try listed.value("cosine")
    if !cosine.isNull && norm > 1e-6 {
      tally.compare(
        expected.cosine ?? .nan, try cosine.double(), .absolute(1e-6), at: cosine.path)
    }
  }

  private func compareEnd(
    _ descent: CoarseGradientDescent, _ run: GoldenValue, into tally: inout GoldenTally
  ) throws {
    let record = descent.record
    let monotone = try run.value("monotone")
    tally.require(
      try monotone.truth() == record.isMonotone, at: monotone.path, "the other was found")
    let increase = try run.value("first_increase_step")
    let listed = increase.isNull ? nil : try increase.integer()
    tally.require(
      listed == record.firstIncrease, at: increase.path,
      "\(record.firstIncrease.map(String.init) ?? "none") was found")
    let numbers: [(String, Double, GoldenTolerance)] = [
      ("final_loss", descent.point.loss, .absolute(1e-8)),
      ("final_theta", descent.point.place.angle, .absolute(1e-8)),
      ("min_w_norm", record.smallestNorm, .relative(1e-6)),
    ]
    for (key, found, tolerance) in numbers {
      let value = try run.value(key)
      if try monotone.truth() {
        tally.compare(found, try value.double(), tolerance, at: value.path)
      } else {
        tally.note("\(value.path): \(found), listed \(try value.double())")
      }
    }
  }
}
