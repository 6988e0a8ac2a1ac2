/// Spikes of a network in the order in which they happened.
package struct SpikeRecord: Sendable, Equatable {
  /// In membrane time constants, never falling.
  package private(set) var times: [Double] = []
  /// Which neuron fired at each of the times.
  package private(set) var neurons: [UInt32] = []

  package init() {}

  package var count: Int { times.count }

  package mutating func append(_ neuron: UInt32, at time: Double) {
    times.append(time)
    neurons.append(neuron)
  }

  package mutating func removeAll() {
    times.removeAll(keepingCapacity: true)
    neurons.removeAll(keepingCapacity: true)
  }
}
