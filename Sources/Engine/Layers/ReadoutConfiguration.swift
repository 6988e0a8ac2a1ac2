/// What the dense readout of a classifier sees of its recurrent layer (hybrid-spiking
/// specification, section 3.3).
package enum ReadoutConfiguration: Sendable, Equatable, Codable {
  /// What the hidden units emit at the last step, after their quantizer.
  case spikes
  /// Their activity at the last step, before the quantizer.
  case rate
  /// The mean of what they emit over the last so many steps.
  case mean(steps: Int)

  /// Steps that are read.
  package var steps: Int { if case .mean(let steps) = self { steps } else { 1 } }
  var isLastStepEnough: Bool { steps == 1 }
}
