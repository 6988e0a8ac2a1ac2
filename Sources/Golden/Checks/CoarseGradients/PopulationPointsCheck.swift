import Engine

/// `population_points`: loss, gradients and expected coarse gradients at given points.
struct PopulationPointsCheck: GoldenCheck {
  var name: String { "population_points" }
  private static let tolerance = GoldenTolerance.scaled(1e-12)

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    for item in try file.value("cases").elements() {
      tally.countCase()
      let teacher = try item.teacher()
      let point = try item.point(teacher)
      try checkPoint(point, item, into: &tally)
      for (name, listed) in try item.value("ste").members() {
        let estimator = try ToyEstimators.named(name, in: listed)
        try checkGradient(of: estimator, at: point, listed, into: &tally)
      }
    }
  }

  private func checkPoint(
    _ point: PopulationPoint, _ item: GoldenValue, into tally: inout GoldenTally
  ) throws {
    let teacher = point.teacher
    let numbers: [(String, Double)] = [
      ("theta", point.place.angle), ("w_norm", point.place.norm),
      ("v_dot_vstar", point.projection), ("v_err", point.distanceToTeacher),
      ("loss", point.loss),
      (
        "h",
        point.squaredNorm + point.sum * point.sum - point.sum * teacher.sum + point.projection
      ),
    ]
    for (key, number) in numbers {
      let listed = try item.value(key)
      tally.compare(number, try listed.double(), Self.tolerance, at: listed.path)
    }
    let vectors = [
      ("grad_v", point.gradientV), ("grad_w", point.gradientW), ("u", point.direction),
      ("u_perp", point.perpendicular),
    ]
    for (key, vector) in vectors {
      let listed = try item.value(key)
      tally.compare(vector, try listed.doubles(), Self.tolerance, at: listed.path)
    }
    let exists = try item.value("has_spurious")
    tally.require(
      try exists.truth() == teacher.hasSpuriousMinima, at: exists.path, "the other was found")
  }

  private func checkGradient(
    of estimator: CoarseEstimator, at point: PopulationPoint, _ listed: GoldenValue,
    into tally: inout GoldenTally
  ) throws {
    let expected = ExpectedCoarseGradient(of: estimator, at: point)
    let numbers = [
      ("radial", expected.radial), ("tangential", expected.tangential),
      ("norm", expected.norm), ("inner_with_grad_w", expected.inner),
      ("inner_formula", expected.inner),
    ]
    for (key, number) in numbers + expected.moments.named {
      let value = try listed.value(key)
      tally.compare(number, try value.double(), estimator.tolerance, at: value.path)
    }
    let vector = try listed.value("coarse_grad_w")
    tally.compare(
      expected.vector(at: point), try vector.doubles(), estimator.tolerance, at: vector.path)
    try tally.compare(expected.cosine, try listed.optional("cosine"), estimator.tolerance)
    try tally.compare(
      expected.angle.map { $0 * 180 / .pi }, try listed.optional("angle_deg"), .absolute(1e-5))
    try tally.compare(
      expected.boundRatio.map { _ in expected.literalBoundRatio(at: point) },
      try listed.optional("bound_ratio"), .relative(1e-9))
  }
}

extension CoarseMoments {
  /// The four moments by the names of the files.
  var named: [(String, Double)] {
    [("A", positive), ("B", total), ("c_u", along), ("c_perp", across)]
  }
}
