/// A look at the Kolmogorov network that is the last layer of a deeper one, and what may be done to
/// it.
extension FeedForwardStudy {
  private static let mostCurves = 512
  private static let samplesOfCurve = 81
  /// Samples of a batch that are looked at.
  private static let mostSamples = 256
  /// Shares beyond the control points, and heights, to worry about.
  private static let farShare = 0.05
  private static let tall = 20.0

  /// The curves of the head, and what is known of it beside.
  struct HeadLook {
    var curves: [CurveReport]
    var columns: [String]
    var health: [CurvesReport.HealthItem]
    var shares: [CurvesReport.Share]
    var outline: String
  }

  /// What becomes of the samples of a batch in the head.
  private struct HeadPasses {
    /// Features within -1...1, row by row, and the share of those that were not.
    var rows: [[Double]] = []
    var clipped = 0.0
    var labels: [Int] = []
    var passes: [KolmogorovNetwork.Pass] = []
  }

  /// `nil` where the last layer is another one. The batch of `samples` has just been run.
  func lookAtHead(_ samples: ArraySlice<Int>) -> HeadLook? {
    guard let (layer, node) = trainer.network.head else { return nil }
    let network = layer.network(trainer.weights)
    let seen = passes(samples, through: network, at: node)
    let columns = network.inputs + network.outputs
    let places = (0..<min(network.units, max(1, Self.mostCurves / columns))).flatMap {
      Self.places(ofUnit: $0, network)
    }
    let shares =
      seen.passes.isEmpty ? [] : KolmogorovImportance(network, passes: seen.passes).shares
    return HeadLook(
      curves: places.map { headCurve($0, layer, network, seen) },
      columns: Self.places(ofUnit: 0, network).map(headTitle), health: health(network, seen),
      shares: shares.enumerated().map { .init("feature \($0 + 1)", $1) },
      outline: "\(network.curves) curves of \(network.inputs) features")
  }

  /// In reading order.
  private static func places(
    ofUnit unit: Int, _ network: KolmogorovNetwork
  ) -> [KolmogorovCurvePlace] {
    (0..<network.inputs).map { .inner(unit: unit, input: $0) }
      + (0..<network.outputs).map { .outer(unit: unit, output: $0) }
  }

  private func passes(
    _ samples: ArraySlice<Int>, through network: KolmogorovNetwork, at node: Int
  ) -> HeadPasses {
    let source = trainer.network.nodes[node].input
    var seen = HeadPasses()
    var beyond = 0
    for shard in 0..<trainer.pass.activeShards {
      let value = trainer.value(source, shard: shard)
      let first = samples.startIndex + trainer.pass.rows(ofShard: shard).lowerBound
      for column in 0..<value.columns where seen.rows.count < Self.mostSamples {
        let features = (0..<value.rows).map { Double(value[$0, column]) }
        guard features.allSatisfy(\.isFinite) else { continue }
        beyond += features.count { abs($0) > 1 }
        seen.rows.append(features.map { min(max($0, -1), 1) })
        seen.labels.append(trainer.images.label(samples[first + column], in: .training))
      }
    }
    seen.clipped = Double(beyond) / Double(max(seen.rows.count * network.inputs, 1))
    seen.passes = seen.rows.map(network.run)
    return seen
  }

  // MARK: One curve

  private func headCurve(
    _ place: KolmogorovCurvePlace, _ layer: KolmogorovLayer, _ network: KolmogorovNetwork,
    _ seen: HeadPasses
  ) -> CurveReport {
    let present = network.curve(place)
    let places =
      switch place {
      case .inner(_, let input): seen.rows.map { $0[input] }
      case .outer(let unit, _): seen.passes.map { min(max($0.sums[unit], -1), 1) }
      }
    var report = CurveReport(
      id: headID(place), title: headTitle(place), inputs: -1...1, now: Self.heights(present))
    report.start = startHead.map { Self.heights($0.curve(place)) } ?? []
    report.past = gallery.pastHeads.first.map { Self.heights($0.network.curve(place)) } ?? []
    report.density = SeenInputs.density(
      zip(places, seen.labels).map { (x: $0, label: $1) }, -1...1,
      classes: max(classNames.count, 1))
    let gradient = layer.parameters.numbers(place, in: trainer.gradient)
    report.points = present.points.inputs.enumerated().map { index, z in
      CurveReport.Point(
        input: z, height: present.outputs[index], gradient: Double(gradient[0, index]))
    }
    if !places.isEmpty { report.words = CurveShape(present, at: places).words }
    return report
  }

