import Engine
import Foundation
import TestSupport
import Testing

@Suite("What potentials of inhibitory networks tell")
struct PotentialObservablesTests {
  private func statistics(
    _ samples: [[Double]], group: [Int] = []
  ) -> PotentialStatistics {
    var statistics = PotentialStatistics(neurons: samples.first?.count ?? 1, group: group)
    for sample in samples { sample.withUnsafeBufferPointer { statistics.sample($0) } }
    return statistics
  }

  private func wave(_ count: Int, period: Double, phase: Double = 0) -> [Double] {
    (0..<count).map { sin(2 * .pi * (Double($0) / period + phase)) }
  }

  @Test func `Neurons that move alike have an order of 1, opposite ones 0`() throws {
    let wave = wave(100, period: 20)
    let alike = statistics(wave.map { [$0, $0 - 3, $0 - 50] })
    #expect(abs(try #require(alike.order) - 1) < 1e-12)
    let opposite = statistics(wave.map { [$0, 1 - $0] })
    #expect(try #require(opposite.order) < 1e-12)
    #expect(abs(try #require(opposite.meanVariance) - 0.5) < 1e-12)
    #expect(abs(try #require(opposite.meanField) - 0.5) < 1e-12)
    #expect(statistics([[1, 2], [1, 2]]).order == nil)
    #expect(PotentialStatistics(neurons: 3).order == nil)
    #expect(PotentialStatistics(neurons: 3).meanField == nil)
  }

  @Test func `Independent neurons have an order of one over the root of their number`() throws {
    var generator = SeededGenerator(1)
    let found = statistics((0..<4000).map { _ in generator.uniforms(100) })
    #expect(abs(try #require(found.order) * 10 - 1) < 0.05)
    #expect(abs(try #require(found.meanVariance) * 12 - 1) < 0.01)
  }

  @Test func `The order of a group is its own`() throws {
    let wave = wave(100, period: 20)
    let found = statistics(wave.map { [$0, $0, -$0, 2] }, group: [0, 1])
    #expect(abs(try #require(found.groupOrder) - 1) < 1e-12)
    // V̄ = w/4 against a mean variance of 3/4 of the wave's.
    #expect(abs(try #require(found.order) - (1.0 / 16 / 0.75).squareRoot()) < 1e-12)
    #expect(statistics(wave.map { [$0, $0] }).groupOrder == nil)
  }

  @Test func `Parts that are merged are as good as the whole, far below 0 too`() throws {
    for seed in 1...Trials.count(50) {
      var generator = SeededGenerator(UInt64(seed))
      let offset = generator.uniform(-1e4..<0)
      let samples = (0..<40).map { _ in generator.uniforms(5).map { $0 + offset } }
      let cut = generator.below(41)
      let whole = statistics(samples, group: [1, 4])
      var merged = PotentialStatistics(neurons: 5, group: [1, 4])
      for part in [samples[..<cut], samples[cut...]] where !part.isEmpty {
        merged.merge(statistics(Array(part), group: [1, 4]))
      }
      #expect(merged.samples == 40)
      for (a, b) in [
        (merged.order, whole.order), (merged.groupOrder, whole.groupOrder),
        (merged.meanField, whole.meanField), (merged.fieldVariance, whole.fieldVariance),
      ] {
        #expect(abs(try #require(a) / (try #require(b)) - 1) < 1e-9)
      }
      // The variance by hand, of the numbers without their offset.
      let fields = samples.map { $0.reduce(0) { $0 + ($1 - offset) } / 5 }
      let mean = fields.reduce(0, +) / 40
      let variance = fields.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 40
      #expect(abs(try #require(whole.fieldVariance) / variance - 1) < 1e-9)
    }
  }

