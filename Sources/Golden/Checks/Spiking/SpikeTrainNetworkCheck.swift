import Engine

/// `net_*`: small networks of spike trains, carried forward and back, by the formulas in Double and by
/// the engine.
struct SpikeTrainNetworkCheck: GoldenCheck {
  var name: String { "net_" }

  func covers(_ file: String) -> Bool { file.hasPrefix(name) }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    tally.countCase()
    let item = try SpikeTrainCase(file)
    let trial = item.network.run(item.input)
    try compareTrial(trial, item, file, &tally)
    for (key, derivative) in [
      ("poly", ReferencePostDerivative.table(item.table)), ("ratio", .ratio),
    ] {
      let backward = item.network.backward(
        trial, item.objective, method: .spikeTrain(derivative))
      try compareOutputs(backward, file, &tally)
      for listed in try file.value("backward").value(key).elements() {
        let index = try listed.layer(of: item)
        try compare(backward.layers[index], listed, &tally)
      }
      if key == "poly" { try comparePotentials(backward, item, &tally) }
    }
    try SpikeTrainRoute(item).check(file, trial, into: &tally)
  }

  private static let route = "Double"

  private func compareTrial(
    _ trial: ReferenceSpikingNetwork.Trial, _ item: SpikeTrainCase, _ file: GoldenValue,
    _ tally: inout GoldenTally
  ) throws {
    let counts = trial.counts
    for (key, found) in [
      ("output_counts", counts.map(Double.init)), ("prediction", [Double(trial.prediction)]),
      ("target_counts", item.objective.targets(counts.count)),
    ] {
      try tally.compare(found, file.value(key), .exact, as: Self.route)
    }
    for (key, found) in [
      ("loss_half_squared", [item.objective.loss(counts)]),
      ("cost_reported_by_reference_code", [item.objective.cost(counts)]),
      ("output_error_c", item.objective.errors(counts)),
    ] {
      try tally.compare(found, file.value(key), .double, as: Self.route)
    }
    for (index, layer) in item.layers.enumerated() {
      try tally.compareTrains(
        trial.trains[index + 1], layer.value("spike_times"), layer.value("counts"),
        as: Self.route)
      try tally.compare(
        trial.potentials[index].flatMap { $0 }, layer.value("membrane_before_reset"), .double,
        as: Self.route)
      try tally.compare(
        trial.currents[index].flatMap { $0 }, layer.value("current"), .double, as: Self.route)
    }
  }

  /// e, and its sums over the synapses.
  private func comparePotentials(
    _ backward: ReferenceSpikingNetwork.Backward, _ item: SpikeTrainCase,
    _ tally: inout GoldenTally
  ) throws {
    for (index, layer) in item.layers.enumerated() {
      let found = backward.layers[index]
      let weights = item.network.layers[index]
      try tally.compare(
        found.responses.flatMap { $0 }, layer.value("E_in"), .double, as: Self.route)
      var totals = Self.sums(weights.forward, found.responses)
      if let recurrent = weights.recurrent, let own = found.recurrentResponses {
        try tally.compare(own.flatMap { $0 }, layer.value("E_rec"), .double, as: Self.route)
        totals = zip(totals, Self.sums(recurrent, own)).map { $0 + $1 }
      }
      try tally.compare(totals, layer.value("total_psp"), .double, as: Self.route)
    }
  }

  private static func sums(_ weights: [[Double]], _ responses: [[Double]]) -> [Double] {
    zip(weights, responses).map { zip($0, $1).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  private func compareOutputs(
    _ backward: ReferenceSpikingNetwork.Backward, _ file: GoldenValue, _ tally: inout GoldenTally
  ) throws {
    if let listed = try file.optional("lateral_spsp") {
      let found = backward.lateralResponses ?? []
      tally.compare(
        found.flatMap { $0 }, try listed.leaves(), .double, at: "\(listed.path), \(Self.route)")
    }
    if let listed = try file.optional("lateral_factor") {
      try tally.compare(backward.lateralFactors ?? [], listed, .double, as: Self.route)
    }
    if let listed = try file.optional("output_spike_times_used_backward") {
      try tally.compareTrains(
        backward.outputTrains, listed, file.value("output_counts_used_backward"),
        as: Self.route)
    }
  }

  // MARK: Backward

  private func compare(
    _ found: ReferenceSpikingErrors, _ listed: GoldenValue, _ tally: inout GoldenTally
  ) throws {
    var rows: [(key: String, found: [[Double]])] = [
      ("c", [found.errors]), ("delta", [found.delta]), ("post_deriv_in", found.slopes),
      ("pre_ratio_in", found.ratios), ("Phi", found.feed), ("D", [found.diagonal]),
      ("c_prev", [found.errorsBelow]),
    ]
    if let slopes = found.recurrentSlopes, let ratios = found.recurrentRatios,
      let system = found.system
    {
      rows += [
        ("post_deriv_rec", slopes), ("pre_ratio_rec", ratios), ("Omega", system),
        ("adjoint", [found.adjoint]), ("gW_selfloop", found.gradient.forward),
        ("gR_selfloop", found.gradient.recurrent ?? []),
        ("gW_full", found.fullGradient.forward), ("gR_full", found.fullGradient.recurrent ?? []),
        ("Omega_self_pre", found.systemWithSelf ?? []),
      ]
    } else {
      rows.append(("gW", found.gradient.forward))
    }
    for (key, numbers) in rows {
      try tally.compare(numbers.flatMap { $0 }, listed.value(key), .double, as: Self.route)
    }
    guard let hybrid = try listed.optional("hm2") else { return }
    for (key, numbers) in [
      ("side", [found.hybrid.side]), ("gW", found.hybrid.gradient.forward),
      ("c_prev", [found.hybrid.errorsBelow]),
    ] {
      try tally.compare(numbers.flatMap { $0 }, hybrid.value(key), .double, as: Self.route)
    }
  }
}

extension GoldenValue {
  /// Which layer an entry of a backward list is about.
  func layer(of item: SpikeTrainCase) throws(GoldenError) -> Int {
    try value("layer").count(atMost: item.layers.count - 1)
  }
}

extension GoldenTally {
  /// Compares spike times, and how many each neuron has.
  mutating func compareTrains(
    _ found: [[Int]], _ listed: GoldenValue, _ counts: GoldenValue, as route: String
  ) throws {
    try compare(found.map { Double($0.count) }, counts, .exact, as: route)
    compare(
      found.map { Double($0.count) }, try listed.elements().map { Double(try $0.elements().count) },
      .exact, at: "\(listed.path), \(route)")
    try compare(found.flatMap { $0.map(Double.init) }, listed, .exact, as: route)
  }
}
