import Engine
import Terminal

/// What the panels of a theory study are drawn from: its curves, which every record has, and the
/// last look into it for the rest.
extension Dashboard {
  /// One estimator on its way.
  struct TheoryLane {
    var index: Int
    /// In the catalogue's spelling.
    var name: String
    /// How the run's gauges and results call it.
    var id: String

    static let leadID = "lead"

    /// The id of a gauge of it.
    func gauge(_ gauge: String) -> String { index == 0 ? gauge : "race.\(id).\(gauge)" }
  }

  /// The leading estimator first.
  var theoryLanes: [TheoryLane] {
    guard let outline = run.summary?.theory else { return [] }
    let leading =
      theoryEstimator?.rawValue ?? theory?.lanes.first?.estimator ?? outline.estimator
    let names = [leading] + outline.race
    return names.enumerated().map { index, name in
      TheoryLane(
        index: index, name: CoarseEstimatorName(rawValue: name)?.rawValue ?? name,
        id: index == 0 ? TheoryLane.leadID : name)
    }
  }

  /// The leading estimator with its numbers.
  var theoryEstimator: CoarseEstimatorName? {
    let knob = CoarseDials.Knobs.estimator
    guard let name = theoryChoice(knob).flatMap(CoarseEstimatorName.init) else { return nil }
    return name.kind.parameters.reduce(name) { name, parameter in
      guard let value = theoryNumber("\(knob).\(parameter.name)") else { return name }
      return (try? name.setting(parameter.name, to: value)) ?? name
    }
  }

  func theoryStyle(_ lane: TheoryLane) -> Style {
    Style(.series(lane.index), lane.index == 0 ? .bold : [])
  }

  /// The teacher, whose landscape is drawn.
  var teacher: CoarseTeacher? {
    run.summary?.theory.flatMap { try? CoarseTeacher(v: $0.v, w: $0.w) }
  }

  func theoryChoice(_ knob: String) -> String? {
    for present in theoryKnobs where present.id == knob {
      if case .choice(let selected, _) = present.kind { return selected }
    }
    return nil
  }

  func theoryNumber(_ knob: String) -> Double? {
    for present in theoryKnobs where present.id == knob {
      if case .number(let value, _, _) = present.kind { return value }
    }
    return nil
  }

  /// The reading of a gauge at the last step; `nil` where it had none there.
  func theoryReading(_ gauge: String) -> Double? {
    guard let series = history.series[gauge], let last = history.series["loss"]?.lastX,
      series.lastX == last
    else { return nil }
    return series.lastY
  }

  /// A curve over the steps since the start.
  func sinceStart(_ gauge: String) -> Series {
    guard let series = history.series[gauge] else { return Series() }
    guard theoryStart > 0 else { return series }
    let start = Double(theoryStart)
    var result = Series()
    for index in series.indices(from: start + 0.5, through: .infinity) {
      let point = series[index]
      result.append(x: point.x - start, y: point.y)
    }
    return result
  }

  /// From the first to the last planned step since the start.
  var theorySteps: AxisRange {
    AxisRange(1, Double(max(2, (run.progress?.steps ?? 2) - theoryStart)))
  }

  /// What the lead has come to.
  var theoryOutcome: DescentOutcome? {
    theoryStandings.first?.outcome
  }

  func outcomeRole(_ outcome: DescentOutcome) -> Role {
    switch outcome {
    case .running: .dim
    case .global: .good
    case .spurious, .saddle: .warning
    case .normCollapse, .diverged: .error
    }
  }
}

extension Glyphs {
  var degree: String { isASCII ? " deg" : "°" }
}
