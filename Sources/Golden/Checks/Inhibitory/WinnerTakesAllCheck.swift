import Engine

/// `winner-takes-all`: global networks without delay, in which one neuron is left from g* on.
struct WinnerTakesAllCheck: GoldenCheck {
  var name: String { "winner-takes-all" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    for item in try file.value("cases").elements() {
      let neurons = try item.value("N").integer()
      let excitabilities = try item.value("a").doubles(count: max(neurons, 0))
      let network = InhibitoryNetwork(
        excitabilities: excitabilities,
        startingPotentials: try item.value("V0").doubles(count: max(neurons, 0)),
        connectivity: .global, sources: [])
      guard neurons > 1, let winner = WinnerTakesAll(excitabilities: excitabilities) else {
        throw item.invalid("two neurons or more that fire", found: "\(neurons)")
      }
      let found: [(String, Double, GoldenTolerance)] = [
        ("g_star", winner.threshold, .double),
        ("index_of_largest_a", Double(winner.winner), .exact),
        (
          "free_rate_of_largest_a",
          LeakyNeuron.rate(excess: excitabilities[winner.winner] - 1), .double
        ),
      ]
      for (key, number, tolerance) in found {
        let listed = try item.value(key)
        tally.compare(number, try listed.double(), tolerance, at: listed.path)
      }
      for row in try item.value("rows").elements() {
        tally.countCase()
        try check(row, of: item, network, threshold: winner.threshold, into: &tally)
      }
    }
  }

  private func check(
    _ row: GoldenValue, of item: GoldenValue, _ network: InhibitoryNetwork, threshold: Double,
    into tally: inout GoldenTally
  ) throws {
    let (transient, length) = (
      try item.value("T_transient").double(), try item.value("T_measure").double()
    )
    guard (0...1e5).contains(transient), (0...1e5).contains(length) else {
      throw item.invalid("up to 1e5 units of time", found: "\(transient) and \(length)")
    }
    let coupling = try row.value("g").double()
    let simulation = try InhibitorySimulation(
      network, coupling: coupling, delay: try item.value("tau").double())
    simulation.advance(to: transient)
    simulation.clearCounts()
    simulation.advance(to: transient + length)
    let active = simulation.counts.indices.filter { simulation.counts[$0] > 0 }
    let (listed, spikes) = (try row.value("active"), try row.value("spikes_in_window"))
    let count = try row.value("n_active")
    tally.compare(
      active.map(Double.init), try listed.integers().map(Double.init), .exact, at: listed.path)
    tally.compare(Double(active.count), try count.double(), .exact, at: count.path)
    tally.compare(
      Double(simulation.spikes), try spikes.double(), .absolute(1), at: spikes.path)
    tally.require(
      (active.count == 1) == (coupling > threshold), at: count.path,
      "\(active.count) are active at g = \(coupling), g* = \(threshold)")
  }
}
