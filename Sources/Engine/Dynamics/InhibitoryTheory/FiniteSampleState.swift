/// The asynchronous state of a globally coupled network with the excitabilities that it has, and
/// without the neuron's own spikes in its field: neuron i sees a_i - g(Nν̄ - ν_i)/(N - 1)
/// (specification of inhibitory networks, 3.1).
///
/// A neuron that would be silent if it were, is taken as silent, though its own absence from the
/// field might keep it firing. So at a given field the mean rate jumps where a neuron passes the
/// threshold, and now and then the field that the rates make lies inside such a jump: no state is
/// consistent then, and the two sides of the jump differ by one neuron.
package struct FiniteSampleState: Sendable, Equatable {
  /// The rates at a field.
  package struct Side: Sendable, Equatable {
    /// ν̄ over all neurons.
    package let meanRate: Double
    package let activeNeurons: Int
  }

  /// At the largest field that is not above the one its rates make.
  package let below: Side
  /// At the next field. The same as `below` within rounding where the state is consistent.
  package let above: Side

  /// Whether there is a state.
  package var isConsistent: Bool { below.activeNeurons == above.activeNeurons }

  /// - Parameters:
  ///   - excitabilities: of at least two neurons.
  ///   - coupling: g, at least 0 and below N - 1. Above, a neuron would drive itself without end in
  ///     a field that it does not share.
  ///
  /// `nil` for anything else, and where numbers are not finite.
  package init?(excitabilities: [Double], coupling: Double) {
    guard excitabilities.count > 1, coupling >= 0,
      coupling < Double(excitabilities.count - 1), let largest = excitabilities.max(),
      excitabilities.allSatisfy(\.isFinite)
    else { return nil }
    let pulse = coupling / Double(excitabilities.count - 1)
    let rates = { Self.side(excitabilities, field: $0, pulse: pulse) }
    var (low, high) = (0.0, max(largest - 1, 0))
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { break }
      let made = pulse * rates(middle).meanRate * Double(excitabilities.count)
      if made > middle { low = middle } else { high = middle }
    }
    // Without coupling there is no field, and nothing to search.
    (below, above) = (rates(low), rates(coupling == 0 ? 0 : high))
    guard below.meanRate.isFinite, above.meanRate.isFinite else { return nil }
  }

  private static func side(_ excitabilities: [Double], field: Double, pulse: Double) -> Side {
    var (sum, active) = (0.0, 0)
    for excitability in excitabilities where excitability - 1 - field > 0 {
      sum += rate(excess: excitability - 1 - field, pulse: pulse)
      active += 1
    }
    return Side(meanRate: sum / Double(excitabilities.count), activeNeurons: active)
  }

  private static let mostSteps = 500

  /// The smallest solution of ν = rate(excess + pulse ν), which the iteration from 0 climbs to.
  private static func rate(excess: Double, pulse: Double) -> Double {
    var rate = 0.0
    for _ in 0..<mostSteps {
      let next = LeakyNeuron.rate(excess: excess + pulse * rate)
      guard next > rate, next.isFinite else { return next }
      rate = next
    }
    return rate
  }
}
