/// Energy of an inference after keras-spiking's model (hybrid-spiking specification, section
/// 6.4): joules = perConnection * connections * rate * dt * T + perNeuron * neurons * T.
package enum ReferenceEnergy {
  package struct Device: Sendable, Equatable {
    package var name: String
    /// Joules of one synaptic operation.
    package var perConnection: Double
    /// Joules of one neuron update.
    package var perNeuron: Double
    /// Other devices do every product once, however long the sequence is.
    package var isSpiking: Bool
  }

  package struct Layer: Sendable, Equatable {
    package var connections: Double
    package var neurons: Double
    /// Mean |input| in Hz.
    package var inputRate: Double

    package init(connections: Double, neurons: Double, inputRate: Double) {
      self.connections = connections
      self.neurons = neurons
      self.inputRate = inputRate
    }
  }

  package static let devices = [
    Device(name: "cpu", perConnection: 8.6e-9, perNeuron: 8.6e-9, isSpiking: false),
    Device(name: "gpu", perConnection: 0.3e-9, perNeuron: 0.3e-9, isSpiking: false),
    Device(name: "arm", perConnection: 0.9e-9, perNeuron: 0.9e-9, isSpiking: false),
    Device(name: "loihi", perConnection: 27.1e-12, perNeuron: 81e-12, isSpiking: true),
    Device(name: "spinnaker", perConnection: 13.3e-9, perNeuron: 26e-9, isSpiking: true),
    Device(name: "spinnaker2", perConnection: 450e-12, perNeuron: 2.19e-9, isSpiking: true),
  ]

  /// Joules per inference of `layers` over `steps` steps of `dt` seconds.
  package static func joules(
    _ layers: [Layer], on device: Device, dt: Double, steps: Double
  ) -> Double {
    layers.reduce(0) { sum, layer in
      let events = device.isSpiking ? layer.inputRate * dt : 1
      let steps = device.isSpiking ? steps : 1
      return sum + device.perConnection * layer.connections * events * steps
        + device.perNeuron * layer.neurons * steps
    }
  }
}
