import Engine

extension ExperimentReader {
  /// Refuses control points of which no curves can be made.
  mutating func checkKolmogorov() {
    let experiment = draft.experiment
    guard experiment.kind == .kolmogorov else { return }
    if !experiment.kolmogorov.trained.isEmpty, experiment.kolmogorov.batch > 0,
      let origin = origin(of: ["kolmogorov.batch", "kolmogorov.trained"])
    {
      errors.append(.trainedOnBatches(origin, batch: experiment.kolmogorov.batch))
    }
    do throws(ControlPointsError) {
      _ = try experiment.kolmogorov.controlPoints()
    } catch {
      let keys = ["lengthScale", "noise", "points", "kernel"].map { "kolmogorov.\($0)" }
      if let origin = origin(of: keys) { errors.append(.controlPoints(origin, error)) }
    }
  }

  mutating func checkMemory(_ nru: NRUConfiguration) {
    guard nru.side == nil, let origin = origin(of: ["model.memory", "model.heads"]) else { return }
    errors.append(
      .memoryNotSquare(
        origin, memory: nru.memory, heads: nru.heads, nearest: nru.nearestMemory))
  }
}
