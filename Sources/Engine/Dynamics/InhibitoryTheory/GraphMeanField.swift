/// The asynchronous state of a network as it is: every neuron under Poisson pulses of the rate that
/// its own sources make, R_i = Σ_j C_ij ν_j (specification of inhibitory networks, 3.6).
package struct GraphMeanField: Sendable, Equatable {
  /// ν_i.
  package let rates: [Double]

  /// Largest change of a rate with which the iteration ends, relative to the largest rate.
  private static let tolerance = 1e-10
  private static let mostSteps = 2000

  /// - Parameter coupling: g >= 0.
  ///
  /// `nil` without sources, for excitabilities that are too large for ``PoissonInhibition``, and
  /// where the iteration does not settle.
  package init?(of network: InhibitoryNetwork, coupling: Double) {
    let inputs = network.inDegree
    let largest = network.excitabilities.max() ?? 0
    guard inputs >= 1, coupling >= 0, largest <= PoissonInhibition.highestDrive else { return nil }
    var rates = network.excitabilities.map { LeakyNeuron.rate(excess: $0 - 1) }
    let fastest = rates.max() ?? 0
    guard
      let inhibition = PoissonInhibition(
        pulse: coupling / Double(inputs), highestPulseRate: Double(inputs) * fastest)
    else { return nil }
    // Half steps at first; smaller ones where strong inhibition makes the rates swing.
    var (share, before) = (0.5, Double.infinity)
    for _ in 0..<Self.mostSteps {
      let pulseRates = Self.pulseRates(rates, in: network)
      var change = 0.0
      for index in rates.indices {
        let made = inhibition.rate(
          drive: network.excitabilities[index], pulseRate: pulseRates[index])
        change = max(change, abs(made - rates[index]))
        rates[index] += share * (made - rates[index])
      }
      if change <= Self.tolerance * (rates.max() ?? 0) {
        self.rates = rates
        return
      }
      if change > before { share = max(share * 0.8, 0.02) }
      before = change
    }
    return nil
  }

  package var meanRate: Double { rates.reduce(0, +) / Double(max(rates.count, 1)) }

  /// R_i.
  private static func pulseRates(_ rates: [Double], in network: InhibitoryNetwork) -> [Double] {
    switch network.connectivity {
    case .global:
      let all = rates.reduce(0, +)
      return rates.map { max(all - $0, 0) }
    case .sparse(let inDegree):
      return rates.indices.map { neuron in
        network.sources[neuron * inDegree..<(neuron + 1) * inDegree].reduce(0) {
          $0 + rates[Int($1)]
        }
      }
    }
  }
}
