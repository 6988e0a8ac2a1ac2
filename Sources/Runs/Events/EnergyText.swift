package import Engine

/// Estimates of energy in words: no number of theirs is shown without what it assumes.
package enum EnergyText {
  /// What an estimate assumes, in one sentence. `constant` gives the constants of the estimate
  /// with memory by their names.
  package static func assumptions(
    of estimate: EnergyEstimate, constant: (String) -> Double?
  ) -> String {
    switch estimate {
    case .compute45nm:
      return "arithmetic alone at 45 nm (Horowitz 2014): float32 add 0.9 pJ, multiply 3.7 pJ, "
        + "int32 add 0.1 pJ, multiply 3.1 pJ; memory traffic and functions such as tanh left out"
    case .devices:
      return "keras-spiking's constants per synaptic event and per neuron update; a count of n is "
        + "n events, other numbers are one a step; devices that do not spike do every product at "
        + "every step"
    case .withMemory:
      let figures = EnergyConstants.all.compactMap { name, _ in
        constant(name).map { "\(title(of: name)) \(PlainText.significant($0)) pJ" }
      }
      return figures.joined(separator: ", ")
        + "; one sequence at a time, sums in registers; no nonlinear functions, control or "
        + "transport"
    }
  }

  /// The same in a few words.
  package static func shortAssumptions(
    of estimate: EnergyEstimate, constant: (String) -> Double?
  ) -> String {
    switch estimate {
    case .compute45nm: "arithmetic alone, memory left out"
    case .devices: "a count n is n events; all steps"
    case .withMemory:
      "weight read \(constant("weightRead").map { PlainText.significant($0) } ?? "?") pJ, "
        + "sums in registers"
    }
  }

  private static func title(of constant: String) -> String {
    switch constant {
    case "weightRead": "weight read"
    case "stateRead": "state read"
    case "stateWrite": "write"
    default: constant
    }
  }

  /// Joules with three digits and a prefix; `micro` is that of a millionth.
  package static func joules(_ value: Double, micro: String = "u") -> String {
    guard value.isFinite, value > 0 else { return PlainText.fixed(value, 0) + " J" }
    let prefixes = [(1.0, ""), (1e-3, "m"), (1e-6, micro), (1e-9, "n")]
    let (scale, prefix) = prefixes.first { value >= $0.0 * 0.9995 } ?? (1e-12, "p")
    return "\(PlainText.significant(value / scale, 3)) \(prefix)J"
  }
}

/// The estimates of energy among the results of an evaluation, paths without `prefix`.
package struct EnergyResults {
  private let values: [String: Double]
  /// The estimates that there are.
  package let estimates: [EnergyEstimate]

  package init(_ readings: [Reading], below prefix: String = "") {
    let start = prefix + "energy."
    let pairs = readings.lazy.filter { $0.gauge.hasPrefix(start) }.map {
      (String($0.gauge.dropFirst(start.count)), $0.last)
    }
    let values = Dictionary(pairs) { first, _ in first }
    self.values = values
    estimates = EnergyEstimate.allCases.filter { estimate in
      values.keys.contains { $0.hasPrefix(estimate.rawValue + ".") }
    }
  }

  package subscript(estimate: EnergyEstimate, path: String) -> Double? {
    values["\(estimate.rawValue).\(path)"]
  }

  package func assumptions(of estimate: EnergyEstimate) -> String {
    EnergyText.assumptions(of: estimate) { self[.withMemory, "picojoules.\($0)"] }
  }

  package func shortAssumptions(of estimate: EnergyEstimate) -> String {
    EnergyText.shortAssumptions(of: estimate) { self[.withMemory, "picojoules.\($0)"] }
  }

  /// The ways to carry out products in the order of columns, with their paths.
  package static let regimes: [(title: String, paths: [String])] = [
    ("dense float", ["denseFloat"]), ("dense int", ["denseInt", "dense"]),
    ("unit spikes", ["unitSpikes"]), ("shift-adds", ["shiftAdds"]),
  ]

  /// The values of ``regimes``, `nil` where the estimate has none.
  package func regimes(of estimate: EnergyEstimate) -> [Double?] {
    Self.regimes.map { regime in regime.paths.lazy.compactMap { self[estimate, $0] }.first }
  }

  /// The devices that there are values for.
  package var devices: [(name: String, synaptic: Double, neuron: Double, total: Double)] {
    EnergyDevice.all.compactMap { device in
      guard let synaptic = self[.devices, "\(device.name).synaptic"],
        let neuron = self[.devices, "\(device.name).neuron"],
        let total = self[.devices, "\(device.name).total"]
      else { return nil }
      return (device.name, synaptic, neuron, total)
    }
  }
}
