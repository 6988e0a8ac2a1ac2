package import Engine

/// The weights of a checkpoint for other programs: without what only a training needs, and with
/// learned activations as plain curves too.
package enum WeightsExport {
  private static let optimizer = "optimizer."
  /// Histograms of sites, and the curves of earlier epochs of a Kolmogorov network.
  private static let beside = ["meters.", "past.", "kept."]
  /// Metadata of the training alone.
  private static let inner = ["state", "updates", "updates.coefficients", "updates.steps"]

  package static func weights(
    of checkpoint: Checkpoint, withOptimizer: Bool = false
  ) -> Checkpoint {
    Checkpoint(
      tensors: checkpoint.tensors.filter { tensor in
        !beside.contains { tensor.name.hasPrefix($0) }
          && (withOptimizer || !tensor.name.hasPrefix(optimizer))
      } + FoldedCurves.tensors(of: checkpoint),
      metadata: checkpoint.metadata.filter { !inner.contains($0.key) })
  }
}
