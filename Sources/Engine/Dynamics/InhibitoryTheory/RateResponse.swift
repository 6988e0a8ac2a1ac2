import Foundation

/// How the rate of a firing neuron follows a small modulation e^{λt} of its drive (specification of
/// inhibitory networks, 3.2):
///
///     χ(λ; µ) = λ/(µT(1 + λ)) [1 + 1/((µ - 1)(1 - e^{-λT}))]
///
/// with the drive µ > 1 and the period T of the neuron.
package enum RateResponse {
  /// χ at λ, which must not be -1.
  ///
  /// - Parameter excess: µ - 1 > 0.
  package static func susceptibility(_ lambda: ComplexNumber, excess: Double) -> ComplexNumber {
    let period = log1p(1 / excess)
    let drive = 1 + excess
    // λ/(1 - e^{-λT}), which is 1/T at 0.
    let decay = (-period * lambda).exponentialLessOne
    let ratio = lambda.magnitude == 0 ? ComplexNumber(1 / period) : lambda / (-1 * decay)
    return (1 / (drive * period)) * (lambda + (1 / excess) * ratio)
      / (ComplexNumber(1) + lambda)
  }

  /// χ at λ = 0: dν/dµ.
  package static func slow(excess: Double) -> Double {
    let period = log1p(1 / excess)
    return 1 / (excess * (1 + excess) * period * period)
  }

  /// χ at |λ| without end: pulses act at once, through the neurons that sit at threshold.
  package static func fast(excess: Double) -> Double { 1 / (excess * log1p(1 / excess)) }

  /// The mean of χ over a population whose most excitable neuron is `top` above threshold.
  package static func meanSusceptibility(
    _ lambda: ComplexNumber, of range: ExcitabilityRange, top: Double
  ) -> ComplexNumber {
    ComplexNumber(
      range.meanOfActive(top: top) { susceptibility(lambda, excess: $0).real },
      range.meanOfActive(top: top) { susceptibility(lambda, excess: $0).imaginary })
  }

  /// 1 + g e^{-λτ} <χ>: where it is 0 at a λ of real part above 0, the asynchronous state is
  /// unstable and modulations grow as e^{λt}.
  package static func characteristic(
    _ lambda: ComplexNumber, of range: ExcitabilityRange, in state: AsynchronousState,
    coupling: Double, delay: Double
  ) -> ComplexNumber {
    let returned = (-delay * lambda).exponential
    let mean = meanSusceptibility(lambda, of: range, top: state.topExcess)
    return ComplexNumber(1) + coupling * (returned * mean)
  }
}
