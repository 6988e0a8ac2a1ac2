import Kernels

/// The run of a ``SelfLearnableActivation`` whose elements are normalized over the batch
/// (specification of self-learnable activations, 1.5 and 2). In evaluation it is the plain sum of
/// elements into which running statistics are folded. A last batch of a single number has no
/// statistics: its outputs are the constant, and running statistics stay.
final class NormalizedActivationPass: JoinedLayerPass {
  private let memory: SelfLearnableMemory
  private let quantiles: InputQuantiles
  /// Of each shard, channels x elements: means, and means of squared distances from them.
  private let means: [Matrix]
  private let squares: [Matrix]
  /// Numbers of a channel in each shard.
  private let counts: Matrix
  /// Of the whole batch, or running ones: channels x elements.
  private let mean: Matrix
  private let inverse: Matrix
  /// c_j / s_j, and S_j / (s_j^2 N) of the sums S_j of gradients times distances.
  private let factors: Matrix
  private let along: Matrix
  private let constants: Matrix
  private let meanGradient: Matrix
  private var isTraining = true

  init(_ memory: SelfLearnableMemory, shards: Int, rows: Int, in workspace: Workspace) {
    let (channels, own) = (memory.channels, memory.layer.count - 1)
    let matrix = { workspace.matrix(channels, own) }
    self.memory = memory
    quantiles = InputQuantiles(memory, shards: shards, rows: rows, in: workspace)
    means = (0..<shards).map { _ in matrix() }
    squares = (0..<shards).map { _ in matrix() }
    counts = workspace.matrix(1, shards)
    (mean, inverse, factors, along) = (matrix(), matrix(), matrix(), matrix())
    (constants, meanGradient) = (workspace.matrix(1, channels), workspace.matrix(1, channels))
  }

  // MARK: Forward

  func measure(_ input: Matrix, shard: Int, context: FeedForwardContext) {
    guard context.isTraining else { return }
    counts[0, shard] = Float(input.columns)
    element_moments(
      means[shard].base, squares[shard].base, input.base, memory.basis, input.rows,
      input.columns)
    if memory.layer.quantiles != nil { quantiles.measure(input, shard: shard, context: context) }
  }

  func join(shards: Int, context: FeedForwardContext) {
    guard let statistics = memory.layer.statistics else { return }
    let running = (context.weights[statistics.mean], context.weights[statistics.variance])
    let rows = memory.rows[0]
    isTraining = context.isTraining
    let count = (0..<shards).reduce(0) { $0 + Int(counts[0, $1]) }
    let renews = context.renewsStatistics && count >= SelfLearnableConfiguration.leastRows
    memory.write(rows, context.weights)
    var own = context
    own.renewsStatistics = renews
    quantiles.join(shards: shards, context: own)
    for channel in 0..<memory.channels {
      constants[0, channel] = rows[channel, 0]
      for j in 0..<mean.columns {
        var moments = (mean: Double(running.0[channel, j]), variance: Double(running.1[channel, j]))
        if isTraining {
          moments = joined(channel, j, shards: shards)
          if renews { renew(running, channel, j, moments) }
        }
        // Powers that have left Float32 are not left out in silence.
        let isKnown = Float(moments.variance).isFinite
        let inverse =
          isKnown
          ? 1 / (moments.variance + SelfLearnableActivation.epsilon).squareRoot() : .nan
        let factor = Double(rows[channel, j + 1]) * inverse
        mean[channel, j] = Float(moments.mean)
        self.inverse[channel, j] = Float(inverse)
        factors[channel, j] = Float(factor)
      }
    }
    if !isTraining { fold(rows) }
  }

  /// Mean and population variance over all shards (Chan, Golub and LeVeque 1983).
  private func joined(_ channel: Int, _ j: Int, shards: Int) -> (mean: Double, variance: Double) {
    var (count, mean, squares) = (0.0, 0.0, 0.0)
    for shard in 0..<shards {
      let added = Double(counts[0, shard])
      let distance = Double(means[shard][channel, j]) - mean
      let total = count + added
      mean += distance * added / total
      squares +=
        Double(self.squares[shard][channel, j]) * added
        + distance * distance * count * added / total
      count = total
    }
    return (mean, squares / count)
  }

  private func renew(
    _ running: (Matrix, Matrix), _ channel: Int, _ j: Int,
    _ moments: (mean: Double, variance: Double)
  ) {
    guard Float(moments.mean).isFinite, Float(moments.variance).isFinite else { return }
    let share = SelfLearnableActivation.renewal
    running.0[channel, j] += share * (Float(moments.mean) - running.0[channel, j])
    running.1[channel, j] += share * (Float(moments.variance) - running.1[channel, j])
  }

  /// Turns [b, c_1 ...] into the coefficients of the plain elements.
  private func fold(_ rows: Matrix) {
    for channel in 0..<memory.channels {
      var constant = Double(rows[channel, 0])
      for j in 0..<mean.columns {
        rows[channel, j + 1] = factors[channel, j]
        constant -= Double(factors[channel, j]) * Double(mean[channel, j])
      }
      rows[channel, 0] = Float(constant)
    }
  }

  func forward(
    _ input: Matrix, into output: Matrix, shard: Int, context: FeedForwardContext
  ) {
    guard isTraining else {
      memory.run(input, into: output, rows: memory.rows[0])
      return
    }
    centred_rows(
      output.base, input.base, constants.base, factors.base, mean.base, memory.basis,
      input.rows, input.columns)
  }

  // MARK: Backward

  func measureBackward(_ outputGradient: Matrix, input: Matrix, shard: Int) {
    let sums = memory.rowGradients[shard]
    guard isTraining else {
      memory.runBack(
        outputGradient, input: input, rows: memory.rows[0], into: nil, rowGradients: sums,
        along: nil)
      return
    }
    centred_rows_sums(
      sums.base, outputGradient.base, input.base, mean.base, memory.basis, input.rows,
      input.columns)
  }

  func joinBackward(shards: Int, context: FeedForwardContext, gradients: ParameterSlab) {
    let count = (0..<shards).reduce(Float(0)) { $0 + counts[0, $1] }
    let sums = SelfLearnableMemory.join(memory.rowGradients, shards: shards)
    for channel in 0..<memory.channels {
      meanGradient[0, channel] = sums[channel, 0] / count
      for j in 0..<mean.columns {
        let inverse = inverse[channel, j]
        // Those of a fold are by the plain elements.
        if !isTraining { sums[channel, j + 1] -= mean[channel, j] * sums[channel, 0] }
        along[channel, j] = sums[channel, j + 1] * inverse * inverse / count
        sums[channel, j + 1] *= inverse
      }
    }
    memory.spread(sums, context.weights, into: gradients)
  }

  func backward(
    _ outputGradient: Matrix, input: Matrix, into inputGradient: Matrix?, shard: Int,
    context: FeedForwardContext, gradients: ParameterSlab
  ) {
    guard let inputGradient else { return }
    guard isTraining else {
      memory.runBack(
        outputGradient, input: input, rows: memory.rows[0], into: inputGradient,
        rowGradients: nil, along: nil)
      return
    }
    centred_rows_backward(
      inputGradient.base, outputGradient.base, input.base, meanGradient.base, factors.base,
      mean.base, along.base, memory.basis, input.rows, input.columns)
  }
}
