import Engine

/// `line_search`: losses after one step of different sizes along the gradients of a sample.
struct LineSearchCheck: GoldenCheck {
  var name: String { "line_search" }
  private static let tolerance = GoldenTolerance.absolute(1e-10)

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let point = try file.point(try file.teacher())
    let normals = PortableNormals(seed: UInt64(try file.value("seed").integer(in: 0...(1 << 53))))
    let rates = try file.value("eta").doubles()
    for curve in try file.value("curves").elements() {
      tally.countCase()
      let count = try curve.value("N").integer(in: 1...10_000_000)
      let search = CoarseLineSearch(
        from: point, estimator: try ToyEstimators.named(try curve.value("ste")),
        samples: 0..<count, of: normals, rates: rates)
      let columns = [
        ("coarse_grad_w", search.gradientW), ("grad_v", search.gradientV),
        ("empirical_loss", search.empirical),
        ("population_loss_on_same_ray", search.population),
        ("population_loss_on_exact_ray", search.expected),
      ]
      for (key, column) in columns {
        let listed = try curve.value(key)
        tally.compare(column, try listed.doubles(), Self.tolerance, at: listed.path)
      }
    }
  }
}
