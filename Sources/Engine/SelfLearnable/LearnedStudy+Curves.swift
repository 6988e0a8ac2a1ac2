import Foundation

/// A look at the self-learnable activations of a network, which changes nothing of its training.
extension LearnedStudy {
  /// A look takes a step's time: after it, so many times as long nothing new is looked at while the
  /// training goes on, as of the look at all layers.
  private static var rest: Int { 50 }

  func curves(_ request: CurvesRequest, isStill: Bool) -> CurvesReport? {
    guard !layers.isEmpty || hasOtherCurves else { return nil }
    let clock = ContinuousClock()
    if let look = gallery.look {
      let isSame = look.report.step == step && (look.isMapped || request.map == nil)
      if isSame || !isStill && clock.now - look.end < look.duration * Self.rest {
        return look.report
      }
    }
    let begin = clock.now
    let report = makeReport(request)
    gallery.look = CurveGallery.Look(
      report: report, isMapped: request.map != nil, duration: clock.now - begin, end: clock.now)
    return report
  }

  private func makeReport(_ request: CurvesRequest) -> CurvesReport {
    lookAtBatch()
    let layers = layers
    let seen = layers.indices.map { SeenInputs(layers[$0], inputs(ofLayer: $0)) }
    let now = CurveGallery.curves(of: layers, weights)
    let start = startCurves
    let past = gallery.past.first
    var curves: [CurveReport] = []
    for index in layers.indices {
      for row in now[index].indices {
        var report = CurveReport(
          of: layers[index], name: name(of: layers[index]), number: index, row: row, seen[index],
          classes: max(classNames.count, 1), now[index][row], start: start.part(index, row),
          past: past?.curves.part(index, row))
        report.isFrozen = keepsCoefficients || shape.frozen(index).contains(row)
        curves.append(report)
      }
    }
    var report = CurvesReport(step: step, epoch: epoch, curves: curves)
    report.pastEpochs = past.map { epoch - $0.epoch } ?? 0
    report.classes = classNames
    report.layers = layers.indices.map(layerReport)
    report.health =
      CurveHealth(
        layers, weights, seen, now, gradient: clipNorm.map { (gallery.gradientNorm, $0) }
      ).items
    let numbers = layers.reduce(0) { $0 + $1.rows * $1.count }
    report.outline =
      "\(layers.count) layers, \(layers.reduce(0) { $0 + $1.rows }) curves, \(numbers) coefficients"
    complete(&report, request)
    return report
  }

  private var startCurves: CurveGallery.Curves {
    if let start = gallery.start { return start }
    guard let (layers, weights) = startingWeights() else { return [] }
    let start = CurveGallery.curves(of: layers, weights)
    gallery.start = start
    return start
  }

  private func layerReport(_ number: Int) -> CurveLayerReport {
    let layer = layers[number]
    let rows = (0..<layer.rows).map { layer.numbers(ofRow: $0, weights) }
    let means = (0..<layer.count).map { j in
      rows.reduce(0) { $0 + $1[j] } / Double(max(rows.count, 1))
    }
    var report = CurveLayerReport(
      id: name(of: layer), outline: layer.configuration.outline, coefficients: means)
    report.basis = layer.configuration.basis.rawValue
    if layer.gate != nil {
      report.gates = (0..<layer.configuration.ownElements).map {
        Double(layer.gateValue($0, weights))
      }
    }
    report.isFrozen = keepsCoefficients || shape.frozen(number).isWhole
    return report
  }
}

/// What goes into an activation in the batch that is looked at.
struct SeenInputs {
  /// Of each shown row, with the classes of their samples.
  private(set) var rows: [[(x: Double, label: Int)]]
  private(set) var notFinite = 0

  /// Numbers of a layer's shard that are looked at.
  private static let looked = 1 << 16

  init(_ layer: SelfLearnableActivation, _ shards: [ShardInputs]) {
    rows = Array(repeating: [], count: min(layer.rows, CurveGallery.most))
    let channels = min(layer.input.channels, CurveGallery.most)
    for shard in shards {
      let step = max(1, shard.count * channels / Self.looked)
      for channel in 0..<channels {
        for place in stride(from: channel % step, to: shard.count, by: step) {
          let x = shard.value(channel, place)
          guard x.isFinite else {
            notFinite += 1
            continue
          }
          rows[layer.row(ofChannel: channel)].append((x, shard.label(place)))
        }
      }
    }
  }

  /// Of a row, from the 0.5 % to the 99.5 % quantile.
  func range(_ row: Int) -> ClosedRange<Double> {
    let sorted = rows[row].map(\.x).sorted()
    guard let first = sorted.first, let last = sorted.last, first < last else { return -1...1 }
    let place = { (share: Double) in sorted[Int(share * Double(sorted.count - 1))] }
    let (low, high) = (place(0.005), place(0.995))
    return low < high ? low...high : first...last
  }

  private static let parts = 32

  /// Of each class how many numbers of a row lie in equal parts of a range.
  func density(_ row: Int, _ range: ClosedRange<Double>, classes: Int) -> [[Double]] {
    Self.density(rows[row], range, classes: classes)
  }

  /// The same of any numbers.
  static func density(
    _ inputs: [(x: Double, label: Int)], _ range: ClosedRange<Double>, classes: Int
  ) -> [[Double]] {
    var counts = Array(
      repeating: [Double](repeating: 0, count: parts), count: classes)
    let scale = Double(parts) / (range.upperBound - range.lowerBound)
    for (x, label) in inputs where range.contains(x) && label < classes {
      counts[label][min(Int((x - range.lowerBound) * scale), parts - 1)] += 1
    }
    return counts
  }
}

extension CurveReport {
  private static let heights = 65

  /// A row of layer `number`, counted from 0, over the range of what goes into it.
  fileprivate init(
    of layer: SelfLearnableActivation, name: String, number: Int, row: Int, _ seen: SeenInputs,
    classes: Int, _ now: [LearnedCurve], start: [LearnedCurve]?, past: [LearnedCurve]?
  ) {
    let isShared = layer.rows == 1
    let range = seen.range(row)
    let xs = (0..<Self.heights).map {
      range.lowerBound
        + (range.upperBound - range.lowerBound) * Double($0) / Double(Self.heights - 1)
    }
    self.init(
      id: isShared ? name : "\(name).\(row)",
      title: isShared ? "layer \(number + 1)" : "layer \(number + 1) unit \(row)", inputs: range,
      now: xs.map(now.height))
    if let start { self.start = xs.map(start.height) }
    if let past { self.past = xs.map(past.height) }
    density = seen.density(row, range, classes: classes)
    if let near = try? KnownActivation.nearest(to: now.height, on: range) {
      words = "\(near.activation.rawValue)-like \(Self.figure(near.distance))"
    }
  }

  /// With three places.
  private static func figure(_ value: Double) -> String {
    guard abs(value) < 1000 else { return "1000 or more" }
    let thousandths = Int((value * 1000).rounded())
    let places = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - places.count) + places
  }
}

extension CurveGallery.Curves {
  /// Those of a row, where there are some.
  fileprivate func part(_ layer: Int, _ row: Int) -> [LearnedCurve]? {
    indices.contains(layer) && self[layer].indices.contains(row) ? self[layer][row] : nil
  }
}
