import Kernels

/// Carries one sample through a network of spike trains, and the errors of its counts back.
///
/// Of a trial only the spike trains are kept; everything else is made anew for the layer at hand, so
/// that memory hangs on T by two layers' traces alone. Work is cut by neurons among the threads of a
/// team, and every number is made by one of them in the same way, so that results are the same bits
/// with any number of threads.
package final class SpikingPass {
  let network: SpikingNetwork
  let input: TrialSpikes
  let records: [TrialSpikes]
  private let team: ThreadTeam?
  /// [T, neurons]: inputs of a layer, or traces of the neurons before it.
  let traces: Matrix
  /// [T, neurons]: traces of a recurrent layer's own spikes.
  let ownTraces: Matrix
  /// [before, after]: e of the layer at hand.
  let responses: Matrix
  let state: Matrix
  let decay: Matrix
  /// Potentials and currents as they were, where they are wanted.
  package var recordsPotentials = false
  package private(set) var potentials: [[Float]] = []
  package private(set) var currents: [[Float]] = []

  /// - Parameter team: shares the sample; without one the calling thread does all
  package init(_ network: SpikingNetwork, team: ThreadTeam? = nil) {
    self.network = network
    self.team = team
    let response = network.response
    let steps = response.steps
    input = TrialSpikes(units: network.inputs, steps: steps, room: network.inputs * 16)
    records = network.layers.map {
      TrialSpikes(units: $0.units, steps: steps, room: $0.units * response.mostSpikes)
    }
    let widths = [network.inputs] + network.layers.map(\.units)
    let widest = widths.max() ?? 1
    let recurrent = network.layers.filter { $0.graph != nil }.map(\.units).max() ?? 0
    traces = Matrix(rows: steps, columns: widest)
    ownTraces = Matrix(rows: steps, columns: max(recurrent, network.outputs))
    responses = Matrix(
      rows: 1, columns: zip(widths, widths.dropFirst()).map { $0 * $1 }.max() ?? 1)
    state = Matrix(rows: 4, columns: widest)
    decay = Matrix(rows: 1, columns: steps + 1)
    decay.set(response.decay)
  }

  /// The spike counts of the outputs, as they were before a silent target got a train.
  package private(set) var counts: [Int] = []

  /// The output with the most spikes, the first of several.
  package var prediction: Int {
    counts.indices.max { counts[$0] < counts[$1] || counts[$0] == counts[$1] && $0 > $1 } ?? 0
  }

  package func trains(of layer: Int) -> SpikeTrains { records[layer].trains }

  /// Spikes of all layers and of the input.
  package var spikes: [Int] { [input.count] + records.map(\.count) }

  /// The neurons of a layer that stayed silent.
  package func silent(in layer: Int) -> Int {
    let record = records[layer]
    return (0..<record.units).count { record.spikes(of: $0) == 0 }
  }

  func before(_ layer: Int) -> TrialSpikes { layer == 0 ? input : records[layer - 1] }

  // MARK: Forward

  /// Simulates all steps, layer after layer.
  package func forward(_ trains: SpikeTrains, weights: ParameterSlab) {
    input.set(trains)
    (potentials, currents) = ([], [])
    for layer in network.layers.indices { simulate(layer, weights: weights) }
    counts = records[records.count - 1].counts
  }

  private func simulate(_ index: Int, weights: ParameterSlab) {
    let layer = network.layers[index]
    let (before, record) = (before(index), records[index])
    let steps = network.response.steps
    let (inputs, forward) = (Address(traces), Address(weights[network.handles[index].forward]))
    share(layer.units) { first, count in
      spike_inputs(inputs.base, before.pointers, forward.base, layer.units, first, count)
    }
    let seen = recordsPotentials ? Matrix(rows: 2 * steps, columns: layer.units) : nil
    let neuron = network.neuron(of: index)
    network.withSynapses(index, weights) { synapses in
      spike_layer(
        record.pointers, traces.base, neuron, synapses, state.base, seen?.base,
        seen.map { $0.base + steps * layer.units })
    }
    spike_record_by_unit(record.pointers)
    if let seen {
      potentials.append(seen.rows(0, steps).array)
      currents.append(seen.rows(steps, steps).array)
    }
  }

  // MARK: Post-synaptic potentials

  /// Overwrites `responses` with e of all pairs of neurons before and after, [before, after].
  func respond(_ before: TrialSpikes, _ after: TrialSpikes, traces: Matrix, responses: Matrix) {
    fillTraces(before, traces)
    let refractory = Int32(network.response.refractory)
    let (from, to, decay) = (Address(traces), Address(responses), Address(decay))
    share(after.units) { first, count in
      spike_responses(
        to.base, from.base, before.units, after.pointers, first, count, decay.base, refractory)
    }
  }

  func fillTraces(_ record: TrialSpikes, _ traces: Matrix) {
    let neuron = network.neuron(of: 0)
    let (traces, state) = (Address(traces), Address(state))
    share(record.units) { first, count in
      spike_traces(
        traces.base, record.pointers, neuron.membrane, neuron.synapse, first, count, state.base)
    }
  }

  /// e of all pairs of neurons of a layer, after it, and below it: rows are neurons before.
  package func postSynapticPotentials(of layer: Int) -> [Float] {
    let (before, after) = (before(layer), records[layer])
    let responses = Matrix(rows: before.units, columns: after.units)
    respond(before, after, traces: traces, responses: responses)
    return responses.array
  }

  // MARK: Threads

  /// Cuts neurons into a part for each thread, at places where vectors begin.
  func share(_ count: Int, _ body: @escaping @Sendable (_ first: Int, _ count: Int) -> Void) {
    let pieces = team?.threads ?? 1
    guard let team, pieces > 1, count >= 2 * Self.smallestPart else { return body(0, count) }
    let part = (count / pieces + Self.smallestPart - 1) / Self.smallestPart * Self.smallestPart
    team.run(pieces: pieces) { piece in
      let first = min(piece * part, count)
      let end = piece == pieces - 1 ? count : min(first + part, count)
      if end > first { body(first, end - first) }
    }
  }

  private static let smallestPart = 16
}

/// A place in memory that threads may share: each writes a part of its own.
struct Address: @unchecked Sendable {
  let base: UnsafeMutablePointer<Float>

  init(_ matrix: Matrix) { base = matrix.base }
}

extension SpikingNetwork {
  func neuron(of index: Int) -> spike_neuron {
    let numbers = response.neuron(
      threshold: layers[index].threshold, lateral: layers[index].lateral)
    return spike_neuron(
      membrane: numbers.membrane, synapse: numbers.synapse, refractory: Int32(response.refractory),
      threshold: numbers.threshold, lateral: numbers.lateral)
  }

  /// The synapses within a layer as the kernels see them; none where it has no graph.
  func withSynapses(
    _ index: Int, _ weights: ParameterSlab, _ body: (spike_synapses) -> Void
  ) {
    guard let graph = layers[index].graph, let handle = handles[index].recurrent else {
      return body(spike_synapses(offsets: nil, targets: nil, weights: nil))
    }
    graph.offsets.withUnsafeBufferPointer { offsets in
      graph.targets.withUnsafeBufferPointer { targets in
        body(
          spike_synapses(
            offsets: offsets.baseAddress, targets: targets.baseAddress,
            weights: weights[handle].base))
      }
    }
  }
}
