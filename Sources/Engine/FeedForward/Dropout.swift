import Kernels

/// Leaves out numbers at random in training and makes up for it with the others (Srivastava et al.
/// 2014): y = x / (1 - p) with probability 1 - p, else 0. In evaluation y = x.
///
/// What is left out of a sample is a function of the seed, the sample, the epoch and the place of
/// the layer.
package struct Dropout: FeedForwardLayer {
  package let input: ImageShape
  package var output: ImageShape { input }
  /// Probability p of a number to be left out.
  package let probability: Double
  /// Tells apart the dropouts of a network.
  let lane: Int

  package static let allowedProbability = 0.0...0.95

  package init(_ probability: Double, input: ImageShape, lane: Int) {
    precondition(Self.allowedProbability.contains(probability), "a probability that leaves some")
    (self.probability, self.input, self.lane) = (probability, input, lane)
  }

  package func makePass(
    shards: Int, rows: Int, in workspace: Workspace
  ) -> any FeedForwardLayerPass {
    DropoutPass(self, shards: shards, rows: rows, in: workspace)
  }
}

final class DropoutPass: FeedForwardLayerPass {
  private let layer: Dropout
  /// What each number is multiplied by, of each shard: as the input.
  private let factors: [Matrix]
  /// The uniform numbers of one sample, of each shard.
  private let uniforms: [Matrix]

  init(_ layer: Dropout, shards: Int, rows: Int, in workspace: Workspace) {
    self.layer = layer
    let shape = layer.input
    factors = (0..<shards).map { _ in workspace.matrix(shape.channels, rows * shape.area) }
    uniforms = (0..<shards).map { _ in workspace.matrix(1, shape.count) }
  }

  private func isIdle(_ context: FeedForwardContext) -> Bool {
    !context.isTraining || layer.probability == 0
  }

  func forward(
    _ input: Matrix, into output: Matrix, shard: Int, context: FeedForwardContext
  ) {
    output.copy(from: input)
    if isIdle(context) { return }
    let rows = input.columns / layer.input.area
    let factors = factors[shard].batch(layer.input, rows: rows)
    for row in 0..<rows {
      let sample = context.draw.sample(shard * context.shardSize + row)
      draw(row, sample: sample, factors, shard, context)
    }
    multiply_in_place(output.base, factors.base, output.count)
  }

  private func draw(
    _ row: Int, sample: Int, _ factors: Matrix, _ shard: Int, _ context: FeedForwardContext
  ) {
    let (shape, numbers) = (layer.input, uniforms[shard])
    RandomStream(
      seed: context.draw.seed, purpose: .dropout, lane: layer.lane, first: sample,
      second: context.draw.epoch
    ).fillUniforms(numbers.base, count: shape.count)
    let (limit, kept) = (Float(layer.probability), Float(1 / (1 - layer.probability)))
    for channel in 0..<shape.channels {
      let target = factors.base + channel * factors.columns + row * shape.area
      let source = numbers.base + channel * shape.area
      for place in 0..<shape.area { target[place] = source[place] < limit ? 0 : kept }
    }
  }

  func backward(
    _ outputGradient: Matrix, input: Matrix, into inputGradient: Matrix?, shard: Int,
    context: FeedForwardContext, gradients: ParameterSlab
  ) {
    guard let inputGradient else { return }
    inputGradient.copy(from: outputGradient)
    if isIdle(context) { return }
    let factors = factors[shard].batch(layer.input, rows: input.columns / layer.input.area)
    multiply_in_place(inputGradient.base, factors.base, inputGradient.count)
  }
}
