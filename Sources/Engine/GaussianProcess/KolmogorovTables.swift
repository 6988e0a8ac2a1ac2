/// A network whose inputs, inner and outer curves all have so many bits: a table for each curve, and
/// additions (specification, section 11).
package struct KolmogorovTables: Sendable, Equatable, Codable {
  package let bits: Int
  /// Units by inputs, and units by outputs, where there are outer curves.
  package let inner, outer: [[CurveTable]]
  package let biases: [Double]
  package let scale: Double

  /// The tables reach as far as the curves and the sums t do on some rows.
  /// They hold the curves themselves, whatever these are rounded to in training.
  package init(_ network: KolmogorovNetwork, bits: Int, rows: [[Double]]) {
    let network = network.rounded(nil)
    self.bits = bits
    (biases, scale) = (network.biases, network.scale)
    let reach = KolmogorovReach(network, rows: rows)
    inner = (0..<network.units).map { unit in
      (0..<network.inputs).map { input in
        CurveTable(
          network.innerCurve(unit: unit, input: input), bits: bits,
          range: reach.inner[unit][input].range)
      }
    }
    outer = (0..<network.units).map { unit in
      (0..<network.outerCurves).map { output in
        CurveTable(
          network.outerCurve(unit: unit, output: output), bits: bits,
          range: reach.outer[unit][output].range, domain: reach.sums[unit].range)
      }
    }
  }

  /// f of a row of inputs.
  package func outputs(_ x: [Double]) -> [Double] {
    var outputs = biases
    for unit in inner.indices {
      let t = scale * zip(inner[unit], x).reduce(0) { $0 + $1.0.value($1.1) }
      if outer[unit].isEmpty { outputs[unit % outputs.count] += t }
      for (output, table) in outer[unit].enumerated() { outputs[output] += table.value(t) }
    }
    return outputs
  }
}
