/// `energy-model`: joules per inference of a small network on each device.
struct EnergyModelCheck: GoldenCheck {
  var name: String { "energy-model" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let dt = try file.value("device_dt").double()
    var layers: [ReferenceEnergy.Layer] = []
    for item in try file.value("layers").elements() {
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
        guard key.hasPrefix("T"), let steps = Double(key.dropFirst()) else { continue }
        tally.compare(
          ReferenceEnergy.joules(layers, on: device, dt: dt, steps: steps),
          try expected.double(), .relative(1e-6), at: expected.path)
      }
    }
  }
}
