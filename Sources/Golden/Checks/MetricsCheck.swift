/// `metrics`: bit metrics and operations of a few sites, one unit each.
struct MetricsCheck: GoldenCheck {
  var name: String { "metrics" }
  let routes: [any HybridRoute]

  /// The metric behind each key of a site.
  private static let siteKeys: [(key: String, metric: BitMetricName)] = [
    ("levels_range", .levelsRange), ("levels_distinct", .levelsDistinct),
    ("bits_range", .bitsRange), ("bits_distinct", .bitsDistinct),
    ("bits_entropy", .bitsEntropy), ("significant_bits", .significantBits),
    ("significant_bits_with_sign", .significantBitsSigned), ("popcount", .popcount),
    ("log2_1p", .log2OnePlus), ("rate", .spikeRate), ("zero_fraction", .zeroFraction),
  ]

  /// The metric behind each mean over the sites.
  private static let meanKeys: [(key: String, metric: BitMetricName)] = [
    ("mean_bits_range", .bitsRange), ("mean_bits_entropy", .bitsEntropy),
    ("mean_significant_bits", .significantBits),
  ]

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let sites = try file.value("cases").elements()
    let fanOut = try file.value("fan_out").integers()
    guard fanOut.count == sites.count, fanOut.allSatisfy({ (0...1_000_000).contains($0) }) else {
      throw try file.value("fan_out").invalid(
        "a fan-out from 0 to 1000000 for each of \(sites.count) sites", found: "of another form")
    }
    let counts = try sites.map(Self.counts)
    guard let first = counts.first, counts.allSatisfy({ $0.count == first.count }) else {
      throw try file.value("cases").invalid(
        "sites with equally many counts", found: "none, or different numbers")
    }
    for _ in sites { tally.countCase() }
    for route in routes {
      let metrics = try counts.map { try route.metrics($0) }
      for (site, found) in zip(sites, metrics) {
        try compareSite(found, site, route: route, into: &tally)
      }
      guard let aggregate = try file.optional("aggregate") else { continue }
      try compareMeans(metrics, aggregate, route: route, into: &tally)
      try compareWeighted(
        try route.weighted(counts, fanOut: fanOut), aggregate, route: route, into: &tally)
    }
  }

  private static func counts(_ site: GoldenValue) throws -> [Int] {
    let value = try site.value("n")
    let counts = try value.integers()
    guard !counts.isEmpty, counts.allSatisfy({ abs($0) <= 1_000_000 }) else {
      throw value.invalid("counts of at most a million", found: "none or more")
    }
    return counts
  }

  private func compareSite(
    _ found: [BitMetricName: Double], _ site: GoldenValue, route: any HybridRoute,
    into tally: inout GoldenTally
  ) throws {
    for (key, metric) in Self.siteKeys {
      guard let found = found[metric] else { continue }
      let expected = try site.value(key)
      tally.compare(
        found, try expected.double(), route.precision.standard,
        at: "\(expected.path) (\(route.name))")
    }
  }

  private func compareMeans(
    _ metrics: [[BitMetricName: Double]], _ aggregate: GoldenValue, route: any HybridRoute,
    into tally: inout GoldenTally
  ) throws {
    for (key, metric) in Self.meanKeys {
      let values = metrics.compactMap { $0[metric] }
      guard values.count == metrics.count else { continue }
      let expected = try aggregate.value(key)
      tally.compare(
        values.reduce(0, +) / Double(values.count), try expected.double(),
        route.precision.standard, at: "\(expected.path) (\(route.name))")
    }
  }

  private func compareWeighted(
    _ weighted: WeightedBits, _ aggregate: GoldenValue, route: any HybridRoute,
    into tally: inout GoldenTally
  ) throws {
    let operations = weighted.operations
    let numbers: [(key: String, found: Double, isCount: Bool)] = [
      ("weighted_bits_range", weighted.bitsRange, false),
      ("weighted_significant_bits", weighted.significantBits, false),
      ("synaptic_events", operations.events, true), ("unit_spike_ops", operations.unitOps, true),
      ("shift_add_ops", operations.shiftAdds, true), ("dense_macs", operations.dense, true),
    ]
    for (key, found, isCount) in numbers {
      let expected = try aggregate.value(key)
      let tolerance: GoldenTolerance =
        isCount && route.precision == .double ? .exact : route.precision.standard
      tally.compare(
        found, try expected.double(), tolerance, at: "\(expected.path) (\(route.name))")
    }
    for (key, expected) in try aggregate.value("energy_pJ").members() {
      let estimated = weighted.joules[key].map { $0 * 1e12 }
      guard let found = estimated ?? Self.energy(of: operations, key: key) else { continue }
      tally.compare(
        found, try expected.double(), route.precision.standard,
        at: "\(expected.path) (\(route.name))")
    }
  }

  /// Picojoules: the operations that `key` begins with, times the number it ends with, in which
  /// an underscore stands for the point. `nil` for a key of another form.
  private static func energy(of operations: ReferenceOperations, key: String) -> Double? {
    let numbers = key.split(separator: "_").suffix(2)
    guard let cost = Double(numbers.joined(separator: ".")) else { return nil }
    switch key {
    case _ where key.hasPrefix("dense"): return operations.dense * cost
    case _ where key.hasPrefix("unit_spike"): return operations.unitOps * cost
    case _ where key.hasPrefix("shift_add"): return operations.shiftAdds * cost
    default: return nil
    }
  }
}
