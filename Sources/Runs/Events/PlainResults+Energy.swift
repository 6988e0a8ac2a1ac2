import Engine

extension PlainResults {
  /// The estimates of energy, each with what it assumes.
  func energy(_ results: EnergyResults) -> [String] {
    let regimes = [EnergyEstimate.compute45nm, .withMemory].filter(results.estimates.contains)
    var lines: [String] = []
    if !regimes.isEmpty {
      let columns = EnergyResults.regimes.map { PlainColumn($0.title, width: 11) }
      lines.append(titles("energy per inference", columns))
      lines += regimes.map { estimate in
        row(
          estimate.rawValue,
          results.regimes(of: estimate).map { $0.map { EnergyText.joules($0) } }, columns)
      }
    }
    let devices = results.devices
    if !devices.isEmpty {
      let columns = ["synaptic", "neuron", "total"].map { PlainColumn($0, width: 11) }
      lines.append(titles(EnergyEstimate.devices.rawValue, columns))
      lines += devices.map { device in
        row(
          "  " + device.name,
          [device.synaptic, device.neuron, device.total].map { EnergyText.joules($0) }, columns)
      }
    }
    return lines
      + results.estimates.flatMap {
        PlainText.wrapped("\($0.rawValue): \(results.assumptions(of: $0)).", to: width)
      }
  }
}
