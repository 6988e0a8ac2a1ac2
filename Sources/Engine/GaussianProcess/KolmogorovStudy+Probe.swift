/// Looks at the curves.
extension KolmogorovStudy {
  /// After a look the training goes on for so many times as long before there is a new one.
  private static let rest = 10

  package func probe(_ request: Probe.Request, isStill: Bool) -> Probe? {
    if request == .layers, step > 0 {
      let rate = steering.value(KolmogorovDials.Knobs.rate, at: step - 1) ?? 0
      return .layers(
        LayerReport(
          step: step, sites: [],
          weights: trainer.optimizer.weightReports(
            trainer.weights, gradient: trainer.gradient, rate: rate)))
    }
    guard case .curves(let wish) = request else { return nil }
    let clock = ContinuousClock()
    let begin = clock.now
    if let look, look.wish == wish, look.edits == edits.count,
      look.report.step == step && look.report.epoch == epoch
        || !isStill && begin - look.end < look.duration * Self.rest
    {
      return .curves(look.report)
    }
    let report = report(wish)
    look = (wish, edits.count, report, clock.now - begin, clock.now)
    return .curves(report)
  }

  private func report(_ wish: CurvesRequest) -> CurvesReport {
    let network = trainer.network
    let reading = KolmogorovReading(network, table: table)
    // All curves of the first units: of large networks nobody looks at thousands.
    let units = max(1, Self.mostCurves / names.columns.count)
    let places = trainer.places.filter { $0.unit < units }
    _ = trainer.evaluate()
    var report = CurvesReport(
      step: step, epoch: epoch, curves: places.map { curveReport($0, network) })
    report.columns = names.columns
    report.pastEpochs = past.map { epoch - $0.epoch } ?? 0
    report.classes = table.classes
    report.health = health(network, reading)
    report.shares = zip(table.names, reading.importance.shares).map { CurvesReport.Share($0, $1) }
    report.example = reading.place(of: wish.example).flatMap(reading.example)
    report.map = wish.map.flatMap(reading.map)
    report.outline = outline
    return report
  }

  /// What is left of the model.
  private var outline: String {
    let count = trainer.parameters.outputs
    let gone = removed.reduce(0) { sum, place in
      if case .inner = place { return sum + trainer.parameters.innerCount }
      return sum + trainer.parameters.outerCount
    }
    let curves = trainer.places.count - removed.count
    let numbers = trainer.parameters.layout.trainedCount - gone
    return "\(curves) \(curves == 1 ? "curve" : "curves"), \(numbers) parameters"
      + (count > 1 ? ", \(count) classes" : "") + levels
  }

  /// What curves are rounded to.
  private var levels: String {
    let number = Int(steering.dials.resolution ?? 0)
    return switch configuration.quantizer {
    case .none: ""
    case .uniform: ", \(number) bits"
    case .binary: ", binary"
    case .spiking: ", \(number) time steps"
    }
  }

  func curve(
    _ place: KolmogorovCurvePlace, of network: KolmogorovNetwork
  ) -> GaussianProcessCurve {
    switch place {
    case .inner(let unit, let input): network.innerCurve(unit: unit, input: input)
    case .outer(let unit, let output): network.outerCurve(unit: unit, output: output)
    }
  }

  /// What goes into a curve from all rows that train, on the scale of the network.
  ///
  /// - Parameter isEvaluated: whether the last pass was one on all rows
  func dataPlaces(
    _ place: KolmogorovCurvePlace, _ network: KolmogorovNetwork, isEvaluated: Bool = false
  ) -> [Double] {
    switch place {
    case .inner(_, let input):
      return table.parts.training.map { table.scaled(table.rows[$0][input], input: input) }
    case .outer(let unit, _):
      if !isEvaluated { _ = trainer.evaluate() }
      return trainer.whole.sums.rows(unit, 1).array.map { Double($0) }
    }
  }

  private static let mostCurves = 512
  private static let samplesOfCurve = 81
  private static let partsOfDensity = 32

  private func curveReport(
    _ place: KolmogorovCurvePlace, _ network: KolmogorovNetwork
  ) -> CurveReport {
    let present = curve(place, of: network)
    let places = dataPlaces(place, network, isEvaluated: true)
    let range = shownRange(place)
    var report = CurveReport(
      id: names.id(place), title: names.title(place), inputs: range,
      now: heights(place, network, over: reach(place)))
    let reach = reach(place)
    report.start = heights(place, start, over: reach)
    report.past =
      past.map {
        heights(place, $0.network.rounded(network.quantizers), over: reach)
      } ?? []
    report.density = density(places, over: reach)
    report.isFrozen = frozen.contains(place) || removed.contains(place)
    guard !removed.contains(place) else {
      report.words = "removed"
      return report
    }
    report.points = points(place, present)
    report.words = CurveShape(present, at: places).words
    return report
  }

