import Foundation

/// The asynchronous state of a sparse network without end, each neuron of which is inhibited by K
/// others: their spikes arrive like Poisson trains of rate Kν̄ and size g/K, so that
/// ν̄ = <ν(a; Kν̄, g/K)> (specification of inhibitory networks, 3.6).
///
/// Within 3 % of simulated rates up to g = 20 at K = 20; 10 to 15 % low at g >= 100, where neurons
/// burst. CV and n_A are too high at weak coupling, where the trains that arrive are regular.
package struct ShotNoiseMeanField: Sendable {
  package let range: ExcitabilityRange
  /// ν̄.
  package let meanRate: Double
  private let inhibition: PoissonInhibition
  private let pulseRate: Double

  /// - Parameters:
  ///   - range: with l2 <= ``PoissonInhibition/highestDrive``.
  ///   - inDegree: K >= 1.
  ///   - coupling: g >= 0.
  ///
  /// `nil` for anything else.
  package init?(_ range: ExcitabilityRange, inDegree: Int, coupling: Double) {
    let inputs = Double(inDegree)
    guard inDegree >= 1, coupling >= 0, range.upper <= PoissonInhibition.highestDrive else {
      return nil
    }
    let free = AsynchronousState.meanRate(range, top: range.upper - 1)
    guard
      let inhibition = PoissonInhibition(
        pulse: coupling / inputs, highestPulseRate: inputs * free)
    else { return nil }
    let excessOfMade = { (rate: Double) in
      rate - Self.mean(range) { inhibition.rate(drive: $0, pulseRate: inputs * rate) }
    }
    guard free > 0 else {
      (self.range, meanRate, self.inhibition, pulseRate) = (range, 0, inhibition, 0)
      return
    }
    guard
      let rate = coupling == 0
        ? free
        : BracketedRoot.find(
          between: 0, and: free * (1 + 1e-9), tolerance: 1e-11, of: excessOfMade)
    else { return nil }
    (self.range, meanRate, self.inhibition, pulseRate) = (range, rate, inhibition, inputs * rate)
  }

  /// ν(a).
  package func rate(of excitability: Double) -> Double {
    inhibition.rate(drive: excitability, pulseRate: pulseRate)
  }

  /// Mean interval and CV of a neuron; `nil` for one that never fires.
  package func intervals(of excitability: Double) -> PoissonInhibition.Intervals? {
    inhibition.intervals(drive: excitability, pulseRate: pulseRate)
  }

  /// The CV, mean over the neurons of which a window is expected to show two intervals, each with
  /// the probability that it has three spikes of a Poisson train; `nil` where nobody fires.
  package func meanVariation(within window: Double) -> Double? {
    let isSeen = { (excitability: Double) -> Double in
      let spikes = rate(of: excitability) * window
      return 1 - exp(-spikes) * (1 + spikes + spikes * spikes / 2)
    }
    let seen = Self.mean(range, isSeen)
    guard seen > 0 else { return nil }
    // One more than the CV, so that the noise of a CV of nearly nothing is no large part of it.
    let sum = Self.mean(range, tolerance: 1e-5) {
      isSeen($0) * (1 + (intervals(of: $0)?.variation ?? 0))
    }
    return sum / seen - 1
  }

  /// n_A(W), the fraction of neurons that fire within a window: under Poisson pulses nobody is
  /// silent for ever.
  package func activeFraction(within window: Double) -> Double {
    Self.mean(range) { -expm1(-rate(of: $0) * window) }
  }

  /// The mean over the neurons with a > 1 of a function of a.
  private static func mean(
    _ range: ExcitabilityRange, tolerance: Double = 1e-9, _ function: (Double) -> Double
  ) -> Double {
    range.meanOfActive(top: range.upper - 1, tolerance: tolerance) { function(1 + $0) }
  }
}
