import Engine

/// The network of a file `net_*` in the engine, in Float32.
struct SpikeTrainRoute {
  private let item: SpikeTrainCase
  private let network: SpikingNetwork
  private let pass: SpikingPass
  private let weights: ParameterSlab
  private let gradient: ParameterSlab

  private static let tolerance = GoldenTolerance.relative(1e-4)
  private static let route = "engine"

  init(_ item: SpikeTrainCase) {
    self.item = item
    network = SpikingNetwork(reference: item.network, inputs: item.input.count)
    pass = SpikingPass(network)
    pass.recordsPotentials = true
    weights = ParameterSlab(network.layout)
    gradient = ParameterSlab(network.layout)
    network.set(weights, from: item.network)
  }

  func check(
    _ file: GoldenValue, _ trial: ReferenceSpikingNetwork.Trial, into tally: inout GoldenTally
  ) throws {
    for (key, derivative) in [("poly", SpikeTrainRule.PostDerivative.table), ("ratio", .ratio)] {
      for weightRule in SpikeTrainRule.WeightRule.allCases {
        var rule = rule
        (rule.postDerivative, rule.weightRule) = (derivative, weightRule)
        let backward = run(rule)
        try compareOutputs(backward, file, &tally)
        for listed in try file.value("backward").value(key).elements() {
          try compare(backward, listed.layer(of: item), listed, weightRule, &tally)
        }
      }
    }
    try compareTrial(file, &tally)
    var rule = rule
    rule.method = .hybrid
    try compareHybrid(run(rule), file, trial, &tally)
  }

  private var rule: SpikeTrainRule {
    var rule = SpikeTrainRule()
    (rule.desired, rule.undesired) = (item.objective.desired, item.objective.undesired)
    rule.margin = item.objective.margin
    return rule
  }

  private func run(_ rule: SpikeTrainRule) -> SpikingPass.Backward {
    pass.forward(SpikeTrains(steps: network.response.steps, times: item.input), weights: weights)
    return pass.backward(
      label: item.objective.label, sampleWeight: item.objective.sampleWeight, rule: rule,
      effect: CountEffect(coefficients: item.table), weights: weights, gradient: gradient,
      isFirst: true)
  }

  private func compareTrial(_ file: GoldenValue, _ tally: inout GoldenTally) throws {
    for (index, layer) in item.layers.enumerated() {
      for (key, numbers) in [
        ("membrane_before_reset", pass.potentials[index]), ("current", pass.currents[index]),
        ("E_in", responses(index)),
      ] {
        try tally.compare(
          numbers.map(Double.init), layer.value(key), Self.tolerance, as: Self.route)
      }
      try tally.compare(
        pass.totalPotentials(of: index, weights: weights), layer.value("total_psp"),
        Self.tolerance, as: Self.route)
    }
  }

  /// e of a layer, [post][pre].
  private func responses(_ layer: Int) -> [Float] {
    let (before, units) = (network.inputs(of: layer), network.layers[layer].units)
    let responses = pass.postSynapticPotentials(of: layer)
    return (0..<units).flatMap { post in (0..<before).map { responses[$0 * units + post] } }
  }

  private func compareOutputs(
    _ backward: SpikingPass.Backward, _ file: GoldenValue, _ tally: inout GoldenTally
  ) throws {
    try tally.compare(
      pass.counts.map(Double.init), file.value("output_counts"), .exact, as: Self.route)
    try tally.compare(
      [Double(pass.prediction)], file.value("prediction"), .exact, as: Self.route)
    try tally.compare(
      [backward.cost], file.value("cost_reported_by_reference_code"), Self.tolerance,
      as: Self.route)
    if let listed = try file.optional("lateral_factor") {
      try tally.compare(backward.lateralFactors, listed, Self.tolerance, as: Self.route)
    }
    let last = network.layers.count - 1
    for (index, layer) in item.layers.enumerated() {
      let forced = index == last ? try file.optional("output_spike_times_used_backward") : nil
      let counts = forced == nil ? layer : file
      let key = forced == nil ? "counts" : "output_counts_used_backward"
      try tally.compareTrains(
        pass.trains(of: index).ofNeurons, forced ?? layer.value("spike_times"),
        counts.value(key), as: Self.route)
    }
  }

  private func compare(
    _ backward: SpikingPass.Backward, _ index: Int, _ listed: GoldenValue,
    _ weightRule: SpikeTrainRule.WeightRule, _ tally: inout GoldenTally
  ) throws {
    let found = backward.layers[index]
    let isRecurrent = network.layers[index].graph != nil
    let suffix = !isRecurrent ? "" : weightRule == .full ? "_full" : "_selfloop"
    var rows: [(key: String, found: [Double])] = [
      ("c", found.countErrors), ("delta", found.delta), ("D", found.diagonal),
      ("gW" + suffix, network.forward(index, of: gradient)),
    ]
    if index > 0 { rows.append(("c_prev", backward.layers[index - 1].countErrors)) }
    if isRecurrent {
      rows.append(("adjoint", found.adjoint))
      rows.append(("gR" + suffix, network.recurrent(index, of: gradient)))
    }
    for (key, numbers) in rows {
      try tally.compare(numbers, listed.value(key), Self.tolerance, as: Self.route)
    }
  }

  /// HM2-BP: its side sums against those listed, which do not hang on the errors, and all else against
  /// the reference, as a file lists only single layers.
  private func compareHybrid(
    _ backward: SpikingPass.Backward, _ file: GoldenValue,
    _ trial: ReferenceSpikingNetwork.Trial, _ tally: inout GoldenTally
  ) throws {
    for listed in try file.value("backward").value("ratio").elements() {
      guard let side = try listed.optional("hm2")?.value("side") else { continue }
      let found = backward.layers[try listed.layer(of: item)].diagonal
      tally.compare(
        found, try side.leaves().map { 1 + $0 }, Self.tolerance, at: "\(side.path), \(Self.route)")
    }
    let expected = item.network.backward(trial, item.objective, method: .hybrid)
    for (index, layer) in expected.layers.enumerated() {
      let hybrid = layer.hybrid.gradient
      var rows: [(key: String, found: [Double], expected: [Double])] = [
        ("c", backward.layers[index].countErrors, layer.errors),
        ("W", network.forward(index, of: gradient), hybrid.forward.flatMap { $0 }),
      ]
      if let recurrent = hybrid.recurrent {
        rows.append(("R", network.recurrent(index, of: gradient), recurrent.flatMap { $0 }))
      }
      for row in rows {
        tally.compare(
          row.found, row.expected, Self.tolerance,
          at: "hm2 of layers[\(index)], \(row.key), \(Self.route)")
      }
    }
  }
}

extension SpikeTrains {
  /// Steps of the spikes of each neuron.
  var ofNeurons: [[Int]] { (0..<channels).map { times(of: $0).map { Int($0) } } }
}
