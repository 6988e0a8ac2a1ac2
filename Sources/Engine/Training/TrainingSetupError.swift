/// Why a training run cannot be set up.
package enum TrainingSetupError: Error, Sendable, Equatable {
  /// Weights, their moments and a batch of `batch` sequences of `steps` steps take `needed` bytes;
  /// `available` there are.
  case tooLarge(needed: Int, available: Int, batch: Int, steps: Int)
  /// Activations normalize over a batch, which is too small for it.
  case batchTooSmall(found: Int, expected: Int)
  /// The self-learnable activations of a network cannot be trained so.
  case activations(SelfLearnableError)
}
