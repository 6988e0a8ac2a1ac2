import Foundation

/// All neurons of a globally coupled network without end fire once a period in one volley, which is
/// as long as the delay: its own inhibition, which arrives a delay after its first spike, cuts it
/// off (specification of inhibitory networks, 3.3).
package struct OneClusterState: Sendable, Equatable {
  package let range: ExcitabilityRange
  package let delay: Double
  /// P.
  package let period: Double
  /// n_A.
  package let activeFraction: Double
  /// ν̄, over all neurons. Fails where neurons fire twice a volley, see ``firesOnce``.
  package let meanRate: Double
  /// 1/(e^P - 1): the lowest excitability with which a neuron could keep up with the period, less
  /// 1.
  private let bound: Double

  /// What becomes of a neuron.
  package enum Role: Sendable, Equatable {
    case firesEveryPeriod, skipsPeriods, silent
  }

  /// - Parameters:
  ///   - range: of more than one excitability, l2 > 1.
  ///   - coupling: g > 0.
  ///   - delay: τ > 0; without a delay the winner takes all.
  ///
  /// `nil` for anything else, and where numbers are not finite.
  package init?(_ range: ExcitabilityRange, coupling: Double, delay: Double) {
    let free = range.upper - 1
    guard range.width > 0, free > 0, coupling > 0, delay > 0 else { return nil }
    // 1/z = A [τ + B z/(l2 - 1 - z)] with A = g e^τ/Δ and B = e^τ/2 is a quadratic equation; its
    // root in (0, l2 - 1), free of cancellation.
    let growth = exp(delay)
    let a = coupling * growth / range.width
    let linear = 1 + a * delay * free
    let quadratic = a * (growth / 2 - delay)
    let z = 2 * free / (linear + (linear * linear + 4 * quadratic * free).squareRoot())
    guard z > 0, z < free else { return nil }
    (self.range, self.delay, bound) = (range, delay, z)
    period = log1p(1 / z)
    activeFraction = (free - (free - z) * exp(-delay)) / range.width
    meanRate = (-(free - z) * expm1(-delay) + z / 2) / (range.width * period)
    guard period > 0, activeFraction.isFinite, meanRate.isFinite else { return nil }
  }

  /// Whether all pulses of a volley land before the next one begins, P > 2τ.
  package var isConsistent: Bool { period > 2 * delay }

  /// Whether no neuron fires twice a volley, τ < T_free(l2). Beyond, the period and the rate fail;
  /// the fraction of active neurons holds.
  package var firesOnce: Bool { delay < LeakyNeuron.period(drive: range.upper) }

  /// Whether the formulas hold: besides, some neuron must be silent. That the network gets into this
  /// state from random potentials takes strong coupling besides (at delays 1, 0.5, 0.3, 0.1 about
  /// g >= 1, 2, 10, 200).
  package var isValid: Bool { isConsistent && firesOnce && activeFraction < 1 }

  /// What becomes of a neuron of the excitability.
  package func role(of excitability: Double) -> Role {
    let reach = (range.upper - 1 - bound) * exp(-delay)
    if excitability > 1 + bound + reach { return .firesEveryPeriod }
    return excitability > 1 + reach ? .skipsPeriods : .silent
  }

  /// δ(a): how long after the most excitable one a neuron fires that fires every period; `nil` for
  /// the others.
  package func phase(of excitability: Double) -> Double? {
    guard role(of: excitability) == .firesEveryPeriod, excitability <= range.upper else {
      return nil
    }
    return log((range.upper - 1 - bound) / (excitability - 1 - bound))
  }

  /// n_A at g without end: a delay keeps a part of the neurons alive, (l2 - 1)(1 - e^{-τ})/Δ.
  package static func lastingFraction(_ range: ExcitabilityRange, delay: Double) -> Double? {
    guard range.width > 0, range.upper > 1, delay >= 0 else { return nil }
    return min(1, -(range.upper - 1) * expm1(-delay) / range.width)
  }

  /// The period of neurons that are all the same and start alike: all fire together, in a network of
  /// any size whose neurons do not inhibit themselves. `nil` unless τ < min(P, T_free).
  package static func period(
    identical excitability: Double, coupling: Double, delay: Double
  ) -> Double? {
    guard excitability > 1, coupling >= 0, delay >= 0 else { return nil }
    let period = log((excitability + coupling * exp(delay)) / (excitability - 1))
    guard period.isFinite, delay < min(period, LeakyNeuron.period(drive: excitability)) else {
      return nil
    }
    return period
  }
}
