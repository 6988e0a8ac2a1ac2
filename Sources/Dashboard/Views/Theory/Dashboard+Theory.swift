import Engine
import Terminal

/// What the panels of a theory study are drawn from: its curves, which every record has, and the
/// last look into it for the rest.
extension Dashboard {
  /// One estimator on its way.
  struct TheoryLane {
    var index: Int
    var name: String
    /// The id of a gauge of it.
    var gauge: (String) -> String
  }

  /// The leading estimator first.
  var theoryLanes: [TheoryLane] {
    guard let outline = run.summary?.theory else { return [] }
    let leading =
      theoryEstimator?.rawValue ?? theory?.lanes.first?.estimator ?? outline.estimator
    return [TheoryLane(index: 0, name: leading) { $0 }]
      + outline.race.enumerated().map { index, name in
        TheoryLane(index: index + 1, name: name) { "race.\(name).\($0)" }
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
