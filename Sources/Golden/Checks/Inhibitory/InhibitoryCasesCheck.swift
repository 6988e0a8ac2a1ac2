package import Engine
import Foundation

/// `cases`: runs of the networks `net-*`, spike by spike, with their statistics.
struct InhibitoryCasesCheck: GoldenCheck {
  var name: String { "cases" }

  private static let tolerance = GoldenTolerance.absolute(1e-9)

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    for item in try file.value("cases").elements() {
      tally.countCase()
      let statistics = try InhibitoryStatistics(item)
      let network = try Self.network(of: item)
      try compareStatistics(item, statistics, network, into: &tally)
      try compareHeap(item, statistics, network, into: &tally)
    }
  }

  private func compareStatistics(
    _ item: GoldenValue, _ statistics: InhibitoryStatistics, _ network: InhibitoryNetwork,
    into tally: inout GoldenTally
  ) throws {
    var simulation = try InhibitorySimulation(
      network, coupling: statistics.coupling, delay: statistics.delay)
    var measurement = InhibitoryMeasurement(statistics.observables(of: network))
    var spikes = SpikeRecord()
    measurement.advance(&simulation) { new in
      for (time, neuron) in zip(new.times, new.neurons) { spikes.append(neuron, at: time) }
    }
    let coupling = try item.value("J")
    tally.compare(
      statistics.coupling / Double(network.inDegree), try coupling.double(), .double,
      at: coupling.path)
    try compare(spikes, item, "slices", into: &tally)
    try statistics.compare(measurement.observables, into: &tally)
    try statistics.compareTheory(of: network, into: &tally)
  }

  private func compareHeap(
    _ item: GoldenValue, _ statistics: InhibitoryStatistics, _ network: InhibitoryNetwork,
    into tally: inout GoldenTally
  ) throws {
    let simulation = try InhibitorySimulation(
      network, coupling: statistics.coupling, delay: statistics.delay, method: .heap)
    var spikes = SpikeRecord()
    simulation.advance(to: statistics.window.end, into: &spikes)
    try compare(spikes, item, "heap", into: &tally)
  }

  private func compare(
    _ spikes: SpikeRecord, _ item: GoldenValue, _ route: String, into tally: inout GoldenTally
  ) throws {
    let order = try item.value("spike_order_fnv1a64")
    tally.require(
      UInt64(try order.text(), radix: 16) == spikes.orderHash, at: "\(order.path), \(route)",
      "the order is another")
    let found: [(String, [Double], GoldenTolerance)] = [
      ("spikes_total_0_to_end", [Double(spikes.count)], .exact),
      ("first_100_spike_index", spikes.neurons.prefix(100).map(Double.init), .exact),
      ("first_100_spike_time", Array(spikes.times.prefix(100)), Self.tolerance),
      ("last_20_spike_index", spikes.neurons.suffix(20).map(Double.init), .exact),
      ("last_20_spike_time", Array(spikes.times.suffix(20)), Self.tolerance),
    ]
    for (key, numbers, tolerance) in found {
      let listed = try item.value(key)
      let expected = numbers.count == 1 ? try listed.leaves() : try listed.doubles()
      tally.compare(numbers, expected, tolerance, at: "\(listed.path), \(route)")
    }
  }

  // MARK: Networks

  /// Seeds of the networks of which only the name is at hand.
  private static let seeds: [String: UInt64] = [
    "global-n100": 101, "global-n200": 102, "sparse-n100-k10": 103, "sparse-n400-k20": 104,
    "sparse-n400-k100": 105,
  ]

  /// The network in the file beside, or else one that is known.
  private static func network(of item: GoldenValue) throws -> InhibitoryNetwork {
    let value = try item.value("net")
    let name = try value.text()
    let file = URL(fileURLWithPath: item.file).deletingLastPathComponent()
      .appendingPathComponent("net-\(name).json")
    if !name.contains("/"), FileManager.default.fileExists(atPath: file.path) {
      return try InhibitoryNetwork(GoldenValue(contentsOf: file))
    }
    guard let seed = seeds[name] else {
      throw value.invalid("a file net-\(name).json beside this one", found: "none")
    }
    let numbers = name.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }
    return try .make(
      neurons: numbers[0],
      connectivity: numbers.count > 1 ? .sparse(inDegree: numbers[1]) : .global, seed: seed)
  }
}

extension SpikeRecord {
  /// FNV-1a of the numbers of the neurons, four bytes each, the lowest first.
  package var orderHash: UInt64 {
    neurons.reduce(0xcbf2_9ce4_8422_2325) { hash, neuron in
      (0..<4).reduce(hash) { hash, byte in
        (hash ^ UInt64(neuron >> (8 * UInt32(byte)) & 0xff)) &* 0x0000_0100_0000_01b3
      }
    }
  }
}
