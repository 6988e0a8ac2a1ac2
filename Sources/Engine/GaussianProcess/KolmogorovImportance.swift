/// What matters in a network, from the spread of its parts over some rows (specification of the
/// Kolmogorov network of Gaussian processes, 5.2).
package struct KolmogorovImportance: Sendable, Equatable {
  /// I_qp = std(o_q) std(phi_qp) / std(sum_p phi_qp), units by inputs; 0 where a unit is constant.
  package let edges: [[Double]]
  /// std(o_q) of each unit.
  package let units: [Double]

  /// Over `rows`, of which there is at least one.
  package init(_ network: KolmogorovNetwork, rows: [[Double]]) {
    self.init(network, passes: rows.map(network.run))
  }

  /// Of several outputs std(o_q) is the root of their mean square.
  init(_ network: KolmogorovNetwork, passes: [KolmogorovNetwork.Pass]) {
    let units = (0..<network.units).map { unit in
      let squares = (0..<network.outputs).reduce(0) { sum, output in
        let own = deviation(passes.map { $0.outer[unit][output] })
        return sum + own * own
      }
      return (squares / Double(network.outputs)).squareRoot()
    }
    edges = (0..<network.units).map { unit in
      let sum = deviation(passes.map { $0.inner[unit].reduce(0, +) })
      return (0..<network.inputs).map { input in
        sum > 0 ? units[unit] * deviation(passes.map { $0.inner[unit][input] }) / sum : 0
      }
    }
    self.units = units
  }

  /// The share of each input in the importance of all edges.
  package var shares: [Double] {
    let sums = (edges.first ?? []).indices.map { input in edges.reduce(0) { $0 + $1[input] } }
    let total = sums.reduce(0, +)
    return sums.map { total > 0 ? $0 / total : 0 }
  }
}

/// The standard deviation of all of a population.
private func deviation(_ values: [Double]) -> Double {
  let count = Double(max(values.count, 1))
  let mean = values.reduce(0, +) / count
  return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
}
