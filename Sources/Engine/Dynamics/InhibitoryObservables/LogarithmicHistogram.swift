import Foundation

/// Positive numbers in bins of equal width of their logarithm, 512 to a factor of ten from 1e-4 to
/// 1e8: quantiles are within 0.23 % of the exact ones (half a bin), in 49 kB whatever was added.
/// Numbers beyond the ends count as the ends.
package struct LogarithmicHistogram: Sendable, Equatable {
  private static let binsPerDecade = 512.0
  private static let lowest = -4.0
  private static let highest = 8.0

  private var bins = Array(
    repeating: 0, count: Int((highest - lowest) * binsPerDecade))
  package private(set) var count = 0

  package init() {}

  package mutating func add(_ number: Double) {
    let place = (log10(number) - Self.lowest) * Self.binsPerDecade
    let bin = place > 0 ? Int(min(place, Double(bins.count - 1))) : 0
    bins[bin] += 1
    count += 1
  }

  package mutating func merge(_ other: LogarithmicHistogram) {
    for index in bins.indices { bins[index] += other.bins[index] }
    count += other.count
  }

  package mutating func removeAll() {
    for index in bins.indices { bins[index] = 0 }
    count = 0
  }

  /// The number that a share of all do not exceed: the middle of its bin. `nil` when empty.
  package func quantile(_ share: Double) -> Double? {
    guard count > 0 else { return nil }
    let rank = max(1, Int((share * Double(count)).rounded(.up)))
    var below = 0
    for (index, bin) in bins.enumerated() {
      below += bin
      guard below < rank else {
        return pow(10, Self.lowest + (Double(index) + 0.5) / Self.binsPerDecade)
      }
    }
    return nil
  }
}

extension LogarithmicHistogram: NumberStreamed {
  func write(to stream: inout NumberStream) { stream.put(bins) }

  mutating func read(from stream: inout NumberStream) -> Bool {
    guard let bins = stream.takeCounts(count: bins.count), bins.allSatisfy({ $0 >= 0 }) else {
      return false
    }
    (self.bins, count) = (bins, bins.reduce(0, +))
    return true
  }
}
