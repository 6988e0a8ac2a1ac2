/// A part of a training in which all activations stay what they are, while the learning rate falls
/// by `factor` at each of some epochs, counted within the phase.
package struct FeedForwardPhase: Sendable, Equatable {
  package var activation: FeedForwardActivation
  package var epochs: Int
  package var rate: Double
  package var milestones: [Int]
  package var factor: Double

  package init(
    _ activation: FeedForwardActivation, epochs: Int, rate: Double, milestones: [Int] = [],
    factor: Double = 0.1
  ) {
    self.activation = activation
    self.epochs = epochs
    self.rate = rate
    self.milestones = milestones
    self.factor = factor
  }

  package func rate(inEpoch epoch: Int) -> Double {
    milestones.reduce(rate) { $1 <= epoch ? $0 * factor : $0 }
  }
}

/// A network and how the study of straight-through estimators trained it (specification of the
/// coarse gradient, 4.2): in full precision first, and from these weights quantized.
package struct FeedForwardPreset: Sendable, Equatable {
  package var model: FeedForwardModel
  package var configuration: FeedForwardConfiguration
  package var phases: [FeedForwardPhase]

  /// LeNet-5 for images of one channel.
  package static func leNet5(
    bits: Int, by estimator: Surrogate.Kind
  ) throws -> FeedForwardPreset {
    try published(
      .leNet5, batch: 64, epochs: 50, rate: 0.1, milestones: [20, 40], bits: bits, by: estimator)
  }

  /// VGG-11 for CIFAR-10.
  package static func vgg11(bits: Int, by estimator: Surrogate.Kind) throws -> FeedForwardPreset {
    try published(
      .vgg11, batch: 128, epochs: 200, rate: 0.01, milestones: [80, 140], bits: bits,
      by: estimator, augmentation: ImageAugmentation())
  }

  /// ResNet-20 for CIFAR-10.
  package static func resNet20(
    bits: Int, by estimator: Surrogate.Kind
  ) throws -> FeedForwardPreset {
    var preset = try vgg11(bits: bits, by: estimator)
    preset.model = .resNet20
    return preset
  }

  /// How full precision was trained is not published: here as what follows it.
  private static func published(
    _ model: FeedForwardModel, batch: Int, epochs: Int, rate: Double, milestones: [Int],
    bits: Int, by estimator: Surrogate.Kind, augmentation: ImageAugmentation? = nil
  ) throws -> FeedForwardPreset {
    let activations = [
      FeedForwardActivation.rectified, try FeedForwardActivation(bits: bits, by: estimator),
    ]
    return FeedForwardPreset(
      model: model,
      configuration: FeedForwardConfiguration(
        optimizer: OptimizerConfiguration(
          rule: .momentum(0.9), learningRate: Schedule(.hold(rate)), clipNorm: nil),
        augmentation: augmentation, batch: batch),
      phases: activations.map {
        FeedForwardPhase($0, epochs: epochs, rate: rate, milestones: milestones)
      })
  }
}

extension FeedForwardTrainer {
  /// One optimizer step on each batch of the training samples, whose order is a function of seed and
  /// epoch; ends early where the loss is not finite. The sums over all batches, each with the
  /// weights before its step.
  package func train(
    epoch: Int, activation: FeedForwardActivation, rate: Double
  ) -> Trainer.BatchResult {
    var order: [Int] = []
    order.setOrder(
      ofEpoch: epoch, count: images.count(in: .training), seed: configuration.seed)
    var sum = Trainer.BatchResult()
    for first in stride(from: 0, to: order.count, by: configuration.batch) {
      let samples = order[first..<min(first + configuration.batch, order.count)]
      sum.add(train(samples, epoch: epoch, activation: activation, rate: rate))
      guard sum.loss.isFinite else { break }
    }
    return sum
  }

  /// All samples of a split with running statistics.
  package func evaluate(
    _ split: Gauge.Split, activation: FeedForwardActivation
  ) -> Trainer.BatchResult {
    let count = images.count(in: split)
    var sum = Trainer.BatchResult()
    for first in stride(from: 0, to: count, by: configuration.batch) {
      sum.add(
        evaluate(
          first..<min(first + configuration.batch, count), split: split, activation: activation))
    }
    return sum
  }

  /// A phase from fresh moments; its epochs count on from `first`, so that phases differ in the
  /// order of samples. Ends early where the loss is not finite.
  package func train(
    _ phase: FeedForwardPhase, from first: Int,
    after report: (_ epoch: Int, _ result: Trainer.BatchResult) -> Void = { _, _ in }
  ) {
    resetOptimizer()
    for epoch in 0..<phase.epochs {
      let result = train(
        epoch: first + epoch, activation: phase.activation, rate: phase.rate(inEpoch: epoch))
      report(epoch, result)
      guard result.loss.isFinite else { return }
    }
  }
}

extension Trainer.BatchResult {
  mutating func add(_ other: Trainer.BatchResult) {
    loss += other.loss
    correct += other.correct
    count += other.count
  }
}
