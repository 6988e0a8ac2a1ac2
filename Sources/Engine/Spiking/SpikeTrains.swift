/// The spikes of a group of neurons or channels in one trial. Immutable; may be read from several
/// threads at once.
package struct SpikeTrains: Sendable, Equatable {
  /// T: spikes are in steps 0 to T - 1.
  package let steps: Int
  /// `offsets[c]..<offsets[c + 1]` is where `times` holds the spikes of channel c.
  package let offsets: [Int32]
  /// The steps of the spikes, channel after channel, ascending in each.
  package let times: [UInt16]

  /// The largest T.
  package static let mostSteps = Int(UInt16.max)

  package var channels: Int { offsets.count - 1 }
  /// All spikes of all channels.
  package var count: Int { times.count }

  /// - Precondition: each channel's times ascend, without a step twice, and are below `steps`.
  package init(steps: Int, times: [[Int]]) {
    precondition(0...Self.mostSteps ~= steps)
    var offsets: [Int32] = [0]
    var all: [UInt16] = []
    for channel in times {
      precondition(zip(channel, channel.dropFirst()).allSatisfy { $0 < $1 })
      precondition(channel.allSatisfy { 0..<steps ~= $0 })
      all.append(contentsOf: channel.lazy.map(UInt16.init))
      offsets.append(Int32(all.count))
    }
    self.init(steps: steps, offsets: offsets, times: all)
  }

  /// - Precondition: as of the other, `offsets` ascending from 0 to the count of `times`.
  package init(steps: Int, offsets: [Int32], times: [UInt16]) {
    precondition(offsets.first == 0 && offsets.last == Int32(times.count))
    (self.steps, self.offsets, self.times) = (steps, offsets, times)
  }

  package func times(of channel: Int) -> ArraySlice<UInt16> {
    times[Int(offsets[channel])..<Int(offsets[channel + 1])]
  }
}
