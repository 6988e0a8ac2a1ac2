/// `quantizer-scalar`: one neuron driven by a listed input through an activation and the
/// temporally diffused quantizer, with the counts of exact, float64 and float32 arithmetic.
struct QuantizerScalarCheck: GoldenCheck {
  var name: String { "quantizer-scalar" }
  let routes: [any HybridRoute]

  /// Voltages of exact and float64 arithmetic, and of float32.
  private static let doubleVoltageLimit = 1e-9
  private static let singleVoltageLimit = 1e-3

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    for item in try file.value("cases").elements() {
      tally.countCase()
      let input = try NeuronInput(item)
      let x = try item.value("x").doubles()
      for route in routes {
        let sequence = try route.diffused(
          x, activation: input.activation, resolution: input.resolution,
          voltage: try item.value("v0").double())
        try compareCounts(sequence, in: item, route: route, into: &tally)
        try compareVoltages(sequence, in: item, route: route, into: &tally)
      }
    }
  }

  private func compareCounts(
    _ sequence: ReferenceQuantizer.Sequence, in item: GoldenValue, route: any HybridRoute,
    into tally: inout GoldenTally
  ) throws {
    let agree = try item.value("agree").truth()
    let columns = [
      try item.optional("n_exact"), try item.value("n_nengo_f64"), try item.value("n_keras_f32"),
    ]
    for column in columns.compactMap({ $0 }) {
      let expected = try column.integers().map(Double.init)
      if agree {
        tally.compare(sequence.counts, expected, .exact, at: "\(column.path) (\(route.name))")
      } else {
        tally.compareCumulative(sequence.counts, expected, at: "\(column.path) (\(route.name))")
      }
    }
  }

  private func compareVoltages(
    _ sequence: ReferenceQuantizer.Sequence, in item: GoldenValue, route: any HybridRoute,
    into tally: inout GoldenTally
  ) throws {
    let keras = try item.value("v_final_keras_f32")
    tally.compareVoltages(
      [sequence.voltage], [try keras.double()], within: Self.singleVoltageLimit,
      at: "\(keras.path) (\(route.name))")
    guard route.precision == .double else { return }
    let nengo = try item.value("v_final_nengo_f64")
    tally.compareVoltages(
      [sequence.voltage], [try nengo.double()], within: Self.doubleVoltageLimit,
      at: "\(nengo.path) (\(route.name))")
    guard let exact = try item.optional("v_final_exact") else { return }
    tally.compareVoltages(
      [sequence.voltage], [try exact.fraction()], within: Self.doubleVoltageLimit,
      at: "\(exact.path) (\(route.name))")
  }
}

/// The two keys that every quantizer case has.
struct NeuronInput {
  let activation: ReferenceActivation
  let resolution: Double

  init(_ item: GoldenValue) throws(GoldenError) {
    let value = try item.value("activation")
    let text = try value.text()
    guard let activation = ReferenceActivation(rawValue: text) else {
      let known = ReferenceActivation.allCases.map(\.rawValue).joined(separator: ", ")
      throw value.invalid("one of \(known)", found: text)
    }
    self.activation = activation
    resolution = try item.value("omega").resolution()
  }
}

extension GoldenValue {
  /// A text like "p/q" or "p".
  func fraction() throws(GoldenError) -> Double {
    let text = try text()
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Double($0) }
    switch (parts.first ?? nil, parts.count == 2 ? parts[1] : 1) {
    case (let numerator?, let denominator?) where parts.count <= 2 && denominator != 0:
      return numerator / denominator
    default:
      throw invalid("a fraction p/q", found: text)
    }
  }
}
