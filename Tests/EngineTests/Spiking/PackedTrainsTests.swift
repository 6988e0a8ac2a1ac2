import Engine
import Testing

@Suite struct PackedTrainsTests {
  @Test func `what is packed comes out again`() {
    let samples = [
      SpikeTrains(steps: 700, times: [[], [0, 1, 699], [], [0]]),
      SpikeTrains(steps: 700, times: [[], [], [], []]),
      SpikeTrains(steps: 700, times: [[0], [], [], [699]]),
      SpikeTrains(steps: 700, times: Array(repeating: Array(0..<700), count: 4)),
    ]
    var packed = PackedTrains(channels: 4, steps: 700)
    for sample in samples { packed.append(sample) }
    #expect(packed.count == 4)
    for (index, sample) in samples.enumerated() { #expect(packed[index] == sample) }
  }

  @Test func `most spikes take one byte`() {
    let image = [Float](repeating: 0.5, count: 64)
    let trains = PoissonEncoder(seed: 1, steps: 400).trains(image, of: .init(sample: 0))
    var packed = PackedTrains(channels: 64, steps: 400)
    packed.append(trains)
    #expect(packed[0] == trains)
    #expect(packed.bytes.count < trains.count * 11 / 10)
  }

  @Test func `stored spikes have their parts`() {
    var packed = PackedTrains(channels: 1, steps: 10)
    for step in 0..<8 { packed.append(SpikeTrains(steps: 10, times: [[step]])) }
    let members = (0..<8).map { StoredSpikes.Member(label: $0 % 2, tests: $0 >= 6) }
    let data = StoredSpikes(
      title: "made", classNames: ["even", "odd"], packed: packed, members: members)
    #expect(Gauge.Split.allCases.map { data.count(in: $0) } == [6, 0, 2])
    #expect(data.trains(1, in: .test, presentation: 5) == SpikeTrains(steps: 10, times: [[7]]))
    #expect(data.label(1, in: .test) == 1)

    let split = data.validating(2, seed: 4)
    #expect(Gauge.Split.allCases.map { split.count(in: $0) } == [4, 2, 2])
    let steps = [Gauge.Split.training, .validation].flatMap { part in
      (0..<split.count(in: part)).flatMap { split.trains($0, in: part, presentation: 0).times }
    }
    #expect(steps.sorted() == [0, 1, 2, 3, 4, 5])
    #expect(data.validating(2, seed: 4) == split)
    #expect(data.validating(100, seed: 4).count(in: .training) == 0)
  }
}
