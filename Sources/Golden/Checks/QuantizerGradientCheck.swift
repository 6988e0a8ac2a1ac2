/// `quantizer-gradient`: straight-through gradients over successive steps of one neuron.
struct QuantizerGradientCheck: GoldenCheck {
  var name: String { "quantizer-gradient" }
  let routes: [any HybridRoute]

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    for item in try file.value("cases").elements() {
      tally.countCase()
      let input = try NeuronInput(item)
      let x = try item.value("x").doubles()
      let upstream = try item.value("upstream").doubles(count: x.count)
      let voltage = try item.value("v0").double()
      for route in routes {
        let sequence = try route.diffused(
          x, activation: input.activation, resolution: input.resolution, voltage: voltage)
        tally.compare(
          sequence.counts, try item.value("n").doubles(), .exact,
          at: "\(item.path).n (\(route.name))")
        let gradient = try route.gradient(
          x, upstream: upstream, activation: input.activation, resolution: input.resolution,
          voltage: voltage)
        tally.compare(
          gradient, try item.value("dL_dx").doubles(), .absolute(1e-6),
          at: "\(item.path).dL_dx (\(route.name))")
      }
    }
  }
}
