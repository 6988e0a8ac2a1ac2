import Foundation

/// What a single leaky integrate-and-fire neuron does under a constant drive: dV/dt = a - V, fires
/// at 1, begins again at 0.
package enum LeakyNeuron {
  /// The time from reset to threshold under the drive `drive`, ln(a / (a - 1)); infinite where the
  /// neuron never fires, a <= 1.
  package static func period(drive: Double) -> Double {
    drive > 1 ? log1p(1 / (drive - 1)) : .infinity
  }

  /// Spikes per unit of time of a neuron whose drive is `excess` above threshold; 0 for a silent
  /// one. Given by the excess, because close to threshold the drive itself has lost its digits.
  package static func rate(excess: Double) -> Double {
    excess > 0 ? 1 / log1p(1 / excess) : 0
  }
}
