import Engine

/// `critical_points`: where the gradients of a teacher's problem vanish, the section of the
/// landscape, and what estimators leave at its far end.
struct CriticalPointsCheck: GoldenCheck {
  var name: String { "critical_points" }
  private static let tolerance = GoldenTolerance.scaled(1e-12)

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    for item in try file.value("cases").elements() {
      tally.countCase()
      let teacher = try item.teacher()
      try checkPoints(teacher, item, into: &tally)
      for row in try item.value("reduced_landscape").elements() {
        let angle = try row.value("theta").double()
        try compare(teacher.bestV(at: angle), row, "v_opt", into: &tally)
        try compare([teacher.leastLoss(at: angle)], row, "loss", into: &tally)
      }
      let place = CoarsePlace(norm: 1, angle: .pi)
      for (name, listed) in try item.value("coarse_norm_at_theta_pi_unit_w").members() {
        let estimator = try ToyEstimators.named(name, in: listed)
        try checkResidual(of: estimator, teacher, at: place, listed, into: &tally)
      }
    }
  }

  private func checkPoints(
    _ teacher: CoarseTeacher, _ item: GoldenValue, into tally: inout GoldenTally
  ) throws {
    let end = teacher.farEnd
    let test = teacher.spuriousTest
    let lengths = teacher.residualFactor * ToyEstimators.peak
    var listed: [(String, [Double])] = [
      ("sum_vstar", [teacher.sum]), ("norm2_vstar", [teacher.squaredNorm]), ("lhs", [test.left]),
      ("rhs", [test.right]), ("global_loss", [teacher.globalMinimum.loss]),
      ("theta_pi_v", end.v), ("theta_pi_loss", [end.loss]),
      ("theta_pi_v_dot_vstar", [zip(end.v, teacher.v).reduce(0) { $0 + $1.0 * $1.1 }]),
      ("K", [teacher.residualFactor]), ("identity_coarse_norm_at_theta_pi", [lengths]),
    ]
    let exists = try item.value("saddle_and_spurious_exist")
    tally.require(
      try exists.truth() == teacher.hasSpuriousMinima, at: exists.path, "the other was found")
    if let saddle = teacher.saddle {
      let squares = saddle.v.reduce(0) { $0 + $1 * $1 }
      listed += [
        ("saddle_v", saddle.v), ("saddle_theta", [saddle.angle]), ("saddle_loss", [saddle.loss]),
        ("saddle_identity_coarse_norm", [squares * ToyEstimators.peak]),
      ]
    }
    for (key, numbers) in listed { try compare(numbers, item, key, into: &tally) }
  }

  /// The residual of the whole formula at (v, -w*), beside the one that is predicted.
  private func checkResidual(
    of estimator: CoarseEstimator, _ teacher: CoarseTeacher, at place: CoarsePlace,
    _ listed: GoldenValue, into tally: inout GoldenTally
  ) throws {
    let moments = estimator.moments(at: place)
    let point = try PopulationPoint(teacher, v: teacher.farEnd.v, w: teacher.w.map { -$0 })
    let expected = ExpectedCoarseGradient(of: estimator, at: point)
    let residual = CoarseResidual(of: estimator, teacher: teacher, norm: 1, rate: 0.05)
    let numbers = [
      ("A", moments.positive), ("B", moments.total), ("A_minus_B", moments.negativeSide),
      ("coarse_norm", expected.norm), ("predicted", residual.size),
    ]
    for (key, number) in numbers {
      let value = try listed.value(key)
      tally.compare(number, try value.double(), estimator.tolerance, at: value.path)
    }
  }

  private func compare(
    _ found: [Double], _ item: GoldenValue, _ key: String, into tally: inout GoldenTally
  ) throws {
    let listed = try item.value(key)
    let expected =
      if case .array = listed.json { try listed.doubles() } else { [try listed.double()] }
    tally.compare(found, expected, Self.tolerance, at: listed.path)
  }
}

extension ToyEstimators {
  /// 1/√(2π)
  static let peak = 1 / (2 * Double.pi).squareRoot()
}
