/// What a ``FeedForwardModel`` leaves open.
package struct FeedForwardOptions: Sendable, Equatable {
  /// Whether batch normalization has a gain and a shift.
  package var scalesNorm = false
  /// What the resolutions of activations begin with where layers have their own.
  package var resolution: Double?
  /// The activations that learn, in place of the network's own.
  package var learned: SelfLearnableRecipe?
  /// Whether the network's own, which may be quantized, follow those that learn.
  package var quantizesLearned = false
  /// Activations that are no longer what the recipe makes them, by their numbers from 0.
  package var changed: [Int: SelfLearnableConfiguration] = [:]
  /// Whether batch normalization precedes activations that do not learn.
  package var normalizes = true
  package var start = WeightStart.normal
  /// Probability of a number to be left out where the network has a dropout.
  package var dropout = 0.0
  /// The last layer, where it is no linear one.
  package var head: Head?

  package init(scalesNorm: Bool = false, resolution: Double? = nil) {
    (self.scalesNorm, self.resolution) = (scalesNorm, resolution)
  }
}
