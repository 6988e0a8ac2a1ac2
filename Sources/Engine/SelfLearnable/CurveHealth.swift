import Foundation

/// Whether self-learnable activations are well (specification, 10.4): polynomials fail suddenly.
struct CurveHealth {
  private(set) var items: [CurvesReport.HealthItem] = []

  /// Slopes beyond this make gradients grow from layer to layer.
  private static let steep = 100.0
  private static let farShare = 0.2

  /// - Parameter gradient: the norm of the last gradient, and what it is clipped to
  init(
    _ layers: [SelfLearnableActivation], _ weights: ParameterSlab, _ seen: [SeenInputs],
    _ now: CurveGallery.Curves, gradient: (norm: Double, clipNorm: Double)?
  ) {
    var (largest, power, slope, outside, count, notFinite) = (0.0, 0.0, 0.0, 0, 0, 0)
    var (hasPowers, overflows) = (false, false)
    for (index, layer) in layers.enumerated() {
      let degree = layer.configuration.degree
      notFinite += seen[index].notFinite
      for (row, inputs) in seen[index].rows.enumerated() {
        let ends = Self.ends(layer, row, weights)
        for (x, _) in inputs {
          largest = max(largest, abs(x))
          outside += ends.contains(x) ? 0 : 1
          count += 1
        }
        for (x, _) in inputs.prefix(Self.sloped) {
          slope = now[index][row].reduce(slope) { max($0, abs($1.slope(x))) }
        }
      }
      let own = seen[index].rows.flatMap { $0.map { abs($0.x) } }.max() ?? 0
      guard !layer.configuration.boundsInputs, layer.configuration.basis.isMadeOfPowers else {
        continue
      }
      hasPowers = true
      power = max(power, pow(own, Double(degree)))
      overflows = overflows || ActivationBasis.overflows(degree: degree, inputs: own)
    }
    let share = Double(outside) / Double(max(count, 1))
    items = [.init("largest input", largest)]
    if hasPowers { items.append(.init("largest power", power, isAlarming: overflows)) }
    items += [
      .init("largest slope", slope, isAlarming: slope > Self.steep),
      .init("beyond the usual range", share, isAlarming: share > Self.farShare),
    ]
    if let gradient {
      let ratio = gradient.norm / gradient.clipNorm
      items.append(.init("gradient over its clipping", ratio, isAlarming: ratio > 1))
    }
    items.append(.init("not finite", Double(notFinite), isAlarming: notFinite > 0))
  }

  /// Numbers of a row at which slopes are looked at.
  private static let sloped = 200

  /// Where inputs are clipped or tails begin, or three deviations of the running statistics.
  private static func ends(
    _ layer: SelfLearnableActivation, _ row: Int, _ weights: ParameterSlab
  ) -> ClosedRange<Double> {
    guard let channel = layer.channels(ofRow: row).first else { return 0...0 }
    if let statistics = layer.statistics {
      let mean = Double(weights[statistics.mean][channel, 0])
      let deviation = max(Double(weights[statistics.variance][channel, 0]), 0).squareRoot()
      return mean - 3 * deviation...mean + 3 * deviation
    }
    let curve = layer.curve(ofChannel: channel, weights)
    let low = curve.ends.lowerBound / curve.scale
    let high = curve.ends.upperBound / curve.scale
    return low < high ? low...high : -Double.infinity...Double.infinity
  }
}
