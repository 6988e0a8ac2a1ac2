/// What a checkpoint of a training run holds beside arrays and counters, as JSON in its metadata.
struct StudyState: Codable, Equatable {
  static let metadataKey = StateText.key

  var steering: Steering.State
  var edits: [EditRecord]
  /// Edits of an earlier run that are yet to be repeated, the next one last.
  var replayed: [EditRecord]
  var plateau: PlateauRule.State?
  var stop: StopRules.State
  /// The stop rule that is fulfilled, if one is.
  var earlyEnd: String?
  /// The last evaluation of each split.
  var evaluations: [Evaluation]
  /// What was being evaluated; it is evaluated anew.
  var evaluating: Gauge.Split?
  var isValidationAsked: Bool
  /// Whether all epochs were done and tested.
  var isCompleted: Bool
  var window: MeterWindow.State
  /// Counts that the meter of each signal has seen since the present window began.
  var observations: [Int]
  /// Of learned activations; none where there are none, and in older checkpoints.
  var shape: LearnedShape?

  var text: String { StateText.text(of: self) }
}

extension StudyState {
  /// - Throws: ``CheckpointError`` where it is missing or no state of this program
  init(_ checkpoint: Checkpoint) throws(CheckpointError) {
    self = try StateText.state(checkpoint, of: "a training")
    guard steering.entries.allSatisfy({ !$0.journal.segments.isEmpty }) else {
      throw .wrongMetadata(
        key: Self.metadataKey, found: "an empty journal", expected: "at least one segment")
    }
  }
}

extension TrainingStudy {
  /// The present state, for saving.
  var state: StudyState {
    let evaluating: Gauge.Split? =
      if case .evaluating(let task) = phase { task.split } else { unfinishedEvaluation }
    // Evaluations and sweeps take the meters over and leave a new window.
    let isMetering = evaluating == nil && sweep == nil
    var window = window.state
    if !isMetering { window.stepsSeen = 0 }
    return StudyState(
      steering: steering.state, edits: edits, replayed: replayed, plateau: plateau?.state,
      stop: stopState, earlyEnd: earlyEnd,
      evaluations: Gauge.Split.allCases.compactMap { lastEvaluation[$0] },
      evaluating: evaluating, isValidationAsked: isValidationAsked,
      isCompleted: isEnded && stopReason == nil && lastEvaluation[.test] != nil, window: window,
      observations: signals.indices.map {
        isMetering ? trainer.meter(ofSite: $0).observations : 0
      },
      shape: layers.isEmpty ? nil : shape)
  }
}
