import Kernels

/// How a feed-forward network is trained, apart from its data and its activations.
package struct FeedForwardConfiguration: Sendable, Equatable, Codable {
  package var optimizer: OptimizerConfiguration
  /// Times each weight, added to its gradient; biases and gains of normalization have none.
  package var weightDecay: Double
  package var augmentation: ImageAugmentation?
  /// Samples of one optimizer step.
  package var batch: Int
  /// Parts that a batch is divided into. Belongs to the experiment: results depend on it.
  package var shards: Int
  package var seed: UInt64
  /// How the coefficients of self-learnable activations are trained beside the weights.
  package var coefficients = CoefficientTraining()

  package init(
    optimizer: OptimizerConfiguration, weightDecay: Double = 0,
    augmentation: ImageAugmentation? = nil, batch: Int, shards: Int = 2, seed: UInt64 = 1
  ) {
    self.optimizer = optimizer
    self.weightDecay = weightDecay
    self.augmentation = augmentation
    self.batch = batch
    self.shards = shards
    self.seed = seed
  }
}

/// A feed-forward network, its data and its optimizer: does one optimizer step, or runs a batch for
/// evaluation. A step allocates nothing of its own.
package final class FeedForwardTrainer: @unchecked Sendable {
  package let network: FeedForwardNetwork
  package let images: any LabelledImages
  package let configuration: FeedForwardConfiguration
  package let weights: ParameterSlab
  package internal(set) var optimizer: CoefficientOptimizer
  let pass: FeedForwardPass
  private let heads: [any FeedForwardHead]
  /// One image of each shard before it is changed.
  private let originals: [Matrix]
  private let team: ThreadTeam
  private let batch: UnsafeMutableBufferPointer<Int>
  /// Inputs in place of images.
  private var given: [[Float]] = []
  private var count = 0
  private var split = Gauge.Split.training
  private var epoch = 0

  /// Throws where passes, weights, gradients and moments take more than `availableMemory` bytes, and
  /// for batches too small for the statistics of activations.
  package init(
    network: FeedForwardNetwork, images: any LabelledImages,
    configuration: FeedForwardConfiguration, threads: Int,
    availableMemory: Int = AvailableMemory.bytes
  ) throws(TrainingSetupError) {
    do { try network.requireRows(configuration.batch) } catch {
      throw .batchTooSmall(
        found: configuration.batch, expected: SelfLearnableConfiguration.leastRows)
    }
    self.network = network
    self.images = images
    self.configuration = configuration
    let shards = min(configuration.shards, configuration.batch)
    let rows = (configuration.batch + shards - 1) / shards
    team = ThreadTeam(threads: min(threads, shards))
    weights = network.makeWeights(seed: configuration.seed)
    do {
      optimizer = try CoefficientOptimizer(
        configuration.optimizer, training: configuration.coefficients, network: network)
    } catch {
      throw .activations(error)
    }
    let workspace = Workspace()
    pass = FeedForwardPass(
      network, rows: configuration.batch, shards: shards, team: team, weights: weights,
      in: workspace)
    heads = (0..<shards).map { _ in
      FeedForwardTrainer.makeHead(network, images, rows: rows, in: workspace)
    }
    originals = (0..<shards).map { _ in workspace.matrix(1, network.input.count) }
    batch = .allocate(capacity: configuration.batch)
    batch.initialize(repeating: 0)
    let needed =
      workspace.bytes
      + network.layout.count * MemoryLayout<Float>.stride * (shards + Self.slabsOfWeights)
    guard needed <= availableMemory else {
      throw .tooLarge(
        needed: needed, available: availableMemory, batch: configuration.batch, steps: 1)
    }
    takePartInPass()
  }

  private static func makeHead(
    _ network: FeedForwardNetwork, _ images: any LabelledImages, rows: Int, in workspace: Workspace
  ) -> any FeedForwardHead {
    if images.isRegression { return RegressionHead(rows: rows) }
    if network.classes == 1 { return LogitHead(rows: rows) }
    return ClassificationHead(classes: network.classes, rows: rows, in: workspace)
  }

  /// Loads the inputs of each pass, and turns its outputs into their gradients.
  private func takePartInPass() {
    pass.load = { [unowned self] shard, input in self.load(shard, input) }
    pass.turn = { [unowned self] shard, output, gradient in
      self.heads[shard].measure(output, into: gradient, scale: 1 / Float(self.count))
    }
  }

  deinit {
    team.end()
    batch.deallocate()
  }

  /// Weights and two moments.
  private static let slabsOfWeights = 3

  /// One optimizer step on training samples `samples` (at most a batch).
  package func train(
    _ samples: ArraySlice<Int>, epoch: Int, activation: FeedForwardActivation, rate: Double
  ) -> Trainer.BatchResult {
    prepare(samples, split: .training, epoch: epoch)
    pass.run(
      rows: count, context: context(activation), goesBack: true)
    var result = collect()
    guard result.loss.isFinite else { return result }
    joinGradients()
    if configuration.weightDecay != 0 { decay(gradient) }
    prepareResolutions(activation)
    result.gradientNorm = Optimizer.norm(gradient)
    guard result.gradientNorm.isFinite else { return result }
    optimizer.update(weights, with: gradient, norm: result.gradientNorm, rate: rate)
    limitResolutions()
    return result
  }

  /// Runs samples of `split` forward with running statistics.
  package func evaluate(
    _ samples: Range<Int>, split: Gauge.Split, activation: FeedForwardActivation
  ) -> Trainer.BatchResult {
    prepare(samples, split: split, epoch: 0)
    pass.run(
      rows: count,
      context: FeedForwardContext(weights: weights, activation: activation, isTraining: false),
      goesBack: false)
    return collect()
  }

  /// The same of some training samples, so that their values can be looked at.
  @discardableResult
  func evaluate(
    _ samples: ArraySlice<Int>, activation: FeedForwardActivation
  ) -> Trainer.BatchResult {
    prepare(samples, split: .training, epoch: 0)
    pass.run(
      rows: count,
      context: FeedForwardContext(weights: weights, activation: activation, isTraining: false),
      goesBack: false)
    return collect()
  }

  /// Runs training samples forward and backward, so that values and derivatives of the batch are
  /// there to look at, and renews no running statistics.
  func run(
    _ samples: ArraySlice<Int>, epoch: Int, activation: FeedForwardActivation,
    goesBack: Bool = true
  ) {
    prepare(samples, split: .training, epoch: epoch)
    pass.run(
      rows: count, context: context(activation, renewsStatistics: false), goesBack: goesBack)
    if goesBack { joinGradients() }
  }

  /// The network's outputs in evaluation for inputs without images, one after another.
  func outputs(
    at inputs: [[Float]], activation: FeedForwardActivation
  ) -> [[Double]] {
    defer { given = [] }
    return stride(from: 0, to: inputs.count, by: batch.count).flatMap { first -> [[Double]] in
      given = Array(inputs[first..<min(first + batch.count, inputs.count)])
      evaluate(Array(repeating: 0, count: given.count)[...], activation: activation)
      return (0..<pass.activeShards).flatMap { shard -> [[Double]] in
        let value = pass.value(network.nodes.count, shard: shard)
        return (0..<value.columns).map { column in
          (0..<value.rows).map { Double(value[$0, column]) }
        }
      }
    }
  }

  /// That of training on the present samples.
  private func context(
    _ activation: FeedForwardActivation, renewsStatistics: Bool = true
  ) -> FeedForwardContext {
    FeedForwardContext(
      weights: weights, activation: activation, renewsStatistics: renewsStatistics,
      draw: FeedForwardContext.Draw(
        seed: configuration.seed, epoch: epoch, samples: UnsafeBufferPointer(batch)))
  }

  /// Forgets all moments, as a restart from given weights does.
  package func resetOptimizer() { optimizer.reset() }

  /// What the last update was made with, or that of the last look.
  var gradient: ParameterSlab { pass.gradients[0] }

  /// A value of the network in the present batch, as ``FeedForwardNetwork`` counts them.
  package func value(_ index: Int, shard: Int) -> Matrix { pass.value(index, shard: shard) }

  private func joinGradients() {
    for shard in 1..<max(pass.activeShards, 1) { gradient.add(pass.gradients[shard]) }
  }

  private func decay(_ gradient: ParameterSlab) {
    var share = Float(configuration.weightDecay)
    for (index, entry) in network.layout.entries.enumerated()
    where entry.role == .weight && !entry.name.hasSuffix(".gain")
      && !ActivationLayer.isResolution(entry.name)
      && !SelfLearnableActivation.isOwn(entry.name)
    {
      let handle = ParameterHandle(index: index)
      add_scaled_column_sums(
        gradient[handle].base, &share, weights[handle].base, 1, entry.count)
    }
  }

  private func prepare(_ samples: some Collection<Int>, split: Gauge.Split, epoch: Int) {
    precondition(samples.count <= batch.count, "a batch fits the trainer")
    var row = 0
    for sample in samples {
      batch[row] = sample
      row += 1
    }
    count = row
    self.split = split
    self.epoch = epoch
  }

  private func load(_ shard: Int, _ input: Matrix) {
    let rows = pass.rows(ofShard: shard)
    for (row, place) in rows.enumerated() {
      let sample = batch[place]
      heads[shard].take(row, from: images, sample: sample, split: split)
      let target = input.base + row * network.input.area
      if !given.isEmpty {
        copy(given[place], to: target, stride: input.columns)
        continue
      }
      guard split == .training, let augmentation = configuration.augmentation else {
        images.copyImage(sample, in: split, to: target, stride: input.columns)
        continue
      }
      let original = originals[shard].base
      images.copyImage(sample, in: split, to: original, stride: network.input.area)
      augmentation.change(seed: configuration.seed, sample: sample, epoch: epoch).apply(
        to: original, shape: network.input, background: images.background, into: target,
        stride: input.columns)
    }
  }

  private func copy(_ numbers: [Float], to target: UnsafeMutablePointer<Float>, stride: Int) {
    let area = network.input.area
    for (index, number) in numbers.enumerated() {
      target[index / area * stride + index % area] = number
    }
  }

  private func collect() -> Trainer.BatchResult {
    var result = Trainer.BatchResult(count: count)
    for shard in 0..<pass.activeShards {
      result.loss += heads[shard].loss
      result.correct += heads[shard].correct
    }
    return result
  }
}
