import Engine
import Foundation
import TestSupport
import Testing

@Suite("What spikes of inhibitory networks tell")
struct SpikeObservablesTests {
  /// Spikes of neurons in order of time.
  private func merged(_ trains: [[Double]]) -> [(neuron: UInt32, time: Double)] {
    trains.enumerated().flatMap { neuron, train in train.map { (UInt32(neuron), $0) } }
      .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
  }

  private func statistics(_ trains: [[Double]]) -> IntervalStatistics {
    var statistics = IntervalStatistics(neurons: trains.count)
    for (neuron, time) in merged(trains) { statistics.record(neuron, at: time) }
    return statistics
  }

  // MARK: Intervals

  @Test func `Counts, CV and CV2 of trains that are known by hand`() throws {
    // Intervals 1, 3 and 2: mean 2, variance 2/3; neighbours differ by 2 of 4 and 1 of 5.
    let statistics = statistics([[0, 1, 4, 6], [2, 7], [], [3], [1, 2, 3, 4, 5]])
    #expect(statistics.counts == [4, 2, 0, 1, 5])
    #expect(statistics.spikes == 12)
    #expect(statistics.activeNeurons == 4)
    #expect(statistics.intervals == 8)
    #expect(statistics.variedNeurons == 2)
    #expect(statistics.longest == 5)
    let variation = try #require(statistics.variation(of: 0))
    #expect(abs(variation - (2.0 / 3).squareRoot() / 2) < 1e-15)
    let local = try #require(statistics.localVariation(of: 0))
    #expect(abs(local - (2.0 * 2 / 4 + 2.0 * 1 / 5) / 2) < 1e-15)
    #expect(statistics.variation(of: 1) == nil && statistics.localVariation(of: 1) == nil)
    #expect(statistics.variation(of: 4) == 0 && statistics.localVariation(of: 4) == 0)
    #expect(statistics.meanVariation == variation / 2)
    #expect(statistics.meanLocalVariation == local / 2)
    #expect(IntervalStatistics(neurons: 3).meanVariation == nil)
  }

  @Test func `Random trains have a CV and a CV2 near 1, periodic ones 0`() throws {
    var generator = SeededGenerator(1)
    var (random, periodic): ([[Double]], [[Double]]) = ([], [])
    for _ in 0..<20 {
      let rate = exp(generator.uniform(-2..<2))
      var time = 0.0
      random.append(
        (0..<2000).map { _ in
          time -= log(1 - generator.uniform()) / rate
          return time
        })
      periodic.append((0..<200).map { Double($0) / rate })
    }
    let found = statistics(random)
    #expect(abs(try #require(found.meanVariation) - 1) < 0.02)
    #expect(abs(try #require(found.meanLocalVariation) - 1) < 0.02)
    #expect(try #require(statistics(periodic).meanVariation) < 1e-10)
  }

  @Test func `A burst train has a CV2 below its CV`() throws {
    var (train, time): ([Double], Double) = ([], 0)
    for _ in 0..<50 {
      for _ in 0..<20 {
        time += 1
        train.append(time)
      }
      time += 40
    }
    let found = statistics([train])
    #expect(try #require(found.localVariation(of: 0)) < 0.3)
    #expect(try #require(found.variation(of: 0)) > 1.5)
  }

  @Test func `Stretches that follow each other are as good as the whole`() throws {
    for seed in 1...Trials.count(100) {
      var generator = SeededGenerator(UInt64(seed))
      let trains = (0..<6).map { _ in
        generator.uniforms(generator.below(9), in: 0..<10).sorted()
      }
      let cut = generator.uniform(0..<10)
      let whole = statistics(trains)
      var early = statistics(trains.map { $0.filter { $0 < cut } })
      early.append(statistics(trains.map { $0.filter { $0 >= cut } }))
      #expect(early.counts == whole.counts)
      #expect(early.longest == whole.longest)
      for neuron in trains.indices {
        #expect(isClose(early.variation(of: neuron), whole.variation(of: neuron)))
        #expect(isClose(early.localVariation(of: neuron), whole.localVariation(of: neuron)))
      }
    }
  }

