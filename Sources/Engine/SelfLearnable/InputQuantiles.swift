/// Running quantiles of the inputs of a ``SelfLearnableActivation``, by Robbins and Monro (1951): with
/// each batch, an end moves outwards by the share of inputs beyond it that is too large, and inwards by
/// what is too small, as a part of the range.
final class InputQuantiles {
  private let memory: SelfLearnableMemory
  /// Numbers from one that is looked at to the next: without a common factor with the places of a
  /// plane, so that all of them have their turn.
  private let step: Int
  /// Of each shard and channel.
  private let least: Matrix
  private let largest: Matrix
  /// How many of the numbers looked at are beyond the present ends, and how many there are.
  private let below: Matrix
  private let above: Matrix
  private let counts: Matrix

  private static let looked = 1000
  /// The share of inputs that is to be beyond each end.
  private static let share: Float = 0.001

  init(_ memory: SelfLearnableMemory, shards: Int, rows: Int, in workspace: Workspace) {
    let area = memory.layer.input.area
    let matrix = { workspace.matrix(shards, memory.channels) }
    self.memory = memory
    step = Self.step(least: max(1, rows * shards * area / Self.looked), area: area)
    (least, largest, below, above) = (matrix(), matrix(), matrix(), matrix())
    counts = workspace.matrix(1, shards)
  }

  private static func step(least: Int, area: Int) -> Int {
    var step = least
    while greatestCommonDivisor(step, area) > 1 { step += 1 }
    return step
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
  }

  func measure(_ input: Matrix, shard: Int, context: FeedForwardContext) {
    guard let handle = memory.layer.quantiles else { return }
    let running = context.weights[handle]
    counts[0, shard] = Float((input.columns + step - 1) / step)
    for channel in 0..<input.rows {
      let row = input.base + channel * input.columns
      let (first, last) = (running[channel, 0], running[channel, 1])
      var (low, high, under, over) = (Float.infinity, -Float.infinity, Float(0), Float(0))
      for place in Swift.stride(from: 0, to: input.columns, by: step) {
        let x = row[place]
        low = x < low ? x : low
        high = x > high ? x : high
        under += x < first ? 1 : 0
        over += x > last ? 1 : 0
      }
      (least[shard, channel], largest[shard, channel]) = (low, high)
      (below[shard, channel], above[shard, channel]) = (under, over)
    }
  }

  /// Renews the running quantiles where asked to, and takes them for the ends. Of the first batch they
  /// are its ends, where these are finite.
  func join(shards: Int, context: FeedForwardContext) {
    guard let handle = memory.layer.quantiles else { return }
    let running = context.weights[handle]
    for channel in 0..<memory.channels {
      if context.isTraining, context.renewsStatistics {
        renew(running, channel, shards: shards)
      }
      let isKnown = running[channel, 0] < running[channel, 1]
      memory.low[0, channel] = isKnown ? running[channel, 0] : -.infinity
      memory.high[0, channel] = isKnown ? running[channel, 1] : .infinity
    }
  }

  private func renew(_ running: Matrix, _ channel: Int, shards: Int) {
    let range = running[channel, 1] - running[channel, 0]
    let count = (0..<shards).reduce(Float(0)) { $0 + counts[0, $1] }
    guard range > 0 else {
      let low = (0..<shards).reduce(Float.infinity) { min($0, least[$1, channel]) }
      let high = (0..<shards).reduce(-Float.infinity) { max($0, largest[$1, channel]) }
      guard low.isFinite, high.isFinite else { return }
      (running[channel, 0], running[channel, 1]) = (low, high)
      return
    }
    let sum = { (part: Matrix) in (0..<shards).reduce(Float(0)) { $0 + part[$1, channel] } }
    let low = running[channel, 0] - range * (sum(below) / count - Self.share)
    let high = running[channel, 1] + range * (sum(above) / count - Self.share)
    guard low < high, low.isFinite, high.isFinite else { return }
    (running[channel, 0], running[channel, 1]) = (low, high)
  }
}
