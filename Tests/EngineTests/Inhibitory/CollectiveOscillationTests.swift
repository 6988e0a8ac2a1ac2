import Engine
import Foundation
import Golden
import TestSupport
import Testing

@Suite("Collective oscillations of global inhibition")
struct CollectiveOscillationTests {
  // MARK: Response of rates

  @Test func `A slow modulation moves the rate along its curve, a fast one through threshold`() {
    for excess in [0.001, 0.1, 0.5, 3] {
      let step = 1e-6 * excess
      let slope =
        (LeakyNeuron.rate(excess: excess + step) - LeakyNeuron.rate(excess: excess - step))
        / (2 * step)
      let slow = RateResponse.susceptibility(ComplexNumber(0), excess: excess)
      #expect(abs(slow.real / slope - 1) < 1e-7)
      #expect(slow.imaginary == 0)
      #expect(abs(RateResponse.slow(excess: excess) / slope - 1) < 1e-7)
      let nearly = RateResponse.susceptibility(ComplexNumber(1e-9, 1e-9), excess: excess)
      #expect(abs(nearly.real / slope - 1) < 1e-6)
      let fast = RateResponse.susceptibility(ComplexNumber(1e9), excess: excess)
      #expect(abs(fast.real / RateResponse.fast(excess: excess) - 1) < 1e-6)
    }
  }

  /// The rate of neurons with all phases under the drive µ + ε e^{λt} by following single ones:
  /// the density of firing times is the inverse slope of the time over the phase.
  @Test(arguments: [(0.3, 0.5), (0.3, 2), (0.05, 1), (1.5, 4)])
  func `The response is that of neurons that are followed`(excess: Double, lambda: Double) {
    let (drive, epsilon) = (1 + excess, 1e-4)
    let period = log(drive / excess)
    /// The first spike after 0 or just before it of the neuron that fired at -rounds * T + phase.
    func lastSpike(phase: Double, rounds: Int) -> Double {
      var spike = phase - Double(rounds) * period
      for _ in 0..<rounds {
        var next = spike + period
        for _ in 0..<60 {
          let rest = exp(spike - next)
          let moved = epsilon / (1 + lambda) * (exp(lambda * next) - exp(lambda * spike) * rest)
          let potential = drive * (1 - rest) + moved
          let slope = drive - potential + epsilon * exp(lambda * next)
          next -= (potential - 1) / slope
        }
        spike = next
      }
      return spike
    }
    let rounds = Int((25 / lambda / period).rounded(.up))
    let step = 1e-3 * period
    let (before, after) = (
      lastSpike(phase: -step, rounds: rounds), lastSpike(phase: step, rounds: rounds)
    )
    let rate = 2 * step / (after - before) / period
    let time = lastSpike(phase: 0, rounds: rounds)
    let response = (rate - 1 / period) / (epsilon * exp(lambda * time))
    let expected = RateResponse.susceptibility(ComplexNumber(lambda), excess: excess).real
    #expect(abs(response / expected - 1) < 5e-3)
  }

  @Test func `The mean response is the mean of the responses`() throws {
    let range = try #require(ExcitabilityRange(1.2, 1.5))
    let lambda = ComplexNumber(0.4, 7)
    let mean = RateResponse.meanSusceptibility(lambda, of: range, top: 0.45)
    let count = 100_000
    let sum = (0..<count).reduce(ComplexNumber(0)) { sum, index in
      let excess = 0.15 + 0.3 * (Double(index) + 0.5) / Double(count)
      return sum + RateResponse.susceptibility(lambda, excess: excess)
    }
    #expect(abs(mean.real - sum.real / Double(count)) < 1e-6)
    #expect(abs(mean.imaginary - sum.imaginary / Double(count)) < 1e-6)
  }

  // MARK: Onset

  @Test func `Oscillations grow from the onset on, whatever the delay`() throws {
    for (lower, upper) in [(1.2, 1.5), (1.4, 1.6), (1.5, 2)] {
      let range = try #require(ExcitabilityRange(lower, upper))
      let onset = try #require(OscillationOnset(range))
      for delay in [0.1, 1] {
        let below = OscillationOnset.growthRate(
          range, coupling: 0.99 * onset.coupling, delay: delay)
        let above = OscillationOnset.growthRate(
          range, coupling: 1.01 * onset.coupling, delay: delay)
        #expect(try #require(below) < 0)
        #expect(try #require(above) > 0)
      }
    }
  }

  @Test func `Fast modulations that grow at the rate of the formula solve the equation`() throws {
    let range = try #require(ExcitabilityRange(1.2, 1.5))
    let onset = try #require(OscillationOnset(range))
    let coupling = 1.2 * onset.coupling
    let state = try #require(AsynchronousState(range, coupling: coupling))
    #expect(state.activeFraction == 1)
    let growth = try #require(OscillationOnset.growthRate(range, coupling: coupling, delay: 0.3))
    for index in [20, 100] {
      let root = ComplexNumber(growth, OscillationOnset.frequency(index, delay: 0.3))
      let value = RateResponse.characteristic(
        root, of: range, in: state, coupling: coupling, delay: 0.3)
      #expect(value.magnitude < 2 / Double(index))
    }
  }