  private func isClose(_ a: Double?, _ b: Double?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return abs(a - b) < 1e-12
  }

  // MARK: Bursts

  @Test func `Free intervals make bursts, the others are pauses`() throws {
    let free = log(1.25 / 0.25)
    var bursts = BurstStatistics(excitabilities: [1.25, 1.25, 0.9])
    for interval in [free, free, 5, free + 1e-10, 7, free + 2e-9] {
      bursts.record(interval: interval, of: 0, at: 100)
    }
    bursts.record(interval: free, of: 1, at: 100)
    bursts.record(interval: 100, of: 2, at: 100)
    #expect(bursts.freeIntervals == 4)
    #expect(bursts.bursts == 3)
    #expect(bursts.intervals == 8)
    #expect(bursts.freeFraction == 0.5)
    #expect(try #require(bursts.spikesPerBurst) == 1 + 4.0 / 3)
    #expect(bursts.pauses.count == 4)
    // Of free + 2e-9, 5, 7 and 100.
    #expect(abs(try #require(bursts.pauses.quantile(0.5)) / 5 - 1) < 2.3e-3)
    #expect(abs(try #require(bursts.pauses.quantile(0.95)) / 100 - 1) < 2.3e-3)
    let random = try #require(
      bursts.freeFractionOfRandomPulses(counts: [3, 1, 0], pulseRate: 2))
    #expect(abs(random - exp(-2 * free)) < 1e-15)
    bursts.removeAll()
    #expect(bursts.freeFraction == nil && bursts.spikesPerBurst == nil)
    #expect(bursts.pauses.quantile(0.5) == nil)
  }

  @Test func `free intervals are known late in long runs too`() {
    let free = log(1.25 / 0.25)
    var bursts = BurstStatistics(excitabilities: [1.25])
    // Far from 0 both ends of an interval are rounded to the numbers that there are.
    for time in [1e7, 8e7, 2e8] as [Double] {
      bursts.record(interval: (time + free) - time, of: 0, at: time + free)
    }
    #expect(bursts.freeIntervals == 3)
    bursts.record(interval: free + 1e-6, of: 0, at: 2e8)
    #expect(bursts.pauses.count == 1)
  }

  @Test func `Quantiles are within half a bin of the exact ones`() throws {
    var generator = SeededGenerator(2)
    var (histogram, other) = (LogarithmicHistogram(), LogarithmicHistogram())
    let numbers = (0..<5000).map { _ in exp(generator.uniform(-6..<12)) }
    for number in numbers[..<2000] { histogram.add(number) }
    for number in numbers[2000...] { other.add(number) }
    histogram.merge(other)
    #expect(histogram.count == 5000)
    let sorted = numbers.sorted()
    for share in [0.001, 0.1, 0.5, 0.95, 1] {
      let exact = sorted[max(1, Int((share * 5000).rounded(.up))) - 1]
      #expect(abs(try #require(histogram.quantile(share)) / exact - 1) < 2.3e-3)
    }
    for odd in [0, -1, 1e-9, 1e300, .infinity, .nan] as [Double] { histogram.add(odd) }
    #expect(histogram.count == 5006)
  }

  // MARK: Rates

  @Test func `A rate that is switched on and off has a modulation of 1`() throws {
    var rates = RateSignal(neurons: 1000, from: 5, bin: 0.5)
    for bin in stride(from: 0, to: 40, by: 2) {
      for spike in 0..<1000 { rates.record(at: 5 + 0.5 * (Double(bin) + Double(spike) / 1000)) }
    }
    rates.advance(to: 25)
    #expect(rates.bins == 40)
    #expect(rates.meanRate == 1)
    // Counts 1000 and 0: variance over squared mean 1, less 1/500.
    #expect(abs(try #require(rates.squaredModulation) - (1 - 1.0 / 500)) < 1e-12)
  }

  @Test func `Random spikes have no modulation, even ones less than none`() throws {
    var generator = SeededGenerator(3)
    var (random, even) = (
      RateSignal(neurons: 10, from: 0, bin: 1), RateSignal(neurons: 10, from: 0, bin: 1)
    )
    var time = 0.0
    for spike in 0..<100_000 {
      time -= log(1 - generator.uniform()) / 20
      random.record(at: time)
      even.record(at: (Double(spike) + 0.5) / 20)
    }
    #expect(abs(try #require(random.squaredModulation)) < 2e-3)
    #expect(abs(try #require(even.squaredModulation) + 0.05) < 1e-3)
    #expect(even.modulation == 0)
    #expect(RateSignal(neurons: 1, from: 0, bin: 1).squaredModulation == nil)
    #expect(RateSignal(neurons: 1, from: 0, bin: 1).meanRate == nil)
  }

  @Test func `Bins are those of a histogram, whatever the pauses between spikes`() throws {
    for seed in 1...Trials.count(100) {
      var generator = SeededGenerator(UInt64(seed))
      let times = generator.uniforms(generator.below(30), in: 2..<12).sorted()
      var rates = RateSignal(neurons: 3, from: 2, bin: 0.5)
      var bins = Array(repeating: 0, count: 20)
      var heard: [Int] = []
      func hear(_ ended: (spikes: Int, emptyAfter: Int)?) {
        guard let ended else { return }
        heard += [ended.spikes] + Array(repeating: 0, count: ended.emptyAfter)
      }
      for time in times {
        hear(rates.record(at: time))
        bins[Int((time - 2) / 0.5)] += 1
      }
      hear(rates.advance(to: 12))
      #expect(heard == bins)
      let mean = Double(times.count) / 20
      let variance = bins.reduce(0) { $0 + Double($1 * $1) } / 20 - mean * mean
      guard !times.isEmpty else { continue }
      let expected = variance / (mean * mean) - 1 / mean
      #expect(abs(try #require(rates.squaredModulation) - expected) < 1e-12)
      var twice = rates
      twice.merge(rates)
      #expect(abs(try #require(twice.squaredModulation) - expected) < 1e-12)
    }
  }

  @Test func `A histogram of rates counts every neuron once`() {
    let histogram = RateHistogram(counts: [0, 1, 4, 5, 9, 10, 30], length: 10, bins: 2, highest: 1)
    #expect(histogram.bins == [3, 4])
  }

  // MARK: Windows

  @Test func `A window has its end but not its start`() {
    let network = InhibitoryNetwork(
      excitabilities: [1.2, 1.4], startingPotentials: [0, 0], connectivity: .global, sources: [])
    var found = InhibitoryObservables(
      of: network, window: ObservationWindow(after: 10, for: 5), sampleStep: 0.5, rateBin: 1)
    for time in [3, 9.5, 10, 10.5, 12, 15, 15.5] { found.record(0, at: time) }
    let potentials = [0.5, 0.25]
    potentials.withUnsafeBufferPointer { potentials in
      for sample in 0...40 { found.sample(potentials, at: Double(sample) * 0.5) }
    }
    found.finish()
    #expect(found.intervals.counts == [3, 0])
    #expect(found.activeFraction == 0.5)
    #expect(found.meanRate == 0.3)
    #expect(found.meanRateOfActive == 0.6)
    #expect(found.potentials.samples == 10)
    #expect(found.potentials.meanField == 0.375)
    #expect(found.fieldSamples == Array(repeating: 0.375, count: 10))
    #expect(found.rates.bins == 5)
    #expect(found.rateHistogram(bins: 3)?.bins == [1, 0, 1])
    #expect(found.period == nil && found.spectrum.peak == nil)
  }
}
