import Engine
import Foundation
import Golden
import TestSupport
import Testing

@Suite("The asynchronous state of global inhibition")
struct AsynchronousStateTests {
  @Test(arguments: [
    (0.1, 0.51401, 0.89720), (0.5, 0.33281, 0.66719), (2, 0.15357, 0.38573),
    (10, 0.04264, 0.14726), (100, 0.00487, 0.02546),
  ])
  func `It is that of the table`(coupling: Double, rate: Double, active: Double) throws {
    let range = try #require(ExcitabilityRange(1, 1.5))
    let state = try #require(AsynchronousState(range, coupling: coupling))
    #expect(abs(state.meanRate - rate) < 6e-6)
    #expect(abs(state.activeFraction - active) < 6e-6)
  }

  @Test func `The rate is what neurons in its own field fire at, summed one by one`() throws {
    var generator = SeededGenerator(1)
    for _ in 0..<10 {
      let lower = 1 + generator.uniform(0..<0.5)
      let range = try #require(ExcitabilityRange(lower, lower + generator.uniform(0.01..<1)))
      let coupling = exp(generator.uniform(-3..<5))
      let state = try #require(AsynchronousState(range, coupling: coupling))
      let count = 100_000
      let (sum, active) = (0..<count).reduce((0.0, 0)) { result, index in
        let excitability = range.lower + range.width * (Double(index) + 0.5) / Double(count)
        let excess = excitability - coupling * state.meanRate - 1
        return excess > 0 ? (result.0 + 1 / log(1 + 1 / excess), result.1 + 1) : result
      }
      #expect(abs(sum / Double(count) / state.meanRate - 1) < 1e-4)
      #expect(abs(Double(active) / Double(count) - state.activeFraction) < 2e-5)
    }
  }

