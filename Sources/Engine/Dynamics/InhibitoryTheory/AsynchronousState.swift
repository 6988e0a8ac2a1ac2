import Foundation

/// The asynchronous state of a globally coupled network without end: every neuron sees the constant
/// drive a - gν̄, and those above threshold fire at 1 / ln(µ / (µ - 1)) (specification of inhibitory
/// networks, 3.1; of the form of Angulo-Garcia, Luccioli, Olmi and Torcini 2017). The delay does not
/// enter.
package struct AsynchronousState: Sendable, Equatable {
  /// ν̄, over all neurons, silent ones too.
  package let meanRate: Double
  /// n_A.
  package let activeFraction: Double
  /// The excess of the most excitable neuron above threshold, l2 - 1 - gν̄.
  package let topExcess: Double

  /// - Parameter coupling: g >= 0.
  ///
  /// `nil` for a coupling that is negative or not finite, and where the numbers overflow.
  package init?(_ range: ExcitabilityRange, coupling: Double) {
    guard coupling >= 0, coupling.isFinite else { return nil }
    let free = range.upper - 1
    guard free > 0 else {
      (meanRate, activeFraction, topExcess) = (0, 0, free)
      return
    }
    // The excess of the first neuron is the unknown: at strong coupling it is all that is left of
    // the difference of two large numbers.
    let top = BracketedRoot.find(between: 0, and: free) { top in
      top - free + coupling * Self.meanRate(range, top: top)
    }
    guard let top, top > 0 else { return nil }
    let rate = Self.meanRate(range, top: top)
    guard rate.isFinite else { return nil }
    meanRate = rate
    activeFraction = range.width > 0 ? min(1, top / range.width) : 1
    topExcess = top
  }

  /// ν̄ where the most excitable neuron is `top` above threshold.
  static func meanRate(_ range: ExcitabilityRange, top: Double) -> Double {
    range.meanOfActive(top: top, LeakyNeuron.rate(excess:))
  }

  /// The coupling at which the first neuron falls silent: gν̄ = l1 - 1, so 0 where the range begins
  /// at threshold. `nil` where that never happens (identical neurons) or some neuron never fires.
  package static func couplingOfFirstSilence(_ range: ExcitabilityRange) -> Double? {
    guard range.lower >= 1, range.width > 0 else { return nil }
    return (range.lower - 1) / meanRate(range, top: range.width)
  }

  /// What n_A comes to at very strong coupling, n_A ln(1/(n_A Δ)) ≈ ... : the solution of
  /// X / ln(1/X) = Δ(l2 - 1)/g for X = n_A Δ. `nil` where X would not be small, above 1/e.
  package static func fractionTowardsWinnerTakesAll(
    _ range: ExcitabilityRange, coupling: Double
  ) -> Double? {
    let share = range.width * (range.upper - 1) / coupling
    guard share > 0, share < exp(-1), coupling.isFinite else { return nil }
    let excess = BracketedRoot.find(between: share * 1e-3, and: exp(-1)) { $0 + share * log($0) }
    return excess.map { $0 / range.width }
  }
}
