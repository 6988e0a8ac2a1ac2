import Foundation

/// `quantizer-random`: several neurons over random inputs, all multiples of 1/64.
struct QuantizerRandomCheck: GoldenCheck {
  var name: String { "quantizer-random" }
  let routes: [any HybridRoute]

  private static let voltageLimit = 1e-3

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let x = try file.value("x_by_neuron").rows()
    let voltages = try file.value("v0").doubles(count: x.count)
    for item in try file.value("cases").elements() {
      tally.countCase()
      let input = try NeuronInput(item)
      let counts = try item.value("n_keras_f32").rows()
      let finals = try item.value("v_final_keras_f32").doubles(count: x.count)
      guard counts.count == x.count else {
        throw try item.value("n_keras_f32").invalid("\(x.count) rows", found: "\(counts.count)")
      }
      for route in routes {
        for neuron in x.indices {
          let sequence = try route.diffused(
            x[neuron], activation: input.activation, resolution: input.resolution,
            voltage: voltages[neuron])
          let place = "\(item.path) neuron \(neuron) (\(route.name))"
          if isExact(input) {
            tally.compare(sequence.counts, counts[neuron], .exact, at: "\(place) counts")
            tally.compare(sequence.voltage, finals[neuron], .exact, at: "\(place) voltage")
          } else {
            tally.compareCumulative(sequence.counts, counts[neuron], at: "\(place) counts")
            tally.compareVoltages(
              [sequence.voltage], [finals[neuron]], within: Self.voltageLimit,
              at: "\(place) voltage")
          }
        }
      }
    }
  }

  /// Whether no operation rounds in any float type: relu or identity and w a power of two.
  private func isExact(_ input: NeuronInput) -> Bool {
    [.relu, .linear].contains(input.activation) && input.resolution.isFinite
      && input.resolution.significand == 1
  }
}