  private static func heights(_ curve: GaussianProcessCurve) -> [Double] {
    (0..<samplesOfCurve).map { curve.value(-1 + 2 * Double($0) / Double(samplesOfCurve - 1)) }
  }

  private var startHead: KolmogorovNetwork? {
    if let start = gallery.startHead { return start }
    guard let network = try? configuration.makeNetwork(for: trainer.images),
      let head = network.head?.layer
    else { return nil }
    let start = head.network(network.makeWeights(seed: trainer.configuration.seed))
    gallery.startHead = start
    return start
  }

  /// What edits call a curve.
  private func headID(_ place: KolmogorovCurvePlace) -> String {
    switch place {
    case .inner(let unit, let input): "unit\(unit + 1).feature\(input + 1)"
    case .outer(let unit, let output): "unit\(unit + 1).output" + outputName(output, after: ".")
    }
  }

  private func headTitle(_ place: KolmogorovCurvePlace) -> String {
    switch place {
    case .inner(_, let input): "feature \(input + 1)"
    case .outer(_, let output): "output" + outputName(output, after: " ")
    }
  }

  /// The class, where there are classes.
  private func outputName(_ output: Int, after mark: String) -> String {
    let names = trainer.images.classNames
    return names.indices.contains(output) ? mark + names[output] : ""
  }

  private func health(
    _ network: KolmogorovNetwork, _ seen: HeadPasses
  ) -> [CurvesReport.HealthItem] {
    let sums = seen.passes.flatMap(\.sums)
    let outside = Double(sums.count { abs($0) > 1 }) / Double(max(sums.count, 1))
    let heights = (network.innerOutputs + network.outerOutputs).joined().joined()
    let height = heights.reduce(0) { max($0, abs($1)) }
    return [
      .init("share of |x| > 1", seen.clipped),
      .init("share of |t| > 1", outside, isAlarming: outside > Self.farShare),
      .init("max |u|", height, isAlarming: height > Self.tall),
      .init("condition of K", network.inner.condition),
    ]
  }

  // MARK: Edits

  /// Heights beyond which nothing sensible lies.
  private static let allowedHeights = -1e6...1e6

  /// The place of a curve of the head by its name; `nil` for other names.
  private func headPlace(_ curve: String) -> KolmogorovCurvePlace? {
    guard let network = trainer.network.head?.layer.shape else { return nil }
    return (0..<network.units).lazy.flatMap { Self.places(ofUnit: $0, network) }
      .first { headID($0) == curve }
  }

  /// In turns the head counts as one more activation behind the last.
  func reshapeOther(
    _ curve: String, _ change: CurveChange
  ) throws(EditError) -> LearnedShape.Turn? {
    guard let place = headPlace(curve) else { return nil }
    let before = state(of: layers.count)
    try reshapeHead(place, change)
    return LearnedShape.Turn(layer: layers.count, before: before, after: state(of: layers.count))
  }

  func parameters(of layer: Int) -> [(name: String, handle: ParameterHandle)] {
    if layers.indices.contains(layer) { return layers[layer].parameters(weights.layout) }
    guard let head = trainer.network.head?.layer.parameters else { return [] }
    return [head.inner, head.outer, head.bias].compactMap(\.self).map {
      (weights.layout.entries[$0.index].name, $0)
    }
  }

  /// Moves a control point; all else that may be done to curves is refused.
  private func reshapeHead(_ place: KolmogorovCurvePlace, _ change: CurveChange) throws(EditError) {
    guard let head = trainer.network.head?.layer else { return }
    let refuse = { (reason: String) in
      EditError.unchangeable(curve: self.headID(place), reason: reason)
    }
    guard case .move(let point, let height) = change else {
      throw refuse("of a curve in a head nothing but control points can be moved")
    }
    let count = head.shape.inner.count
    guard 0..<count ~= point else {
      throw refuse("it has \(count) control points, counted from 0, and no point \(point)")
    }
    guard Self.allowedHeights.contains(height) else {
      throw .outOfRange(knob: headID(place), value: height, allowed: Self.allowedHeights)
    }
    head.parameters.numbers(place, in: trainer.weights)[0, point] = Float(height)
    for slab in [trainer.optimizer.firstMoment, trainer.optimizer.secondMoment] {
      guard let slab else { continue }
      head.parameters.numbers(place, in: slab)[0, point] = 0
    }
  }
}

extension KolmogorovNetwork {
  fileprivate func curve(_ place: KolmogorovCurvePlace) -> GaussianProcessCurve {
    switch place {
    case .inner(let unit, let input): innerCurve(unit: unit, input: input)
    case .outer(let unit, let output): outerCurve(unit: unit, output: output)
    }
  }
}
