import ArgumentParser
import Engine

/// Training steps of dense networks whose activations learn, beside the same with ReLU.
struct LearnedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learned",
    abstract: "Time a training step with self-learnable activations, or with ReLU.",
    discussion: """
      A network of 784 inputs, two layers with a batch normalization and an activation each, and 10 \
      outputs. Degree 0 is ReLU. scripts/torch_learned.py trains the same in PyTorch.
      """)

  @Option(help: "Degree of the activations; 0 for ReLU.") var degree = 4
  @Option(help: "Units of a layer.") var width = 512
  @Option(help: "Threads.") var threads = 2
  @Option(help: "Samples of a batch.") var batch = 256
  @Option(help: "Training steps timed; the median is printed.") var count = 200
  @Flag(help: "Normalized and gated monomials that the layer shares, as the authors have them.")
  var paper = false

  func validate() throws {
    guard degree == 0 || ActivationBasis.allowedDegrees.contains(degree) else {
      throw ValidationError("--degree \(degree): expected 0, or 1 to 16.")
    }
  }

  func run() throws {
    let shape = ImageShape(channels: 784)
    let images = RandomImages(shape: shape, samples: batch)
    let trainer = try FeedForwardTrainer(
      network: try network(shape, classes: images.classes), images: images,
      configuration: FeedForwardConfiguration(
        optimizer: OptimizerConfiguration(
          rule: .momentum(0.9), learningRate: Schedule(.hold(0.001)), clipNorm: nil),
        batch: batch, shards: 2),
      threads: threads)
    let samples = Array(0..<batch)
    let measurement = Measurement(count: count) { step in
      _ = trainer.train(samples[...], epoch: step, activation: .rectified, rate: 0.001)
    }
    print(
      "\(title) width \(width) threads \(threads) batch \(batch) median",
      "\(measurement.median.fixed(6)) s/step min \(measurement.minimum.fixed(6))")
  }

  private var title: String {
    degree == 0 ? "ReLU" : "\(paper ? "normalized" : "Chebyshev") \(degree)"
  }

  private func network(_ shape: ImageShape, classes: Int) throws -> FeedForwardNetwork {
    var builder = FeedForwardBuilder(input: shape)
    for _ in 0..<2 {
      builder.dense(width)
      if !paper || degree == 0 { builder.batchNorm() }
      if degree == 0 {
        builder.activation()
      } else {
        try builder.selfLearnable(paper ? .paper(degree: degree) : .stable(degree: degree))
      }
    }
    builder.dense(classes, hasBias: true)
    return builder.makeNetwork()
  }
}
