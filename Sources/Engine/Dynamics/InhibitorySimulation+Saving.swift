import Kernels

extension InhibitorySimulation {
  /// Everything that the further course depends on, beside the network and the method.
  package struct Snapshot: Sendable, Equatable, Codable {
    package var time: Double
    package var coupling: Double
    package var delay: Double
    /// The power of two that growths are divided by.
    package var exponent: Int
    /// The growth of now, or the step of the clock.
    package var now: Double
    package var sharedField: Double
    /// Of each neuron.
    package var distances: [Double]
    package var drives: [Double]
    package var spikeCounts: [UInt32]
    /// When the pulses in flight arrive, and from whom.
    package var arrivals: [Double]
    package var sources: [UInt32]
  }

  package func snapshot() -> Snapshot {
    let slices = memory.slices.pointee
    return Snapshot(
      time: time, coupling: coupling, delay: delay, exponent: scale.exponent, now: slices.now,
      sharedField: slices.shared_field,
      distances: (0..<network.neurons).map { memory.state(of: $0).pointee.distance },
      drives: drives, spikeCounts: Array(memory.spikeCounts.elements),
      arrivals: memory.inFlight.map(\.growth), sources: memory.inFlight.map(\.neuron))
  }

  /// Goes back, or on, to a state of the same network; the spikes from there on are the same bits.
  package func restore(_ snapshot: Snapshot) throws(InhibitoryError) {
    let neurons = network.neurons
    let counts = [
      ("distances", snapshot.distances.count), ("drives", snapshot.drives.count),
      ("spikeCounts", snapshot.spikeCounts.count),
    ]
    for (field, count) in counts where count != neurons {
      throw .foreignState(field: field, found: count, expected: neurons)
    }
    guard snapshot.sources.count == snapshot.arrivals.count else {
      throw .foreignState(
        field: "sources", found: snapshot.sources.count, expected: snapshot.arrivals.count)
    }
    if let source = snapshot.sources.first(where: { $0 >= neurons }) {
      throw .noSuchNeuron(found: Int(source), neurons: neurons)
    }
    try Self.validate(coupling: snapshot.coupling)
    try Self.validate(delay: snapshot.delay)
    (time, coupling, delay) = (snapshot.time, snapshot.coupling, snapshot.delay)
    scale.exponent = snapshot.exponent
    memory.slices.pointee.now = snapshot.now
    memory.slices.pointee.shared_field = snapshot.sharedField
    for neuron in 0..<neurons {
      memory.drives[neuron] = snapshot.drives[neuron]
      memory.spikeCounts[neuron] = snapshot.spikeCounts[neuron]
      memory.state(of: neuron).pointee = inhibited_neuron(
        distance: snapshot.distances[neuron], excess: snapshot.drives[neuron] - 1)
    }
    memory.fill(
      queue: zip(snapshot.arrivals, snapshot.sources).map { pulse(growth: $0, neuron: $1) })
    updateShortestPeriod()
    try checkSlices()
  }
}
