/// Edits of a theory study, and its descents.
extension CoarseTheoryStudy {
  private typealias Knobs = CoarseDials.Knobs
  private typealias Start = CoarseTheoryConfiguration.Start

  var startKnobs: [Knob] {
    [
      Knob(
        id: Knobs.start, title: "start",
        kind: .choice(selected: course.start.rawValue, options: Start.allCases.map(\.rawValue))),
      Knob(id: Knobs.newStart, title: "new random start", kind: .action),
    ]
  }

  package mutating func apply(_ edit: Edit) throws(EditError) -> EditRecord {
    let changes = try change(edit)
    let edit = Self.inCatalogueSpelling(edit)
    let record = EditRecord(step: step, source: .user, edit: edit, changes: changes)
    edits.append(record)
    return record
  }

  private static func inCatalogueSpelling(_ edit: Edit) -> Edit {
    guard case .choose(Knobs.estimator, let option) = edit,
      let name = CoarseEstimatorName(rawValue: option)
    else { return edit }
    return .choose(knob: Knobs.estimator, option: name.rawValue)
  }

  private mutating func change(_ edit: Edit) throws(EditError) -> [EditRecord.Change] {
    switch edit {
    case .perform(Knobs.newStart):
      begin(.random, index: course.index + 1)
    case .perform(let action):
      throw .unknownKnob(action)
    case .choose(Knobs.start, let option):
      guard let start = Start(rawValue: option) else {
        throw .unknownOption(
          knob: Knobs.start, option: option, allowed: Start.allCases.map(\.rawValue))
      }
      begin(start, index: course.index)
    default:
      let changes = try steering.apply(edit, at: step)
      for index in lanes.indices { lanes[index].change(settings(ofLane: index, at: step)) }
      return changes
    }
    return []
  }

  /// All estimators begin anew.
  private mutating func begin(_ start: Start, index: Int) {
    let next = Course(start: start, index: index, step: step)
    // A start that has been made for this teacher can be made again.
    guard let lanes = try? makeLanes(next) else { return }
    (course, self.lanes) = (next, lanes)
  }

  func makeLanes(_ course: Course) throws(CoarseGradientError) -> [CoarseGradientDescent] {
    let point = try configuration.point(
      course.start, index: course.index, for: teacher, seed: seed)
    return (0...configuration.race.count).map {
      CoarseGradientDescent(from: point, settings: settings(ofLane: $0, at: course.step))
    }
  }

  /// All see the same samples.
  func settings(ofLane index: Int, at step: Int) -> CoarseGradientDescent.Settings {
    let dials = steering.dials
    let name = index == 0 ? dials.estimator : configuration.race[index - 1]
    return CoarseGradientDescent.Settings(
      rate: steering.rate(at: step), estimator: name.estimator,
      batch: dials.mode == .sampled ? dials.batch : nil, seed: seed ^ 0x5A4D_504C_4553_0000,
      keepsNorm: dials.normalisesW)
  }
}

/// The look into the descents.
extension CoarseTheoryStudy {
  package func probe(_ request: Probe.Request, isStill: Bool) -> Probe? {
    guard request == .theory else { return nil }
    let isRandom = course.start == .random
    return .theory(
      TheoryReport(
        step: step, startedAt: course.step,
        start: course.start.rawValue + (isRandom ? " \(course.index)" : ""),
        lanes: lanes.map(lane), search: search))
  }

  private func lane(_ descent: CoarseGradientDescent) -> TheoryReport.Lane {
    let residual = CoarseResidual(
      of: descent.settings.estimator, teacher: teacher, norm: descent.record.startNorm,
      rate: descent.settings.rate)
    return TheoryReport.Lane(
      estimator: descent.settings.estimator.name, loss: descent.point.loss,
      angle: descent.point.place.angle * 180 / .pi, norm: descent.point.place.norm,
      outcome: descent.outcome, record: descent.record, residual: residual.size,
      collapseSteps: descent.settings.keepsNorm ? nil : residual.collapseSteps)
  }

  private static let searchRates = (0...32).map { Double($0) / 8 }
  /// More samples take longer than a look may.
  private static let mostSearched = 1000

  private var search: TheoryReport.Search? {
    guard let lead = lanes.first, !lead.isAtEnd else { return nil }
    let samples = min(steering.dials.batch, Self.mostSearched)
    let line = CoarseLineSearch(
      from: lead.point, estimator: lead.settings.estimator,
      samples: lead.drawn..<lead.drawn + samples, of: PortableNormals(seed: lead.settings.seed),
      rates: Self.searchRates)
    return TheoryReport.Search(
      samples: samples, rates: Self.searchRates, empirical: line.empirical,
      population: line.population, expected: line.expected)
  }
}
