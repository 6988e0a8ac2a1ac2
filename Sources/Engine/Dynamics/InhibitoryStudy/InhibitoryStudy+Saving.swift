/// The saved state of a simulation: enough to go on spike for spike.
extension InhibitoryStudy {
  private struct State: Codable {
    var steering: InhibitorySteering.State
    var courseIndex, courseStart, samples: Int
    var time, coupling, delay, now, sharedField: Double
    var exponent: Int
    /// Of a simulation by a clock, what its state is counted in.
    var clockStep: Double?
    var places: [DynamicsReport.Place]
    var edits: [EditRecord]
    var replayed: [EditRecord]
    var isCompleted: Bool

    init(_ study: InhibitoryStudy, _ simulation: InhibitorySimulation.Snapshot) {
      steering = study.steering.state
      (courseIndex, courseStart) = (study.course.index, study.course.startStep)
      samples = study.course.samples
      (time, coupling, delay) = (simulation.time, simulation.coupling, simulation.delay)
      (now, sharedField) = (simulation.now, simulation.sharedField)
      exponent = simulation.exponent
      clockStep = study.course.simulation.clockStep
      places = study.places
      (edits, replayed) = (study.edits, study.replayed)
      isCompleted = study.phase == .ended && study.stopReason == nil
    }
  }

  private enum Names {
    static let distances = "distances"
    static let drives = "drives"
    static let counts = "spikeCounts"
    static let arrivals = "arrivals"
    static let sources = "sources"
    static let measured = "measured"
  }

  package func snapshot() -> Checkpoint {
    let simulation = course.simulation.snapshot()
    func tensor(_ name: String, _ values: [Double]) -> Checkpoint.Tensor {
      Checkpoint.Tensor(name: name, shape: [values.count], doubles: values)
    }
    return Checkpoint(
      tensors: [
        tensor(Names.distances, simulation.distances), tensor(Names.drives, simulation.drives),
        tensor(Names.counts, simulation.spikeCounts.map { Double($0) }),
        tensor(Names.arrivals, simulation.arrivals),
        tensor(Names.sources, simulation.sources.map { Double($0) }),
        tensor(Names.measured, course.measured),
      ],
      metadata: [
        "step": String(step), "epoch": String(progress.epoch), "samples": String(step),
        "seed": String(seed), StateText.key: StateText.text(of: State(self, simulation)),
      ])
  }

  /// Goes on where the same experiment was saved.
  package mutating func restore(_ checkpoint: Checkpoint) throws(CheckpointError) {
    try restore(checkpoint, isBranch: false)
  }

  /// Goes on from a checkpoint of an experiment with other settings but a network of the same size.
  /// What is the same setting as there keeps what was done to it; measuring begins anew.
  package mutating func branch(from checkpoint: Checkpoint) throws(CheckpointError) {
    try restore(checkpoint, isBranch: true)
  }

  private mutating func restore(
    _ checkpoint: Checkpoint, isBranch: Bool
  ) throws(CheckpointError) {
    try checkpoint.check(seed: seed)
    let step = try checkpoint.count("step")
    let state: State = try StateText.state(checkpoint, of: "a simulation")
    var next = self
    if isBranch {
      next.steering.branch(from: state.steering, begunAt: state.courseStart)
    } else if !next.steering.restore(state.steering) {
      throw .wrongMetadata(
        key: StateText.key, found: "settings of another experiment", expected: "those of this one")
    }
    next.step = step
    next.course = try next.course(state, checkpoint, at: step, isBranch: isBranch)
    next.places = state.places
    next.boundaries = Self.boundaries(configuration, next.steering.dials)
    (next.edits, next.replayed) = (state.edits, state.replayed)
    next.predictions = InhibitoryPredictions(
      Self.setting(configuration, next.steering, at: max(step - 1, 0)))
    next.stopReason = nil
    next.mustTellEnd = state.isCompleted && step >= next.lastStep
    next.phase = next.mustTellEnd ? .ended : .running
    self = next
  }

