import Kernels

/// The run of a ``BatchNorm``. Means and squared distances of the shards are joined as Chan, Golub
/// and LeVeque 1983 do it, in the order of the shards.
final class BatchNormPass: JoinedLayerPass {
  private let layer: BatchNorm
  /// Of each shard and channel: the mean and the sum of squared distances from it; on the way back
  /// the sum of the gradient and that of the gradient times the distance from the batch's mean.
  private let first: Matrix
  private let second: Matrix
  /// Numbers of a channel in each shard.
  private let counts: Matrix
  /// The mean of each channel, and 1 / sqrt(variance + epsilon).
  private let mean: Matrix
  private let inverse: Matrix
  /// y = scale x + shift, and dx = scale dy + slope x + offset.
  private let scale: Matrix
  private let shift: Matrix
  private let slope: Matrix
  private let offset: Matrix

  init(_ layer: BatchNorm, shards: Int, in workspace: Workspace) {
    self.layer = layer
    let channels = layer.input.channels
    let row = { workspace.matrix(1, channels) }
    first = workspace.matrix(shards, channels)
    second = workspace.matrix(shards, channels)
    counts = workspace.matrix(1, shards)
    (mean, inverse, scale) = (row(), row(), row())
    (shift, slope, offset) = (row(), row(), row())
  }

  // MARK: Forward

  func measure(_ input: Matrix, shard: Int, context: FeedForwardContext) {
    guard context.isTraining else { return }
    counts[0, shard] = Float(input.columns)
    row_moments(
      first.rows(shard, 1).base, second.rows(shard, 1).base, input.base, input.rows,
      input.columns)
  }

  func join(shards: Int, context: FeedForwardContext) {
    for channel in 0..<layer.input.channels {
      var (mean, variance) = (0.0, 0.0)
      if context.isTraining {
        (mean, variance) = statistics(channel, shards: shards, context)
      } else {
        mean = Double(context.weights[layer.mean][channel, 0])
        variance = Double(context.weights[layer.variance][channel, 0])
      }
      let inverse = 1 / (variance + BatchNorm.epsilon).squareRoot()
      let scale = gain(channel, context.weights) * inverse
      self.mean[0, channel] = Float(mean)
      self.inverse[0, channel] = Float(inverse)
      self.scale[0, channel] = Float(scale)
      let shift = layer.scale.map { Double(context.weights[$0.shift][channel, 0]) } ?? 0
      self.shift[0, channel] = Float(shift - scale * mean)
    }
  }

  private func gain(_ channel: Int, _ weights: ParameterSlab) -> Double {
    layer.scale.map { Double(weights[$0.gain][channel, 0]) } ?? 1
  }

  /// Mean and variance of a channel over all shards; renews the running ones where asked to.
  private func statistics(
    _ channel: Int, shards: Int, _ context: FeedForwardContext
  ) -> (mean: Double, variance: Double) {
    var (count, mean, squares) = (0.0, 0.0, 0.0)
    for shard in 0..<shards {
      let added = Double(counts[0, shard])
      let distance = Double(first[shard, channel]) - mean
      let total = count + added
      mean += distance * added / total
      squares += Double(second[shard, channel]) + distance * distance * count * added / total
      count = total
    }
    guard context.renewsStatistics else { return (mean, squares / count) }
    let running = (context.weights[layer.mean], context.weights[layer.variance])
    let unbiased = squares / max(count - 1, 1)
    running.0[channel, 0] += BatchNorm.renewal * (Float(mean) - running.0[channel, 0])
    running.1[channel, 0] += BatchNorm.renewal * (Float(unbiased) - running.1[channel, 0])
    return (mean, squares / count)
  }

  func forward(
    _ input: Matrix, into output: Matrix, shard: Int, context: FeedForwardContext
  ) {
    scale_rows(output.base, input.base, scale.base, shift.base, input.rows, input.columns)
  }

  // MARK: Backward

  func measureBackward(_ outputGradient: Matrix, input: Matrix, shard: Int) {
    row_gradient_sums(
      first.rows(shard, 1).base, second.rows(shard, 1).base, outputGradient.base, input.base,
      mean.base, input.rows, input.columns)
  }

  func joinBackward(shards: Int, context: FeedForwardContext, gradients: ParameterSlab) {
    let count = (0..<shards).reduce(0.0) { $0 + Double(counts[0, $1]) }
    for channel in 0..<layer.input.channels {
      var (sum, along) = (0.0, 0.0)
      for shard in 0..<shards {
        sum += Double(first[shard, channel])
        along += Double(second[shard, channel])
      }
      let inverse = Double(self.inverse[0, channel])
      if let handles = layer.scale {
        gradients[handles.gain][channel, 0] = Float(along * inverse)
        gradients[handles.shift][channel, 0] = Float(sum)
      }
      let scale = gain(channel, context.weights) * inverse
      let slope = context.isTraining ? -scale * inverse * inverse * along / count : 0
      let offset = context.isTraining ? -scale * sum / count : 0
      self.slope[0, channel] = Float(slope)
      self.offset[0, channel] = Float(offset - slope * Double(mean[0, channel]))
    }
  }

  func backward(
    _ outputGradient: Matrix, input: Matrix, into inputGradient: Matrix?, shard: Int,
    context: FeedForwardContext, gradients: ParameterSlab
  ) {
    guard let inputGradient else { return }
    combine_rows(
      inputGradient.base, outputGradient.base, input.base, scale.base, slope.base, offset.base,
      input.rows, input.columns)
  }
}
