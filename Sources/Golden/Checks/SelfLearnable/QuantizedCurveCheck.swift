import Engine

/// `quantised_and_spiking`: codes and straight-through gradients of a curve under quantizers, and
/// the spikes of units that it drives.
struct QuantizedCurveCheck: GoldenCheck {
  var name: String { "quantised_and_spiking" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let tolerance = GoldenTolerance.scaled(try file.value("tolerance_float64").double())
    let curve = try ActivationCurve(.monomial, try file.value("a").doubles())
    let x = try file.value("x").doubles()
    try tally.compare(x.map(curve.value), file.value("g"), tolerance, as: "Double")
    try tally.compare(x.map(curve.slope), file.value("dg_dx"), tolerance, as: "Double")
    for item in try file.value("quantised").elements() {
      tally.countCase()
      let bits = try item.value("bits").integer()
      guard QuantizedCurve.allowedBits.contains(bits) else {
        throw item.invalid("1 to 12 bits", found: "\(bits)")
      }
      let quantized = QuantizedCurve(curve, bits: bits)
      try tally.compare(
        x.map { Double(quantized.code($0)) }, item.value("codes"), .exact, as: "Double")
      let places: [(String, [Double])] = [
        ("y", x.map(quantized.value)), ("ste_dx", x.map(quantized.slope)),
        ("ste_da", x.flatMap(quantized.coefficientSlopes)),
      ]
      for (key, found) in places {
        try tally.compare(found, item.value(key), tolerance, as: "Double")
      }
    }
    for item in try file.value("spiking").elements() {
      tally.countCase()
      try checkSpikes(curve, x, item, &tally)
    }
  }

  private func checkSpikes(
    _ curve: ActivationCurve, _ x: [Double], _ item: GoldenValue, _ tally: inout GoldenTally
  ) throws {
    let steps = try item.value("T").integer()
    guard (1...Self.mostSteps).contains(steps) else {
      throw item.invalid("1 to \(Self.mostSteps) steps", found: "\(steps)")
    }
    let counts = x.map { Double(curve.spikes($0, steps: steps)) }
    try tally.compare(counts, item.value("spike_counts"), .exact, as: "Double")
    guard try item.value("agree").truth() else { return }
    let closed = x.map { x in
      min(max((curve.value(x) * Double(steps) + 0.5).rounded(.down), 0), Double(steps))
    }
    try tally.compare(
      closed, item.value("closed_form_clip_floor_gT_plus_half"), .exact, as: "Double")
  }

  private static let mostSteps = 10_000
}
