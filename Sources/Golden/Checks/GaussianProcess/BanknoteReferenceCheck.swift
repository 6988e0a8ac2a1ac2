import Engine

/// `banknote_reference`: two trained networks on some rows of the banknote data, and what they were
/// before training where rows suffice.
struct BanknoteReferenceCheck: GoldenCheck {
  var name: String { "banknote_reference" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let tolerance = GoldenTolerance.scaled(try file.value("tolerance_float64_logit").double())
    let points = try file.controlPoints(
      try file.value("z").doubles(), .squaredExponential,
      lengthScale: try file.value("lengthscale").double(),
      noise: try file.value("noise").double())
    for item in try file.value("networks").elements() {
      tally.countCase()
      let trained = try item.value("trained")
      let network = try trained.kolmogorovNetwork(points, b: trained.value("b"))
      tally.compare(
        Double(network.parameters), try item.value("parameters").double(), .exact,
        at: "\(item.path).parameters")
      for row in try item.value("rows").elements() {
        let pass = network.run(try row.value("x_scaled").doubles(count: network.inputs))
        let found: [(String, [Double])] = [
          ("phi", pass.inner.flatMap { $0 }), ("t", pass.sums),
          ("o", pass.outer.flatMap { $0 }), ("logit", pass.outputs),
        ]
        for (key, numbers) in found {
          tally.compare(
            numbers, try row.value(key).leaves(), tolerance, at: "\(row.path).\(key)")
        }
      }
    }
  }
}
