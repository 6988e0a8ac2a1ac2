/// What single operations take in the estimate with memory, in picojoules. At first those of 45 nm
/// and 0.9 V (Horowitz 2014): 32-bit integers, and 32 bits of a cache of 8 kB.
package struct EnergyConstants: Sendable, Equatable, Codable {
  /// To read a weight or a bias.
  package var weightRead = 5.0
  /// To read and to write a state variable.
  package var stateRead = 5.0
  package var stateWrite = 5.0
  package var add = 0.1
  package var multiply = 3.1

  package init() {}

  /// Values that each of them may take.
  package static let allowed: ClosedRange<Double> = 0...1_000_000

  /// All of them by name.
  package static let all: [(name: String, path: any WritableKeyPath<Self, Double> & Sendable)] = [
    ("weightRead", \.weightRead), ("stateRead", \.stateRead), ("stateWrite", \.stateWrite),
    ("add", \.add), ("multiply", \.multiply),
  ]
}

/// Joules of single operations in 45 nm (Horowitz 2014; hybrid-spiking specification, section
/// 6.4).
enum Arithmetic45nm {
  static let floatAdd = 0.9e-12
  static let floatMultiply = 3.7e-12
  static let integerAdd = 0.1e-12
  static let integerMultiply = 3.1e-12
}

/// A device of keras-spiking's model of energy (hybrid-spiking specification, section 6.4).
package struct EnergyDevice: Sendable, Equatable {
  package let name: String
  /// Joules of a synaptic operation and of a neuron update.
  package let perSynapse: Double
  package let perNeuron: Double
  /// Others do every product at every step.
  package let isSpiking: Bool

  package static let all = [
    EnergyDevice(name: "cpu", perSynapse: 8.6e-9, perNeuron: 8.6e-9, isSpiking: false),
    EnergyDevice(name: "gpu", perSynapse: 0.3e-9, perNeuron: 0.3e-9, isSpiking: false),
    EnergyDevice(name: "arm", perSynapse: 0.9e-9, perNeuron: 0.9e-9, isSpiking: false),
    EnergyDevice(name: "loihi", perSynapse: 27.1e-12, perNeuron: 81e-12, isSpiking: true),
    EnergyDevice(name: "spinnaker", perSynapse: 13.3e-9, perNeuron: 26e-9, isSpiking: true),
    EnergyDevice(name: "spinnaker2", perSynapse: 450e-12, perNeuron: 2.19e-9, isSpiking: true),
  ]
}
