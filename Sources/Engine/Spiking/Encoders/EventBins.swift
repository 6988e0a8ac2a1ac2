/// Events of a sensor as spike trains: an event at time t is a spike in the step after floor(t/dt),
/// several events of a channel in one step are one spike, and what comes at T or later is cut off
/// (specification of the spiking networks, 3.7 and 5.2).
package struct EventBins: Sendable, Equatable {
  package var channels: Int
  /// T.
  package var steps: Int
  /// Length of a step, in the unit of the times.
  package var length: Double

  /// - Precondition: at most ``SpikeTrains/mostSteps`` steps, of a length above 0.
  package init(channels: Int, steps: Int, length: Double) {
    precondition(0...SpikeTrains.mostSteps ~= steps && length > 0)
    (self.channels, self.steps, self.length) = (channels, steps, length)
  }

  /// - Parameter events: in any order
  /// - Precondition: channels from 0 to below ``channels``, times of 0 or above.
  package func trains(_ events: some Sequence<(channel: Int, time: Double)>) -> SpikeTrains {
    var places: [Int] = []
    for event in events {
      precondition(0..<channels ~= event.channel && event.time >= 0)
      let bin = (event.time / length).rounded(.down)
      if bin + 1 < Double(steps) { places.append(event.channel * steps + Int(bin) + 1) }
    }
    places.sort()
    var offsets: [Int32] = [0]
    offsets.reserveCapacity(channels + 1)
    var times: [UInt16] = []
    var last = -1
    for place in places where place != last {
      let channel = place / steps
      while offsets.count <= channel { offsets.append(Int32(times.count)) }
      times.append(UInt16(place - channel * steps))
      last = place
    }
    while offsets.count <= channels { offsets.append(Int32(times.count)) }
    return SpikeTrains(steps: steps, offsets: offsets, times: times)
  }
}