  @Test func `A narrow range is as good as neurons that are all the same`() throws {
    for (excitability, coupling) in [(1.25, 0.27465), (1.5, 0.40236)] {
      let identical = try #require(OscillationOnset.coupling(identical: excitability))
      #expect(abs(identical - coupling) < 6e-6)
      let range = try #require(ExcitabilityRange(excitability - 1e-5, excitability + 1e-5))
      #expect(abs(try #require(OscillationOnset(range)).coupling / identical - 1) < 1e-6)
    }
    #expect(OscillationOnset(try #require(ExcitabilityRange(1, 1.5))) == nil)
    #expect(OscillationOnset.coupling(identical: 1) == nil)
  }

  // MARK: One cluster

  @Test func `The period solves its equation`() throws {
    var generator = SeededGenerator(2)
    for _ in 0..<200 {
      let range = try #require(ExcitabilityRange(1, 1 + generator.uniform(0.1..<2)))
      let (coupling, delay) = (exp(generator.uniform(-2..<8)), generator.uniform(0.01..<1.5))
      let state = try #require(OneClusterState(range, coupling: coupling, delay: delay))
      let z = 1 / (exp(state.period) - 1)
      let free = range.upper - 1
      let skipping = 0.5 * z * exp(delay) / (free - z)
      let right = coupling * exp(delay) / range.width * (delay + skipping)
      #expect(abs(z * right - 1) < 1e-9)
    }
  }

  @Test func `Roles and phases agree with the fractions`() throws {
    let range = try #require(ExcitabilityRange(1, 1.5))
    let state = try #require(OneClusterState(range, coupling: 10, delay: 0.5))
    #expect(state.isValid)
    let sample = (0..<10_000).map { 1 + 0.5 * (Double($0) + 0.5) / 10_000 }
    let silent = sample.count { state.role(of: $0) == .silent }
    #expect(abs(1 - Double(silent) / 10_000 - state.activeFraction) < 2e-4)
    let (every, skipping) = (
      sample.count { state.role(of: $0) == .firesEveryPeriod },
      sample.count { state.role(of: $0) == .skipsPeriods }
    )
    let rate = (Double(every) + 0.5 * Double(skipping)) / (10_000 * state.period)
    #expect(abs(rate - state.meanRate) < 1e-4)
    let phases = sample.compactMap(state.phase)
    #expect(phases.count == every)
    #expect(zip(phases, phases.dropFirst()).allSatisfy { $0 > $1 })
    #expect(phases.allSatisfy { (0..<0.5).contains($0) })
  }

  @Test(arguments: [(0.1, 0.095), (0.3, 0.259), (0.5, 0.393), (1, 0.632)])
  func `A delay keeps a part of the neurons alive`(delay: Double, fraction: Double) throws {
    let range = try #require(ExcitabilityRange(1, 1.5))
    let lasting = try #require(OneClusterState.lastingFraction(range, delay: delay))
    #expect(abs(lasting - fraction) < 5e-4)
    let state = try #require(OneClusterState(range, coupling: 1e9, delay: delay))
    #expect(abs(state.activeFraction - lasting) < 1e-6)
  }

  @Test func `It says where it does not hold`() throws {
    let range = try #require(ExcitabilityRange(1, 1.5))
    let twice = try #require(OneClusterState(range, coupling: 10, delay: 2))
    #expect(!twice.firesOnce && !twice.isValid)
    #expect(abs(twice.period - 5.705) < 5e-4 && abs(twice.activeFraction - 0.8656) < 5e-5)
    let weak = try #require(OneClusterState(range, coupling: 0.01, delay: 1))
    #expect(!weak.isConsistent)
    #expect(OneClusterState(range, coupling: 1, delay: 0) == nil)
    #expect(OneClusterState(range, coupling: 1, delay: 1e6) == nil)
    #expect(OneClusterState(range, coupling: .nan, delay: 1) == nil)
    let identical = try #require(ExcitabilityRange(1.3, 1.3))
    #expect(OneClusterState(identical, coupling: 1, delay: 1) == nil)
  }

  @Test(arguments: [
    (1.25, 1, 1, 2.764627573337638), (1.5, 2, 0.5, 2.261230152608422),
    (1.3, 5, 0.2, 3.206400165215872),
  ])
  func `Neurons that are all the same fire together with the period of the formula`(
    excitability: Double, coupling: Double, delay: Double, period: Double
  ) throws {
    let found = try #require(
      OneClusterState.period(identical: excitability, coupling: coupling, delay: delay))
    #expect(abs(found - period) < 1e-14)
    var simulation = ReferenceInhibitoryNetwork(
      InhibitoryNetwork(
        excitabilities: Array(repeating: excitability, count: 7),
        startingPotentials: Array(repeating: 0.3, count: 7), connectivity: .global, sources: []),
      coupling: coupling, delay: delay)
    var spikes = SpikeRecord()
    simulation.advance(to: 100, into: &spikes)
    #expect(Array(spikes.neurons.prefix(14)) == Array(0..<7) + Array(0..<7))
    let last = spikes.times.count / 7 * 7 - 7
    #expect(abs(spikes.times[last] - spikes.times[last - 7] - period) < 1e-12)
    #expect(OneClusterState.period(identical: 1.25, coupling: 1, delay: 3) == nil)
  }
}
