import Engine

/// A stored run as a line of a list.
package struct RunEntry: Sendable, Equatable {
  package var name: String
  package var folder: String
  package var experiment: String
  /// `running`, `interrupted`, `completed`, `stopped`, `diverged`, ...
  package var state: String
  /// Seconds since 1970 at which it began.
  package var began: Double?
  package var step: Int?
  package var steps: Int?
  /// The best accuracies with spikes and at w = infinity, of the test where there is one.
  package var spiking: Double?
  package var nonSpiking: Double?
  /// Mean bits of an activation.
  package var bits: Double?
  package var tags: [String]
  package var note: String

  package init(
    name: String, folder: String, experiment: String, state: String, began: Double? = nil,
    step: Int? = nil, steps: Int? = nil, spiking: Double? = nil, nonSpiking: Double? = nil,
    bits: Double? = nil, tags: [String] = [], note: String = ""
  ) {
    self.name = name
    self.folder = folder
    self.experiment = experiment
    self.state = state
    self.began = began
    self.step = step
    self.steps = steps
    self.spiking = spiking
    self.nonSpiking = nonSpiking
    self.bits = bits
    self.tags = tags
    self.note = note
  }
}

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

  /// Reads the record of a run.
  package init(run folder: String, settings: [String: String]) throws(FileError) {
    let past = try RunPast(run: folder)
    var curves = past.columns.mapValues(\.points)
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
