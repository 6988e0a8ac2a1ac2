import Kernels

/// Gradients of weights, and errors passed down.
extension SpikingPass {
  /// F: how an output acts on itself by way of the others, to second order (specification of ST-RSBP,
  /// 2.5). Made from the trains as they were, before a silent target gets one.
  func lateralFactors(label: Int, rule: SpikeTrainRule) -> [Double] {
    let last = network.layers.count - 1
    let (layer, record) = (network.layers[last], records[last])
    let units = layer.units
    guard layer.lateral != 0 else { return [Double](repeating: 1, count: units) }
    let responses = Matrix(rows: units, columns: units)
    respond(record, record, traces: ownTraces, responses: responses)
    let counts = record.counts
    let weight = (0..<units).map { counts[$0] > 0 || $0 == label ? 1 / layer.threshold : 0 }
    func ratio(_ after: Int, _ before: Int) -> Double {
      guard counts[after] > 0, counts[before] > 0 else { return rule.silentRatio }
      return Double(responses[before, after]) / Double(counts[before])
    }
    return (0..<units).map { unit in
      let sum = (0..<units).reduce(0.0) { sum, other in
        guard other != unit else { return sum }
        return sum + ratio(other, unit) * weight[other] * ratio(unit, other) * weight[unit]
      }
      return 1 / (1 - layer.lateral * layer.lateral * sum)
    }
  }

  /// What each neuron's responses are multiplied by in the gradient.
  private func gradientFactors(
    _ layer: SpikingLayerErrors, isRecurrent: Bool, factors: [Double]?, rule: SpikeTrainRule
  ) -> [Double] {
    let own: [Double] =
      switch rule.method {
      case .hybrid: zip(layer.delta, layer.diagonal).map { $0 * $1 }
      case .spikeTrain where isRecurrent && rule.weightRule == .full: layer.adjoint
      case .spikeTrain: zip(layer.delta, layer.diagonal).map { $0 / $1 }
      }
    guard let factors else { return own }
    return zip(own, factors).map { $0 * $1 }
  }

  func addGradient(
    _ layer: SpikingLayerErrors, _ index: Int, synapses: Matrix?, factors: [Double]?,
    rule: SpikeTrainRule, gradient: ParameterSlab, isFirst: Bool
  ) {
    let (before, units) = (before(index), records[index].units)
    let graph = network.layers[index].graph
    let own = gradientFactors(layer, isRecurrent: graph != nil, factors: factors, rule: rule)
    let adjoint = Matrix(rows: 1, columns: units)
    adjoint.set(own.map { Float($0) })
    let (to, from) = (Address(gradient[network.handles[index].forward]), Address(responses))
    let by = Address(adjoint)
    share(before.units) { first, count in
      spike_gradient(to.base, from.base, by.base, units, first, count, isFirst ? 1 : 0)
    }
    guard let graph, let synapses, let handle = network.handles[index].recurrent else { return }
    let recurrent = gradient[handle]
    for (place, after) in graph.targets.enumerated() {
      let value = adjoint.base[Int(after)] * synapses.base[place]
      recurrent.base[place] = isFirst ? value : recurrent.base[place] + value
    }
  }

  /// c of the layer below.
  func errorsBelow(
    _ layer: SpikingLayerErrors, _ index: Int, rule: SpikeTrainRule, weights: ParameterSlab
  ) -> [Double] {
    let (before, after) = (before(index), records[index])
    let (adjoint, errors) = (
      Matrix(rows: 1, columns: after.units), Matrix(rows: 1, columns: before.units)
    )
    adjoint.set(layer.adjoint.map { Float($0) })
    let (forward, from) = (Address(weights[network.handles[index].forward]), Address(responses))
    let (by, to) = (Address(adjoint), Address(errors))
    let silent = Float(rule.silentRatioPassedDown)
    share(before.units) { first, count in
      spike_errors(
        to.base, forward.base, from.base, by.base, before.pointers, after.pointers, silent, first,
        count)
    }
    return errors.array.map { Double($0) }
  }
}
