import Engine

/// `ensembles`: what follows from the tables of simulated ensembles alone, the exponents of sizes
/// and the states that theory expects. The simulations themselves are `bench reproduce inhibitory`.
struct InhibitoryEnsemblesCheck: GoldenCheck {
  var name: String { "ensembles" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    for name in ["global_finite_size", "sparse_finite_size"] {
      let table = try EnsembleTable(name, in: file)
      for row in table.rows {
        tally.countCase()
        for exponent in table.exponents { try compare(exponent, in: row, &tally) }
      }
    }
    for row in try EnsembleTable("global_heterogeneity", in: file).rows {
      tally.countCase()
      try compareTheory(row, &tally)
    }
  }

  private func compare(
    _ exponent: (first: Int, second: Int, column: String), in row: EnsembleTable.Row,
    _ tally: inout GoldenTally
  ) throws {
    let found = PotentialStatistics.sizeExponent(
      (exponent.first, try row.number("rho_N\(exponent.first)")),
      (exponent.second, try row.number("rho_N\(exponent.second)")))
    tally.compare(
      found ?? .nan, try row.number(exponent.column), .absolute(1e-4),
      at: "\(row.path), \(exponent.column)")
  }

  /// The asynchronous state on 1.25 ± D/2.
  private func compareTheory(
    _ row: EnsembleTable.Row, _ tally: inout GoldenTally
  ) throws {
    let half = try row.number("D") / 2
    let range = ExcitabilityRange(1.25 - half, 1.25 + half)
    let coupling = try row.number("g")
    let state = range.flatMap { AsynchronousState($0, coupling: coupling) }
    let found: [(String, Double?)] = [
      ("n_A_steady_theory", state?.activeFraction), ("rate_steady_theory", state?.meanRate),
    ]
    for (column, number) in found {
      tally.compare(
        number ?? .nan, try row.number(column), .relative(1e-5), at: "\(row.path), \(column)")
    }
  }
}
