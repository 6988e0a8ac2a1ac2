import Foundation

/// What a network did of late, for a display that goes on: active neurons, mean rate and ρ of the
/// last window, in 40 bytes a neuron.
///
/// The active neurons are exact. Spikes are counted in slots of a 64th of the window, so that the
/// rate is that of the last 63 to 64 slots. ρ is that of the samples since the half of a window
/// before the current one began: half a window to a whole one.
package struct RecentActivity: Sendable {
  private static let slots = 64

  package let window: Double
  private var start: Double
  private var lastSpikes: [Double]
  /// Spikes in each of the last slots; slot k of time is at k modulo their number.
  private var counts = Array(repeating: 0, count: slots)
  private var slot = 0
  private var before: PotentialStatistics
  private var current: PotentialStatistics
  /// When the half window of `current` ends.
  private var halfEnd: Double

  /// - Parameters:
  ///   - neurons: N > 0.
  ///   - window: > 0.
  ///   - start: the time now.
  package init(neurons: Int, window: Double, from start: Double = 0) {
    precondition(neurons > 0 && window > 0, "a window has a length")
    (self.window, self.start) = (window, start)
    lastSpikes = Array(repeating: -.infinity, count: neurons)
    before = PotentialStatistics(neurons: neurons)
    current = before
    halfEnd = start + window / 2
  }

  private var slotLength: Double { window / Double(Self.slots) }

  private func slot(at time: Double) -> Int { Int((time - start) / slotLength) }

  /// Takes a spike, in order of time.
  package mutating func record(_ neuron: UInt32, at time: Double) {
    advance(to: time)
    lastSpikes[Int(neuron)] = time
    counts[slot % Self.slots] += 1
  }

  /// Takes the potentials at a time.
  package mutating func sample(_ potentials: UnsafeBufferPointer<Double>, at time: Double) {
    if time > halfEnd {
      swap(&before, &current)
      current.removeAll()
      if time > halfEnd + window / 2 { before.removeAll() }
      halfEnd = max(halfEnd + window / 2, time)
    }
    current.sample(potentials)
  }

  /// Empties the slots that were passed.
  private mutating func advance(to time: Double) {
    let next = slot(at: time)
    guard next > slot else { return }
    for passed in (slot + 1)...min(next, slot + Self.slots) { counts[passed % Self.slots] = 0 }
    slot = next
  }

  /// n_A of the window that ends at a time, which is not before the last spike.
  package func activeFraction(at time: Double) -> Double {
    let active = lastSpikes.count { $0 > time - window }
    return Double(active) / Double(lastSpikes.count)
  }

  /// ν̄ over all neurons of the window that ends at a time, which is not before the last spike;
  /// `nil` before anything could happen.
  package func meanRate(at time: Double) -> Double? {
    let oldest = max(0, max(slot, self.slot(at: time)) - Self.slots + 1)
    let covered = time - (start + Double(oldest) * slotLength)
    guard covered > 0 else { return nil }
    let spikes =
      oldest <= slot ? (oldest...slot).reduce(0) { $0 + counts[$1 % Self.slots] } : 0
    return Double(spikes) / (covered * Double(lastSpikes.count))
  }

  /// ρ; `nil` without samples.
  package var order: Double? {
    var all = before
    all.merge(current)
    return all.order
  }
}

extension RecentActivity: NumberStreamed {
  func write(to stream: inout NumberStream) {
    stream.put(start)
    stream.put(lastSpikes)
    stream.put(counts)
    stream.put(slot)
    stream.put(halfEnd)
    before.write(to: &stream)
    current.write(to: &stream)
  }

  mutating func read(from stream: inout NumberStream) -> Bool {
    guard let start = stream.take(), 0...1e12 ~= start,
      let lastSpikes = stream.take(count: lastSpikes.count),
      let counts = stream.takeCounts(count: Self.slots), let slot = stream.takeCount(),
      let halfEnd = stream.take(), slot >= 0, before.read(from: &stream),
      current.read(from: &stream)
    else { return false }
    (self.start, self.lastSpikes, self.counts) = (start, lastSpikes, counts)
    (self.slot, self.halfEnd) = (slot, halfEnd)
    return true
  }
}
