/// Counts and intervals between spikes of every neuron, by running sums: 64 bytes a neuron, whatever
/// the number of spikes. Both spikes of an interval are among those that were recorded
/// (specification of inhibitory networks, 4).
package struct IntervalStatistics: Sendable {
  fileprivate struct Tally: Sendable {
    var spikes = 0
    var first = 0.0
    var last = 0.0
    /// Mean of the intervals, and their summed squared deviations from it (Welford 1962).
    var mean = 0.0
    var spread = 0.0
    /// The first and the newest interval.
    var firstInterval = 0.0
    var lastInterval = 0.0
    /// Σ 2|T' - T|/(T' + T) of neighbouring intervals.
    var change = 0.0

    var intervals: Int { max(spikes - 1, 0) }

    mutating func add(interval: Double, number: Int) {
      let offset = interval - mean
      mean += offset / Double(number)
      spread += offset * (interval - mean)
      if number == 1 { firstInterval = interval } else { addChange(to: interval) }
      lastInterval = interval
    }

    mutating func addChange(to interval: Double) {
      change += 2 * abs(interval - lastInterval) / (interval + lastInterval)
    }
  }

  private var tallies: [Tally]
  /// The longest of all intervals; 0 without any.
  package private(set) var longest = 0.0

  package init(neurons: Int) { tallies = Array(repeating: Tally(), count: neurons) }

  package var neurons: Int { tallies.count }

  /// Takes a spike of a neuron, in order of time, and gives the interval since the one before.
  @discardableResult
  package mutating func record(_ neuron: UInt32, at time: Double) -> Double? {
    let index = Int(neuron)
    let number = tallies[index].spikes
    tallies[index].spikes += 1
    defer { tallies[index].last = time }
    guard number > 0 else {
      tallies[index].first = time
      return nil
    }
    let interval = time - tallies[index].last
    tallies[index].add(interval: interval, number: number)
    longest = max(longest, interval)
    return interval
  }

  package mutating func removeAll() {
    for index in tallies.indices { tallies[index] = Tally() }
    longest = 0
  }

  /// Adds what the same neurons did in a later stretch of time that follows, with the intervals
  /// across the border.
  package mutating func append(_ later: IntervalStatistics) {
    precondition(later.neurons == neurons, "of the same neurons")
    longest = max(longest, later.longest)
    for index in tallies.indices where later.tallies[index].spikes > 0 {
      let next = later.tallies[index]
      guard tallies[index].spikes > 0 else {
        tallies[index] = next
        continue
      }
      let across = next.first - tallies[index].last
      longest = max(longest, across)
      tallies[index].add(interval: across, number: tallies[index].spikes)
      tallies[index].spikes += 1
      tallies[index].absorb(next)
    }
  }

  // MARK: What was counted

  /// n_i.
  package var counts: [Int] { tallies.map(\.spikes) }

  package var spikes: Int { tallies.reduce(0) { $0 + $1.spikes } }

  /// Neurons that fired at least once.
  package var activeNeurons: Int { tallies.count { $0.spikes > 0 } }

  /// Intervals of all neurons.
  package var intervals: Int { tallies.reduce(0) { $0 + $1.intervals } }

  /// Neurons with at least two intervals, which have a CV.
  package var variedNeurons: Int { tallies.count { $0.intervals > 1 } }

  /// CV of a neuron, √(<T²> - <T>²)/<T>; `nil` with fewer than two intervals.
  package func variation(of neuron: Int) -> Double? {
    let tally = tallies[neuron]
    guard tally.intervals > 1 else { return nil }
    return (tally.spread / Double(tally.intervals)).squareRoot() / tally.mean
  }

  /// CV2 of a neuron, the mean of 2|T' - T|/(T' + T) of neighbouring intervals; `nil` with fewer
  /// than two.
  package func localVariation(of neuron: Int) -> Double? {
    let tally = tallies[neuron]
    guard tally.intervals > 1 else { return nil }
    return tally.change / Double(tally.intervals - 1)
  }

  /// The mean of CV over the neurons that have one.
  package var meanVariation: Double? { mean(variation) }

  /// The mean of CV2 over the neurons that have one.
  package var meanLocalVariation: Double? { mean(localVariation) }

  private func mean(_ value: (Int) -> Double?) -> Double? {
    var (sum, count) = (0.0, 0)
    for neuron in tallies.indices {
      guard let value = value(neuron) else { continue }
      sum += value
      count += 1
    }
    return count > 0 ? sum / Double(count) : nil
  }
}

extension IntervalStatistics.Tally {
  /// Adds the intervals of a later tally, whose first spike is already the newest of this one.
  fileprivate mutating func absorb(_ next: Self) {
    last = next.last
    guard next.intervals > 0 else { return }
    addChange(to: next.firstInterval)
    change += next.change
    let (own, other) = (Double(intervals), Double(next.intervals))
    let offset = next.mean - mean
    spread += next.spread + offset * offset * own * other / (own + other)
    mean += offset * other / (own + other)
    lastInterval = next.lastInterval
    spikes += next.intervals
  }
}

extension IntervalStatistics: NumberStreamed {
  func write(to stream: inout NumberStream) {
    stream.put(longest)
    stream.put(tallies.map(\.spikes))
    for path in Tally.numbers { stream.put(tallies.map { $0[keyPath: path] }) }
  }

  mutating func read(from stream: inout NumberStream) -> Bool {
    guard let longest = stream.take(), let spikes = stream.takeCounts(count: neurons) else {
      return false
    }
    self.longest = longest
    for index in tallies.indices { tallies[index].spikes = spikes[index] }
    for path in Tally.numbers {
      guard let values = stream.take(count: neurons) else { return false }
      for index in tallies.indices { tallies[index][keyPath: path] = values[index] }
    }
    return true
  }
}

extension IntervalStatistics.Tally {
  fileprivate static var numbers: [WritableKeyPath<Self, Double>] {
    [\.first, \.last, \.mean, \.spread, \.firstInterval, \.lastInterval, \.change]
  }
}
