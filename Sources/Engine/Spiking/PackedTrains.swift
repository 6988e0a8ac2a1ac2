/// The trains of many samples in little room: the places channel x T + step of a sample's spikes,
/// ascending, each as its distance from the one before in seven bits a byte, the lowest first, the
/// eighth bit saying that more follow. Most spikes take one byte or two.
package struct PackedTrains: Sendable, Equatable {
  package let channels: Int
  package let steps: Int
  /// Where the bytes of each sample end.
  package private(set) var ends: [Int] = []
  package private(set) var bytes: [UInt8] = []

  package init(channels: Int, steps: Int) {
    (self.channels, self.steps) = (channels, steps)
  }

  package var count: Int { ends.count }

  /// - Precondition: trains of these channels and steps.
  package mutating func append(_ trains: SpikeTrains) {
    append(packed: Self.packed(trains))
  }

  /// Takes bytes that ``packed(_:)`` has made.
  mutating func append(packed sample: [UInt8]) {
    bytes.append(contentsOf: sample)
    ends.append(bytes.count)
  }

  static func packed(_ trains: SpikeTrains) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2 * trains.count)
    var last = -1
    for channel in 0..<trains.channels {
      for step in trains.times(of: channel) {
        let place = channel * trains.steps + Int(step)
        var distance = UInt(place - last - 1)
        while distance > 0x7F {
          bytes.append(UInt8(truncatingIfNeeded: distance) | 0x80)
          distance >>= 7
        }
        bytes.append(UInt8(distance))
        last = place
      }
    }
    return bytes
  }

  package subscript(sample: Int) -> SpikeTrains {
    let start = sample == 0 ? 0 : ends[sample - 1]
    var offsets: [Int32] = [0]
    offsets.reserveCapacity(channels + 1)
    var times: [UInt16] = []
    times.reserveCapacity(ends[sample] - start)
    var place = -1
    var distance = 0
    var shift = 0
    for byte in bytes[start..<ends[sample]] {
      distance |= Int(byte & 0x7F) << shift
      shift += 7
      if byte & 0x80 != 0 { continue }
      place += distance + 1
      let channel = place / steps
      while offsets.count <= channel { offsets.append(Int32(times.count)) }
      times.append(UInt16(place - channel * steps))
      (distance, shift) = (0, 0)
    }
    while offsets.count <= channels { offsets.append(Int32(times.count)) }
    return SpikeTrains(steps: steps, offsets: offsets, times: times)
  }

  /// Bytes of several samples, `nil` where they are not what ``packed(_:)`` makes.
  init?(channels: Int, steps: Int, ends: [Int], bytes: [UInt8]) {
    self.init(channels: channels, steps: steps)
    guard ends.last ?? 0 == bytes.count else { return nil }
    var start = 0
    for end in ends {
      guard start...bytes.count ~= end, Self.isWhole(bytes[start..<end], below: channels * steps)
      else { return nil }
      start = end
    }
    (self.ends, self.bytes) = (ends, bytes)
  }

  private static func isWhole(_ sample: ArraySlice<UInt8>, below limit: Int) -> Bool {
    var place = -1
    var distance = 0
    var shift = 0
    for byte in sample {
      guard shift <= 28 else { return false }
      distance |= Int(byte & 0x7F) << shift
      shift += 7
      if byte & 0x80 != 0 { continue }
      place += distance + 1
      guard place < limit else { return false }
      (distance, shift) = (0, 0)
    }
    return shift == 0
  }
}
