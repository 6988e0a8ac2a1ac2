import Engine

/// The curves of a stored run, for comparing it with others.
package struct RunCurves: Sendable, Equatable {
  package let folder: String
  package let stepsPerEpoch: Int
  /// By gauge, results of validations among them (`validation.spiking.accuracy`).
  package let curves: [String: [StoredColumn.Point]]
  /// The keys of its experiment and their values as in its file.
  package let settings: [String: String]

  package init(
    folder: String, stepsPerEpoch: Int, curves: [String: [StoredColumn.Point]],
    settings: [String: String]
  ) {
    self.folder = folder
    self.stepsPerEpoch = stepsPerEpoch
    self.curves = curves
    self.settings = settings
  }

  /// The value of a gauge at a step, or the next one there is, or the last.
  package func value(of gauge: String, at step: Int) -> Double? {
    let points = curves[gauge] ?? []
    let index = points.firstIndex(from: 0) { $0.step >= step }
    return index < points.count ? points[index].value : points.last?.value
  }

  /// Reads the record of a run.
  package init(run folder: String, settings: [String: String]) throws(FileError) {
    let past = try RunPast(run: folder)
    var curves = past.columns.mapValues { Array($0.points) }
    for entry in past.entries where !entry.isAbandoned {
      guard case .evaluated(let evaluation) = entry.happening, evaluation.split == .validation
      else { continue }
      for metric in evaluation.metrics {
        curves["validation.\(metric.gauge)", default: []]
          .append(StoredColumn.Point(step: evaluation.step, value: metric.last))
      }
    }
    self.init(
      folder: folder, stepsPerEpoch: past.beginning?.progress.stepsPerEpoch ?? 1, curves: curves,
      settings: settings)
  }
}
