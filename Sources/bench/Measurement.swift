import Foundation

/// Times of the same work, repeated.
struct Measurement {
  /// In seconds, sorted.
  let times: [Double]

  init(_ times: [Double]) { self.times = times.sorted() }

  /// Runs `work` once to warm up, then `count` times on the clock.
  init(count: Int, _ work: (Int) throws -> Void) rethrows {
    try work(0)
    var times: [Double] = []
    for index in 1...max(count, 1) {
      times.append(try Self.seconds { try work(index) })
    }
    self.init(times)
  }

  var median: Double { times.isEmpty ? .nan : times[times.count / 2] }
  var minimum: Double { times.first ?? .nan }
  var maximum: Double { times.last ?? .nan }
  var mean: Double { times.reduce(0, +) / Double(times.count) }

  /// The smallest time that so many percent of all do not exceed.
  func percentile(_ percent: Double) -> Double {
    let rank = Int((percent / 100 * Double(times.count)).rounded(.up))
    return times.isEmpty ? .nan : times[min(max(rank, 1), times.count) - 1]
  }

  static func seconds(_ work: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let duration = try clock.measure(work)
    return duration / .seconds(1)
  }
}

extension Double {
  /// With a fixed number of decimals.
  func fixed(_ decimals: Int) -> String { String(format: "%.\(decimals)f", self) }
}
