import Engine

/// `tiny-n5`: the spikes of five neurons, computed with 60 digits.
struct TinyNetworkCheck: GoldenCheck {
  var name: String { "tiny-n5" }

  private static let tolerance = GoldenTolerance.absolute(1e-10)
  /// By so much later than the last spike potentials are read: no event is as near, and none moves
  /// as far.
  private static let moment = 1e-12

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let excitabilities = try file.value("a").doubles()
    let potentials = try file.value("V0").doubles(count: excitabilities.count)
    for item in try file.value("cases").elements() {
      tally.countCase()
      let network = try InhibitoryNetwork(
        excitabilities: excitabilities, startingPotentials: potentials, sourcesIn: item)
      for method in [InhibitorySimulation.Method.automatic, .heap] {
        try check(item, network, method, into: &tally)
      }
    }
  }

  private func check(
    _ item: GoldenValue, _ network: InhibitoryNetwork, _ method: InhibitorySimulation.Method,
    into tally: inout GoldenTally
  ) throws {
    let coupling = try item.value("g").double()
    let simulation = try InhibitorySimulation(
      network, coupling: coupling, delay: try item.value("tau").double(), method: method)
    let times = try item.value("spike_time").doubles()
    guard let last = times.last, (0...1e5).contains(last) else {
      throw item.invalid("times up to 1e5", found: "other times")
    }
    var spikes = SpikeRecord()
    simulation.advance(to: last + Self.moment, into: &spikes)
    let found: [(String, [Double], GoldenTolerance)] = [
      ("J", [coupling / Double(network.inDegree)], Self.tolerance),
      ("spike_index", spikes.neurons.map(Double.init), .exact),
      ("spike_time", spikes.times, Self.tolerance),
      ("V_after_last_spike", simulation.potentials, Self.tolerance),
      ("counts", simulation.counts.map(Double.init), .exact),
    ]
    for (key, numbers, tolerance) in found {
      let listed = try item.value(key)
      let expected = key == "J" ? [try listed.double()] : try listed.doubles()
      tally.compare(numbers, expected, tolerance, at: "\(listed.path), \(method)")
    }
  }
}
