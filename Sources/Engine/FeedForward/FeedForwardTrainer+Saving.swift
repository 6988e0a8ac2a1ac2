/// Everything that training changes, for checkpoints.
extension FeedForwardTrainer {
  /// What is saved, with the prefix of its tensors' names. Statistics are among the weights.
  var slabs: [(prefix: String, slab: ParameterSlab)] {
    [("", weights), ("optimizer.first.", optimizer.firstMoment)]
      + (optimizer.secondMoment.map { [("optimizer.second.", $0)] } ?? [])
  }

  package var tensors: [Checkpoint.Tensor] {
    slabs.flatMap { prefix, slab in
      network.layout.entries.enumerated().map { index, entry in
        Checkpoint.Tensor(
          name: prefix + entry.name, shape: [entry.rows, entry.columns],
          values: slab[ParameterHandle(index: index)].array)
      }
    }
  }

  /// Counts of updates; those of coefficients apart only where they may differ.
  package var counts: [String: String] {
    let counts = optimizer.counts
    var texts = [Self.updates: String(counts.weights)]
    if network.selfLearnableLayers.isEmpty { return texts }
    texts[Self.coefficientUpdates] = String(counts.coefficients)
    texts[Self.optimizerSteps] = String(counts.steps)
    return texts
  }

  private static let updates = "updates"
  private static let coefficientUpdates = "updates.coefficients"
  private static let optimizerSteps = "updates.steps"

  func counts(
    in checkpoint: Checkpoint
  ) throws(CheckpointError) -> CoefficientOptimizer.Counts {
    let weights = try checkpoint.count(Self.updates)
    var counts = CoefficientOptimizer.Counts(
      steps: weights, weights: weights, coefficients: weights)
    if checkpoint.metadata[Self.coefficientUpdates] != nil {
      counts.coefficients = try checkpoint.count(Self.coefficientUpdates)
      counts.steps = try checkpoint.count(Self.optimizerSteps)
    }
    return counts
  }

  /// Takes over what ``tensors`` and ``counts`` were. Throws, and nothing has changed, where they
  /// are of another network.
  package func restore(_ checkpoint: Checkpoint) throws(CheckpointError) {
    let counts = try counts(in: checkpoint)
    var found: [(Matrix, [Float])] = []
    for (prefix, slab) in slabs {
      for (index, entry) in network.layout.entries.enumerated() {
        let values = try checkpoint.values(
          prefix + entry.name, shape: [entry.rows, entry.columns])
        found.append((slab[ParameterHandle(index: index)], values))
      }
    }
    for (matrix, values) in found { matrix.set(values) }
    optimizer.restore(counts)
  }
}
