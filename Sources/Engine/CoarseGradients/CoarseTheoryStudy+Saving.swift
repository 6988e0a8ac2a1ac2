/// The saved state of a theory study: enough to go on bit for bit.
extension CoarseTheoryStudy {
  private struct State: Codable {
    struct Lane: Codable {
      /// Empty for the one that leads.
      var name: String
      var descent: CoarseGradientDescent.State
    }

    var steering: CoarseTheorySteering.State
    var course: Course
    var lanes: [Lane]
    var edits: [EditRecord]
    var replayed: [EditRecord]
    var isCompleted: Bool

    init(_ study: CoarseTheoryStudy) {
      steering = study.steering.state
      course = study.course
      lanes = zip([""] + study.configuration.race.map(\.rawValue), study.lanes).map {
        Lane(name: $0, descent: $1.state)
      }
      edits = study.edits
      replayed = study.replayed
      isCompleted = study.phase == .ended && study.stopReason == nil
    }
  }

  /// The arrays are those of the leading estimator, for people; the state has all of them exactly.
  package func snapshot() -> Checkpoint {
    let point = lanes[0].point
    return Checkpoint(
      tensors: [
        Checkpoint.Tensor(name: "v", shape: [point.v.count], values: point.v.map(Float.init)),
        Checkpoint.Tensor(name: "w", shape: [point.w.count], values: point.w.map(Float.init)),
      ],
      metadata: [
        "step": String(step), "epoch": String(progress.epoch), "samples": String(step),
        "seed": String(seed), StateText.key: StateText.text(of: State(self)),
      ])
  }

  /// Goes on where the same experiment was saved.
  package mutating func restore(_ checkpoint: Checkpoint) throws(CheckpointError) {
    try restore(checkpoint, isBranch: false)
  }

  /// Goes on from a checkpoint of an experiment with other settings but a model of the same size.
  /// What is the same setting as there keeps what was done to it; estimators that were not there
  /// begin where the others have begun.
  package mutating func branch(from checkpoint: Checkpoint) throws(CheckpointError) {
    try restore(checkpoint, isBranch: true)
  }

  private mutating func restore(
    _ checkpoint: Checkpoint, isBranch: Bool
  ) throws(CheckpointError) {
    try checkpoint.check(seed: seed)
    let step = try checkpoint.count("step")
    let state: State = try StateText.state(checkpoint, of: "a theory study")
    var next = self
    if isBranch {
      next.steering.branch(from: state.steering)
    } else if !next.steering.restore(state.steering) {
      throw .wrongMetadata(
        key: StateText.key, found: "settings of another experiment", expected: "those of this one")
    }
    guard 0...step ~= state.course.step, state.course.index >= 0 else {
      throw .wrongMetadata(
        key: StateText.key, found: "a start at step \(state.course.step)",
        expected: "one from 0 to \(step)")
    }
    (next.step, next.course) = (step, state.course)
    try next.take(state.lanes, isBranch: isBranch)
    (next.edits, next.replayed) = (state.edits, state.replayed)
    next.stopReason = nil
    let isAtEnd = step >= next.course.step + configuration.steps
    next.mustTellEnd = state.isCompleted && isAtEnd
    next.phase = next.mustTellEnd ? .ended : .descending
    self = next
  }

  private mutating func take(_ saved: [State.Lane], isBranch: Bool) throws(CheckpointError) {
    let names = [""] + configuration.race.map(\.rawValue)
    // An older state may have other spellings.
    let saved = saved.map { lane in
      State.Lane(
        name: CoarseEstimatorName(rawValue: lane.name)?.rawValue ?? lane.name,
        descent: lane.descent)
    }
    guard isBranch || saved.map(\.name) == names else {
      throw .wrongMetadata(
        key: StateText.key, found: "other estimators", expected: "those of this experiment")
    }
    do {
      var taken = try makeLanes(course)
      for (index, name) in names.enumerated() {
        guard let lane = saved.first(where: { $0.name == name }) else { continue }
        taken[index] = try CoarseGradientDescent(
          lane.descent, teacher: teacher, settings: settings(ofLane: index, at: step))
      }
      lanes = taken
    } catch {
      throw .wrongMetadata(
        key: StateText.key, found: "points of another model",
        expected: "v of \(teacher.patches) and w of \(teacher.inputs) numbers")
    }
  }
}
