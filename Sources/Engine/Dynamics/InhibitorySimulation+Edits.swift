import Foundation
import Kernels

// What may be changed between two calls of `advance`. Potentials stay as they are unless said
// otherwise, and the run is exact again from there.
extension InhibitorySimulation {
  /// Pulses in flight arrive with the new coupling, too.
  package func set(coupling: Double) throws(InhibitoryError) {
    try Self.validate(coupling: coupling)
    self.coupling = coupling
  }

  /// Pulses in flight arrive as if the delay had always been this one, those that should have arrived
  /// before at once.
  package func set(delay: Double) throws(InhibitoryError) {
    try Self.validate(delay: delay)
    let former = self.delay
    self.delay = delay
    do {
      try checkSlices()
    } catch {
      self.delay = former
      throw error
    }
    let now = memory.slices.pointee.now
    if let clockStep {
      let shift = (delay / clockStep).rounded() - (former / clockStep).rounded()
      for pulse in memory.inFlight.indices {
        memory.inFlight[pulse].growth = max(memory.inFlight[pulse].growth + shift, now)
      }
    } else {
      let factor = exp(delay - former)
      for pulse in memory.inFlight.indices {
        memory.inFlight[pulse].growth = max(memory.inFlight[pulse].growth * factor, now)
      }
    }
  }

  /// Drives the neurons by so much more than their excitability; by 0 as at the start.
  package func stimulate(
    _ neurons: some Sequence<Int>, by drive: Double
  ) throws(InhibitoryError) {
    guard drive.isFinite else { throw .unusableChange(drive) }
    try change(neurons) { network.excitabilities[$0] + drive }
  }

  /// Takes all drive from the neurons, so that they never fire.
  package func silence(_ neurons: some Sequence<Int>) throws(InhibitoryError) {
    try change(neurons) { _ in 0 }
  }

  /// Drives every neuron by the number given for it.
  package func set(excitabilities: [Double]) throws(InhibitoryError) {
    guard excitabilities.count == network.neurons else {
      throw .wrongExcitabilityCount(found: excitabilities.count, expected: network.neurons)
    }
    try change(excitabilities.indices) { excitabilities[$0] }
  }

  /// Adds normal numbers of that standard deviation to the potentials, which stay below the
  /// threshold.
  package func perturb(deviation: Double, seed: UInt64) throws(InhibitoryError) {
    guard deviation.isFinite else { throw .unusableChange(deviation) }
    let before = potentials
    let noise = PortableNormals(seed: seed).numbers(network.neurons)
    gatherField()
    for neuron in before.indices {
      place(neuron, at: before[neuron] + deviation * noise[neuron])
    }
  }

  private func change(
    _ neurons: some Sequence<Int>, _ drive: (Int) -> Double
  ) throws(InhibitoryError) {
    let chosen = Array(neurons)
    for neuron in chosen {
      guard network.excitabilities.indices.contains(neuron) else {
        throw .noSuchNeuron(found: neuron, neurons: network.neurons)
      }
      try Self.validate(drive: drive(neuron))
    }
    let before = potentials
    gatherField()
    for neuron in chosen {
      memory.drives[neuron] = drive(neuron)
      place(neuron, at: before[neuron])
    }
    updateShortestPeriod()
    try checkSlices()
  }

  /// Gives each neuron its own share of the field that all have, so that single ones can be set.
  private func gatherField() {
    let field = memory.slices.pointee.shared_field
    guard field != 0 else { return }
    for neuron in 0..<network.neurons { memory.state(of: neuron).pointee.distance += field }
    memory.slices.pointee.shared_field = 0
  }
}
