import Kernels

/// The spikes of a layer in the present trial, by step and by neuron, with room for all that can be.
///
/// One thread writes it; several may read it.
final class TrialSpikes: @unchecked Sendable {
  let units: Int
  let steps: Int
  private let stepOffsets, unitOffsets: UnsafeMutablePointer<Int32>
  private var firing, times: UnsafeMutablePointer<UInt16>
  private var room: Int

  /// - Parameter room: spikes that there is room for at first
  init(units: Int, steps: Int, room: Int) {
    precondition(0...Int(UInt16.max) ~= units && 1...SpikeTrains.mostSteps ~= steps)
    (self.units, self.steps, self.room) = (units, steps, max(room, 1))
    stepOffsets = .allocate(capacity: steps + 1)
    unitOffsets = .allocate(capacity: units + 1)
    stepOffsets.initialize(repeating: 0, count: steps + 1)
    unitOffsets.initialize(repeating: 0, count: units + 1)
    firing = .allocate(capacity: self.room)
    times = .allocate(capacity: self.room)
    firing.initialize(repeating: 0, count: self.room)
    times.initialize(repeating: 0, count: self.room)
  }

  deinit {
    stepOffsets.deallocate()
    unitOffsets.deallocate()
    firing.deallocate()
    times.deallocate()
  }

  /// As the kernels see it.
  var pointers: spike_record {
    spike_record(
      steps: steps, units: units, step_offsets: stepOffsets, firing: firing,
      unit_offsets: unitOffsets, times: times)
  }

  /// All spikes.
  var count: Int { Int(stepOffsets[steps]) }

  func spikes(of unit: Int) -> Int { Int(unitOffsets[unit + 1] - unitOffsets[unit]) }

  var counts: [Int] { (0..<units).map(spikes) }

  /// The spikes as they are now.
  var trains: SpikeTrains {
    SpikeTrains(
      steps: steps,
      offsets: Array(UnsafeBufferPointer(start: unitOffsets, count: units + 1)),
      times: Array(UnsafeBufferPointer(start: times, count: count)))
  }

  /// Takes over trains of as many channels; spikes at T and later are left out.
  func set(_ trains: SpikeTrains) {
    precondition(trains.channels == units, "a train for each channel")
    grow(to: trains.count)
    var place: Int32 = 0
    unitOffsets[0] = 0
    for channel in 0..<units {
      for time in trains.times(of: channel) where Int(time) < steps {
        times[Int(place)] = time
        place += 1
      }
      unitOffsets[channel + 1] = place
    }
    spike_record_by_step(pointers)
  }

  /// Gives one neuron other spikes.
  func replace(_ unit: Int, with spikes: [Int]) {
    var all = (0..<units).map { unit in
      (unitOffsets[unit]..<unitOffsets[unit + 1]).map { Int(times[Int($0)]) }
    }
    all[unit] = spikes
    set(SpikeTrains(steps: steps, times: all))
  }

  private func grow(to count: Int) {
    guard count > room else { return }
    firing.deallocate()
    times.deallocate()
    room = count + count / 4
    firing = .allocate(capacity: room)
    times = .allocate(capacity: room)
    firing.initialize(repeating: 0, count: room)
    times.initialize(repeating: 0, count: room)
  }
}
