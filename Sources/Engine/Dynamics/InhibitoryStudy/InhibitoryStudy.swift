import Foundation

/// What is turned in a simulation without beginning anew.
typealias InhibitorySteering = DialedSteering<InhibitoryDials>

extension InhibitorySteering {
  init(_ configuration: InhibitoryConfiguration) {
    let coupling = Steering.Quantity(
      id: InhibitoryKnobs.coupling, title: "coupling", unit: "", site: nil,
      allowed: InhibitoryConfiguration.allowedCouplings, mayBypass: false,
      schedule: configuration.coupling, steps: configuration.readings)
    self.init([coupling], dials: InhibitoryDials(configuration))
  }

  /// g of a reading.
  func coupling(at step: Int) -> Double { value(InhibitoryKnobs.coupling, at: step) ?? 0 }
}

/// The simulation of an inhibitory network as a study (specification of inhibitory networks).
///
/// One unit of work is the time between two readings. Everything follows from configuration, seed
/// and edits; edits take effect between two readings, and the time that passes while somebody
/// watches changes nothing.
package struct InhibitoryStudy: Study {
  enum Phase: Equatable {
    case running, ended
  }

  package let summary: StudySummary
  package var gauges: [Gauge] { InhibitoryGauges.gauges }
  let configuration: InhibitoryConfiguration
  let seed: UInt64
  let threads: Int

  var steering: InhibitorySteering
  var course: InhibitoryCourse
  /// Readings done.
  var step = 0
  /// Everything that was turned, in order.
  var edits: [EditRecord] = []
  /// Edits of an earlier run that are yet to be repeated, the next one last.
  var replayed: [EditRecord] = []
  var phase = Phase.running
  var stopReason: String?
  /// Whether the end of a run that was restored at its end has yet to be told again.
  var mustTellEnd = false
  var predictions: InhibitoryPredictions
  /// Places of the plane of coupling and delay, the present one last.
  var places: [DynamicsReport.Place] = []
  /// Lines of theory on that plane, for the present range of excitabilities.
  var boundaries: [DynamicsReport.Boundary]
  /// In bytes, as it is when it is asked.
  let availableMemory: @Sendable () -> Int
  private var pace: Pace

  /// Throws where there is no such network, or not enough memory for it.
  package init(
    name: String, configuration: InhibitoryConfiguration, seed: UInt64, threads: Int = 1,
    isPaced: Bool = false,
    availableMemory: @escaping @Sendable () -> Int = { AvailableMemory.bytes }
  ) throws(InhibitoryError) {
    try configuration.checkMemory(threads: threads, available: availableMemory)
    self.availableMemory = availableMemory
    self.configuration = configuration
    (self.seed, self.threads) = (seed, threads)
    steering = InhibitorySteering(configuration)
    let interval = InhibitoryConfiguration.readingInterval
    let speeds = InhibitoryConfiguration.allowedSpeeds
    pace = Pace(isOn: isPaced, speeds: speeds.lowerBound / interval...speeds.upperBound / interval)
    course = try Self.makeCourse(configuration, steering, seed: seed, threads: threads)
    summary = Self.summary(name, configuration, seed: seed)
    boundaries = Self.boundaries(configuration, steering.dials)
    predictions = InhibitoryPredictions(Self.setting(configuration, steering, at: 0))
  }

  private static func summary(
    _ name: String, _ configuration: InhibitoryConfiguration, seed: UInt64
  ) -> StudySummary {
    let isGlobal = configuration.topology == .global
    let inDegree = isGlobal ? configuration.neurons - 1 : configuration.inDegree
    var summary = StudySummary(
      name: name,
      model: "inhibitory network N=\(configuration.neurons) "
        + (isGlobal ? "global" : "K=\(inDegree)"),
      seed: seed, parameters: 0, state: configuration.neurons,
      form: StudySummary.simulationForm, sites: [])
    summary.dynamics = DynamicsOutline(
      neurons: configuration.neurons, inDegree: inDegree, isGlobal: isGlobal,
      transient: configuration.transient,
      end: configuration.transient + configuration.duration)
    return summary
  }

  /// Theory draws lines for global coupling alone.
  static func boundaries(
    _ configuration: InhibitoryConfiguration, _ dials: InhibitoryDials
  ) -> [DynamicsReport.Boundary] {
    guard configuration.topology == .global else { return [] }
    return ExcitabilityRange(dials.lowest, dials.highest).map(InhibitoryPredictions.boundaries)
      ?? []
  }

  package var knobs: [Knob] {
    steering.knobs
      + InhibitoryKnobs.actions.map { Knob(id: $0.id, title: $0.title, kind: .action) }
  }

  /// The end lies so many readings after the present beginning.
  var lastStep: Int { course.startStep + configuration.readings }

  package var progress: StudyProgress {
    let length = InhibitoryConfiguration.readingsPerEpoch
    return StudyProgress(
      step: step, steps: lastStep, epoch: step / length, epochs: (lastStep + length - 1) / length,
      stepsPerEpoch: length, samples: step)
  }

  package var isAnnealed: Bool {
    steering.coupling(at: max(step - 1, 0)) == steering.coupling(at: max(lastStep - 1, 0))
  }

  /// Repeats the edits that the user made in an earlier run of the same experiment, each before the
  /// reading it was made at.
  package mutating func replay(_ records: [EditRecord]) {
    replayed = records.toRepeat
  }

  package mutating func stop(reason: String) {
    if phase != .ended { stopReason = reason }
  }

  /// Nothing goes on beside the work.
  package mutating func wait(within budget: Duration) -> [StudyEvent] { [] }

  // MARK: Working

  package mutating func advance(within budget: Duration) throws(StudyError) -> [StudyEvent] {
    let clock = ContinuousClock()
    let end = clock.now + budget
    var events: [StudyEvent] = []
    repeat {
      if let stopReason, phase != .ended { return events + [conclude(.stopped, stopReason)] }
      if phase == .ended {
        defer { mustTellEnd = false }
        return mustTellEnd ? events + [conclude(.completed, Self.reason)] : events
      }
      for edit in replayed.takeDue(at: step) {
        if let repeated = try? apply(edit) { events.append(.edited(repeated)) }
      }
      guard step < lastStep else { return events + [conclude(.completed, Self.reason)] }
      if budget > .zero, pace.isEarly(until: end) { return events }
      events.append(.stepped(read()))
      pace.putOff(
        1, speed: steering.dials.speed / InhibitoryConfiguration.readingInterval)
    } while clock.now < end
    return events
  }

  private static let reason = "all time is simulated"

  /// Simulates up to the next reading.
  private mutating func read() -> Readings {
    let coupling = steering.coupling(at: step)
    course.set(coupling: coupling)
    let field = course.advance(samples: configuration.samplesPerReading)
    step += 1
    let setting = Self.setting(configuration, steering, at: step - 1)
    if setting != predictions.setting { predictions = InhibitoryPredictions(setting) }
    notePlace()
    var values = [
      Reading(InhibitoryGauges.time, course.time), Reading(InhibitoryGauges.field, field),
      Reading(InhibitoryGauges.coupling, coupling),
      Reading(InhibitoryGauges.delay, steering.dials.delay),
    ]
    for comparison in comparisons {
      if let measured = comparison.measured { values.append(Reading(comparison.id, measured)) }
      if let predicted = comparison.predicted, comparison.isDrawn {
        values.append(Reading(InhibitoryGauges.predicted(comparison.id), predicted))
      }
    }
    return Readings(
      epoch: (step - 1) / InhibitoryConfiguration.readingsPerEpoch + 1, step: step,
      samples: step, values: values)
  }

  /// What predictions of a reading are for. They take some milliseconds, so that while the coupling
  /// moves they are those of the nearest of couplings 2 % apart.
  static func setting(
    _ configuration: InhibitoryConfiguration, _ steering: InhibitorySteering, at step: Int
  ) -> InhibitoryPredictions.Setting {
    let coupling = steering.coupling(at: step)
    let isMoving = step > 0 && steering.coupling(at: step - 1) != coupling
    return InhibitoryPredictions.Setting(
      lowest: steering.dials.lowest, highest: steering.dials.highest,
      inDegree: steering.dials.inDegree,
      coupling: isMoving && coupling > 0
        ? exp((log(coupling) / couplingStep).rounded() * couplingStep) : coupling,
      delay: steering.dials.delay, window: configuration.gaugeWindow)
  }

  private static let couplingStep = 0.02

  // MARK: The end

  private mutating func conclude(_ outcome: Conclusion.Outcome, _ reason: String) -> StudyEvent {
    phase = .ended
    return .ended(
      Conclusion(
        outcome: outcome, reason: reason, epochs: progress.epoch, metrics: measurement))
  }
}
