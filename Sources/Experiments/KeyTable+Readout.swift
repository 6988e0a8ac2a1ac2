import Documents
import Engine

extension KeyTable {
  static let readout: [ExperimentKey] = [
    ExperimentKey(
      "readout.kind", .choice(Choices.readouts), "What the classifier sees of the last layer"
    ) {
      .text($0.experiment.training.reading.kind.rawValue)
    } write: { draft, value in
      guard case .text(let name) = value, let kind = ReadoutKind(rawValue: name) else { return }
      draft.experiment.training.reading.kind = kind
    },
    ExperimentKey(
      "readout.steps", .integer(1...1_000_000),
      "Last time steps that the mean is taken over, at most those of a sequence",
      when: ExperimentKey.Condition(selector: "readout.kind", values: .names(["mean"]))
    ) {
      .integer($0.experiment.training.reading.meanSteps)
    } write: { draft, value in
      if case .integer(let steps) = value {
        draft.experiment.training.reading = .mean(steps: steps)
      }
    },
  ]
}

/// The words for what a readout sees.
enum ReadoutKind: String, Sendable, CaseIterable {
  case spikes, rate, mean
}

extension ReadoutConfiguration {
  var kind: ReadoutKind {
    get {
      switch self {
      case .spikes: .spikes
      case .rate: .rate
      case .mean: .mean
      }
    }
    set {
      switch newValue {
      case .spikes: self = .spikes
      case .rate: self = .rate
      case .mean: self = .mean(steps: meanSteps)
      }
    }
  }

  /// Steps of the mean; 8 where none is asked for.
  fileprivate var meanSteps: Int { if case .mean(let steps) = self { steps } else { 8 } }
}
