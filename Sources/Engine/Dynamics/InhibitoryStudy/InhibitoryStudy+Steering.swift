/// Edits of a simulation, and its networks.
extension InhibitoryStudy {
  private typealias Knobs = InhibitoryKnobs

  package mutating func apply(_ edit: Edit) throws(EditError) -> EditRecord {
    let changes = try change(edit)
    let record = EditRecord(step: step, source: .user, edit: edit, changes: changes)
    edits.append(record)
    return record
  }

  private mutating func change(_ edit: Edit) throws(EditError) -> [EditRecord.Change] {
    switch edit {
    case .perform(Knobs.perturb):
      course.perturb(
        by: steering.dials.perturbation, seed: seed &+ UInt64(edits.count) &* 0x9E37_79B9)
    case .perform(Knobs.restart):
      try begin(index: course.index)
    case .perform(Knobs.newNetwork):
      try begin(index: course.index + 1)
    case .perform(let action) where !Knobs.actions.contains { $0.id == action }:
      throw .unknownKnob(action)
    case .reshape(let curve, _):
      throw .unknownCurve(curve)
    default:
      let before = steering
      let changes = try steering.apply(edit, at: step)
      do throws(EditError) {
        try follow(before)
      } catch {
        steering = before
        throw error
      }
      return changes
    }
    measureAnew()
    return []
  }

  /// Brings the simulation from what was said before to what is said now.
  private mutating func follow(_ before: InhibitorySteering) throws(EditError) {
    let (dials, former) = (steering.dials, before.dials)
    let isOtherRange = dials.lowest != former.lowest || dials.highest != former.highest
    if dials.inDegree != former.inDegree { return try begin(index: course.index) }
    if dials.delay != former.delay { course.set(delay: dials.delay) }
    if isOtherRange || dials.influences != former.influences {
      course.set(drives: excitabilities)
    }
    if isOtherRange { boundaries = Self.boundaries(configuration, dials) }
    var measured = former
    (measured.speed, measured.perturbation) = (dials.speed, dials.perturbation)
    (measured.stimulus, measured.chosen) = (dials.stimulus, dials.chosen)
    // Of one reading, for between two of them a schedule moves the coupling by itself.
    if measured != dials || steering.coupling(at: step) != before.coupling(at: step) {
      measureAnew()
    }
  }

  private mutating func measureAnew() {
    course.measureAnew(
      excitabilities: excitabilities, transient: configuration.transient,
      delay: steering.dials.delay)
  }

  /// The drive of every neuron as the dials have it.
  var excitabilities: [Double] {
    Self.excitabilities(course.network, course.neuronsByRank, configuration, steering.dials)
  }

  static func excitabilities(
    _ network: InhibitoryNetwork, _ neuronsByRank: [UInt32],
    _ configuration: InhibitoryConfiguration, _ dials: InhibitoryDials
  ) -> [Double] {
    var drives = network.excitabilities
    let width = configuration.highest - configuration.lowest
    if dials.lowest != configuration.lowest || dials.highest != configuration.highest {
      for (rank, neuron) in neuronsByRank.enumerated() {
        // Neurons that were all alike are set apart by rank.
        let share =
          width > 0
          ? (drives[Int(neuron)] - configuration.lowest) / width
          : Double(rank) / Double(max(neuronsByRank.count - 1, 1))
        drives[Int(neuron)] = dials.lowest + (dials.highest - dials.lowest) * share
      }
    }
    for influence in dials.influences {
      for rank in influence.ranks where rank < neuronsByRank.count {
        switch influence.kind {
        case .silenced: drives[Int(neuronsByRank[rank])] = 0
        case .stimulated(let drive): drives[Int(neuronsByRank[rank])] += drive
        }
      }
    }
    return drives
  }

  /// A network begins at the present reading, and with it the schedule of the coupling.
  ///
  /// Throws, and nothing has changed, where there is no room for another one beside the present.
  private mutating func begin(index: Int) throws(EditError) {
    var restarted = steering
    restarted.restart(at: step)
    do throws(InhibitoryError) {
      try configuration.checkMemory(
        inDegree: steering.dials.inDegree, threads: threads, available: availableMemory)
      course = try Self.makeCourse(
        configuration, restarted, seed: seed, threads: threads, index: index, at: step)
      steering = restarted
    } catch {
      if case .tooLarge(let needed, let available) = error {
        throw .tooLarge(needed: needed, available: available)
      }
      // With room for it, a network of settings that a network was made of can be made again.
    }
  }

  static func makeCourse(
    _ configuration: InhibitoryConfiguration, _ steering: InhibitorySteering, seed: UInt64,
    threads: Int, index: Int = 0, at step: Int = 0
  ) throws(InhibitoryError) -> InhibitoryCourse {
    let dials = steering.dials
    let network = try configuration.makeNetwork(seed: seed, index: index, inDegree: dials.inDegree)
    let simulation = try InhibitorySimulation(
      network, coupling: steering.coupling(at: step), delay: dials.delay,
      method: configuration.simulationMethod, threads: threads)
    var course = InhibitoryCourse(
      index: index, startStep: step, network: network, simulation: simulation,
      configuration: configuration)
    let drives = excitabilities(network, course.neuronsByRank, configuration, dials)
    if drives != network.excitabilities { course.set(drives: drives) }
    course.measureAnew(
      excitabilities: drives, transient: configuration.transient, delay: dials.delay)
    return course
  }
}
