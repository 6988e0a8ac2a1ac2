import Foundation

/// How all neurons of a network of spike trains answer to pulses: leaky integrate-and-fire membranes
/// behind first-order synapses, in steps of nominally one millisecond (Zhang and Li 2019,
/// arXiv:1908.06378, as in their program):
///
///     s <- s - s/tau_s + x(t),  x = sum over synapses of W S(t - 1)
///     v <- v - v/tau_m + s/tau_s;  v <- 0 while refractory
///     a spike where v > nu - 1e-6; then v <- 0 for `refractory` further steps
package struct SpikeResponse: Sendable, Equatable, Hashable, Codable {
  /// tau_m, in steps.
  package var membrane: Double
  /// tau_s, in steps.
  package var synapse: Double
  /// t_ref: steps after a spike in which the membrane stays at 0.
  package var refractory: Int
  /// T.
  package var steps: Int

  package init(membrane: Double = 64, synapse: Double = 8, refractory: Int = 2, steps: Int = 400) {
    (self.membrane, self.synapse) = (membrane, synapse)
    (self.refractory, self.steps) = (refractory, steps)
  }

  package static let allowedTimeConstants = 1.0...10_000.0
  package static let allowedRefractory = 0...100
  package static let allowedSteps = 2...10_000

  /// The most spikes that a neuron has room for.
  package var mostSpikes: Int { (steps + refractory) / (refractory + 1) }

  /// What is left of a potential after 0, 1, ..., T steps.
  var decay: [Float] {
    (0...steps).map { Float(pow(1 - 1 / membrane, Double($0))) }
  }

  /// Hides the noise of the order of summation.
  private static let thresholdTolerance = 1e-6

  func neuron(threshold: Double, lateral: Double = 0) -> (
    membrane: Float, synapse: Float, threshold: Float, lateral: Float
  ) {
    (
      Float(1 / membrane), Float(1 / synapse), Float(threshold - Self.thresholdTolerance),
      Float(lateral)
    )
  }
}
