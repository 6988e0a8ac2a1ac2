/// The estimates of the energy of an inference, none of which means anything without its
/// assumptions.
package enum EnergyEstimate: String, Sendable, CaseIterable {
  /// Arithmetic alone.
  case compute45nm
  /// keras-spiking's devices, charged for all steps.
  case devices
  /// Arithmetic with reading weights and keeping states, by constants of the experiment.
  case withMemory
}

/// Joules of one inference, after three ways to estimate them.
package struct EnergyEstimates: Sendable, Equatable {
  /// Ways to carry out the products of a network.
  package struct Regimes: Sendable, Equatable {
    /// Without spikes.
    package var dense: Double
    /// A count of n as n unit spikes, one addition each.
    package var unitSpikes: Double
    /// A count as shifted weights, one addition for each one-bit.
    package var shiftAdds: Double
  }

  package struct Device: Sendable, Equatable {
    package var name: String
    package var synaptic: Double
    package var neuron: Double
    package var total: Double { synaptic + neuron }
  }

  /// With floats throughout, and without spikes.
  package let denseFloat: Double
  /// With integers throughout.
  package let compute: Regimes
  package let devices: [Device]
  package let withMemory: Regimes
  package let constants: EnergyConstants
  private let isSpiking: Bool

  package init(_ counts: OperationCounts, constants: EnergyConstants = .init()) {
    typealias Price = Arithmetic45nm
    self.constants = constants
    isSpiking = counts.isSpiking
    denseFloat =
      (counts.dense + counts.macs) * (Price.floatMultiply + Price.floatAdd)
      + counts.elementwise.multiplies * Price.floatMultiply
      + counts.elementwise.additions * Price.floatAdd
    compute = Self.arithmetic(
      counts, add: Price.integerAdd, multiply: Price.integerMultiply)
    devices = EnergyDevice.all.map { Self.device($0, counts) }
    withMemory = Self.withMemory(counts, constants)
  }

  private static func arithmetic(
    _ counts: OperationCounts, add: Double, multiply: Double
  ) -> Regimes {
    let rest =
      counts.macs * (multiply + add) + counts.elementwise.multiplies * multiply
      + counts.elementwise.additions * add
    let quantizing = counts.quantizers.multiplies * multiply + counts.quantizers.additions * add
    return Regimes(
      dense: rest + counts.dense * (multiply + add),
      unitSpikes: rest + quantizing + counts.unitOps * add,
      shiftAdds: rest + quantizing + counts.shiftAdds * add)
  }

  /// A count of n is n events; a number that is no count is one at each step.
  private static func device(_ device: EnergyDevice, _ counts: OperationCounts) -> Device {
    let products = (device.isSpiking ? counts.unitOps : counts.dense) + counts.macs
    return Device(
      name: device.name, synaptic: device.perSynapse * products,
      neuron: device.perNeuron * counts.neuronUpdates)
  }

  private static func withMemory(
    _ counts: OperationCounts, _ constants: EnergyConstants
  ) -> Regimes {
    let pico = 1e-12
    let read = constants.weightRead * pico
    let update = (constants.stateRead + constants.stateWrite) * pico
    var regimes = arithmetic(
      counts, add: constants.add * pico, multiply: constants.multiply * pico)
    let always = (counts.macs + counts.biasReads) * read
    regimes.dense += always + counts.dense * read + counts.plainStateUpdates * update
    regimes.unitSpikes += always + counts.unitOps * read + counts.stateUpdates * update
    // A weight that is shifted and added several times is read once.
    regimes.shiftAdds += always + counts.events * read + counts.stateUpdates * update
    return regimes
  }

  /// By dotted paths; those of spikes only where there are any.
  var readings: [(path: String, value: Double)] {
    func regimes(_ regimes: Regimes, _ estimate: String, dense: String) -> [(String, Double)] {
      [("\(estimate).\(dense)", regimes.dense)]
        + (isSpiking
          ? [
            ("\(estimate).unitSpikes", regimes.unitSpikes),
            ("\(estimate).shiftAdds", regimes.shiftAdds),
          ] : [])
    }
    return [("compute45nm.denseFloat", denseFloat)]
      + regimes(compute, "compute45nm", dense: "denseInt")
      + devices.flatMap { device in
        [
          ("devices.\(device.name).synaptic", device.synaptic),
          ("devices.\(device.name).neuron", device.neuron),
          ("devices.\(device.name).total", device.total),
        ]
      }
      + regimes(withMemory, "withMemory", dense: "dense")
      + EnergyConstants.all.map { name, path in
        ("withMemory.picojoules.\(name)", constants[keyPath: path])
      }
  }
}
