import Engine
import Testing

@Suite struct PoissonEncoderTests {
  private let encoder = PoissonEncoder(seed: 7, steps: 400)

  private func trains(_ intensities: [Float], sample: Int = 0) -> SpikeTrains {
    encoder.trains(intensities, of: .init(sample: sample))
  }

  @Test(arguments: [1, 40, 128, 255])
  func `a pixel fires at its rate in every step but the first`(pixel: Int) {
    let intensity = Float(pixel) / 255
    let channels = 2_000
    let trains = trains(Array(repeating: intensity, count: channels))
    let probability = Double(pixel) / (5.5 * 255)
    let draws = Double(channels * 399)
    let deviation = (draws * probability * (1 - probability)).squareRoot()
    #expect(abs(Double(trains.count) - draws * probability) < 5 * deviation)

    var inStep = [Int](repeating: 0, count: 400)
    for time in trains.times { inStep[Int(time)] += 1 }
    #expect(inStep[0] == 0)
    let (mean, spread) = (
      Double(channels) * probability, (Double(channels) * probability).squareRoot()
    )
    for step in [1, 2, 3, 200, 398, 399] {
      #expect(abs(Double(inStep[step]) - mean) < 5 * spread + 1)
    }
  }

  @Test func `a step does not depend on the one before`() {
    let trains = trains(Array(repeating: 1, count: 2_000))
    var followed = 0
    for channel in 0..<trains.channels {
      let times = trains.times(of: channel)
      followed += zip(times, times.dropFirst()).count { $1 == $0 + 1 }
    }
    // Of each spike but those of the last step, one in 5.5 is followed at once.
    let spikes = Double(trains.times.count { $0 < 399 })
    let deviation = (spikes / 5.5 * (1 - 1 / 5.5)).squareRoot()
    #expect(abs(Double(followed) - spikes / 5.5) < 5 * deviation)
  }

  @Test func `trains ascend within their steps, and black is silent`() {
    let trains = trains([0, 1, -1, 0.5, 2])
    #expect(trains.steps == 400 && trains.channels == 5)
    for channel in 0..<5 {
      let times = Array(trains.times(of: channel))
      #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
      #expect(times.allSatisfy { 1..<400 ~= $0 })
      #expect(times.isEmpty == (channel == 0 || channel == 2))
    }
  }

  @Test func `the same arguments give the same trains, others give others`() {
    let image = [Float](repeating: 0.5, count: 20)
    let showings: [PoissonEncoder.Showing] = [
      .init(sample: 3), .init(sample: 4), .init(sample: 3, part: 1),
      .init(sample: 3, presentation: 1),
    ]
    var all = showings.map { encoder.trains(image, of: $0) }
    #expect(all == showings.map { PoissonEncoder(seed: 7, steps: 400).trains(image, of: $0) })
    all.append(PoissonEncoder(seed: 8, steps: 400).trains(image, of: showings[0]))
    for (index, trains) in all.enumerated() {
      #expect(all[..<index].allSatisfy { $0 != trains })
    }
    let firsts = (0..<20).map { Array(all[0].times(of: $0)) }
    #expect(Set(firsts).count == firsts.count)
  }

  @Test func `more steps only add to a train`() {
    let short = encoder.trains([0.3], of: .init(sample: 9))
    let long = PoissonEncoder(seed: 7, steps: 900).trains([0.3], of: .init(sample: 9))
    #expect(long.times.filter { $0 < 400 } == short.times)
    #expect(long.count > short.count)
  }

  @Test(arguments: [0, 1]) func `too few steps have no spikes`(steps: Int) {
    let trains = PoissonEncoder(seed: 1, steps: steps).trains([1, 1], of: .init(sample: 0))
    #expect(trains.count == 0 && trains.channels == 2)
  }
}