  @Test func `The exponent of sizes tells asynchrony from oscillations`() throws {
    let asynchronous = try #require(
      PotentialStatistics.sizeExponent((2000, 0.0180), (8000, 0.0090)))
    #expect(abs(asynchronous - 0.5) < 1e-12)
    #expect(PotentialStatistics.sizeExponent((2000, 0.4), (8000, 0.4)) == 0)
    #expect(PotentialStatistics.sizeExponent((2000, 0.4), (2000, 0.4)) == nil)
    #expect(PotentialStatistics.sizeExponent((2000, 0), (8000, 0.4)) == nil)
  }

  // MARK: Periods

  @Test(arguments: [7.3, 20, 51.7])
  func `The period of a wave is found in both ways, harmonics or not`(period: Double) throws {
    let signal = zip(wave(3000, period: period), wave(3000, period: period / 2, phase: 0.2))
      .map { -2 + 0.3 * $0 + 0.1 * $1 }
    let found = try #require(Periodicity.period(signal, step: 0.02))
    #expect(abs(found / (0.02 * period) - 1) < 0.01)
    let peak = try #require(Periodicity.spectrum(signal, step: 0.02).peak)
    #expect(abs(peak * 0.02 * period - 1) < 0.01)
  }

  @Test func `The autocorrelation is the sum that defines it`() throws {
    var generator = SeededGenerator(2)
    let signal = generator.uniforms(37)
    let found = Periodicity.autocorrelation(signal)
    #expect(found.count == 19)
    let mean = signal.reduce(0, +) / 37
    let variance = signal.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 37
    for shift in found.indices {
      let sum = (0..<37 - shift).reduce(0.0) {
        $0 + (signal[$1] - mean) * (signal[$1 + shift] - mean)
      }
      #expect(abs(found[shift] - sum / Double(37 - shift) / variance) < 1e-13)
    }
  }

  @Test func `The spectrum is the direct sum with the window`() throws {
    var generator = SeededGenerator(3)
    for count in [4, 16, 23] {
      let signal = generator.uniforms(count)
      let mean = signal.reduce(0, +) / Double(count)
      let window = (0..<count).map { pow(sin(.pi * (Double($0) + 0.5) / Double(count)), 2) }
      let spectrum = Periodicity.spectrum(signal, step: 0.5)
      let length = 2 * (spectrum.power.count - 1)
      #expect(length >= count && length < 2 * count)
      #expect(abs(spectrum.step - 1 / (0.5 * Double(length))) < 1e-15)
      for (index, power) in spectrum.power.enumerated() {
        let (real, imaginary) = (0..<count).reduce((0.0, 0.0)) { sums, sample in
          let angle = 2 * .pi * Double(index * sample) / Double(length)
          let value = (signal[sample] - mean) * window[sample]
          return (sums.0 + value * cos(angle), sums.1 - value * sin(angle))
        }
        let sides = index == 0 || index == length / 2 ? 1.0 : 2
        let weight = window.reduce(0) { $0 + $1 * $1 }
        let expected = sides * (real * real + imaginary * imaginary) * 0.5 / weight
        #expect(abs(power - expected) < 1e-13)
      }
    }
  }

  @Test func `A long signal keeps its variance in the spectrum`() throws {
    var generator = SeededGenerator(4)
    let signal = generator.uniforms(8192)
    let spectrum = Periodicity.spectrum(signal, step: 0.1)
    let variance = spectrum.power.reduce(0, +) * spectrum.step
    #expect(abs(variance * 12 - 1) < 0.05)
  }

  @Test func `Signals without a period have none`() {
    var generator = SeededGenerator(5)
    #expect(Periodicity.period([], step: 1) == nil)
    #expect(Periodicity.period([1, 2, 1], step: 1) == nil)
    #expect(Periodicity.period(Array(repeating: 0.3, count: 100), step: 1) == nil)
    #expect(Periodicity.period((0..<100).map { 0.1 * Double($0) }, step: 1) == nil)
    #expect(Periodicity.period(generator.uniforms(4000), step: 1) == nil)
    #expect(Periodicity.spectrum([], step: 1).peak == nil)
    #expect(Periodicity.spectrum([1, 1, 1, 1, 1], step: 1).peak == nil)
    #expect(Periodicity.period([.nan, 1, 2, 3, 4], step: 1) == nil)
  }

  @Test func `A series keeps its newest values in order`() {
    var series = RecentSeries(capacity: 3)
    #expect(series.values.isEmpty)
    for value in 1...5 {
      series.append(Double(value))
      #expect(series.values == (max(1, value - 2)...value).map(Double.init))
    }
    series.removeAll()
    #expect(series.count == 0)
  }

  // MARK: The last window

  @Test func `Recent activity is that of the window before`() throws {
    for seed in 1...Trials.count(40) {
      var generator = SeededGenerator(UInt64(seed))
      var recent = RecentActivity(neurons: 8, window: 6.4, from: 3)
      var spikes: [(neuron: Int, time: Double)] = []
      var time = 3.0
      for _ in 0..<300 {
        time += exp(generator.uniform(-4..<0.5))
        let neuron = generator.below(8)
        recent.record(UInt32(neuron), at: time)
        spikes.append((neuron, time))
        let now = time + generator.uniform(0..<0.01)
        let active = Set(spikes.filter { $0.time > now - 6.4 }.map(\.neuron)).count
        #expect(recent.activeFraction(at: now) == Double(active) / 8)
        // The slots that are counted, of 0.1 each.
        let rate = try #require(recent.meanRate(at: now))
        let first = max(3, 3 + (((now - 3) / 0.1).rounded(.down) - 63) * 0.1)
        let count = spikes.count { $0.time >= first - 1e-9 }
        let least = spikes.count { $0.time >= first + 1e-9 }
        let (low, high) = (Double(least), Double(count))
        #expect(rate * 8 * (now - first) > low - 1e-6 && rate * 8 * (now - first) < high + 1e-6)
      }
      #expect(recent.meanRate(at: time + 100) == 0)
      #expect(recent.activeFraction(at: time + 100) == 0)
    }
  }

  @Test func `Recent order forgets what is more than a window ago`() throws {
    var recent = RecentActivity(neurons: 2, window: 4)
    #expect(recent.order == nil)
    func sample(_ recent: inout RecentActivity, _ potentials: [Double], at time: Double) {
      potentials.withUnsafeBufferPointer { recent.sample($0, at: time) }
    }
    var time = 0.0
    for step in 0..<100 {
      time += 0.1
      sample(&recent, [sin(Double(step)), sin(Double(step))], at: time)
    }
    #expect(abs(try #require(recent.order) - 1) < 1e-12)
    for step in 0..<41 {
      time += 0.1
      sample(&recent, [sin(Double(step)), -sin(Double(step))], at: time)
    }
    #expect(try #require(recent.order) < 1e-12)
    // After a long silence nothing old is left.
    time += 50
    for step in 0..<3 { sample(&recent, [Double(step), Double(step)], at: time) }
    #expect(abs(try #require(recent.order) - 1) < 1e-12)
  }
}
