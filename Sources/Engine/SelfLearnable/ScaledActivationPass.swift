import Kernels

/// The run of a ``SelfLearnableActivation`` whose inputs are divided by m M + 1e-8, M being the
/// largest size of a channel in the batch, or a running one (specification of self-learnable
/// activations, 3, MS).
final class ScaledActivationPass: JoinedLayerPass {
  private let memory: SelfLearnableMemory
  /// Of each shard and channel.
  private let peaks: Matrix
  private let places: Matrix
  private let along: [Matrix]
  /// Of each channel: M, the shard that has it, and the derivative by it.
  private let peak: Matrix
  private let owner: Matrix
  private let peakGradient: Matrix
  private var isTraining = true

  init(_ memory: SelfLearnableMemory, shards: Int, in workspace: Workspace) {
    let row = { workspace.matrix(1, memory.channels) }
    self.memory = memory
    peaks = workspace.matrix(shards, memory.channels)
    places = workspace.matrix(shards, memory.channels)
    along = (0..<shards).map { _ in row() }
    (peak, owner, peakGradient) = (row(), row(), row())
  }

  func measure(_ input: Matrix, shard: Int, context: FeedForwardContext) {
    guard context.isTraining else { return }
    row_peaks(
      peaks.rows(shard, 1).base, places.rows(shard, 1).base, input.base, input.rows,
      input.columns)
  }

  func join(shards: Int, context: FeedForwardContext) {
    guard let maximum = memory.layer.maximum else { return }
    let running = context.weights[maximum.peak]
    let multiplier = context.weights[maximum.multiplier][0, 0]
    isTraining = context.isTraining
    memory.write(memory.rows[0], context.weights)
    for channel in 0..<memory.channels {
      if isTraining {
        let best = (0..<shards).reduce(0) {
          peaks[$1, channel] > peaks[$0, channel] ? $1 : $0
        }
        (owner[0, channel], peak[0, channel]) = (Float(best), peaks[best, channel])
        if context.renewsStatistics, peak[0, channel].isFinite {
          running[channel, 0] +=
            SelfLearnableActivation.renewal * (peak[0, channel] - running[channel, 0])
        }
      } else {
        peak[0, channel] = running[channel, 0]
      }
      // Of a channel that is all 0 the divisor is no more than what keeps it from being 0 itself: its
      // gradients would drown all others.
      memory.scale[0, channel] =
        peak[0, channel] == 0
        ? 0 : 1 / (multiplier * peak[0, channel] + Float(SelfLearnableActivation.epsilon))
    }
  }

  func forward(
    _ input: Matrix, into output: Matrix, shard: Int, context: FeedForwardContext
  ) {
    memory.run(input, into: output, rows: memory.rows[0])
  }

  func measureBackward(_ outputGradient: Matrix, input: Matrix, shard: Int) {
    memory.runBack(
      outputGradient, input: input, rows: memory.rows[0], into: nil,
      rowGradients: memory.rowGradients[shard], along: along[shard])
  }

  func joinBackward(shards: Int, context: FeedForwardContext, gradients: ParameterSlab) {
    guard let maximum = memory.layer.maximum else { return }
    let sums = SelfLearnableMemory.join(memory.rowGradients, shards: shards)
    memory.spread(sums, context.weights, into: gradients)
    let byScale = SelfLearnableMemory.join(along, shards: shards)
    let multiplier = context.weights[maximum.multiplier][0, 0]
    var sum: Float = 0
    for channel in 0..<memory.channels {
      let scale = memory.scale[0, channel]
      let byDivisor = -scale * scale * byScale[0, channel]
      sum += byDivisor * peak[0, channel]
      peakGradient[0, channel] = byDivisor * multiplier
    }
    gradients[maximum.multiplier][0, 0] = sum
  }

  func backward(
    _ outputGradient: Matrix, input: Matrix, into inputGradient: Matrix?, shard: Int,
    context: FeedForwardContext, gradients: ParameterSlab
  ) {
    guard let inputGradient else { return }
    memory.runBack(
      outputGradient, input: input, rows: memory.rows[0], into: inputGradient,
      rowGradients: nil, along: nil)
    guard isTraining, memory.layer.configuration.normalization == .maximum(passesGradient: true)
    else { return }
    for channel in 0..<memory.channels where owner[0, channel] == Float(shard) {
      let place = Int(places[shard, channel])
      let sign: Float = input[channel, place] < 0 ? -1 : 1
      inputGradient[channel, place] += sign * peakGradient[0, channel]
    }
  }
}
