import Engine

/// The experiments of the specification of inhibitory networks (5), one for each claim of Luccioli,
/// Angulo-Garcia and Torcini 2019. What is expected is read from the golden file `ensembles`.
package enum InhibitoryExperiment: String, Sendable, CaseIterable {
  case e1 = "E1"
  case e2 = "E2"
  case e3 = "E3"
  case e4 = "E4"
  case e5 = "E5"
  case e6 = "E6"
  case e7 = "E7"

  /// What it is to show.
  package var claim: String {
    switch self {
    case .e1: "global: more inhibition silences neurons one after another"
    case .e2: "global: a delay brings collective oscillations above a critical coupling"
    case .e3: "global: heterogeneity promotes silence and asynchrony"
    case .e4: "sparse: strong inhibition revives silent neurons"
    case .e5: "sparse: collective oscillations in a window of couplings"
    case .e6: "sparse: bursts at very strong coupling"
    case .e7: "global: no irregular firing"
    }
  }

  /// The settings in the order of the file.
  package func points(in ensembles: GoldenValue) throws(GoldenError) -> [EnsemblePoint] {
    switch self {
    case .e1: try global(in: ensembles, expecting: [.activeFraction, .meanRate], sizes: [2000])
    case .e2:
      try global(in: ensembles, expecting: [.order], sizes: [2000])
        + sizes(in: ensembles, "global_finite_size", .globalSizes)
    case .e3: try heterogeneous(in: ensembles)
    case .e4: try sparse(in: ensembles)
    case .e5: try sizes(in: ensembles, "sparse_finite_size", .sparseSizes)
    case .e6: try bursting(in: ensembles)
    case .e7: try global(in: ensembles, expecting: [.variation], sizes: [500, 2000])
    }
  }

  /// The settings that the texts of the tables give.
  private struct Setup {
    var spread: EnsemblePoint.Spread
    var transient: Double
    var length: Double
    var longLength: Double?
    var sampleStep: Double
    var networks: Int

    static let global = Setup(
      spread: .random, transient: 1000, length: 1000, sampleStep: 0.02, networks: 3)
    static let heterogeneous = Setup(
      spread: .even, transient: 500, length: 500, sampleStep: 0.025, networks: 2)
    static let globalSizes = Setup(
      spread: .even, transient: 300, length: 300, sampleStep: 0.025, networks: 3)
    static let sparse = Setup(
      spread: .random, transient: 1000, length: 1000, longLength: 10_000, sampleStep: 0.02,
      networks: 3)
    static let sparseSizes = Setup(
      spread: .random, transient: 200, length: 300, sampleStep: 0.05, networks: 2)
    static let bursting = Setup(
      spread: .random, transient: 2000, length: 4000, sampleStep: 0.02, networks: 3)
  }

  // MARK: Tables

  private func global(
    in file: GoldenValue, expecting quantities: [EnsemblePoint.Quantity], sizes: [Int]
  ) throws(GoldenError) -> [EnsemblePoint] {
    var points: [EnsemblePoint] = []
    for row in try EnsembleTable("global", in: file).rows {
      let neurons = try row.integer("N")
      guard sizes.contains(neurons) else { continue }
      let columns = quantities.map { ($0, Self.columns[$0] ?? "") }
      points.append(try Self.point(row, .global, neurons: neurons, columns))
    }
    return points
  }

  private func heterogeneous(in file: GoldenValue) throws(GoldenError) -> [EnsemblePoint] {
    var points: [EnsemblePoint] = []
    for row in try EnsembleTable("global_heterogeneity", in: file).rows {
      for neurons in [500, 4000] {
        let columns = Self.columns(ofSize: neurons, in: row)
        points.append(try Self.point(row, .heterogeneous, neurons: neurons, columns))
      }
    }
    return points
  }

  private func sizes(
    in file: GoldenValue, _ table: String, _ setup: Setup
  ) throws(GoldenError) -> [EnsemblePoint] {
    var points: [EnsemblePoint] = []
    for row in try EnsembleTable(table, in: file).rows {
      for neurons in [500, 2000, 8000] {
        let columns = Self.columns(ofSize: neurons, in: row)
        var setup = setup
        if neurons == 8000 { setup.networks -= 1 }
        points.append(try Self.point(row, setup, neurons: neurons, columns))
      }
    }
    return points
  }

  private func sparse(in file: GoldenValue) throws(GoldenError) -> [EnsemblePoint] {
    let columns: [(EnsemblePoint.Quantity, String)] = [
      (.activeFraction, "n_A_1000"), (.longActiveFraction, "n_A_10000"),
      (.longMeanRate, "mean_rate"), (.order, "rho"), (.longVariation, "cv"),
    ]
    var points: [EnsemblePoint] = []
    for row in try EnsembleTable("sparse", in: file).rows {
      points.append(
        try Self.point(row, .sparse, neurons: try row.integer("N"), columns))
    }
    return points
  }

  private func bursting(in file: GoldenValue) throws(GoldenError) -> [EnsemblePoint] {
    let columns: [(EnsemblePoint.Quantity, String)] = [
      (.activeFraction, "n_A"), (.meanRate, "mean_rate"), (.variation, "cv"),
      (.freeFraction, "free_fraction"), (.randomFreeFraction, "free_fraction_poisson"),
      (.spikesPerBurst, "spikes_per_burst"), (.medianPause, "median_pause"),
      (.longPause, "p95_pause"),
    ]
    var points: [EnsemblePoint] = []
    for row in try EnsembleTable("bursting", in: file).rows {
      points.append(
        try Self.point(row, .bursting, neurons: try row.integer("N"), columns))
    }
    return points
  }

  // MARK: Rows

  /// Columns of what is measured in one window.
  private static let columns: [EnsemblePoint.Quantity: String] = [
    .activeFraction: "n_A", .meanRate: "mean_rate", .order: "rho", .variation: "cv",
  ]

  /// The columns of a table that has several sizes in a row.
  private static func columns(
    ofSize neurons: Int, in row: EnsembleTable.Row
  ) -> [(EnsemblePoint.Quantity, String)] {
    EnsemblePoint.Quantity.allCases.compactMap { quantity in
      columns[quantity].map { (quantity, "\($0)_N\(neurons)") }
    }.filter { row.has($0.1) }
  }

  private static func point(
    _ row: EnsembleTable.Row, _ setup: Setup, neurons: Int,
    _ columns: [(EnsemblePoint.Quantity, String)]
  ) throws(GoldenError) -> EnsemblePoint {
    var expectations: [EnsemblePoint.Expectation] = []
    for (quantity, column) in columns {
      expectations.append(try expectation(quantity, column, in: row, neurons: neurons))
    }
    let width = row.has("D") ? try row.number("D") : 0.5
    guard let range = ExcitabilityRange(1.25 - width / 2, 1.25 + width / 2) else {
      throw .invalid(
        file: "ensembles", path: row.path, expected: "a width", found: "\(width)")
    }
    return EnsemblePoint(
      neurons: neurons, inDegree: row.has("K") ? try row.integer("K") : nil,
      delay: try row.number("tau"), coupling: try row.number("g"), range: range,
      spread: setup.spread, networks: setup.networks,
      window: ObservationWindow(after: setup.transient, for: setup.length),
      longWindow: setup.longLength.map { ObservationWindow(after: setup.transient, for: $0) },
      sampleStep: setup.sampleStep, expectations: expectations)
  }

  /// With the tolerances of the specification: four standard deviations between networks, and not
  /// less than a floor; what has no floor is told only.
  private static func expectation(
    _ quantity: EnsemblePoint.Quantity, _ column: String, in row: EnsembleTable.Row,
    neurons: Int
  ) throws(GoldenError) -> EnsemblePoint.Expectation {
    let value = try row.number(column)
    let floor: Double? =
      switch quantity {
      case .activeFraction, .longActiveFraction, .variation, .longVariation: 0.03
      case .meanRate, .longMeanRate: value * (neurons >= 1000 ? 0.02 : 0.05)
      case .order: max(0.15 * value, 0.03)
      default: nil
      }
    let deviation = row.deviation(of: column) ?? 0
    return EnsemblePoint.Expectation(
      quantity: quantity, value: value, tolerance: floor.map { max($0, 4 * deviation) })
  }
}
