import Engine

/// `hslmu-cell`: the hybrid-spiking cell in both variants, forward and straight-through
/// gradients. Single precision cannot reproduce a spike train step by step, so there only the
/// running sums of the counts are compared.
struct HybridCellCheck: GoldenCheck {
  var name: String { "hslmu-cell" }
  let routes: [any HybridRoute]

  private static let tolerance = GoldenTolerance.scaled(1e-9)

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let memory = try MemorySize(file).memory(discretizer: try file.value("discretizer"))
    let weights = try ReferenceLMU.Weights(try file.value("params"), sizes: file)
    let x = try file.value("x").rows().checked(columns: weights.inputs, file)
    let coefficients = try file.value("loss_c").doubles(count: weights.hidden)
    for item in try file.value("cases").elements() {
      tally.countCase()
      let cell = ReferenceLMU(
        memory: memory, weights: weights, variant: try variant(try item.value("variant")),
        resolutions: ReferenceLMU.Resolutions(
          h: try item.value("omega_h").resolution(), m: try item.value("omega_m").resolution()))
      let voltages = ReferenceLMU.Voltages(
        h: try item.value("v0_h").doubles(count: weights.hidden),
        m: try item.value("v0_m").doubles(count: weights.order))
      for route in routes {
        let run = try route.run(
          cell, over: x, from: voltages,
          hiddenGradient: .onLastStep(coefficients, of: x.count))
        switch route.precision {
        case .double:
          try compareAll(run, coefficients, item, route: route, into: &tally)
        case .single:
          try compareCounts(run, item, route: route, into: &tally)
        }
      }
    }
  }

  private func variant(_ value: GoldenValue) throws(GoldenError) -> LMUConfiguration.Variant {
    let text = try value.text()
    switch text {
    case "exact_state": return .exactState
    case "quantized_state": return .quantizedState
    default: throw value.invalid("exact_state or quantized_state", found: text)
    }
  }

  private func compareAll(
    _ run: CellRun, _ coefficients: [Double], _ item: GoldenValue, route: any HybridRoute,
    into tally: inout GoldenTally
  ) throws {
    let place = { (key: String) in "\(item.path).\(key) (\(route.name))" }
    tally.compare(run.u, try item.value("u").doubles(), Self.tolerance, at: place("u"))
    let arrays: [(key: String, found: [[Double]], tolerance: GoldenTolerance)] = [
      ("m", run.m, Self.tolerance), ("h", run.h, Self.tolerance),
      ("n_m", run.memoryCounts, .exact), ("n_h", run.hiddenCounts, .exact),
    ]
    for (key, found, tolerance) in arrays {
      let expected = try item.value(key).rows()
      tally.compare(found.flatMap { $0 }, expected.flatMap { $0 }, tolerance, at: place(key))
    }
    for (key, found) in [("v_m_final", run.voltages.m), ("v_h_final", run.voltages.h)] {
      tally.compareVoltages(
        found, try item.value(key).doubles(), within: Self.tolerance.limit, at: place(key))
    }
    let loss = zip(coefficients, run.h.last ?? []).reduce(0) { $0 + $1.0 * $1.1 }
    tally.compare(loss, try item.value("loss").double(), Self.tolerance, at: place("loss"))
    try run.gradients.compare(
      try item.value("grad"), Self.tolerance, route: route, into: &tally)
  }

  private func compareCounts(
    _ run: CellRun, _ item: GoldenValue, route: any HybridRoute, into tally: inout GoldenTally
  ) throws {
    for (key, found) in [("n_m", run.memoryCounts), ("n_h", run.hiddenCounts)] {
      let value = try item.value(key)
      let units = found.first?.count ?? 0
      let expected = try value.rows(count: found.count, columns: units)
      for unit in 0..<units {
        tally.compareCumulative(
          found.map { $0[unit] }, expected.map { $0[unit] },
          at: "\(value.path) unit \(unit) (\(route.name))")
      }
    }
  }
}
