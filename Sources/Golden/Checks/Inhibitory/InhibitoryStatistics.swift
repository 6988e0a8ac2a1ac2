package import Engine

/// The statistics of a case of `cases` of the inhibitory networks: what a window of a simulation
/// comes to, and the state that theory expects of a global network. Orders and times of spikes are
/// not among them.
package struct InhibitoryStatistics {
  private static let tolerance = GoldenTolerance.relative(1e-6)

  private let item: GoldenValue
  package let coupling: Double
  package let delay: Double
  package let window: ObservationWindow
  package let sampleStep: Double

  /// Reads what a case asks for.
  package init(_ item: GoldenValue) throws(GoldenError) {
    self.item = item
    coupling = try item.value("g").double()
    delay = try item.value("tau").double()
    sampleStep = try item.value("sample_step").double()
    let transient = try item.value("T_transient").double()
    let length = try item.value("T_measure").double()
    guard coupling >= 0, delay >= 0, (1e-3...1e3).contains(sampleStep) else {
      throw item.invalid("g >= 0, tau >= 0 and a sample_step", found: "other numbers")
    }
    guard (0...1e5).contains(transient), (1...1e5).contains(length) else {
      throw item.invalid("up to 1e5 units of time", found: "\(transient) and \(length)")
    }
    window = ObservationWindow(after: transient, for: length)
  }

  /// Observables for the window of the case.
  package func observables(of network: InhibitoryNetwork) -> InhibitoryObservables {
    InhibitoryObservables(of: network, window: window, sampleStep: sampleStep, rateBin: sampleStep)
  }

  /// Compares what was observed, and the samples of V̄ from the first on.
  package func compare(
    _ found: InhibitoryObservables, into tally: inout GoldenTally
  ) throws {
    let intervals = found.intervals
    let exact: [(String, Int)] = [
      ("spikes_in_window", intervals.spikes), ("n_active", intervals.activeNeurons),
      ("cv_neurons", intervals.variedNeurons), ("isi_total", found.bursts.intervals),
      ("isi_free", found.bursts.freeIntervals),
    ]
    for (key, number) in exact { try compare(Double(number), key, .exact, &tally) }
    let counts = try item.value("counts_in_window")
    tally.compare(intervals.counts.map(Double.init), try counts.doubles(), .exact, at: counts.path)
    let potentials = found.potentials
    let reals: [(String, Double?)] = [
      ("fraction_active", found.activeFraction), ("mean_rate", found.meanRate),
      ("mean_rate_of_active", found.meanRateOfActive), ("cv_mean", intervals.meanVariation),
      ("rho", potentials.order), ("Vbar_mean", potentials.meanField),
      ("Vbar_sd", potentials.fieldVariance?.squareRoot()),
      ("mean_of_single_neuron_variance", potentials.meanVariance),
      ("isi_free_fraction", found.bursts.freeFraction),
      ("mean_spikes_per_burst", found.bursts.spikesPerBurst),
      ("longest_isi", intervals.longest),
    ]
    for (key, number) in reals { try compare(number, key, Self.tolerance, &tally) }
    let samples = try item.value("Vbar_first_50_samples")
    let listed = try samples.doubles()
    tally.compare(
      Array(found.fieldSamples.prefix(listed.count)), listed, Self.tolerance, at: samples.path)
  }

  /// Compares the state that theory expects, where one is listed.
  package func compareTheory(
    of network: InhibitoryNetwork, into tally: inout GoldenTally
  ) throws {
    guard let listed = try item.optional("steady_mean_field_finite_sample") else { return }
    let rate = try listed.value("mean_rate").double()
    let active = try listed.value("n_active").integer()
    let state = FiniteSampleState(excitabilities: network.excitabilities, coupling: coupling)
    // Where no state is consistent, either side of the jump may be listed.
    let side = state.map { $0.below.activeNeurons == active ? $0.below : $0.above }
    tally.compare(
      side?.meanRate ?? .nan, rate, Self.tolerance, at: "\(listed.path).mean_rate")
    tally.compare(
      Double(side?.activeNeurons ?? -1), Double(active), .exact, at: "\(listed.path).n_active")
  }

  /// Null stands for a number that does not exist.
  private func compare(
    _ found: Double?, _ key: String, _ tolerance: GoldenTolerance, _ tally: inout GoldenTally
  ) throws {
    let listed = try item.value(key)
    guard !listed.isNull else {
      return tally.require(found == nil, at: listed.path, "\(found ?? .nan) where nothing is")
    }
    tally.compare(found ?? .nan, try listed.double(), tolerance, at: listed.path)
  }
}

extension InhibitoryNetwork {
  /// The network of a file `net-*`.
  package init(_ file: GoldenValue) throws(GoldenError) {
    let excitabilities = try file.value("a").doubles()
    let potentials = try file.value("V0").doubles(count: excitabilities.count)
    try self.init(
      excitabilities: excitabilities, startingPotentials: potentials, sourcesIn: file)
  }

  /// A network with the sources that are listed under `pre`; global where none are.
  init(
    excitabilities: [Double], startingPotentials: [Double], sourcesIn item: GoldenValue
  ) throws(GoldenError) {
    var connectivity = Connectivity.global
    var sources: [UInt32] = []
    guard excitabilities.count > 1 else {
      throw item.invalid("two neurons or more", found: "\(excitabilities.count)")
    }
    if let listed = try item.optional("pre"), !listed.isNull {
      let rows = try listed.elements()
      let inDegree = try rows.first?.integers().count ?? 0
      guard rows.count == excitabilities.count, inDegree > 0 else {
        throw listed.invalid(
          "a list for each of \(excitabilities.count) neurons", found: "\(rows.count)")
      }
      for row in rows {
        let numbers = try row.integers()
        guard numbers.count == inDegree, numbers.allSatisfy(excitabilities.indices.contains)
        else { throw row.invalid("\(inDegree) neurons", found: "\(numbers)") }
        sources += numbers.map { UInt32($0) }
      }
      connectivity = .sparse(inDegree: inDegree)
    }
    self.init(
      excitabilities: excitabilities, startingPotentials: startingPotentials,
      connectivity: connectivity,
      sources: sources)
  }
}
