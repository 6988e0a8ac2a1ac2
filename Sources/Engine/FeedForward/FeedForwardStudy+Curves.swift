import Foundation

/// A look at the self-learnable activations of a network, which changes nothing of its training.
extension FeedForwardStudy {
  private static let heights = 65
  private static let parts = 32
  /// As of the look at all layers.
  private static let rest = 50

  func curves(_ request: CurvesRequest, isStill: Bool) -> CurvesReport? {
    guard configuration.activation == .learned, !layers.isEmpty else { return nil }
    let clock = ContinuousClock()
    if let look = gallery.look {
      let isSame = look.report.step == step && (look.report.map != nil || request.map == nil)
      if isSame || !isStill && clock.now - look.end < look.duration * Self.rest {
        return look.report
      }
    }
    let begin = clock.now
    let report = makeReport(request)
    gallery.look = (report, clock.now - begin, clock.now)
    return report
  }

  private func makeReport(_ request: CurvesRequest) -> CurvesReport {
    let last = lastBatch
    trainer.run(
      last.samples, epoch: last.epoch, activation: lastActivation, goesBack: false)
    let seen = layers.indices.map { inputs(of: $0, samples: last.samples) }
    let now = CurveGallery.curves(of: trainer.network, trainer.weights)
    let start = startCurves
    let past = gallery.past.first
    var curves: [CurveReport] = []
    for (index, layer) in layers.enumerated() {
      for row in now[index].indices {
        curves.append(
          curve(
            index, layer, row, seen[index], now[index][row],
            start: start.part(index, row), past: past?.curves.part(index, row)))
      }
    }
    var report = CurvesReport(step: step, epoch: epoch, curves: curves)
    report.pastEpochs = past.map { epoch - $0.epoch } ?? 0
    report.classes =
      trainer.images.isRegression ? [] : (0..<trainer.images.classes).map(String.init)
    report.layers = layers.indices.map(layerReport)
    report.health = CurveHealth(self, seen, now).items
    report.polynomial = polynomial
    if let size = request.map { report.map = decisionMap(size) }
    let numbers = layers.reduce(0) { $0 + $1.rows * $1.count }
    report.outline =
      "\(layers.count) layers, \(layers.reduce(0) { $0 + $1.rows }) curves, \(numbers) coefficients"
    return report
  }

  private var startCurves: CurveGallery.Curves {
    if let start = gallery.start { return start }
    guard let network = try? configuration.makeNetwork(for: trainer.images) else { return [] }
    let start = CurveGallery.curves(
      of: network, network.makeWeights(seed: trainer.configuration.seed))
    gallery.start = start
    return start
  }

  /// What goes into a layer in the batch that is looked at.
  struct Inputs {
    /// Of each shown row, with the classes of their samples.
    var rows: [[(x: Double, label: Int)]]
    var notFinite = 0
  }

  private func inputs(of number: Int, samples: ArraySlice<Int>) -> Inputs {
    let layer = layers[number]
    var inputs = Inputs(rows: Array(repeating: [], count: min(layer.rows, CurveGallery.most)))
    guard let node = trainer.network.learnedNode(number) else { return inputs }
    let source = trainer.network.nodes[node].input
    let area = layer.input.area
    for shard in 0..<trainer.pass.activeShards {
      let value = trainer.value(source, shard: shard)
      let first = samples.startIndex + trainer.pass.rows(ofShard: shard).lowerBound
      let channels = min(layer.input.channels, CurveGallery.most)
      let step = max(1, value.columns * channels / Self.looked)
      for channel in 0..<channels {
        for column in stride(from: channel % step, to: value.columns, by: step) {
          let x = Double(value[channel, column])
          guard x.isFinite else {
            inputs.notFinite += 1
            continue
          }
          let label = trainer.images.label(samples[first + column / area], in: .training)
          inputs.rows[layer.row(ofChannel: channel)].append((x, label))
        }
      }
    }
    return inputs
  }

  /// Numbers of a layer's shard that are looked at.
  private static let looked = 1 << 16

  // MARK: One curve

  private func curve(
    _ number: Int, _ layer: SelfLearnableActivation, _ row: Int, _ seen: Inputs,
    _ now: [LearnedCurve], start: [LearnedCurve]?, past: [LearnedCurve]?
  ) -> CurveReport {
    let name = name(of: layer)
    let isShared = layer.rows == 1
    let range = Self.range(seen.rows[row].map(\.x))
    let xs = (0..<Self.heights).map {
      range.lowerBound
        + (range.upperBound - range.lowerBound) * Double($0) / Double(Self.heights - 1)
    }
    var report = CurveReport(
      id: isShared ? name : "\(name).\(row)",
      title: isShared ? "layer \(number + 1)" : "layer \(number + 1) unit \(row)", inputs: range,
      now: xs.map(now.height))
    if let start { report.start = xs.map(start.height) }
    if let past { report.past = xs.map(past.height) }
    report.density = density(seen.rows[row], range)
    if let near = try? KnownActivation.nearest(to: now.height, on: range) {
      report.words = "\(near.activation.rawValue)-like \(Self.figure(near.distance))"
    }
    report.isFrozen = steering.dials.coefficients.isFrozen || shape.frozen(number).contains(row)
    return report
  }

  /// With three places.
  private static func figure(_ value: Double) -> String {
    guard abs(value) < 1000 else { return "1000 or more" }
    let thousandths = Int((value * 1000).rounded())
    let places = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - places.count) + places
  }

  /// From the 0.5 % to the 99.5 % quantile.
  private static func range(_ xs: [Double]) -> ClosedRange<Double> {
    let sorted = xs.sorted()
    guard let first = sorted.first, let last = sorted.last, first < last else { return -1...1 }
    let place = { (share: Double) in sorted[Int(share * Double(sorted.count - 1))] }
    let (low, high) = (place(0.005), place(0.995))
    return low < high ? low...high : first...last
  }

  private func density(
    _ inputs: [(x: Double, label: Int)], _ range: ClosedRange<Double>
  ) -> [[Double]] {
    let classes = trainer.images.isRegression ? 1 : trainer.images.classes
    var counts = Array(
      repeating: [Double](repeating: 0, count: Self.parts), count: classes)
    let scale = Double(Self.parts) / (range.upperBound - range.lowerBound)
    for (x, label) in inputs where range.contains(x) && label < classes {
      counts[label][min(Int((x - range.lowerBound) * scale), Self.parts - 1)] += 1
    }
    return counts
  }

  private func layerReport(_ number: Int) -> CurveLayerReport {
    let layer = layers[number]
    let rows = (0..<layer.rows).map { layer.numbers(ofRow: $0, trainer.weights) }
    let means = (0..<layer.count).map { j in
      rows.reduce(0) { $0 + $1[j] } / Double(max(rows.count, 1))
    }
    var report = CurveLayerReport(
      id: name(of: layer), outline: layer.configuration.outline, coefficients: means)
    report.basis = layer.configuration.basis.rawValue
    if layer.gate != nil {
      report.gates = (0..<layer.configuration.ownElements).map {
        Double(layer.gateValue($0, trainer.weights))
      }
    }
    report.isFrozen = steering.dials.coefficients.isFrozen || shape.frozen(number).isWhole
    return report
  }
}

extension CurveGallery.Curves {
  /// Those of a row, where there are some.
  fileprivate func part(_ layer: Int, _ row: Int) -> [LearnedCurve]? {
    indices.contains(layer) && self[layer].indices.contains(row) ? self[layer][row] : nil
  }
}
