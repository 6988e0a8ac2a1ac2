import Engine

/// `theory`: the closed formulas of inhibitory networks (specification of inhibitory networks, 3).
struct InhibitoryTheoryCheck: GoldenCheck {
  var name: String { "theory" }

  private static let tolerance = GoldenTolerance.relative(1e-6)

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let sections: [(String, (GoldenValue, inout GoldenTally) throws -> Void)] = [
      ("shot_noise_single_neuron", neuron), ("steady_state_global", steadyState),
      ("onset_of_collective_oscillations_all_active", onset),
      ("one_cluster_global", oneCluster),
      ("steady_state_sparse_shot_noise_mean_field", shotNoise),
    ]
    for (key, compare) in sections {
      for item in try file.optional(key)?.elements() ?? [] {
        tally.countCase()
        try compare(item, &tally)
      }
    }
  }

  private func neuron(_ item: GoldenValue, _ tally: inout GoldenTally) throws {
    let (drive, rate) = (try item.value("a").double(), try item.value("R").double())
    let inhibition = PoissonInhibition(
      pulse: try item.value("J").double(), highestPulseRate: rate)
    let found = inhibition?.intervals(drive: drive, pulseRate: rate)
    try compare(found?.mean, "mean_isi", of: item, &tally)
    try compare(found?.variation, "cv", of: item, &tally)
    let mean = inhibition.map { 1 / $0.rate(drive: drive, pulseRate: rate) }
    try compare(mean, "mean_isi", of: item, &tally)
  }

  private func steadyState(_ item: GoldenValue, _ tally: inout GoldenTally) throws {
    let state = AsynchronousState(
      try item.excitabilityRange(), coupling: try item.value("g").double())
    try compare(state?.meanRate, "mean_rate", of: item, &tally)
    try compare(state?.activeFraction, "n_A", of: item, &tally)
  }

  private func onset(_ item: GoldenValue, _ tally: inout GoldenTally) throws {
    let range = try item.excitabilityRange()
    let onset = OscillationOnset(range)
    try compare(onset?.coupling, "g_onset", of: item, &tally)
    try compare(onset?.meanRate, "mean_rate", of: item, &tally)
    try compare(
      AsynchronousState.couplingOfFirstSilence(range), "g_first_silent", of: item, &tally)
  }

  private func oneCluster(_ item: GoldenValue, _ tally: inout GoldenTally) throws {
    let state = OneClusterState(
      try item.excitabilityRange(), coupling: try item.value("g").double(),
      delay: try item.value("tau").double())
    try compare(state?.period, "period", of: item, &tally)
    try compare(state?.activeFraction, "n_A", of: item, &tally)
    try compare(state?.meanRate, "mean_rate", of: item, &tally)
    let isConsistent = try item.value("consistent").truth()
    tally.require(
      state?.isConsistent == isConsistent, at: item.path,
      "the period of \(state?.period ?? .nan) is consistent or not, unlike what is listed")
  }

  private func shotNoise(_ item: GoldenValue, _ tally: inout GoldenTally) throws {
    let state = ShotNoiseMeanField(
      try item.excitabilityRange(), inDegree: try item.value("K").integer(),
      coupling: try item.value("g").double())
    try compare(state?.meanRate, "mean_rate", of: item, &tally)
  }

  /// Compares a number with what is listed; one that is not there is as good as none.
  private func compare(
    _ found: Double?, _ key: String, of item: GoldenValue, _ tally: inout GoldenTally
  ) throws {
    let listed = try item.value(key)
    tally.compare(found ?? .nan, try listed.double(), Self.tolerance, at: listed.path)
  }
}

extension GoldenValue {
  /// l1 and l2 of an object.
  fileprivate func excitabilityRange() throws(GoldenError) -> ExcitabilityRange {
    let (lower, upper) = (try value("l1").double(), try value("l2").double())
    guard let range = ExcitabilityRange(lower, upper) else {
      throw invalid("l1 <= l2", found: "\(lower), \(upper)")
    }
    return range
  }
}
