/// Why an inhibitory network or its simulation was refused.
package enum InhibitoryError: Error, Sendable, Equatable {
  case tooFewNeurons(found: Int, least: Int)
  case tooManyNeurons(found: Int, most: Int)
  /// Of a sparse network; a neuron has so many others at most.
  case inDegreeOutOfRange(found: Int, allowed: ClosedRange<Int>)
  /// An excitability that is not finite, too small to fire when left alone, or so large that time
  /// could not resolve its period.
  case excitabilityOutOfRange(found: Double, allowed: ClosedRange<Double>)
  /// Excitabilities whose lower end is not below the upper one, or equal to it.
  case excitabilitiesOutOfOrder(lower: Double, upper: Double)
  case wrongExcitabilityCount(found: Int, expected: Int)
  /// Negative, not finite or beyond all measure.
  case unusableCoupling(Double)
  /// Negative, not finite or beyond all measure.
  case unusableDelay(Double)
  /// Slices need a delay of that at least, and so long a period of the fastest neuron.
  case delayTooShortForSlices(found: Double, least: Double)
  /// A coupling that changes in the course of time, where a steady state is measured.
  case movingCoupling
  /// A step of the clock that is not finite or not above 0.
  case unusableStep(Double)
  /// A network that takes `needed` bytes where there are `available`.
  case tooLarge(needed: Int, available: Int)
  case noSuchNeuron(found: Int, neurons: Int)
  /// A change of drive, or of potentials, that is not finite.
  case unusableChange(Double)
  /// A state of another network, or damaged.
  case foreignState(field: String, found: Int, expected: Int)
}
