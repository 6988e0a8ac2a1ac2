import Foundation

/// Logistic loss of the one output of a network that tells two classes apart: the logit of the second
/// against its labels.
final class LogitHead: FeedForwardHead {
  private var labels: [Int]
  /// The sum of the losses in nats, and how many predictions are right.
  private(set) var loss = 0.0
  private(set) var correct = 0

  init(rows: Int) { labels = Array(repeating: 0, count: rows) }

  func take(_ row: Int, from images: any LabelledImages, sample: Int, split: Gauge.Split) {
    labels[row] = images.label(sample, in: split)
  }

  /// Overwrites the derivative by the logit, times `scale`.
  func measure(_ output: Matrix, into outputGradient: Matrix, scale: Float) {
    (loss, correct) = (0, 0)
    for row in 0..<output.columns {
      let logit = Double(output[0, row])
      let isSecond = labels[row] == 1
      // log(1 + e^-|f|) cannot overflow.
      loss += max(logit, 0) - (isSecond ? logit : 0) + log1p(exp(-abs(logit)))
      if (logit > 0) == isSecond { correct += 1 }
      outputGradient[0, row] = scale * Float(1 / (1 + exp(-logit)) - (isSecond ? 1 : 0))
    }
  }
}
