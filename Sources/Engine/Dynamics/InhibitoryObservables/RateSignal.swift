/// The rate of the whole population in bins of time, and how much it is modulated; exact, in a few
/// numbers whatever the length (specification of inhibitory networks, 4). Bins should be at most a
/// fifth of the delay.
package struct RateSignal: Sendable, Equatable {
  /// Narrower bins could not be counted over the longest runs.
  static let leastBin = 1e-8

  package let neurons: Int
  package let bin: Double
  private let start: Double
  /// The bin that spikes fall into now, and how many did.
  private var current = 0
  private var inCurrent = 0
  /// Over the bins before the current one: Σ c and Σ c².
  private var sum = 0
  private var squares = 0

  /// - Parameters:
  ///   - start: where the first bin begins.
  ///   - bin: > 0.
  package init(neurons: Int, from start: Double, bin: Double) {
    precondition(neurons > 0 && bin > 0, "bins have a width")
    (self.neurons, self.start, self.bin) = (neurons, start, bin)
  }

  /// Takes a spike after the start, in order of time. Gives, where it ends bins, their counts: how
  /// many spikes were in the current one, and how many empty ones followed it.
  @discardableResult
  package mutating func record(at time: Double) -> (spikes: Int, emptyAfter: Int)? {
    let ended = advance(to: time)
    inCurrent += 1
    return ended
  }

  /// Ends the bins that lie before a time.
  @discardableResult
  package mutating func advance(to time: Double) -> (spikes: Int, emptyAfter: Int)? {
    // Within rounding of its end a bin is over, so that a window of whole bins has all of them.
    let index = Int((time - start) / bin * (1 + 0x1p-48))
    guard index > current else { return nil }
    let ended = (spikes: inCurrent, emptyAfter: index - current - 1)
    sum += inCurrent
    squares += inCurrent * inCurrent
    (current, inCurrent) = (index, 0)
    return ended
  }

  /// Bins that are over.
  package var bins: Int { current }

  /// The mean rate of a neuron over the bins that are over; `nil` before the first is.
  package var meanRate: Double? {
    bins > 0 ? Double(sum) / (Double(bins) * Double(neurons) * bin) : nil
  }

  /// M² = var(r)/<r>² - 1/(<r> N bin), without the shot noise that random spikes would have: about
  /// 0 (of either sign) in asynchronous states, of order 1 where the rate is switched on and off.
  /// `nil` without spikes.
  package var squaredModulation: Double? {
    guard sum > 0 else { return nil }
    let mean = Double(sum) / Double(bins)
    let variance = Double(squares) / Double(bins) - mean * mean
    return variance / (mean * mean) - 1 / mean
  }

  /// M, 0 where M² is negative.
  package var modulation: Double? { squaredModulation.map { max(0, $0).squareRoot() } }

  /// Adds the bins of another stretch of the same population, of the same width.
  package mutating func merge(_ other: RateSignal) {
    precondition(other.neurons == neurons && other.bin == bin, "of the same population and bins")
    current += other.current
    sum += other.sum
    squares += other.squares
  }
}

/// How many neurons fire how fast.
package struct RateHistogram: Sendable, Equatable {
  /// Neurons in each of the bins, which share 0...highest equally; faster ones are in the last.
  package private(set) var bins: [Int]
  package let highest: Double

  /// - Parameters:
  ///   - counts: n_i within `length`.
  ///   - highest: the right end of the last bin, above 0.
  package init(counts: [Int], length: Double, bins: Int, highest: Double) {
    precondition(bins > 0 && highest > 0 && length > 0, "a histogram has bins")
    self.bins = Array(repeating: 0, count: bins)
    self.highest = highest
    for count in counts {
      let place = Double(count) / length / highest * Double(bins)
      self.bins[Int(min(place, Double(bins - 1)))] += 1
    }
  }
}

extension RateSignal: NumberStreamed {
  func write(to stream: inout NumberStream) {
    for number in [current, inCurrent, sum, squares] { stream.put(number) }
  }

  mutating func read(from stream: inout NumberStream) -> Bool {
    guard let current = stream.takeCount(), let inCurrent = stream.takeCount(),
      let sum = stream.takeCount(), let squares = stream.takeCount()
    else { return false }
    (self.current, self.inCurrent, self.sum, self.squares) = (current, inCurrent, sum, squares)
    return true
  }
}
