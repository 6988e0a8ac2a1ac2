import Foundation

/// The asynchronous state of a sparse network with the pulses replaced by Gaussian white noise of
/// mean -gν̄ and variance σ² = g²ν̄/K, as Angulo-Garcia, Luccioli, Olmi and Torcini 2017 have it
/// (specification of inhibitory networks, 3.6). It fails at strong coupling, from about g = 5 at
/// K = 20: no judge of a simulation there.
package struct DiffusionMeanField: Sendable, Equatable {
  /// ν̄.
  package let meanRate: Double

  /// `nil` for K < 1, g < 0, and where no rate between 0 and that of free neurons is consistent.
  package init?(_ range: ExcitabilityRange, inDegree: Int, coupling: Double) {
    guard inDegree >= 1, coupling >= 0, coupling.isFinite else { return nil }
    let free = AsynchronousState.meanRate(range, top: range.upper - 1)
    let excessOfMade = { (rate: Double) in
      let deviation = coupling * (rate / Double(inDegree)).squareRoot()
      return rate
        - range.meanOfActive(top: range.upper - 1) { excess in
          Self.rate(excess: excess - coupling * rate, deviation: deviation)
        }
    }
    let rate =
      coupling == 0 || free == 0
      ? free : BracketedRoot.find(between: 0, and: free, tolerance: 1e-11, of: excessOfMade)
    guard let rate, rate.isFinite else { return nil }
    meanRate = rate
  }

  private static let step = 0.0625

  /// The rate of a neuron of drive 1 + `excess` under white noise: 1/ν = √π ∫ e^{x²}(1 + erf x) dx
  /// from -µ/σ to (1-µ)/σ, which is ∫ (1 - e^{-2u/σ}) e^{-u² - 2u excess/σ} du/u from 0 on.
  package static func rate(excess: Double, deviation: Double) -> Double {
    guard deviation > 0 else { return LeakyNeuron.rate(excess: excess) }
    // In v = u/σ the integrand is that of a neuron without noise, cut off by e^{-(σv)²}.
    let square = deviation * deviation
    var (sum, logarithm) = (0.0, -40 - log(1 + abs(excess)))
    while true {
      let v = exp(logarithm)
      let term = -expm1(-2 * v) * exp(-v * (square * v + 2 * excess))
      sum += term
      if !(term > 1e-18 * sum), square * v + excess > 0 { break }
      logarithm += step
    }
    return 1 / (step * sum)
  }
}
