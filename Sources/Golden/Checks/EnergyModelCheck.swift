import Engine

/// `energy-model`: joules per inference of a small network on each device, after the reference and
/// after the engine. The engine charges devices that do not spike for every step.
struct EnergyModelCheck: GoldenCheck {
  var name: String { "energy-model" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let dt = try file.value("device_dt").double()
    var layers: [ReferenceEnergy.Layer] = []
    for item in try file.value("layers").elements() {
      for key in ["connections", "neurons"] {
        let value = try item.value(key)
        let number = try value.double()
        guard (0...1e9).contains(number), number == number.rounded() else {
          throw value.invalid("a count of at most 1e9", found: "\(number)")
        }
      }
      layers.append(
        ReferenceEnergy.Layer(
          connections: try item.value("connections").double(),
          neurons: try item.value("neurons").double(),
          inputRate: try item.value("input_rate").double()))
    }
    for (name, totals) in try file.value("total_joules").members() {
      tally.countCase()
      guard let device = ReferenceEnergy.devices.first(where: { $0.name == name }) else {
        throw totals.invalid("a device of the specification", found: name)
      }
      for (key, expected) in try totals.members() {
        guard key.hasPrefix("T"), let steps = Int(key.dropFirst()), (1...1_000_000).contains(steps)
        else { continue }
        tally.compare(
          ReferenceEnergy.joules(layers, on: device, dt: dt, steps: Double(steps)),
          try expected.double(), .relative(1e-6), at: expected.path)
        guard let joules = Self.engineJoules(layers, on: name, dt: dt, steps: steps) else {
          throw totals.invalid("a device of the engine", found: name)
        }
        tally.compare(
          device.isSpiking ? joules : joules / Double(steps), try expected.double(),
          .relative(1e-6), at: "\(expected.path) (engine)")
      }
    }
  }

  /// Each layer's input as a site that sends its mean count at every step.
  private static func engineJoules(
    _ layers: [ReferenceEnergy.Layer], on device: String, dt: Double, steps: Int
  ) -> Double? {
    let sites = layers.map { layer in
      var metrics = SiteMetrics()
      metrics.spikeRate = layer.inputRate * dt
      return OperationCounts.Site(units: 1, kind: .off, metrics: metrics, lastStep: metrics)
    }
    let connections = layers.enumerated().map { index, layer in
      Connection(.site(index), units: 1, fanOut: Int(layer.connections))
    }
    let work = LayerWork(connections, neurons: layers.reduce(0) { $0 + Int($1.neurons) })
    let counts = OperationCounts(work, sites: sites, steps: steps)
    return EnergyEstimates(counts).devices.first { $0.name == device }?.total
  }
}
