import Foundation
import Kernels

/// Measures what the counts of one site say, from one exact histogram per unit.
///
/// Every metric of the hybrid-spiking specification, section 6.1, follows from the histograms.
/// They widen with the counts up to |n| = 4095, 12 bits; larger counts are taken as that.
package final class BitMeter {
  package let units: Int
  /// Histogram of unit u: bins * u ..< bins * (u + 1); bin b stands for n = b - bins / 2.
  private var histograms: [UInt32]
  private var bins: Int
  private static let largestBins = 8192
  /// Counts seen per unit.
  private(set) var observations = 0

  package init(units: Int) {
    self.units = units
    bins = 64
    histograms = Array(repeating: 0, count: units * bins)
  }

  package func reset() {
    observations = 0
    histograms.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
  }

  /// The histograms as floats, units x bins; exact up to 2^24 counts of a value.
  var contents: [Float] { histograms.map { Float($0) } }

  /// Overwrites everything with the contents of another meter of as many units that had seen
  /// `observations` counts of each; `false`, and nothing has changed, where they do not fit.
  func take(_ contents: [Float], observations: Int) -> Bool {
    let width = units == 0 ? 0 : contents.count / units
    guard observations >= 0, width * units == contents.count, width >= 2,
      width <= Self.largestBins, width.nonzeroBitCount == 1,
      contents.allSatisfy({ $0 >= 0 && $0 <= 4_294_967_040 })
    else { return false }
    bins = width
    histograms = contents.map { UInt32($0) }
    self.observations = observations
    return true
  }

  /// Adds the counts n = round(w o) of `rows` rows of outputs o, `stride` floats apart.
  package func add(_ outputs: UnsafePointer<Float>, w: Float, rows: Int, stride: Int) {
    guard rows > 0 else { return }
    while true {
      let isWidest = bins == Self.largestBins
      let largest = histograms.withUnsafeMutableBufferPointer { target in
        target.baseAddress.map {
          count_levels($0, bins, outputs, w, rows, units, stride, isWidest ? 1 : 0)
        } ?? 0
      }
      guard largest >= bins / 2 && !isWidest else { break }
      widen(to: Int(largest))
    }
    observations += rows
  }

  /// Adds everything that `other` has seen.
  package func add(_ other: BitMeter) {
    precondition(other.units == units, "meters of one site")
    if other.bins > bins { widen(to: other.bins / 2 - 1) }
    let shift = bins / 2 - other.bins / 2
    let (bins, otherBins) = (bins, other.bins)
    histograms.withUnsafeMutableBufferPointer { target in
      other.histograms.withUnsafeBufferPointer { source in
        for unit in 0..<units {
          for bin in 0..<otherBins {
            target[unit * bins + bin + shift] += source[unit * otherBins + bin]
          }
        }
      }
    }
    observations += other.observations
  }

  private func widen(to largest: Int) {
    var wider = bins
    while largest >= wider / 2 && wider < Self.largestBins { wider *= 2 }
    var copy = [UInt32](repeating: 0, count: units * wider)
    for unit in 0..<units {
      let start = unit * wider + wider / 2 - bins / 2
      for bin in 0..<bins { copy[start + bin] = histograms[unit * bins + bin] }
    }
    histograms = copy
    bins = wider
  }

  /// The metrics of everything added since the last reset; `nil` when nothing was.
  package func metrics() -> SiteMetrics? {
    guard observations > 0, units > 0 else { return nil }
    var metrics = SiteMetrics()
    let isSigned = hasNegativeCounts
    histograms.withUnsafeBufferPointer { all in
      for unit in 0..<units {
        let histogram = UnsafeBufferPointer(rebasing: all[unit * bins..<(unit + 1) * bins])
        metrics.add(histogram, observations: observations, isSigned: isSigned)
      }
    }
    metrics.divide(by: Double(units))
    return metrics
  }

  private var hasNegativeCounts: Bool {
    (0..<units).contains { unit in
      histograms[unit * bins..<unit * bins + bins / 2].contains { $0 > 0 }
    }
  }
}

/// The bit metrics of one site: means over its units.
package struct SiteMetrics: Sendable, Equatable, Codable {
  package var bitsRange = 0.0
  package var bitsDistinct = 0.0
  package var bitsEntropy = 0.0
  package var significantBits = 0.0
  package var significantBitsSigned = 0.0
  package var popcount = 0.0
  package var spikeRate = 0.0
  package var zeroFraction = 0.0

  package init() {}

  /// Metrics in a fixed order, without `bitsCapacity`, which needs no data.
  package var values: [(BitMetric, Double)] {
    [
      (.bitsRange, bitsRange), (.bitsDistinct, bitsDistinct), (.bitsEntropy, bitsEntropy),
      (.significantBits, significantBits), (.significantBitsSigned, significantBitsSigned),
      (.popcount, popcount), (.spikeRate, spikeRate), (.zeroFraction, zeroFraction),
    ]
  }

  /// Adds the metrics of one unit with the given histogram, whose middle bin is n = 0.
  mutating func add(
    _ histogram: UnsafeBufferPointer<UInt32>, observations: Int, isSigned: Bool
  ) {
    var (lowest, highest, distinct) = (Int.max, Int.min, 0)
    for (bin, count) in histogram.enumerated() where count > 0 {
      let n = bin - histogram.count / 2
      lowest = min(lowest, n)
      highest = n
      distinct += 1
      let share = Double(count) / Double(observations)
      let magnitude = n.magnitude
      let length = Double(UInt.bitWidth - magnitude.leadingZeroBitCount)
      bitsEntropy -= share * log2(share)
      significantBits += share * length
      significantBitsSigned += share * (length + (isSigned && n != 0 ? 1 : 0))
      popcount += share * Double(magnitude.nonzeroBitCount)
      spikeRate += share * Double(magnitude)
      if n == 0 { zeroFraction += share }
    }
    guard distinct > 0 else { return }
    bitsRange += log2(Double(highest - lowest + 1))
    bitsDistinct += log2(Double(distinct))
  }

  mutating func divide(by units: Double) {
    bitsRange /= units
    bitsDistinct /= units
    bitsEntropy /= units
    significantBits /= units
    significantBitsSigned /= units
    popcount /= units
    spikeRate /= units
    zeroFraction /= units
  }
}

/// Metrics of several sites as the average weight sees them (hybrid-spiking specification, section
/// 6.1).
package struct WeightedMetrics: Sendable {
  /// One site: its metrics, number of units, and weights fed by each unit at every step.
  package struct Site: Sendable {
    package var metrics: SiteMetrics
    package var units: Int
    package var fanOut: Int

    package init(metrics: SiteMetrics, units: Int, fanOut: Int) {
      self.metrics = metrics
      self.units = units
      self.fanOut = fanOut
    }

    var weights: Double { Double(units * fanOut) }
  }

  package let sites: [Site]

  package init(_ sites: [Site]) { self.sites = sites }

  /// sum fanOut X / sum fanOut.
  package func weighted(_ metric: (SiteMetrics) -> Double) -> Double {
    let total = sites.reduce(0) { $0 + $1.weights }
    guard total > 0 else { return 0 }
    return sites.reduce(0) { $0 + $1.weights * metric($1.metrics) } / total
  }
}