  /// The inputs that are shown, in the units of the data.
  private func shownRange(_ place: KolmogorovCurvePlace) -> ClosedRange<Double> {
    guard case .inner(_, let input) = place else { return reach(place) }
    return KolmogorovReading.shown(table.ranges[input])
  }

  /// The same on the scale of the network: all inputs are within -1...1, and outer curves are worth
  /// looking at as far as their control points reach.
  private func reach(_ place: KolmogorovCurvePlace) -> ClosedRange<Double> {
    guard case .outer = place, let first = trainer.shape.outer.inputs.first,
      let last = trainer.shape.outer.inputs.last, first < last
    else { return -1...1 }
    return first...last
  }

  private func heights(
    _ place: KolmogorovCurvePlace, _ network: KolmogorovNetwork, over reach: ClosedRange<Double>
  ) -> [Double] {
    let width = reach.upperBound - reach.lowerBound
    if case .inner(let unit, let input) = place, let constant = network.constants[unit][input] {
      return [Double](repeating: constant, count: Self.samplesOfCurve)
    }
    let curve = curve(place, of: network)
    let quantizer = network.quantizers.map { quantizers in
      if case .inner = place { quantizers.inner } else { quantizers.outer }
    }
    return (0..<Self.samplesOfCurve).map {
      let height = curve.value(
        reach.lowerBound + width * Double($0) / Double(Self.samplesOfCurve - 1))
      return quantizer?.value(height) ?? height
    }
  }

  private func points(
    _ place: KolmogorovCurvePlace, _ curve: GaussianProcessCurve
  ) -> [CurveReport.Point] {
    let gradient = trainer.parameters.numbers(place, in: trainer.gradient)
    let (range, reach) = (shownRange(place), reach(place))
    let unit =
      (range.upperBound - range.lowerBound) / (reach.upperBound - reach.lowerBound)
    return curve.points.inputs.enumerated().map { index, z in
      CurveReport.Point(
        input: range.lowerBound + (z - reach.lowerBound) * unit,
        height: curve.outputs[index], gradient: Double(gradient[0, index]))
    }
  }

  /// Of each class how many of the places lie in equal parts of a range; those beyond are in the
  /// outermost ones.
  private func density(_ places: [Double], over reach: ClosedRange<Double>) -> [[Double]] {
    let width = reach.upperBound - reach.lowerBound
    let classes = max(table.classes.count, 1)
    var counts = [[Double]](
      repeating: [Double](repeating: 0, count: Self.partsOfDensity), count: classes)
    for (row, x) in zip(table.parts.training, places) where !x.isNaN {
      let share = (min(max(x, reach.lowerBound), reach.upperBound) - reach.lowerBound) / width
      let part = min(Int(share * Double(Self.partsOfDensity)), Self.partsOfDensity - 1)
      counts[table.classes.isEmpty ? 0 : Int(table.targets[row])][part] += 1
    }
    return counts
  }

  // MARK: Health

  private func health(
    _ network: KolmogorovNetwork, _ reading: KolmogorovReading
  ) -> [CurvesReport.HealthItem] {
    let stiffness = network.inner.inverse.values.reduce(0) { max($0, abs($1)) }
    let variances = reading.rows.flatMap { $0.map(network.inner.variance) }
    let variance = variances.reduce(0, +) / Double(max(variances.count, 1))
    let (outside, height) = (trainer.shareOutside, trainer.greatestHeight)
    let condition = network.inner.condition
    let outsideItems =
      network.isAdditive
      ? []
      : [CurvesReport.HealthItem("share of sums out of reach", outside, isAlarming: outside > 0.05)]
    let items = [
      CurvesReport.HealthItem("max |u|", height, isAlarming: height > 20),
      CurvesReport.HealthItem(
        "condition of K", condition, isAlarming: condition > ControlPoints.mostCondition),
      CurvesReport.HealthItem("max |inverse of K|", stiffness, isAlarming: stiffness > 1e4),
      CurvesReport.HealthItem("variance at the data", variance, isAlarming: variance > 0.1),
    ]
    let clipped = trainer.shareClipped.map {
      [CurvesReport.HealthItem("values out of range", $0, isAlarming: $0 > 0.2)]
    }
    return outsideItems + (clipped ?? []) + items
      + table.constants.map { name in
        CurvesReport.HealthItem("\(name) is constant", 0, isAlarming: true)
      }
  }
}