  @Test func `More inhibition never wakes a neuron, until the winner takes all`() throws {
    let range = try #require(ExcitabilityRange(1, 1.5))
    var before = 1.0
    for exponent in stride(from: -3.0, to: 9, by: 0.25) {
      let coupling = pow(10, exponent)
      let state = try #require(AsynchronousState(range, coupling: coupling))
      #expect(state.activeFraction <= before)
      before = state.activeFraction
      guard
        let limit = AsynchronousState.fractionTowardsWinnerTakesAll(range, coupling: coupling)
      else { continue }
      // The next term of the expansion is smaller by 1/ln g.
      if exponent > 3 { #expect(abs(limit / state.activeFraction - 1) < 2 / log(coupling)) }
      if exponent > 3 { #expect(abs(coupling * state.meanRate - 0.5) < 0.01) }
    }
    #expect(before < 1e-7)
  }

  @Test func `The first neuron falls silent where the field reaches it`() throws {
    let range = try #require(ExcitabilityRange(1.2, 1.5))
    let coupling = try #require(AsynchronousState.couplingOfFirstSilence(range))
    for (factor, isActive) in [(0.999, true), (1.001, false)] {
      let state = try #require(AsynchronousState(range, coupling: factor * coupling))
      #expect((state.activeFraction == 1) == isActive)
    }
    let fromThreshold = try #require(ExcitabilityRange(1, 1.5))
    #expect(AsynchronousState.couplingOfFirstSilence(fromThreshold) == 0)
    let identical = try #require(ExcitabilityRange(1.3, 1.3))
    #expect(AsynchronousState.couplingOfFirstSilence(identical) == nil)
  }

  @Test func `Neurons that are all the same share their inhibition`() throws {
    let identical = try #require(ExcitabilityRange(1.3, 1.3))
    let state = try #require(AsynchronousState(identical, coupling: 2))
    let drive = 1.3 - 2 * state.meanRate
    #expect(abs(state.meanRate * log(drive / (drive - 1)) - 1) < 1e-12)
    #expect(state.activeFraction == 1)
  }

  @Test func `Nothing is said of what makes no sense`() throws {
    #expect(ExcitabilityRange(1.5, 1) == nil)
    #expect(ExcitabilityRange(.nan, 1) == nil)
    #expect(ExcitabilityRange(-.greatestFiniteMagnitude, .greatestFiniteMagnitude) == nil)
    let range = try #require(ExcitabilityRange(1, 1.5))
    #expect(AsynchronousState(range, coupling: -1) == nil)
    #expect(AsynchronousState(range, coupling: .infinity) == nil)
    let silent = try #require(ExcitabilityRange(0.2, 0.9))
    #expect(AsynchronousState(silent, coupling: 1)?.meanRate == 0)
    #expect(AsynchronousState(silent, coupling: 1)?.activeFraction == 0)
  }

  // MARK: Finite samples

  @Test func `A large even sample is as good as no end`() throws {
    let range = try #require(ExcitabilityRange(1, 1.5))
    let sample = (0..<5000).map { 1 + 0.5 * (Double($0) + 0.5) / 5000 }
    for coupling in [0.0, 0.5, 4, 40] {
      let state = try #require(FiniteSampleState(excitabilities: sample, coupling: coupling))
      let limit = try #require(AsynchronousState(range, coupling: coupling))
      #expect(abs(state.below.meanRate / limit.meanRate - 1) < 1e-2)
      let active = Double(state.below.activeNeurons) / 5000
      #expect(abs(active - limit.activeFraction) < 5e-3)
    }
  }

  @Test func `Each neuron of a sample sees the others alone`() throws {
    let range = try #require(ExcitabilityRange(1, 1.5))
    for seed in 1...Trials.count(50) {
      let network = ReferenceInhibitoryNetwork.network(
        neurons: 60, in: range, inDegree: nil, seed: UInt64(seed))
      let excitabilities = network.excitabilities
      let coupling = 4.0
      let state = try #require(
        FiniteSampleState(excitabilities: excitabilities, coupling: coupling))
      guard state.isConsistent else {
        // One neuron more makes too much inhibition, one less too little.
        #expect(state.below.activeNeurons == state.above.activeNeurons + 1)
        #expect(state.below.meanRate > state.above.meanRate)
        continue
      }
      #expect(abs(state.below.meanRate / state.above.meanRate - 1) < 1e-9)
      let field = coupling * 60 / 59 * state.below.meanRate
      #expect(excitabilities.count { $0 - 1 > field } == state.below.activeNeurons)
    }
  }

  @Test func `Nothing is said of samples that make no sense`() {
    #expect(FiniteSampleState(excitabilities: [1.2], coupling: 0.5) == nil)
    #expect(FiniteSampleState(excitabilities: [1.2, .nan], coupling: 0.5) == nil)
    #expect(FiniteSampleState(excitabilities: [1.2, 1.3], coupling: 1) == nil)
    #expect(FiniteSampleState(excitabilities: [1.2, 1.3], coupling: -0.1) == nil)
  }

  // MARK: Winners

  @Test func `The winner takes all from g* on`() throws {
    let excitabilities = [
      1.193384022991967, 1.376153507919112, 1.116354582838731, 1.0496697056633013,
      1.0939800608512111, 1.1903044638093108, 1.4927817619299264, 1.255550744364246,
      1.2132256695326367, 1.3017202773337888,
    ]
    let winner = try #require(WinnerTakesAll(excitabilities: excitabilities))
    #expect(abs(winner.threshold - 6.869940880144444) < 1e-12)
    #expect(winner.winner == 6)
    let second = 9 * (1.4927817619299264 - 1) / (1.376153507919112 - 1)
    #expect(abs(winner.secondWinner - second) < 1e-12)
    #expect(
      WinnerTakesAll.threshold(of: 6, excitabilities: excitabilities) == winner.threshold)
    #expect(
      WinnerTakesAll.threshold(of: 1, excitabilities: excitabilities) == winner.secondWinner)
    #expect(WinnerTakesAll.threshold(of: 0, excitabilities: [0.9, 1.2]) == .infinity)
    #expect(WinnerTakesAll(excitabilities: [1.2]) == nil)
    #expect(WinnerTakesAll(excitabilities: [0.8, 0.9]) == nil)
    #expect(WinnerTakesAll(excitabilities: [1.2, 0.9])?.threshold == 0)
    #expect(WinnerTakesAll(excitabilities: [1.2, 0.9])?.secondWinner == .infinity)
  }

  @Test func `One neuron is left above g* without a delay, more below`() throws {
    let range = try #require(ExcitabilityRange(1, 1.5))
    for seed in 1...Trials.count(20) {
      let network = ReferenceInhibitoryNetwork.network(
        neurons: 10, in: range, inDegree: nil, seed: UInt64(seed))
      let winner = try #require(WinnerTakesAll(excitabilities: network.excitabilities))
      for (factor, isAlone) in [(0.9, false), (1.1, true)] {
        var simulation = ReferenceInhibitoryNetwork(
          network, coupling: factor * winner.threshold, delay: 0)
        var spikes = SpikeRecord()
        simulation.advance(to: 2000, into: &spikes)
        spikes.removeAll()
        simulation.advance(to: 3000, into: &spikes)
        #expect((Set(spikes.neurons).count == 1) == isAlone)
      }
    }
  }
}
