/// How often each neuron fired in the last half to whole window.
struct RecentRates: Sendable {
  private let half: Double
  private var before: [UInt32]
  private var current: [UInt32]
  /// When counting began of what is there, and when the half window of `current` begins.
  private var start: Double
  private var middle: Double

  init(neurons: Int, window: Double, from start: Double = 0) {
    half = window / 2
    before = [UInt32](repeating: 0, count: neurons)
    current = before
    (self.start, middle) = (start, start)
  }

  /// Takes a spike, in order of time.
  mutating func record(_ rank: UInt32, at time: Double) {
    advance(to: time)
    current[Int(rank)] += 1
  }

  private mutating func advance(to time: Double) {
    guard time > middle + half else { return }
    let isSilent = time > middle + 2 * half
    // Nobody has fired for a half window at least, so that one of silence is known.
    (start, middle) = isSilent ? (time - half, time) : (middle, middle + half)
    swap(&before, &current)
    if isSilent { for index in before.indices { before[index] = 0 } }
    for index in current.indices { current[index] = 0 }
  }

  /// The rate of each rank until now, also where nobody has fired for long.
  func rates(now: Double) -> [Double] {
    var halves = self
    halves.advance(to: now)
    let length = now - halves.start
    guard length > 0 else { return current.map { _ in 0 } }
    return zip(halves.before, halves.current).map { Double($0 + $1) / length }
  }
}

extension RecentRates: NumberStreamed {
  func write(to stream: inout NumberStream) {
    stream.put(start)
    stream.put(middle)
    stream.put(before.map { Double($0) })
    stream.put(current.map { Double($0) })
  }

  mutating func read(from stream: inout NumberStream) -> Bool {
    guard let start = stream.take(), let middle = stream.take(),
      let before = stream.takeCounts(count: before.count),
      let current = stream.takeCounts(count: current.count)
    else { return false }
    (self.start, self.middle) = (start, middle)
    self.before = before.map { UInt32(clamping: $0) }
    self.current = current.map { UInt32(clamping: $0) }
    return true
  }
}
