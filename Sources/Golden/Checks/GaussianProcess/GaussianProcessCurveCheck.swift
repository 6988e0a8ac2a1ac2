import Engine

/// `activation`: values and all derivatives of curves through control points.
struct GaussianProcessCurveCheck: GoldenCheck {
  var name: String { "activation" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let tolerance = GoldenTolerance.scaled(try file.value("tolerance_float64").double())
    for item in try file.value("cases").elements() {
      tally.countCase()
      let z = try item.value("z").doubles()
      let points = try item.controlPoints(z, noise: try item.value("noise").double())
      let curve = GaussianProcessCurve(
        points, outputs: try item.value("u").doubles(count: points.count))
      let x = try item.value("x").doubles()
      let numbers: [(String, [Double])] = [
        ("alpha", curve.weights), ("y", x.map(curve.value)), ("dy_dx", x.map(curve.slope)),
        ("dy_dlengthscale", x.map(curve.lengthScaleSlope)),
        ("dy_dnoise", x.map(curve.noiseSlope)),
        ("posterior_variance", x.map(points.variance)), ("y_at_z", z.map(curve.value)),
        ("prior_energy_gradient_2Kinvu", curve.energyGradient),
      ]
      for (key, found) in numbers {
        tally.compare(
          found, try item.value(key).doubles(), tolerance, at: "\(item.path).\(key)")
      }
      for (key, found) in [("A", x.map(points.row)), ("dy_dz", x.map(curve.inputSlopes))] {
        let expected = try item.value(key).rows(count: x.count, columns: z.count)
        tally.compare(
          found.flatMap { $0 }, expected.flatMap { $0 }, tolerance, at: "\(item.path).\(key)")
      }
      tally.compare(
        curve.energy, try item.value("prior_energy_uKinvu").double(), tolerance,
        at: "\(item.path).prior_energy_uKinvu")
    }
  }
}
