import Engine
import Terminal

/// What the record of a theory study tells of its descents, taken in as it comes.
extension Dashboard {
  private typealias Knobs = CoarseDials.Knobs

  mutating func beginCourse() {
    theoryStart = 0
    theoryCourse = TheoryCourse(run.summary?.theory)
    beginRises()
    keepResiduals()
  }

  /// Notes where the descents began anew, and what was turned.
  mutating func noteStart(_ record: EditRecord) {
    guard isTheory else { return }
    theoryCourse.note(record)
    switch record.edit {
    case .choose(Knobs.start, _), .perform(Knobs.newStart):
      theoryStart = record.step
      beginRises()
    default: break
    }
    keepResiduals()
  }

  /// The ids of the lanes and their gauges of the loss.
  private var lossGauges: [(lane: String, gauge: String)] {
    guard let outline = run.summary?.theory else { return [] }
    return [(TheoryLane.leadID, "loss")] + outline.race.map { ($0, "race.\($0).loss") }
  }

  private mutating func beginRises() {
    guard let summary = run.summary, let outline = summary.theory, let teacher else { return }
    let loss = theoryCourse.kind.flatMap {
      CoarseTheoryConfiguration.lossAtStart(
        $0, index: theoryCourse.index, norm: outline.startNorm, teacher: teacher,
        seed: summary.seed)
    }
    theoryCourse.rises = [:]
    for (lane, _) in lossGauges { theoryCourse.rises[lane] = RecordedRises(from: loss) }
  }

  mutating func noteRises(_ readings: Readings) {
    guard isTheory, readings.step > theoryStart else { return }
    for (lane, gauge) in lossGauges {
      guard let reading = readings.values.first(where: { $0.gauge == gauge }) else { continue }
      theoryCourse.rises[lane]?.add(
        step: readings.step - theoryStart, loss: reading.last, least: reading.minimum,
        most: reading.maximum)
    }
  }

  /// All at once, from the curves since the start; a reading of several steps is several points.
  mutating func recallRises() {
    for (lane, gauge) in lossGauges {
      guard let series = history.series[gauge] else { continue }
      let range = series.indices(from: Double(theoryStart) + 0.5, through: .infinity)
      var index = range.lowerBound
      while index < range.upperBound {
        let (x, first) = series[index]
        var (last, least, most) = (first, first, first)
        index += 1
        while index < range.upperBound, series[index].x == x {
          last = series[index].y
          (least, most) = (min(least, last), max(most, last))
          index += 1
        }
        theoryCourse.rises[lane]?.add(
          step: Int(x) - theoryStart, loss: last, least: least, most: most)
      }
    }
  }

  /// Finds the residuals of the estimators that have none yet.
  private mutating func keepResiduals() {
    guard let outline = run.summary?.theory, let teacher else { return }
    for lane in theoryLanes where theoryCourse.residuals[lane.name] == nil {
      guard let name = CoarseEstimatorName(rawValue: lane.name) else { continue }
      theoryCourse.residuals[lane.name] =
        CoarseResidual(
          of: name.estimator, teacher: teacher, norm: outline.startNorm, rate: 1
        ).size
    }
  }
}
