/// What the output of a shard is held against.
protocol FeedForwardHead: AnyObject {
  /// The sum of the losses, and how many predictions are right.
  var loss: Double { get }
  var correct: Int { get }

  /// Takes what is right for a row.
  func take(_ row: Int, from images: any LabelledImages, sample: Int, split: Gauge.Split)

  /// Overwrites the derivative by the output, times `scale`.
  func measure(_ output: Matrix, into outputGradient: Matrix, scale: Float)
}

/// The square of what one output is wrong by. Nothing is counted as right.
final class RegressionHead: FeedForwardHead {
  private var targets: [Float]
  private(set) var loss = 0.0
  let correct = 0

  init(rows: Int) { targets = Array(repeating: 0, count: rows) }

  func take(_ row: Int, from images: any LabelledImages, sample: Int, split: Gauge.Split) {
    targets[row] = images.target(sample, in: split)
  }

  func measure(_ output: Matrix, into outputGradient: Matrix, scale: Float) {
    loss = 0
    for row in 0..<output.columns {
      let distance = output[0, row] - targets[row]
      loss += Double(distance) * Double(distance)
      outputGradient[0, row] = 2 * scale * distance
    }
  }
}
