package import Engine

/// The weights of a checkpoint for other programs: without what only a training needs, and with
/// learned activations as plain curves too.
package enum WeightsExport {
  private static let optimizer = "optimizer."
  private static let meters = "meters."
  /// Metadata of the training alone.
  private static let inner = ["state", "updates", "updates.coefficients", "updates.steps"]

  package static func weights(
    of checkpoint: Checkpoint, withOptimizer: Bool = false
  ) -> Checkpoint {
    Checkpoint(
      tensors: checkpoint.tensors.filter { tensor in
        !tensor.name.hasPrefix(meters) && (withOptimizer || !tensor.name.hasPrefix(optimizer))
      } + FoldedCurves.tensors(of: checkpoint),
      metadata: checkpoint.metadata.filter { !inner.contains($0.key) })
  }
}
