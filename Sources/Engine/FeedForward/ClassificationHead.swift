import Kernels

/// Softmax cross-entropy of one shard's logits, classes x rows, against its labels.
final class ClassificationHead: FeedForwardHead {
  private let logits: Matrix
  private let gradient: Matrix
  private var labels: [Int32]
  private var predictions: [Int32]
  /// The sum of the losses in nats, and how many predictions are right.
  private(set) var loss = 0.0
  private(set) var correct = 0

  init(classes: Int, rows: Int, in workspace: Workspace) {
    logits = workspace.matrix(rows, classes)
    gradient = workspace.matrix(rows, classes)
    labels = Array(repeating: 0, count: rows)
    predictions = Array(repeating: 0, count: rows)
  }

  func take(_ row: Int, from images: any LabelledImages, sample: Int, split: Gauge.Split) {
    labels[row] = Int32(images.label(sample, in: split))
  }

  /// Overwrites the derivative by the logits, times `scale`.
  func measure(_ output: Matrix, into outputGradient: Matrix, scale: Float) {
    let (rows, classes) = (output.columns, output.rows)
    Kernels.transpose(logits.base, output.base, classes, rows)
    loss = softmax_cross_entropy(
      gradient.base, &predictions, logits.base, labels, rows, classes, scale)
    correct = 0
    for row in 0..<rows where predictions[row] == labels[row] { correct += 1 }
    Kernels.transpose(outputGradient.base, gradient.base, rows, classes)
  }
}
