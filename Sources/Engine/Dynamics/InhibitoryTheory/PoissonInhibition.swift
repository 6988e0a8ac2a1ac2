import Foundation

/// One neuron of constant drive a under pulses of size J that arrive at random at rate R: the exact
/// moments and Laplace transform of its intervals between spikes (specification of inhibitory
/// networks, 3.5; the problem of Olmi, Angulo-Garcia, Imparato and Torcini 2017). With
///
///     h_A(s) = exp(-as + R Ein(Js))      h_B(s) = e^s h_A(s)
///
/// the mean interval is ∫ (h_B - h_A)/s ds, and E[e^{-λT}] = -∫ s^λ h_A' ds / -∫ s^λ h_B' ds. The
/// integrands are analytic in ln s and fall off exponentially at both ends, so that the trapezoidal
/// rule in ln s converges faster than any power of its step.
///
/// What depends on J alone is tabulated once: 35 kB up to R = 64, more as √R.
package struct PoissonInhibition: Sendable {
  /// J.
  package let pulse: Double
  /// R up to which the step of the quadrature is small enough.
  package let highestPulseRate: Double
  private let nodes: [Node]
  private let step: Double

  private struct Node {
    /// ln s
    var logarithm: Double
    var s: Double
    /// 1 - e^{-s}
    var rise: Double
    /// e^{-s}
    var rest: Double
    /// Ein(Js)
    var gain: Double
    /// 1 - e^{-Js}
    var gainSlope: Double
  }

  /// Largest drive for which the tables begin early enough.
  package static let highestDrive = 1e4

  /// ln s at both ends.
  private static let ends = (low: -44.0, high: 48.0)

  /// - Parameters:
  ///   - pulse: J >= 0.
  ///   - highestPulseRate: the largest R that will be asked for, 0 to 1e6. Peaks of the integrands
  ///     are about 1/√R wide.
  ///
  /// `nil` for anything else.
  package init?(pulse: Double, highestPulseRate: Double) {
    guard pulse >= 0, pulse.isFinite, (0...1e6).contains(highestPulseRate) else { return nil }
    (self.pulse, self.highestPulseRate) = (pulse, highestPulseRate)
    let step = 0.125 / max(1, highestPulseRate.squareRoot() / 8)
    self.step = step
    let count = Int(((Self.ends.high - Self.ends.low) / step).rounded(.up))
    nodes = (0..<count).map { index in
      let logarithm = Self.ends.low + step * Double(index)
      let s = exp(logarithm)
      return Node(
        logarithm: logarithm, s: s, rise: -expm1(-s), rest: exp(-s),
        gain: EntireExponentialIntegral.value(pulse * s), gainSlope: -expm1(-pulse * s))
    }
  }

  /// Mean and coefficient of variation of the intervals between spikes.
  package struct Intervals: Sendable, Equatable {
    package var mean: Double
    package var variation: Double
  }

  /// ν(a, R): spikes per unit of time. 0 for a <= 1, and where the mean interval exceeds all
  /// numbers.
  ///
  /// - Parameters:
  ///   - drive: a, at most ``highestDrive``.
  ///   - pulseRate: R, at most ``highestPulseRate``.
  package func rate(drive: Double, pulseRate: Double) -> Double {
    let excess = drive - 1
    guard excess > 0 else { return 0 }
    // Below some s the integrand is 1, so that its nodes make a geometric series.
    let smallest = log(1e-9 / (drive + pulseRate * pulse))
    let first = min(max(0, Int((smallest - Self.ends.low) / step)), nodes.count - 1)
    var sum = nodes[first].s / expm1(step)
    for node in nodes[first...] {
      let exponent = pulseRate * node.gain - excess * node.s
      let term = node.rise * exp(exponent)
      sum += term
      if term < 1e-18 * sum, excess * node.s > pulseRate * node.gainSlope { break }
    }
    return 1 / (step * sum)
  }

  /// Mean interval and CV; `nil` for a <= 1 or above ``highestDrive``, and where the numbers
  /// overflow.
  package func intervals(drive: Double, pulseRate: Double) -> Intervals? {
    // Moments of h_A and h_B without the cancellation of their difference: -∫ ln s h' ds and
    // -1/2 ∫ ln² s h' ds.
    guard drive <= Self.highestDrive else { return nil }
    var (alpha, beta) = (SIMD2<Double>(), SIMD2<Double>())
    forEachSlope(drive: drive, pulseRate: pulseRate) { logarithm, slopeA, slopeB in
      let powers = SIMD2(logarithm, logarithm * logarithm / 2)
      alpha += powers * slopeA
      beta += powers * slopeB
    }
    alpha *= step
    beta *= step
    let mean = beta[0] - alpha[0]
    let square = 2 * (alpha[1] - beta[1] - alpha[0] * beta[0] + beta[0] * beta[0])
    guard mean > 0, mean.isFinite, square.isFinite else { return nil }
    return Intervals(
      mean: mean, variation: max(0, square - mean * mean).squareRoot() / mean)
  }

  /// E[e^{-λT}] for λ >= 0; `nil` for a <= 1 and where the numbers overflow.
  package func laplaceTransform(
    _ lambda: Double, drive: Double, pulseRate: Double
  ) -> Double? {
    guard lambda >= 0 else { return nil }
    var (above, below) = (0.0, 0.0)
    forEachSlope(drive: drive, pulseRate: pulseRate, power: lambda) { _, slopeA, slopeB in
      above += slopeA
      below += slopeB
    }
    let ratio = above / below
    return ratio.isFinite ? ratio : nil
  }

  /// Hands over ln s, -s^{1+λ} h_A'(s) and -s^{1+λ} h_B'(s) at every node; nothing for a <= 1.
  private func forEachSlope(
    drive: Double, pulseRate: Double, power: Double = 0,
    _ body: (_ logarithm: Double, _ slopeA: Double, _ slopeB: Double) -> Void
  ) {
    let excess = drive - 1
    guard excess > 0 else { return }
    var largest = 0.0
    for node in nodes {
      let loss = excess * node.s
      let gain = pulseRate * node.gainSlope
      let h = exp(power * node.logarithm + pulseRate * node.gain - loss)
      let slopeB = (loss - gain) * h
      body(node.logarithm, (drive * node.s - gain) * h * node.rest, slopeB)
      largest = max(largest, abs(slopeB))
      if abs(slopeB) < 1e-20 * largest, loss > gain + power { break }
    }
  }
}
