/// A layer of a feed-forward network: an immutable value that knows its sizes and where its
/// parameters are. Memory belongs to its passes.
package protocol FeedForwardLayer: Sendable {
  var input: ImageShape { get }
  var output: ImageShape { get }

  /// Writes the starting values of its parameters for `seed`.
  func initialize(_ weights: ParameterSlab, seed: UInt64)

  /// Carves memory for up to `rows` samples in each of `shards` shards.
  func makePass(shards: Int, rows: Int, in workspace: Workspace) -> any FeedForwardLayerPass
}

extension FeedForwardLayer {
  package func initialize(_ weights: ParameterSlab, seed: UInt64) {}
}

/// The memory of a ``FeedForwardLayer`` and its run over a batch, shard by shard: different shards
/// may run on different threads at once. Matrices are batches as ``ImageShape`` says.
package protocol FeedForwardLayerPass: AnyObject {
  /// Overwrites `output`, from which nothing else is written until the way back is done.
  func forward(
    _ input: Matrix, into output: Matrix, shard: Int, context: FeedForwardContext)

  /// Overwrites the layer's part of `gradients`, and `inputGradient` where it is given, after
  /// `forward` of the same shard.
  func backward(
    _ outputGradient: Matrix, input: Matrix, into inputGradient: Matrix?, shard: Int,
    context: FeedForwardContext, gradients: ParameterSlab)
}

/// A pass that needs numbers of the whole batch: each shard measures its part, the parts are joined
/// in the order of the shards, and only then it runs. The same again on the way back.
package protocol JoinedLayerPass: FeedForwardLayerPass {
  func measure(_ input: Matrix, shard: Int, context: FeedForwardContext)

  /// Joins what the first `shards` shards measured, on one thread.
  func join(shards: Int, context: FeedForwardContext)

  func measureBackward(_ outputGradient: Matrix, input: Matrix, shard: Int)

  /// The same on the way back. Overwrites the layer's part of `gradients`, which belong to the
  /// first shard.
  func joinBackward(shards: Int, context: FeedForwardContext, gradients: ParameterSlab)
}

/// What layers need to know beside their input.
package struct FeedForwardContext {
  package var weights: ParameterSlab
  /// What all activations of the network are.
  package var activation: FeedForwardActivation
  /// Whether batch normalization takes the batch's statistics, not running ones.
  package var isTraining: Bool
  /// Whether the batch's statistics renew the running ones.
  package var renewsStatistics: Bool
  /// What random numbers of layers are drawn by.
  var draw: Draw
  /// Samples that each shard but the last has.
  var shardSize = 0

  /// Random numbers are functions of these and of the place of a layer.
  struct Draw {
    var seed: UInt64 = 1
    var epoch = 0
    /// Which sample each row of the batch is; rows count themselves where there are none.
    var samples: UnsafeBufferPointer<Int>?

    func sample(_ row: Int) -> Int { samples.map { $0[row] } ?? row }
  }

  package init(
    weights: ParameterSlab, activation: FeedForwardActivation, isTraining: Bool = true,
    renewsStatistics: Bool = true
  ) {
    self.init(
      weights: weights, activation: activation, isTraining: isTraining,
      renewsStatistics: renewsStatistics, draw: Draw())
  }

  init(
    weights: ParameterSlab, activation: FeedForwardActivation, isTraining: Bool = true,
    renewsStatistics: Bool, draw: Draw
  ) {
    self.weights = weights
    self.activation = activation
    self.isTraining = isTraining
    self.renewsStatistics = renewsStatistics
    self.draw = draw
  }
}
