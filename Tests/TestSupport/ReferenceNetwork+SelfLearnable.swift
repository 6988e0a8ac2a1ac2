import Engine
import Foundation

extension ReferenceNetwork {
  /// Self-learnable activations, element by element.
  func learned(_ layer: SelfLearnableActivation, _ number: Int, _ x: [Double]) -> [Double] {
    let (shape, own) = (layer.input, layer.configuration.ownElements)
    var output = x
    for channel in 0..<shape.channels {
      let places = x.indices.filter { $0 / shape.area % shape.channels == channel }
      let inputs = places.map { x[$0] }
      let scale = self.scale(layer, number, channel, inputs)
      let rows = inputs.map { self.elements(layer, number, channel, scale * $0) }
      let (means, deviations) = moments(layer, number, channel, rows)
      let row = layer.configuration.sharing == .layer ? 0 : channel
      let weights = parameter(number, ".coefficients") ?? []
      let gates = parameter(number, ".gate")?.map { 1 / (1 + exp(-$0)) }
      for (place, elements) in zip(places, rows) {
        var sum = parameter(number, ".constant")?[row] ?? 0
        for j in 0..<own {
          let factor: Double = weights[row * own + j] * (gates?[j] ?? 1) / deviations[j]
          sum += factor * (elements[j] - means[j])
        }
        output[place] = sum
      }
    }
    return output
  }

  private func scale(
    _ layer: SelfLearnableActivation, _ number: Int, _ channel: Int, _ inputs: [Double]
  ) -> Double {
    if case .clipped(let scale) = layer.configuration.ends { return 1 / scale }
    guard let multiplier = parameter(number, ".multiplier")?[0] else { return 1 }
    let running = parameter(number, ".peak")?[channel] ?? 1
    let peak = isTraining ? inputs.map(abs).max() ?? 0 : running
    return 1 / (multiplier * peak + 1e-8)
  }

  /// The elements beside the constant, with tangents beyond the ends of z.
  private func elements(
    _ layer: SelfLearnableActivation, _ number: Int, _ channel: Int, _ z: Double
  ) -> [Double] {
    let configuration = layer.configuration
    let tails =
      isTraining && configuration.normalization == .elements
      ? nil : parameter(number, ".quantiles")
    var inside = z
    if case .clipped = configuration.ends { inside = min(max(z, -1), 1) }
    if let tails { inside = min(max(z, tails[2 * channel]), tails[2 * channel + 1]) }
    let values = configuration.basis.values(inside, degree: configuration.degree)
    let slopes = configuration.basis.slopes(inside, degree: configuration.degree)
    let all = zip(values, slopes).map { tails == nil ? $0 : $0 + (z - inside) * $1 }
    return configuration.basis.isPolynomial ? Array(all.dropFirst()) : all
  }

  private func moments(
    _ layer: SelfLearnableActivation, _ number: Int, _ channel: Int, _ elements: [[Double]]
  ) -> (means: [Double], deviations: [Double]) {
    let own = layer.configuration.ownElements
    guard layer.configuration.normalization == .elements else {
      return ([Double](repeating: 0, count: own), [Double](repeating: 1, count: own))
    }
    let count = Double(elements.count)
    var means = (0..<own).map { j in elements.reduce(0) { $0 + $1[j] } / count }
    var variances = (0..<own).map { j in
      elements.reduce(0) { $0 + ($1[j] - means[j]) * ($1[j] - means[j]) } / count
    }
    if !isTraining {
      let places = channel * own..<(channel + 1) * own
      means = Array((parameter(number, ".mean") ?? [])[places])
      variances = Array((parameter(number, ".variance") ?? [])[places])
    }
    return (means, variances.map { ($0 + 1e-8).squareRoot() })
  }
}
