package import Engine
import Foundation

/// An inhibitory network simulated in the plainest way: all potentials are moved from event to
/// event, and all neurons are searched for the next crossing (specification of inhibitory networks,
/// 2.1). O(N) a spike and a pulse; exact but for rounding.
package struct ReferenceInhibitoryNetwork: InhibitorySimulating {
  package let network: InhibitoryNetwork
  /// g/K.
  package let pulse: Double
  package let delay: Double

  /// V_i at `time`, the time of the last event.
  private var potentials: [Double]
  private var time = 0.0
  /// The time that was advanced to.
  private var present = 0.0
  /// Pulses on their way, in the order of emission, which is that of arrival.
  private var pulses: [(arrival: Double, source: Int)] = []
  private var delivered = 0
  /// Whom a neuron inhibits; of a global network nothing is listed.
  private let targets: [[Int]]

  /// - Parameters:
  ///   - coupling: g >= 0.
  ///   - delay: τ >= 0.
  package init(_ network: InhibitoryNetwork, coupling: Double, delay: Double) {
    self.network = network
    pulse = coupling / Double(network.inDegree)
    self.delay = delay
    potentials = network.startingPotentials
    var targets: [[Int]] = []
    if case .sparse(let inDegree) = network.connectivity {
      targets = Array(repeating: [], count: network.neurons)
      for (index, source) in network.sources.enumerated() {
        targets[Int(source)].append(index / inDegree)
      }
    }
    self.targets = targets
  }

  package mutating func advance(to time: Double, into spikes: inout SpikeRecord) {
    while true {
      let crossing = nextCrossing()
      let arrival = delivered < pulses.count ? pulses[delivered].arrival : .infinity
      guard min(crossing.time, arrival) <= time else { break }
      // A crossing at the time of an arrival goes first.
      if crossing.time <= arrival {
        move(to: crossing.time)
        fire(crossing.neuron, into: &spikes)
      } else {
        move(to: arrival)
        deliver(pulses[delivered].source)
        delivered += 1
      }
    }
    present = max(present, time)
  }

  package mutating func copyPotentials(into destination: UnsafeMutableBufferPointer<Double>) {
    let decay = exp(self.time - present)
    for (index, drive) in network.excitabilities.enumerated() {
      destination[index] = drive + (potentials[index] - drive) * decay
    }
  }

  /// The neuron that reaches 1 first if nothing else happens; of equal ones the first.
  private func nextCrossing() -> (neuron: Int, time: Double) {
    var (neuron, least) = (0, Double.infinity)
    for (index, drive) in network.excitabilities.enumerated() where drive > 1 {
      let ratio = (drive - potentials[index]) / (drive - 1)
      if ratio < least { (neuron, least) = (index, ratio) }
    }
    return (neuron, time + max(0, log(least)))
  }

  private mutating func move(to time: Double) {
    let decay = exp(self.time - time)
    for (index, drive) in network.excitabilities.enumerated() {
      potentials[index] = drive + (potentials[index] - drive) * decay
    }
    self.time = time
  }

  private mutating func fire(_ neuron: Int, into spikes: inout SpikeRecord) {
    potentials[neuron] = 0
    spikes.append(UInt32(neuron), at: time)
    guard delay > 0 else { return deliver(neuron) }
    if delivered > 4096, delivered > pulses.count / 2 {
      pulses.removeFirst(delivered)
      delivered = 0
    }
    pulses.append((time + delay, neuron))
  }

  /// Lowers the potentials of all that a neuron inhibits.
  private mutating func deliver(_ source: Int) {
    switch network.connectivity {
    case .global:
      for index in potentials.indices where index != source { potentials[index] -= pulse }
    case .sparse:
      for target in targets[source] { potentials[target] -= pulse }
    }
  }
}

extension ReferenceInhibitoryNetwork {
  /// The network that the specification makes of a seed (1.5): excitabilities, potentials and, if
  /// sparse, the sources of each neuron in the order of their acceptance.
  ///
  /// - Parameter inDegree: K, `nil` for a global network.
  package static func network(
    neurons: Int, in range: ExcitabilityRange, inDegree: Int?, seed: UInt64
  ) -> InhibitoryNetwork {
    var generator = SplitMix64(state: seed)
    let uniform = { Double(generator.next() >> 11) * 0x1p-53 }
    let excitabilities = (0..<neurons).map { _ in
      range.lower + (range.upper - range.lower) * uniform()
    }
    let potentials = (0..<neurons).map { _ in uniform() }
    var sources: [UInt32] = []
    for neuron in 0..<(inDegree == nil ? 0 : neurons) {
      var chosen: [UInt32] = []
      while chosen.count < inDegree ?? 0 {
        let source = UInt32(uniform() * Double(neurons))
        if source != neuron, !chosen.contains(source) { chosen.append(source) }
      }
      sources += chosen
    }
    return InhibitoryNetwork(
      excitabilities: excitabilities, startingPotentials: potentials,
      connectivity: inDegree.map { .sparse(inDegree: $0) } ?? .global, sources: sources)
  }
}