  /// The saved course.
  private func course(
    _ state: State, _ checkpoint: Checkpoint, at step: Int, isBranch: Bool
  ) throws(CheckpointError) -> InhibitoryCourse {
    try check(state, at: step)
    let numbers = try Numbers(checkpoint, neurons: configuration.neurons)
    var course: InhibitoryCourse
    do throws(InhibitoryError) {
      course = try Self.makeCourse(
        configuration, steering, seed: seed, threads: threads, index: state.courseIndex,
        at: state.courseStart)
      try bring(course, to: state, numbers, isBranch: isBranch)
    } catch {
      throw .wrongMetadata(
        key: StateText.key, found: "the state of another network",
        expected: "that of \(configuration.neurons) neurons")
    }
    course.resume(atSample: (step - state.courseStart) * configuration.samplesPerReading)
    if isBranch {
      course.measureAnew(
        excitabilities: course.simulation.drives, transient: configuration.transient,
        delay: steering.dials.delay)
    } else if !course.restore(measured: numbers.measured) {
      throw .wrongMetadata(
        key: Names.measured, found: "\(numbers.measured.count) numbers",
        expected: "those measured of \(configuration.neurons) neurons")
    }
    return course
  }

  /// Throws where a state is not of this reading, or there is no memory for its network beside the
  /// one that is there.
  private func check(_ state: State, at step: Int) throws(CheckpointError) {
    guard state.courseIndex >= 0, 0...step ~= state.courseStart else {
      throw .wrongMetadata(
        key: StateText.key, found: "a beginning at reading \(state.courseStart)",
        expected: "one from 0 to \(step)")
    }
    let interval = InhibitoryConfiguration.readingInterval
    let time = Double(step - state.courseStart) * interval
    guard abs(state.time - time) < interval / 2 else {
      throw .wrongMetadata(key: StateText.key, found: "time \(state.time)", expected: "\(time)")
    }
    do throws(InhibitoryError) {
      try configuration.checkMemory(
        inDegree: steering.dials.inDegree, threads: threads, available: availableMemory)
    } catch {
      guard case .tooLarge(let needed, let available) = error else { return }
      throw .wrongMetadata(
        key: StateText.key, found: "a network that takes \(needed >> 20) MiB",
        expected: "one for the \(available >> 20) MiB that are free")
    }
  }

  /// Brings the network that is simulated in a course to the saved state; that of a branch then
  /// follows its own settings.
  private func bring(
    _ course: InhibitoryCourse, to state: State, _ numbers: Numbers, isBranch: Bool
  ) throws(InhibitoryError) {
    let saved = InhibitorySimulation.Snapshot(
      time: state.time, coupling: state.coupling, delay: state.delay,
      exponent: state.exponent, now: state.now, sharedField: state.sharedField,
      distances: numbers.distances, drives: numbers.drives, spikeCounts: numbers.counts,
      arrivals: numbers.arrivals, sources: numbers.sources)
    guard isBranch else { return try course.simulation.restore(saved) }
    let simulation = course.simulation
    // Sparse networks have no field that all neurons share.
    let isAlike =
      state.clockStep == simulation.clockStep
      && (saved.sharedField == 0 || course.network.connectivity == .global)
    if isAlike {
      try simulation.restore(saved)
    } else {
      let method = state.clockStep.map { InhibitorySimulation.Method.clock(step: $0) }
      try simulation.take(saved, by: method ?? .automatic)
    }
    try simulation.set(delay: steering.dials.delay)
    try simulation.set(
      drives: Self.excitabilities(
        course.network, course.neuronsByRank, configuration, steering.dials))
  }

  /// The arrays of a checkpoint.
  private struct Numbers {
    let distances, drives, arrivals, measured: [Double]
    let counts, sources: [UInt32]

    init(_ checkpoint: Checkpoint, neurons: Int) throws(CheckpointError) {
      func numbers(_ name: String, count: Int?) throws(CheckpointError) -> [Double] {
        guard let tensor = checkpoint.tensors.first(where: { $0.name == name }) else {
          throw .missingTensor(name)
        }
        let values = tensor.doubles ?? tensor.values.map { Double($0) }
        if let count, values.count != count {
          throw .wrongShape(tensor: name, expected: [count], found: tensor.shape)
        }
        return values
      }
      func counts(_ name: String, count: Int?) throws(CheckpointError) -> [UInt32] {
        try numbers(name, count: count).map { (number) throws(CheckpointError) -> UInt32 in
          guard let whole = UInt32(exactly: number) else {
            throw .wrongMetadata(
              key: name, found: String(number), expected: "whole numbers from 0")
          }
          return whole
        }
      }
      distances = try numbers(Names.distances, count: neurons)
      drives = try numbers(Names.drives, count: neurons)
      self.counts = try counts(Names.counts, count: neurons)
      arrivals = try numbers(Names.arrivals, count: nil)
      sources = try counts(Names.sources, count: arrivals.count)
      measured = try numbers(Names.measured, count: nil)
    }
  }
}
