import Foundation

/// Coarse gradient descent in the two-layer model, several estimators from one start, as a study.
///
/// One unit of work is a stretch of steps, the longer the farther the start lies back, so that a
/// record of any length has about 256 readings for every doubling of the steps. Everything follows
/// from configuration, seed and edits; the time that passes between two stretches while somebody
/// watches changes nothing.
package struct CoarseTheoryStudy: Study {
  /// Where the present descents began.
  struct Course: Sendable, Equatable, Codable {
    var start: CoarseTheoryConfiguration.Start
    /// Which of the random starts.
    var index: Int
    /// Steps done before.
    var step: Int
  }

  enum Phase: Equatable {
    case descending, ended
  }

  package let summary: StudySummary
  package let gauges: [Gauge]
  let configuration: CoarseTheoryConfiguration
  let teacher: CoarseTeacher
  let seed: UInt64

  var steering: CoarseTheorySteering
  var course: Course
  /// The leading estimator first.
  var lanes: [CoarseGradientDescent]
  var step = 0
  /// Everything that was turned, in order.
  var edits: [EditRecord] = []
  /// Edits of an earlier run that are yet to be repeated, the next one last.
  var replayed: [EditRecord] = []
  var phase = Phase.descending
  var stopReason: String?
  /// Whether the end of a run that was restored at its end has yet to be told again.
  var mustTellEnd = false
  private var pace: Pace

  /// Throws where the teacher is unusable.
  package init(
    name: String, configuration: CoarseTheoryConfiguration, seed: UInt64, isPaced: Bool = false
  ) throws(CoarseGradientError) {
    let teacher = try configuration.makeTeacher(seed: seed)
    self.configuration = configuration
    self.teacher = teacher
    self.seed = seed
    pace = Pace(isOn: isPaced, speeds: CoarseTheoryConfiguration.allowedSpeeds)
    gauges = CoarseTheoryGauges.gauges(configuration.race)
    var summary = StudySummary(
      name: name, model: "two-layer model m=\(teacher.patches) n=\(teacher.inputs)", seed: seed,
      parameters: teacher.patches + teacher.inputs, state: 0, form: "theory", sites: [])
    summary.theory = TheoryOutline(
      v: teacher.v, w: teacher.w, estimator: configuration.estimator.rawValue,
      race: configuration.race.map(\.rawValue), startNorm: configuration.startNorm,
      start: configuration.start.rawValue, dials: CoarseDials(configuration))
    self.summary = summary
    steering = CoarseTheorySteering(configuration)
    course = Course(start: configuration.start, index: 0, step: 0)
    lanes = []
    lanes = try makeLanes(course)
  }

  package var knobs: [Knob] { steering.knobs + startKnobs }

  package var progress: StudyProgress {
    let length = CoarseTheoryConfiguration.stepsPerEpoch
    let steps = course.step + configuration.steps
    return StudyProgress(
      step: step, steps: steps, epoch: step / length, epochs: (steps + length - 1) / length,
      stepsPerEpoch: length, samples: step)
  }

  package var isAnnealed: Bool {
    steering.rate(at: max(step - 1, 0)) == steering.rate(at: max(configuration.steps - 1, 0))
  }

  /// Repeats the edits that the user made in an earlier run of the same experiment, each before the
  /// step it was made at.
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
        return mustTellEnd ? events + [conclude(.completed, standings)] : events
      }
      repeatEdits(&events)
      guard step < course.step + configuration.steps else {
        return events + [conclude(.completed, standings)]
      }
      if budget > .zero, pace.isEarly(until: end) { return events }
      let before = step
      events.append(.stepped(descend(to: stretchEnd)))
      pace.putOff(step - before, speed: steering.dials.speed)
      if !lanes[0].point.loss.isFinite {
        return events + [conclude(.diverged, "the loss is not finite at step \(step)")]
      }
    } while clock.now < end
    return events
  }

  /// Where the present stretch of steps ends.
  private var stretchEnd: Int {
    let local = step - course.step
    var length = 1
    while length * Self.readingsPerDoubling * 2 <= local { length *= 2 }
    return course.step + min((local / length + 1) * length, configuration.steps)
  }

  private static let readingsPerDoubling = 256

  private mutating func repeatEdits(_ events: inout [StudyEvent]) {
    for edit in replayed.takeDue(at: step) {
      if let repeated = try? apply(edit) { events.append(.edited(repeated)) }
    }
  }

  /// Makes the steps up to one, all estimators, and reads what they came to.
  private mutating func descend(to last: Int) -> Readings {
    var losses = lanes.map { Extremes($0.point.loss, isEmpty: true) }
    var rate = 0.0
    while step < last {
      rate = steering.rate(at: step)
      for index in lanes.indices {
        if lanes[index].settings.rate != rate { lanes[index].change(rate: rate) }
        lanes[index].run(1)
        losses[index].add(lanes[index].point.loss)
      }
      step += 1
    }
    var values = [losses[0].reading("loss"), Reading("learningRate", rate)]
    values += CoarseTheoryGauges.readings(lanes[0])
    for (index, name) in configuration.race.enumerated() {
      let lane = lanes[index + 1]
      values += [
        losses[index + 1].reading(CoarseTheoryGauges.raced(name, "loss")),
        Reading(CoarseTheoryGauges.raced(name, "angle"), lane.point.place.angle * 180 / .pi),
        Reading(CoarseTheoryGauges.raced(name, "norm"), lane.point.place.norm),
      ]
      if let ratio = lane.expected.boundRatio {
        values.append(Reading(CoarseTheoryGauges.raced(name, "boundRatio"), ratio))
      }
    }
    return Readings(
      epoch: (step - 1) / CoarseTheoryConfiguration.stepsPerEpoch + 1, step: step, samples: step,
      values: values)
  }

  /// The last of some values and how far they reached.
  private struct Extremes {
    var last: Double
    var least = Double.infinity
    var most = -Double.infinity

    init(_ value: Double, isEmpty: Bool) {
      last = value
      if !isEmpty { add(value) }
    }

    mutating func add(_ value: Double) {
      last = value
      least = min(least, value)
      most = max(most, value)
    }

    func reading(_ gauge: String) -> Reading {
      Reading(gauge: gauge, last: last, minimum: least, maximum: most)
    }
  }

  // MARK: The end

  private mutating func conclude(_ outcome: Conclusion.Outcome, _ reason: String) -> StudyEvent {
    phase = .ended
    var metrics: [Reading] = []
    for (name, lane) in zip(laneNames, lanes) {
      metrics += [
        Reading("final.\(name).loss", lane.point.loss),
        Reading("final.\(name).angle", lane.point.place.angle * 180 / .pi),
        Reading("final.\(name).increases", Double(lane.record.increases)),
        Reading("final.\(name).smallestNorm", lane.record.smallestNorm),
      ]
    }
    return .ended(
      Conclusion(
        outcome: outcome, reason: reason, epochs: progress.epoch, metrics: metrics))
  }

  /// The leading estimator is `lead`, whatever it is at present.
  private var laneNames: [String] { ["lead"] + configuration.race.map(\.rawValue) }

  /// What all have come to, in words.
  private var standings: String {
    lanes.map { "\($0.settings.estimator.name) \($0.outcome.words)" }.joined(separator: ", ")
  }
}

extension DescentOutcome {
  /// In words, as in a sentence.
  package var words: String {
    switch self {
    case .running: "on its way"
    case .global: "global minimum"
    case .spurious: "spurious minimum"
    case .saddle: "saddle"
    case .normCollapse: "norm collapse"
    case .diverged: "diverged"
    }
  }
}
