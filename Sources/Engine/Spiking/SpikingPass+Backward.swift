import Kernels

/// What was met on the way back through a layer.
package struct SpikingLayerErrors: Sendable, Equatable {
  /// c = dE/do and delta = c/nu.
  package var countErrors: [Double] = []
  package var delta: [Double] = []
  /// D; 1 + side with HM2-BP.
  package var diagonal: [Double] = []
  /// u; delta/D in a layer without recurrence.
  package var adjoint: [Double] = []
  /// Sweeps of the linear system, and the share of its rows that are diagonally dominant.
  package var sweeps = 0
  package var isDense = false
  package var dominantShare = 1.0
}

/// Spike-train level backpropagation (Zhang and Li 2019; specification of ST-RSBP, 2.3 to 2.7).
extension SpikingPass {
  /// What the backward pass of a sample found: its errors, layer by layer from the input on.
  package struct Backward: Sendable {
    package var layers: [SpikingLayerErrors]
    /// F of the outputs, 1 without lateral inhibition.
    package var lateralFactors: [Double]
    package var cost: Double
  }

  /// Adds the gradient of a sample that has been carried forward; overwrites it where `isFirst`. To
  /// be called once after ``forward(_:weights:)``: the train of a silent target stays in its place.
  package func backward(
    label: Int, sampleWeight: Double = 1, rule: SpikeTrainRule, effect: CountEffect,
    weights: ParameterSlab, gradient: ParameterSlab, isFirst: Bool
  ) -> Backward {
    let last = network.layers.count - 1
    var errors = rule.errors(counts: counts, label: label, sampleWeight: sampleWeight)
    var found = Backward(
      layers: [], lateralFactors: lateralFactors(label: label, rule: rule),
      cost: rule.cost(counts: counts, label: label))
    if counts[label] == 0, rule.forcesSilentTarget {
      records[last].replace(label, with: rule.forcedTrain(steps: network.response.steps))
    }
    for index in (0...last).reversed() {
      respond(before(index), records[index], traces: traces, responses: responses)
      var layer = SpikingLayerErrors(countErrors: errors)
      layer.delta = errors.map { $0 / network.layers[index].threshold }
      let synapses = synapseResponses(index, weights)
      solve(&layer, index, synapses: synapses, rule: rule, effect: effect, weights: weights)
      let factors = index == last ? found.lateralFactors : nil
      addGradient(
        layer, index, synapses: synapses, factors: factors, rule: rule, gradient: gradient,
        isFirst: isFirst)
      if index > 0 { errors = errorsBelow(layer, index, rule: rule, weights: weights) }
      found.layers.insert(layer, at: 0)
    }
    return found
  }

  // MARK: A layer

  /// e of the synapses within a layer.
  private func synapseResponses(_ index: Int, _ weights: ParameterSlab) -> Matrix? {
    guard let graph = network.layers[index].graph else { return nil }
    fillTraces(records[index], ownTraces)
    let found = Matrix(rows: 1, columns: graph.synapses)
    network.withSynapses(index, weights) { synapses in
      spike_synapse_responses(
        found.base, ownTraces.base, records[index].pointers, synapses, decay.base,
        Int32(network.response.refractory))
    }
    return found
  }

  private func solve(
    _ layer: inout SpikingLayerErrors, _ index: Int, synapses: Matrix?, rule: SpikeTrainRule,
    effect: CountEffect, weights: ParameterSlab
  ) {
    let graph = network.layers[index].graph
    let recurrent = network.handles[index].recurrent.map { weights[$0] }
    let threshold = network.layers[index].threshold
    let isHybrid = rule.method == .hybrid
    if isHybrid || rule.postDerivative == .ratio {
      let sums = potentialOverCount(
        index, synapses: synapses, silent: isHybrid ? rule.silentRatio : 0, weights: weights)
      layer.diagonal = sums.map { isHybrid ? 1 + $0 / threshold : 1 - $0 / threshold }
    } else {
      layer.diagonal = slopeSums(index, effect: effect, weights: weights).map {
        1 - $0 / threshold
      }
    }
    if isHybrid {
      layer.adjoint = layer.delta
      return
    }
    guard let graph, let recurrent, let synapses else {
      layer.adjoint = zip(layer.delta, layer.diagonal).map { $0 / $1 }
      return
    }
    layer.diagonal = layer.diagonal.map(Self.keptFromZero)
    let system = CountSystem(
      graph: graph, diagonal: layer.diagonal,
      strengths: strengths(
        index, graph, recurrent, synapses, silent: rule.silentRatio, threshold: threshold))
    let solution = system.solve(layer.delta)
    (layer.adjoint, layer.sweeps) = (solution.adjoint, solution.sweeps)
    (layer.isDense, layer.dominantShare) = (solution.isDense, system.dominantShare)
  }

  /// |D| of a recurrent layer is at least this.
  private static let leastDiagonal = 1e-4

  private static func keptFromZero(_ value: Double) -> Double {
    abs(value) >= leastDiagonal ? value : value < 0 ? -leastDiagonal : leastDiagonal
  }

