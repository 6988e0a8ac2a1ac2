/// Running quantiles of the inputs of a ``SelfLearnableActivation``: the least and the largest of a
/// thousand numbers spread over the batch lie about where the 0.1 % and the 99.9 % quantile are.
final class InputQuantiles {
  private let memory: SelfLearnableMemory
  private let shards: Int
  /// Of each shard and channel.
  private let least: Matrix
  private let largest: Matrix

  private static let looked = 1000

  init(_ memory: SelfLearnableMemory, shards: Int, in workspace: Workspace) {
    self.memory = memory
    self.shards = shards
    least = workspace.matrix(shards, memory.channels)
    largest = workspace.matrix(shards, memory.channels)
  }

  func measure(_ input: Matrix, shard: Int) {
    let step = max(1, input.columns * shards / Self.looked)
    for channel in 0..<input.rows {
      let row = input.base + channel * input.columns
      var (low, high) = (Float.infinity, -Float.infinity)
      for place in Swift.stride(from: 0, to: input.columns, by: step) {
        low = row[place] < low ? row[place] : low
        high = row[place] > high ? row[place] : high
      }
      (least[shard, channel], largest[shard, channel]) = (low, high)
    }
  }

  /// Renews the running quantiles where asked to, and takes them for the ends. The first batch is
  /// taken as it is; numbers that are not finite are not.
  func join(shards: Int, context: FeedForwardContext) {
    guard let handle = memory.layer.quantiles else { return }
    let running = context.weights[handle]
    for channel in 0..<memory.channels {
      if context.isTraining, context.renewsStatistics {
        let low = (0..<shards).reduce(Float.infinity) { min($0, least[$1, channel]) }
        let high = (0..<shards).reduce(-Float.infinity) { max($0, largest[$1, channel]) }
        renew(running, channel, low, high)
      }
      let isKnown = running[channel, 0] < running[channel, 1]
      memory.low[0, channel] = isKnown ? running[channel, 0] : -.infinity
      memory.high[0, channel] = isKnown ? running[channel, 1] : .infinity
    }
  }

  private func renew(_ running: Matrix, _ channel: Int, _ low: Float, _ high: Float) {
    guard low.isFinite, high.isFinite else { return }
    let isKnown = running[channel, 0] < running[channel, 1]
    let share = isKnown ? SelfLearnableActivation.renewal : 1
    running[channel, 0] += share * (low - running[channel, 0])
    running[channel, 1] += share * (high - running[channel, 1])
  }
}
