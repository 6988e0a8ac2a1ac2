import Kernels

/// The memory of a ``Network`` for one shard of a batch, and its run forward and backward.
final class NetworkPass {
  let network: Network
  let problem: any Problem
  let gradients: ParameterSlab
  let recurrent: any SequencePass
  private let input: Matrix
  let logits: Matrix
  private let logitGradient: Matrix
  private let reading: ReadoutPass
  private(set) var labels: [Int32]
  private(set) var predictions: [Int32]
  /// Sequences of the present batch, the sum of their losses in nats, and how many of their
  /// predictions are their labels.
  private(set) var rows = 0
  private(set) var loss = 0.0
  private(set) var correct = 0

  init(_ network: Network, problem: any Problem, rows: Int, in workspace: Workspace) {
    self.network = network
    self.problem = problem
    gradients = ParameterSlab(network.layout)
    recurrent = network.recurrent.makePass(steps: problem.steps, rows: rows, in: workspace)
    input = workspace.matrix(problem.steps * rows, problem.channels)
    logits = workspace.matrix(rows, network.classes)
    logitGradient = workspace.matrix(rows, network.classes)
    reading = ReadoutPass(
      network.reading, outputs: network.readout.inputs, steps: problem.steps, rows: rows,
      in: workspace)
    labels = Array(repeating: 0, count: rows)
    predictions = Array(repeating: 0, count: rows)
  }

  /// What goes into the network at all steps of the present batch, (steps * rows) x channels.
  var batchInput: Matrix { input.rows(0, problem.steps * rows) }

  /// Runs the samples of `context` (of `split`) through the network.
  func forward(split: Gauge.Split, weights: ParameterSlab, context: PassContext) {
    rows = context.samples.count
    for (row, sample) in context.samples.enumerated() {
      labels[row] = Int32(problem.label(sample, in: split))
      problem.copySample(
        sample, in: split, to: input.base + row * problem.channels,
        stride: rows * problem.channels)
    }
    recurrent.forward(batchInput, weights: weights, context: context)
    network.readout.forward(
      reading.input(of: recurrent, rows: rows), into: logits.rows(0, rows), weights: weights)
  }

  /// Fills in loss, predictions and, scaled by `gradientScale`, the gradient by the logits.
  func measure(gradientScale: Float) {
    loss = softmax_cross_entropy(
      logitGradient.base, &predictions, logits.base, labels, rows, network.classes, gradientScale)
    correct = 0
    for row in 0..<rows where predictions[row] == labels[row] { correct += 1 }
  }

  /// Overwrites `gradients`; call after `measure`.
  func backward(weights: ParameterSlab) {
    network.readout.backward(
      logitGradient.rows(0, rows), input: reading.input(of: recurrent, rows: rows),
      into: reading.inputGradient(rows: rows), weights: weights, gradients: gradients)
    recurrent.backward(
      reading.outputGradient(rows: rows), input: batchInput, inputGradient: nil,
      weights: weights, gradients: gradients)
  }
}
