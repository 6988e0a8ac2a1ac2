import Foundation

/// Where collective oscillations of a globally coupled network without end set in, while all neurons
/// are still active (specification of inhibitory networks, 3.2). A modulation of high frequency
/// comes back after the delay multiplied by -gG∞, so it grows once gG∞ > 1, whatever the delay.
package struct OscillationOnset: Sendable, Equatable {
  /// The critical coupling, at which g G∞ = 1.
  package let coupling: Double
  /// ν̄ there.
  package let meanRate: Double

  /// `nil` where some neuron is at threshold without any coupling, l1 <= 1, or gets there first:
  /// from then on G∞ is infinite, and the criterion says nothing about networks that can be
  /// simulated.
  package init?(_ range: ExcitabilityRange) {
    let first = range.lower - 1
    guard first > 0 else { return nil }
    // The field f = gν̄ is the unknown: at 0 there is no coupling, and at l1 - 1 the gain has no
    // bound.
    func gain(_ field: Double) -> Double {
      let top = range.upper - 1 - field
      return field / AsynchronousState.meanRate(range, top: top) * Self.gain(range, top: top)
    }
    let last = first * (1 - 1e-12)
    guard let field = BracketedRoot.find(between: 0, and: last, of: { gain($0) - 1 }) else {
      return nil
    }
    meanRate = AsynchronousState.meanRate(range, top: range.upper - 1 - field)
    coupling = field / meanRate
  }

  /// G∞, the mean of 1/((µ - 1) T(µ)), where the most excitable neuron is `top` above threshold;
  /// infinite as soon as one is at threshold.
  package static func gain(_ range: ExcitabilityRange, top: Double) -> Double {
    guard top > range.width else { return .infinity }
    return range.meanOfActive(top: top, RateResponse.fast(excess:))
  }

  /// The real part of λ of the modulations that grow fastest, ln(gG∞)/τ; `nil` without a delay,
  /// without a state, and where a neuron is at threshold.
  package static func growthRate(
    _ range: ExcitabilityRange, coupling: Double, delay: Double
  ) -> Double? {
    guard delay > 0, let state = AsynchronousState(range, coupling: coupling) else { return nil }
    let gain = coupling * gain(range, top: state.topExcess)
    return gain.isFinite && gain > 0 ? log(gain) / delay : nil
  }

  /// The angular frequencies close to which modulations grow, π/τ, 3π/τ, ...; the first is that of a
  /// period of 2τ.
  package static func frequency(_ index: Int, delay: Double) -> Double {
    Double(2 * index + 1) * .pi / delay
  }

  /// The critical coupling of neurons that are all the same, (a - 1)/2 ln((a + 1)/(a - 1)).
  package static func coupling(identical excitability: Double) -> Double? {
    guard excitability > 1, excitability.isFinite else { return nil }
    return (excitability - 1) / 2 * log1p(2 / (excitability - 1))
  }
}
