import Engine
import Terminal

/// What an estimator of a theory study has come to.
struct TheoryStanding {
  var estimator: String
  var outcome: DescentOutcome
  /// Steps after which the loss was higher, the first and the last of them; `nil` where nothing
  /// tells how often.
  var increases: Int?
  var firstIncrease: Int?
  var lastIncrease: Int?
  /// Whether these are all; of a record with readings of several steps each, maybe not.
  var knowsCount = true
  var knowsFirst = true
  var knowsLast = true
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
    guard let size = theoryCourse.residuals[lane.name],
      let loss = theoryReading(lane.gauge("loss")),
      let angle = theoryReading(lane.gauge("angle")), let norm = theoryReading(lane.gauge("norm"))
    else { return nil }
    let outcome = DescentOutcome(
      in: teacher, loss: loss, angle: angle * .pi / 180, norm: norm, startNorm: outline.startNorm)
    var standing = TheoryStanding(
      estimator: lane.name, outcome: outcome,
      residual: CoarseResidual(size: size, norm: outline.startNorm, rate: rate))
    if theoryChoice(Knobs.normalisesW) == CoarseDials.switchWords[1] {
      standing.collapseSteps = nil
    }
    let final = { (figure: String) in
      self.run.conclusion?.metrics.first { $0.gauge == "final.\(lane.id).\(figure)" }?.last
    }
    if let rises = theoryCourse.rises[lane.id] {
      (standing.increases, standing.knowsCount) = (rises.count, rises.isComplete)
      (standing.firstIncrease, standing.knowsFirst) = (rises.first, rises.knowsFirst)
      (standing.lastIncrease, standing.knowsLast) = (rises.last, rises.isComplete)
    }
    if let count = final("increases").flatMap({ Int(exactly: $0) }) {
      (standing.increases, standing.knowsCount) = (count, true)
    }
    standing.smallestNorm = final("smallestNorm")
    return standing
  }
}
