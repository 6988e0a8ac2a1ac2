import Foundation

/// Stretches in which a neuron fires as if there were no inhibition. A free interval is as long as
/// ln(a/(a - 1)) within 1e-9, since a single pulse would lengthen it, and later in long runs within
/// what numbers resolve of the time; a burst is a maximal run of free intervals, and all other
/// intervals are pauses (specification of inhibitory networks, 4).
///
/// 9 bytes a neuron and the histogram of the pauses, whose quantiles are within 0.23 %; everything
/// else is exact.
package struct BurstStatistics: Sendable {
  private static let tolerance = 1e-9
  /// In units of the last place of the time: both ends of an interval are rounded to one.
  private static let toleranceOfTime = 4.0

  private let freePeriods: [Double]
  /// Whether the newest interval of a neuron was free.
  private var isBursting: [Bool]
  package private(set) var freeIntervals = 0
  /// Bursts, unfinished ones too.
  package private(set) var bursts = 0
  package private(set) var pauses = LogarithmicHistogram()

  /// - Parameter excitabilities: a_i.
  package init(excitabilities: [Double]) {
    freePeriods = excitabilities.map(LeakyNeuron.period(drive:))
    isBursting = Array(repeating: false, count: excitabilities.count)
  }

  /// Takes an interval of a neuron that ends at `time`, in order of time.
  package mutating func record(interval: Double, of neuron: UInt32, at time: Double) {
    let index = Int(neuron)
    let tolerance = max(Self.tolerance, Self.toleranceOfTime * time.ulp)
    let isFree = abs(interval - freePeriods[index]) < tolerance
    if isFree {
      freeIntervals += 1
      if !isBursting[index] { bursts += 1 }
    } else {
      pauses.add(interval)
    }
    isBursting[index] = isFree
  }

  package mutating func removeAll() {
    for index in isBursting.indices { isBursting[index] = false }
    (freeIntervals, bursts) = (0, 0)
    pauses.removeAll()
  }

  package var intervals: Int { freeIntervals + pauses.count }

  /// The share of all intervals that are free; `nil` without intervals.
  package var freeFraction: Double? {
    intervals > 0 ? Double(freeIntervals) / Double(intervals) : nil
  }

  /// One more than the free intervals of a burst, mean over bursts; `nil` without any.
  package var spikesPerBurst: Double? {
    bursts > 0 ? 1 + Double(freeIntervals) / Double(bursts) : nil
  }

  /// What the share of free intervals would be if pulses came at random, Σ ν_i e^{-R T_free}/Σ ν_i;
  /// `nil` for silent neurons.
  ///
  /// - Parameters:
  ///   - counts: n_i, proportional to the rates.
  ///   - pulseRate: R = Kν̄ of all neurons.
  package func freeFractionOfRandomPulses(counts: [Int], pulseRate: Double) -> Double? {
    var (free, all) = (0.0, 0)
    for (count, period) in zip(counts, freePeriods) where count > 0 {
      free += Double(count) * exp(-pulseRate * period)
      all += count
    }
    return all > 0 ? free / Double(all) : nil
  }
}

extension BurstStatistics: NumberStreamed {
  func write(to stream: inout NumberStream) {
    stream.put(isBursting.map { $0 ? 1.0 : 0 })
    stream.put(freeIntervals)
    stream.put(bursts)
    pauses.write(to: &stream)
  }

  mutating func read(from stream: inout NumberStream) -> Bool {
    guard let isBursting = stream.take(count: isBursting.count),
      let freeIntervals = stream.takeCount(), let bursts = stream.takeCount(),
      pauses.read(from: &stream)
    else { return false }
    self.isBursting = isBursting.map { $0 != 0 }
    (self.freeIntervals, self.bursts) = (freeIntervals, bursts)
    return true
  }
}
