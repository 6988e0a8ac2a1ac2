import Foundation

/// What a network of few inputs says of all of them.
extension FeedForwardStudy {
  private static let looked = 2000
  private static let margin = 0.05
  private static let largestMap = 400

  /// The probability of the second class over the plane; `nil` for other networks.
  func decisionMap(_ size: CurvesRequest.MapSize) -> DecisionMap? {
    let images = trainer.images
    guard images.shape.count == 2, images.shape.area == 1, images.classes == 2,
      (1...Self.largestMap).contains(size.columns), (1...Self.largestMap).contains(size.rows)
    else { return nil }
    let ranges = (0..<2).map(range)
    let across = Self.middles(ranges[0], size.columns)
    let down = Array(Self.middles(ranges[1], size.rows).reversed())
    let inputs = down.flatMap { y in across.map { x in [x, y] } }
    let values = trainer.outputs(at: inputs, activation: lastActivation).map { outputs in
      1 / (1 + exp(outputs.count == 1 ? -outputs[0] : outputs[0] - outputs[1]))
    }
    return DecisionMap(
      columns: size.columns, rows: size.rows, values: values, horizontal: ranges[0],
      vertical: ranges[1])
  }

  /// The middles of equal parts of a range.
  private static func middles(_ range: ClosedRange<Double>, _ count: Int) -> [Float] {
    let width = (range.upperBound - range.lowerBound) / Double(count)
    return (0..<count).map { Float(range.lowerBound + width * (Double($0) + 0.5)) }
  }

  /// Of an input over the training samples, with a margin.
  private func range(_ input: Int) -> ClosedRange<Double> {
    let images = trainer.images
    var point: [Float] = [0, 0]
    var (low, high) = (Double.infinity, -Double.infinity)
    for sample in 0..<min(images.count(in: .training), Self.looked) {
      point.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        images.copyImage(sample, in: .training, to: base, stride: 1)
      }
      (low, high) = (min(low, Double(point[input])), max(high, Double(point[input])))
    }
    guard low < high else { return -1...1 }
    let room = Self.margin * (high - low)
    return low - room...high + room
  }

  // MARK: The polynomial

  /// The network as one polynomial at the end of the last epoch, or its logit of the second class
  /// over that of the first; `nil` where it is none. What would take too long is counted alone.
  var polynomial: PolynomialReport? {
    if let known = gallery.polynomial, known.epoch == epoch { return known.report }
    let report = NetworkPolynomial(trainer.network, trainer.weights)?.report
    gallery.polynomial = (epoch, report)
    return report
  }
}
