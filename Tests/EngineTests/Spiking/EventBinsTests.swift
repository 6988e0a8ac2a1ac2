import Engine
import Testing

@Suite struct EventBinsTests {
  private func trains(_ events: [(channel: Int, time: Double)]) -> SpikeTrains {
    EventBins(channels: 3, steps: 5, length: 2).trains(events)
  }

  @Test func `an event is in the step after its bin, and once`() {
    let trains = trains([(2, 1.9), (0, 0), (2, 2), (2, 0), (0, 1), (2, 5.5)])
    #expect(trains == SpikeTrains(steps: 5, times: [[1], [], [1, 2, 3]]))
  }

  @Test func `what is late is cut off`() {
    #expect(
      trains([(1, 8), (1, 7.99), (1, 1e300)]) == SpikeTrains(steps: 5, times: [[], [4], []]))
  }

  @Test func `no events are empty trains`() {
    #expect(trains([]) == SpikeTrains(steps: 5, times: [[], [], []]))
  }
}
