import Engine
import Terminal

/// What an estimator of a theory study has come to.
struct TheoryStanding {
  var estimator: String
  var outcome: DescentOutcome
  /// Steps after which the loss was higher, the first and the last of them; `nil` where a record
  /// does not tell how often.
  var increases: Int?
  var firstIncrease: Int?
  var lastIncrease: Int?
  var smallestNorm: Double?
  var residual: Double
  var collapseSteps: Double?

  init(_ lane: TheoryReport.Lane) {
    (estimator, outcome) = (lane.estimator, lane.outcome)
    increases = lane.record.increases
    (firstIncrease, lastIncrease) = (lane.record.firstIncrease, lane.record.lastIncrease)
    smallestNorm = lane.record.smallestNorm
    (residual, collapseSteps) = (lane.residual, lane.collapseSteps)
  }

  init(estimator: String, outcome: DescentOutcome, residual: CoarseResidual) {
    (self.estimator, self.outcome) = (estimator, outcome)
    (self.residual, collapseSteps) = (residual.size, residual.collapseSteps)
  }
}

/// How the descents of a theory study stand: by the last look into them, and where there is none,
/// as in a replay, by the record.
extension Dashboard {
  private typealias Knobs = CoarseDials.Knobs

  /// The dials of the study; a record tells them by its beginning and its edits.
  var theoryKnobs: [Knob] {
    run.knobs.isEmpty ? theoryCourse.dials?.recalledKnobs ?? [] : run.knobs
  }

  /// In the order of the lanes; empty before the first step.
  var theoryStandings: [TheoryStanding] {
    if let theory, theory.startedAt == theoryStart { return theory.lanes.map(TheoryStanding.init) }
    guard theory == nil, let teacher, let outline = run.summary?.theory,
      (history.series["loss"]?.lastX ?? 0) > Double(theoryStart),
      let rate = theoryReading("learningRate")
    else { return [] }
    let standings = theoryLanes.compactMap { recalledStanding($0, teacher, outline, rate: rate) }
    return standings.count == theoryLanes.count ? standings : []
  }

  private func recalledStanding(
    _ lane: TheoryLane, _ teacher: CoarseTeacher, _ outline: TheoryOutline, rate: Double
  ) -> TheoryStanding? {
    guard let name = CoarseEstimatorName(rawValue: lane.name),
      let loss = theoryReading(lane.gauge("loss")),
      let angle = theoryReading(lane.gauge("angle")), let norm = theoryReading(lane.gauge("norm"))
    else { return nil }
    let outcome = DescentOutcome(
      in: teacher, loss: loss, angle: angle * .pi / 180, norm: norm, startNorm: outline.startNorm)
    var standing = TheoryStanding(
      estimator: lane.name, outcome: outcome,
      residual: CoarseResidual(
        of: name.estimator, teacher: teacher, norm: outline.startNorm, rate: rate))
    if theoryChoice(Knobs.normalisesW) == CoarseDials.switchWords[1] {
      standing.collapseSteps = nil
    }
    let place = lane.index == 0 ? "lead" : lane.name
    let final = { (figure: String) in
      self.run.conclusion?.metrics.first { $0.gauge == "final.\(place).\(figure)" }?.last
    }
    standing.increases = final("increases").flatMap { Int(exactly: $0) }
    standing.smallestNorm = final("smallestNorm")
    return standing
  }
}

/// Where the descents of a theory study began, and how it was turned, as its record has it.
struct TheoryCourse: Equatable {
  /// `random 3`; `nil` where the record does not say.
  var start: String?
  /// How many random starts there were.
  private var index = 0
  var dials: CoarseDials?

  init(_ outline: TheoryOutline? = nil) {
    dials = outline?.dials
    start = outline?.start.map(named)
  }

  private func named(_ start: String) -> String {
    start == CoarseTheoryConfiguration.Start.random.rawValue ? "\(start) \(index)" : start
  }

  mutating func note(_ record: EditRecord) {
    switch record.edit {
    case .choose(CoarseDials.Knobs.start, let option): start = named(option)
    case .perform(CoarseDials.Knobs.newStart):
      index += 1
      start = named(CoarseTheoryConfiguration.Start.random.rawValue)
    default: dials = dials?.recalling(record)
    }
  }
}
