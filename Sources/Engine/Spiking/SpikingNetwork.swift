/// The layers of a network of spike trains: what each neuron gets from the layer below, through all
/// weights, and in a recurrent layer also through some synapses from its own layer, every one with a
/// delay of one step (specification of ST-RSBP, 1.3).
///
/// Immutable; weights are rows of a neuron before the synapse in a ``ParameterSlab``.
package struct SpikingNetwork: Sendable {
  package struct Layer: Sendable, Equatable {
    package var units: Int
    /// nu.
    package var threshold: Double
    /// Synapses among the neurons themselves; none in a layer without recurrence.
    package var graph: RecurrentGraph?
    /// w0: what a spike takes from all other neurons of the layer one step later.
    package var lateral: Double = 0

    package init(
      units: Int, threshold: Double, graph: RecurrentGraph? = nil, lateral: Double = 0
    ) {
      precondition(graph.map { $0.units == units } ?? true, "a graph of the layer's neurons")
      (self.units, self.threshold) = (units, threshold)
      (self.graph, self.lateral) = (graph, lateral)
    }
  }

  /// Where the weights of a layer are.
  package struct Handles: Sendable {
    /// [inputs, units].
    package let forward: ParameterHandle
    /// [1, synapses], in the order of the graph.
    package let recurrent: ParameterHandle?
  }

  package let inputs: Int
  package let response: SpikeResponse
  package let layers: [Layer]
  package let layout: ParameterLayout
  package let handles: [Handles]

  package init(inputs: Int, layers: [Layer], response: SpikeResponse) {
    precondition(inputs > 0 && !layers.isEmpty, "inputs and at least the output layer")
    (self.inputs, self.layers, self.response) = (inputs, layers, response)
    var layout = ParameterLayout()
    var before = inputs
    var handles: [Handles] = []
    for (index, layer) in layers.enumerated() {
      layout.prefix = index == layers.count - 1 ? "output." : "hidden\(index + 1)."
      let forward = layout.add("weights", rows: before, columns: layer.units)
      let recurrent = layer.graph.map {
        layout.add("recurrent", rows: 1, columns: $0.synapses)
      }
      handles.append(Handles(forward: forward, recurrent: recurrent))
      before = layer.units
    }
    (self.layout, self.handles) = (layout, handles)
  }

  package var outputs: Int { layers[layers.count - 1].units }

  /// Neurons that a layer gets spikes from.
  package func inputs(of layer: Int) -> Int { layer == 0 ? inputs : layers[layer - 1].units }

  /// Draws all weights from -1...1, whatever the fan-in is (specification, 3.1).
  package func initialize(_ weights: ParameterSlab, seed: UInt64) {
    for (index, handle) in handles.enumerated() {
      for (lane, parameter) in [handle.forward, handle.recurrent].enumerated() {
        guard let parameter else { continue }
        var stream = RandomStream(
          seed: seed, purpose: .initialization, lane: lane, first: index)
        let matrix = weights[parameter]
        for place in 0..<matrix.count {
          // A synapse of weight 0 would be none.
          var value: Float
          repeat { value = Float(2 * stream.nextUniform() - 1) } while value == 0
          matrix.base[place] = value
        }
      }
    }
  }
}
