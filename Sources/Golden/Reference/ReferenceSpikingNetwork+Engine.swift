package import Engine

/// The engine's twin of a ``ReferenceSpikingNetwork``.
extension SpikingNetwork {
  /// Synapses within a layer are there where their weight is not 0.
  package init(reference: ReferenceSpikingNetwork, inputs: Int) {
    let response = reference.response
    self.init(
      inputs: inputs,
      layers: reference.layers.map { layer in
        let graph = layer.recurrent.map { recurrent in
          RecurrentGraph(
            targets: recurrent.indices.map { before in
              recurrent.indices.filter { recurrent[$0][before] != 0 }
            })
        }
        return Layer(
          units: layer.units, threshold: layer.threshold, graph: graph, lateral: layer.lateral)
      },
      response: SpikeResponse(
        membrane: response.membrane, synapse: response.synapse, refractory: response.refractory,
        steps: response.steps))
  }

  /// Takes over all weights.
  package func set(_ weights: ParameterSlab, from reference: ReferenceSpikingNetwork) {
    for (index, layer) in reference.layers.enumerated() {
      let forward = weights[handles[index].forward]
      for (after, row) in layer.forward.enumerated() {
        for (before, weight) in row.enumerated() { forward[before, after] = Float(weight) }
      }
      guard let graph = layers[index].graph, let handle = handles[index].recurrent,
        let recurrent = layer.recurrent
      else { continue }
      for synapse in graph.pairs {
        weights[handle].base[synapse.place] = Float(recurrent[synapse.after][synapse.before])
      }
    }
  }

  /// The numbers of the forward weights of a layer, [post][pre].
  package func forward(_ layer: Int, of slab: ParameterSlab) -> [Double] {
    let matrix = slab[handles[layer].forward]
    return (0..<matrix.columns).flatMap { after in
      (0..<matrix.rows).map { Double(matrix[$0, after]) }
    }
  }

  /// Those of the recurrent weights, [post][pre], 0 where there is no synapse.
  package func recurrent(_ layer: Int, of slab: ParameterSlab) -> [Double] {
    let units = layers[layer].units
    var numbers = [Double](repeating: 0, count: units * units)
    guard let graph = layers[layer].graph, let handle = handles[layer].recurrent else { return [] }
    for synapse in graph.pairs {
      numbers[synapse.after * units + synapse.before] = Double(slab[handle].base[synapse.place])
    }
    return numbers
  }
}

extension RecurrentGraph {
  /// All synapses with their places among the weights.
  package var pairs: [(place: Int, before: Int, after: Int)] {
    (0..<units).flatMap { before in
      (Int(offsets[before])..<Int(offsets[before + 1])).map { ($0, before, Int(targets[$0])) }
    }
  }
}
