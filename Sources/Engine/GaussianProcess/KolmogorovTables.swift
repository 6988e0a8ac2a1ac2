/// A network whose inputs, inner and outer curves all have so many bits: a table for each curve, and
/// additions (specification, section 11).
package struct KolmogorovTables: Sendable, Equatable, Codable {
  package let bits: Int
  /// Units by inputs, and units by outputs.
  package let inner, outer: [[CurveTable]]
  package let biases: [Double]
  package let scale: Double

  /// The tables reach as far as the curves and the sums t do on some rows.
  package init(_ network: KolmogorovNetwork, bits: Int, rows: [[Double]]) {
    self.bits = bits
    (biases, scale) = (network.biases, network.scale)
    let passes = rows.map(network.run)
    inner = (0..<network.units).map { unit in
      (0..<network.inputs).map { input in
        if let constant = network.constants[unit][input] {
          return CurveTable(
            network.innerCurve(unit: unit, input: input), bits: bits,
            range: Self.reach([constant]))
        }
        return CurveTable(
          network.innerCurve(unit: unit, input: input), bits: bits,
          range: Self.reach(passes.map { $0.inner[unit][input] }))
      }
    }
    outer = (0..<network.units).map { unit in
      let domain = Self.reach(passes.map { $0.sums[unit] })
      return (0..<network.outputs).map { output in
        CurveTable(
          network.outerCurve(unit: unit, output: output), bits: bits,
          range: Self.reach(passes.map { $0.outer[unit][output] }), domain: domain)
      }
    }
  }

  private static func reach(_ values: [Double]) -> ClosedRange<Double> {
    let finite = values.filter(\.isFinite)
    guard let least = finite.min(), let most = finite.max() else { return 0...0 }
    return least...most
  }

  /// f of a row of inputs.
  package func outputs(_ x: [Double]) -> [Double] {
    var outputs = biases
    for (inner, outer) in zip(inner, outer) {
      let t = scale * zip(inner, x).reduce(0) { $0 + $1.0.value($1.1) }
      for (output, table) in outer.enumerated() { outputs[output] += table.value(t) }
    }
    return outputs
  }
}
