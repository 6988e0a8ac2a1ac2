import Engine
import Foundation

/// What one unit does over one sample.
struct UnitStatistics: Sendable, Equatable {
  /// Mean magnitude of what it emits in a step.
  var rate = 0.0
  var zeroShare = 1.0
  /// The first step at which it is not zero.
  var firstSpike: Int?
  /// Mean of the steps from one spike to the next, and their deviation over it; `nil` with fewer
  /// than two intervals.
  var meanInterval: Double?
  var intervalVariation: Double?
  var (lowest, highest) = (0.0, 0.0)
  /// Share of the steps at the value that it has most often, where that is not zero.
  var stuckShare = 0.0
  /// log2 of the range of counts, their entropy, and their mean bit length (specification of the
  /// hybrid LMU, 6.1), of this sample alone.
  var (bitsRange, bitsEntropy, significantBits) = (0.0, 0.0, 0.0)

  var isDead: Bool { firstSpike == nil }
  /// Nearly always at one value.
  var isSaturated: Bool { stuckShare >= 0.95 }

  /// The statistics of all units of a raster.
  static func all(of raster: Raster) -> [UnitStatistics] {
    guard raster.steps > 0 else { return [] }
    return (0..<raster.units).map { unit in
      let start = unit * raster.steps
      guard start + raster.steps <= raster.values.count else { return UnitStatistics() }
      return UnitStatistics(raster.values[start..<start + raster.steps])
    }
  }

  init() {}

  init(_ values: ArraySlice<Float>) {
    let count = Double(max(1, values.count))
    var (sum, zeros, bits) = (0.0, 0, 0.0)
    var levels: [Float: Int] = [:]
    for (step, value) in values.enumerated() {
      sum += Double(value.magnitude)
      levels[value, default: 0] += 1
      if value == 0 { zeros += 1 } else if firstSpike == nil { firstSpike = step }
      let magnitude = Double(value.magnitude).rounded()
      if magnitude >= 1, magnitude < 1e9 { bits += floor(log2(magnitude)) + 1 }
    }
    (rate, zeroShare, significantBits) = (sum / count, Double(zeros) / count, bits / count)
    (lowest, highest) = (Double(values.min() ?? 0), Double(values.max() ?? 0))
    if (highest - lowest).isFinite { bitsRange = log2(highest - lowest + 1) }
    for (value, times) in levels {
      let share = Double(times) / count
      bitsEntropy -= share * log2(share)
      if value != 0 { stuckShare = max(stuckShare, share) }
    }
    takeIntervals(Self.intervals(of: values))
  }

  private mutating func takeIntervals(_ intervals: [Int]) {
    guard intervals.count >= 2 else { return }
    let mean = Double(intervals.reduce(0, +)) / Double(intervals.count)
    let variance = intervals.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    meanInterval = mean
    intervalVariation = (variance / Double(intervals.count)).squareRoot() / mean
  }

  /// Steps from each spike to the next.
  static func intervals(of values: ArraySlice<Float>) -> [Int] {
    let spikes = values.enumerated().filter { $0.element != 0 }.map(\.offset)
    return zip(spikes.dropFirst(), spikes).map { $0 - $1 }
  }
}