  /// R_lp r_lp / nu of each synapse.
  private func strengths(
    _ index: Int, _ graph: RecurrentGraph, _ recurrent: Matrix, _ synapses: Matrix,
    silent: Double, threshold: Double
  ) -> [Double] {
    let record = records[index]
    var strengths = [Double](repeating: 0, count: graph.synapses)
    for before in 0..<graph.units {
      let spikes = record.spikes(of: before)
      for place in Int(graph.offsets[before])..<Int(graph.offsets[before + 1]) {
        let isSilent = spikes == 0 || record.spikes(of: Int(graph.targets[place])) == 0
        let ratio = isSilent ? silent : Double(synapses.base[place]) / Double(spikes)
        strengths[place] = Double(recurrent.base[place]) * ratio / threshold
      }
    }
    return strengths
  }

  // MARK: D

  /// The sum over all synapses of a neuron of weight times g from the table.
  private func slopeSums(
    _ index: Int, effect: CountEffect, weights: ParameterSlab
  ) -> [Double] {
    let (before, record) = (before(index), records[index])
    let units = record.units
    let factors = Matrix(rows: before.units, columns: 4)
    factors.set(
      (0..<before.units).flatMap { unit in
        effect.slopeFactors(before: before.spikes(of: unit)).map { Float($0) }
      })
    let sums = Matrix(rows: 4, columns: units)
    let forward = Address(weights[network.handles[index].forward])
    let (to, from) = (Address(sums), Address(factors))
    share(units) { first, count in
      spike_factor_sums(
        to.base, forward.base, from.base, before.units, units, first, count)
    }
    addRecurrentSlopes(index, effect: effect, weights: weights, to: sums)
    let isRecurrent = network.layers[index].graph != nil
    return (0..<units).map { unit in
      var count = Double(record.spikes(of: unit))
      if isRecurrent { count = min(max(count, 1), Double(effect.rows)) }
      guard count > 0 else { return 0 }
      let powers = [count * count * count, count * count, count, 1]
      return powers.indices.reduce(0) { $0 + Double(sums[$1, unit]) * powers[$1] }
    }
  }

  private func addRecurrentSlopes(
    _ index: Int, effect: CountEffect, weights: ParameterSlab, to sums: Matrix
  ) {
    guard let graph = network.layers[index].graph,
      let recurrent = network.handles[index].recurrent.map({ weights[$0] })
    else { return }
    for before in 0..<graph.units {
      let factors = effect.slopeFactors(before: records[index].spikes(of: before))
      for place in Int(graph.offsets[before])..<Int(graph.offsets[before + 1]) {
        let after = Int(graph.targets[place])
        for (power, factor) in factors.enumerated() {
          sums[power, after] += recurrent.base[place] * Float(factor)
        }
      }
    }
  }

  /// The sum over all synapses of weight times e/o_i, which is a_i/o_i; weight times `silent` where
  /// the neuron itself is silent.
  private func potentialOverCount(
    _ index: Int, synapses: Matrix?, silent: Double, weights: ParameterSlab
  ) -> [Double] {
    let record = records[index]
    var sums = totalPotentials(index, synapses: synapses, weights: weights)
    for unit in sums.indices {
      let spikes = record.spikes(of: unit)
      if spikes > 0 { sums[unit] /= Double(spikes) }
    }
    guard silent != 0 else { return sums }
    let isSilent = sums.indices.map { record.spikes(of: $0) == 0 }
    let forward = weights[network.handles[index].forward]
    for unit in sums.indices where isSilent[unit] {
      for source in 0..<forward.rows { sums[unit] += silent * Double(forward[source, unit]) }
    }
    if let graph = network.layers[index].graph,
      let recurrent = network.handles[index].recurrent.map({ weights[$0] })
    {
      for (place, after) in graph.targets.enumerated() where isSilent[Int(after)] {
        sums[Int(after)] += silent * Double(recurrent.base[place])
      }
    }
    return sums
  }

  /// a of each neuron of a layer after it.
  package func totalPotentials(of layer: Int, weights: ParameterSlab) -> [Double] {
    respond(before(layer), records[layer], traces: traces, responses: responses)
    return totalPotentials(layer, synapses: synapseResponses(layer, weights), weights: weights)
  }

  /// a: the sum over all synapses of a neuron of weight times e, e being that of the layer at hand.
  private func totalPotentials(
    _ index: Int, synapses: Matrix?, weights: ParameterSlab
  ) -> [Double] {
    let (before, units) = (before(index), records[index].units)
    let sums = Matrix(rows: 1, columns: units)
    let forward = Address(weights[network.handles[index].forward])
    let (to, from) = (Address(sums), Address(responses))
    share(units) { first, count in
      spike_potential_sums(
        to.base, forward.base, from.base, before.units, units, first, count)
    }
    var totals = sums.array.map { Double($0) }
    if let graph = network.layers[index].graph, let synapses,
      let recurrent = network.handles[index].recurrent.map({ weights[$0] })
    {
      for (place, after) in graph.targets.enumerated() {
        totals[Int(after)] += Double(recurrent.base[place]) * Double(synapses.base[place])
      }
    }
    return totals
  }
}
