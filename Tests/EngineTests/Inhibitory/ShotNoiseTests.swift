import Engine
import Foundation
import Golden
import TestSupport
import Testing

@Suite("Neurons under random inhibition")
struct ShotNoiseTests {
  @Test func `Without pulses a neuron fires freely`() throws {
    let inhibition = try #require(PoissonInhibition(pulse: 0.3, highestPulseRate: 4))
    for drive in [1.0001, 1.1, 1.5, 3, 100] {
      let period = log(drive / (drive - 1))
      #expect(abs(inhibition.rate(drive: drive, pulseRate: 0) * period - 1) < 1e-11)
      let intervals = try #require(inhibition.intervals(drive: drive, pulseRate: 0))
      #expect(abs(intervals.mean / period - 1) < 1e-10)
      #expect(intervals.variation < 1e-4)
      let transform = try #require(
        inhibition.laplaceTransform(2, drive: drive, pulseRate: 0))
      #expect(abs(transform / exp(-2 * period) - 1) < 1e-10)
    }
    #expect(inhibition.rate(drive: 1, pulseRate: 1) == 0)
    #expect(inhibition.intervals(drive: 0.9, pulseRate: 1) == nil)
    #expect(inhibition.laplaceTransform(1, drive: 0.9, pulseRate: 1) == nil)
  }

  @Test func `Very large pulses follow their limit`() throws {
    let inhibition = try #require(PoissonInhibition(pulse: 1000, highestPulseRate: 1))
    let limit = 1000 * exp(0.5772156649015329) * (1 / 0.5 - 1 / 1.5)
    #expect(abs(1 / inhibition.rate(drive: 1.5, pulseRate: 1) / limit - 1) < 1e-6)
  }

  @Test func `The transform begins at 1 and falls by the moments`() throws {
    for (drive, rate, pulse) in [(1.1, 2, 0.5), (1.5, 5, 0.05), (1.3, 0.5, 20)] {
      let inhibition = try #require(PoissonInhibition(pulse: pulse, highestPulseRate: rate))
      let moments = try #require(inhibition.intervals(drive: drive, pulseRate: rate))
      let square = moments.mean * moments.mean * (1 + moments.variation * moments.variation)
      let step = 1e-4 / moments.mean
      let transform = { inhibition.laplaceTransform($0, drive: drive, pulseRate: rate) ?? .nan }
      #expect(abs(transform(0) - 1) < 1e-12)
      let expected = 1 - step * moments.mean + step * step * square / 2
      #expect(abs(transform(step) - expected) < 1e-10)
      #expect(transform(1) > transform(2) && transform(2) > 0)
    }
  }

  @Test func `A simulated neuron agrees in mean, CV and transform`() throws {
    let (drive, rate, pulse) = (1.3, 2.0, 0.5)
    var generator = SeededGenerator(3)
    var (sum, squares, transform) = (0.0, 0.0, 0.0)
    let count = 40_000
    for _ in 0..<count {
      var (time, potential) = (0.0, 0.0)
      while true {
        let crossing = log((drive - potential) / (drive - 1))
        let arrival = -log(1 - generator.uniform()) / rate
        if crossing <= arrival {
          time += crossing
          break
        }
        time += arrival
        potential = drive + (potential - drive) * exp(-arrival) - pulse
      }
      sum += time
      squares += time * time
      transform += exp(-0.2 * time)
    }
    let mean = sum / Double(count)
    let variation = (squares / Double(count) - mean * mean).squareRoot() / mean
    let inhibition = try #require(PoissonInhibition(pulse: pulse, highestPulseRate: rate))
    let expected = try #require(inhibition.intervals(drive: drive, pulseRate: rate))
    // Five standard errors.
    #expect(abs(mean / expected.mean - 1) < 5 * variation / Double(count).squareRoot())
    #expect(abs(variation / expected.variation - 1) < 0.04)
    let found = try #require(inhibition.laplaceTransform(0.2, drive: drive, pulseRate: rate))
    #expect(abs(transform / Double(count) - found) < 5 * 0.3 / Double(count).squareRoot())
  }

  @Test func `Finer steps change nothing`() throws {
    for (rate, pulse) in [(0.1, 3), (2, 0.5), (20, 0.03), (200, 0.002), (900, 0.0002)] {
      let usual = try #require(PoissonInhibition(pulse: pulse, highestPulseRate: rate))
      let fine = try #require(PoissonInhibition(pulse: pulse, highestPulseRate: 9 * rate + 600))
      for drive in [1.02, 1.3, 2] {
        let (a, b) = (
          usual.rate(drive: drive, pulseRate: rate), fine.rate(drive: drive, pulseRate: rate)
        )
        // Intervals of more than 1e100 are exact to nine digits, which is enough.
        guard b > 1e-100 else {
          #expect(a < 1e-99)
          continue
        }
        #expect(abs(a / b - 1) < 1e-11)
        let (c, d) = (
          usual.intervals(drive: drive, pulseRate: rate),
          fine.intervals(drive: drive, pulseRate: rate)
        )
        #expect(abs(try #require(c).mean / (try #require(d).mean) - 1) < 1e-9)
        #expect(abs(try #require(c).variation / (try #require(d).variation) - 1) < 1e-6)
      }
    }
    #expect(PoissonInhibition(pulse: -1, highestPulseRate: 1) == nil)
    #expect(PoissonInhibition(pulse: 1, highestPulseRate: .infinity) == nil)
  }

  // MARK: Mean fields

  static let table: [(coupling: Double, rate: Double, diffusion: Double, variation: Double)] = [
    (0.1, 0.5205, 0.5214, 0.085), (0.5, 0.3567, 0.3608, 0.306), (1, 0.2714, 0.2788, 0.460),
    (2, 0.1975, 0.2102, 0.618), (5, 0.1283, 0.1522, 0.792), (10, 0.0951, 0.1311, 0.887),
    (20, 0.0734, 0.1252, 0.964), (50, 0.0553, 0.1356, 1.053), (100, 0.0464, 0.1537, 1.118),
  ]

  @Test(arguments: table)
  func `Sparse networks have the states of the table`(
    row: (coupling: Double, rate: Double, diffusion: Double, variation: Double)
  ) throws {
    let range = try #require(ExcitabilityRange(1, 1.5))
    let state = try #require(ShotNoiseMeanField(range, inDegree: 20, coupling: row.coupling))
    #expect(abs(state.meanRate - row.rate) < 6e-5)
    // The table's CV is over neurons that fire often enough in a window that it does not name.
    let variation = try #require(state.meanVariation(within: 1e4))
    #expect(abs(variation - row.variation) < 5e-3)
    let diffusion = try #require(
      DiffusionMeanField(range, inDegree: 20, coupling: row.coupling))
    #expect(abs(diffusion.meanRate - row.diffusion) < 6e-5)
  }

  @Test func `Nobody is silent for ever`() throws {
    let range = try #require(ExcitabilityRange(1, 1.5))
    let state = try #require(ShotNoiseMeanField(range, inDegree: 20, coupling: 1))
    #expect(abs(state.activeFraction(within: 1e4) - 0.94) < 5e-3)
    let windows = [1.0, 10, 1e3, 1e6, 1e12].map(state.activeFraction)
    #expect(zip(windows, windows.dropFirst()).allSatisfy { $0 < $1 })
    #expect(abs(state.activeFraction(within: 1e-9) / (1e-9 * state.meanRate) - 1) < 1e-6)
  }

  @Test func `Many weak pulses are a constant field, and a diffusion on the way there`() throws {
    let range = try #require(ExcitabilityRange(1.1, 1.5))
    let limit = try #require(AsynchronousState(range, coupling: 0.5))
    let state = try #require(ShotNoiseMeanField(range, inDegree: 20_000, coupling: 0.5))
    let diffusion = try #require(DiffusionMeanField(range, inDegree: 20_000, coupling: 0.5))
    #expect(abs(state.meanRate / limit.meanRate - 1) < 2e-3)
    #expect(abs(state.meanRate / diffusion.meanRate - 1) < 2e-5)
    #expect(LeakyNeuron.rate(excess: 0.3) == DiffusionMeanField.rate(excess: 0.3, deviation: 0))
  }

  @Test func `On a graph of neurons that are all the same nothing is new`() throws {
    let drawn = ReferenceInhibitoryNetwork.network(
      neurons: 30, in: try #require(ExcitabilityRange(1.3, 1.3)), inDegree: 5, seed: 1)
    let graph = try #require(GraphMeanField(of: drawn, coupling: 3))
    let range = try #require(ExcitabilityRange(1.3, 1.3))
    let state = try #require(ShotNoiseMeanField(range, inDegree: 5, coupling: 3))
    #expect(graph.rates.allSatisfy { abs($0 / state.meanRate - 1) < 1e-7 })
  }

  @Test func `A graph tells its neurons apart as the simulation does`() throws {
    let range = try #require(ExcitabilityRange(1, 1.5))
    let network = ReferenceInhibitoryNetwork.network(
      neurons: 200, in: range, inDegree: 20, seed: 4)
    let graph = try #require(GraphMeanField(of: network, coupling: 2))
    var measurement = InhibitoryMeasurement(
      InhibitoryObservables(
        of: network, window: ObservationWindow(after: 100, for: 1000), sampleStep: 10,
        rateBin: 0.1))
    var simulation = ReferenceInhibitoryNetwork(network, coupling: 2, delay: 0.1)
    measurement.advance(&simulation)
    let counts = measurement.observables.intervals.counts
    let errors = zip(graph.rates, counts).map { $0 - Double($1) / 1000 }
    let square = errors.reduce(0) { $0 + $1 * $1 } / 200
    #expect(square.squareRoot() < 0.03)
    #expect(abs(graph.meanRate / measurement.observables.meanRate - 1) < 0.05)
    let field = try #require(ShotNoiseMeanField(range, inDegree: 20, coupling: 2))
    #expect(abs(graph.meanRate / field.meanRate - 1) < 0.1)
  }

  @Test func `Strong inhibition on a graph settles too, and rates are those of their inputs`()
    throws
  {
    let network = ReferenceInhibitoryNetwork.network(
      neurons: 100, in: try #require(ExcitabilityRange(1, 1.5)), inDegree: 10, seed: 5)
    for coupling in [0, 10, 200] as [Double] {
      let graph = try #require(GraphMeanField(of: network, coupling: coupling))
      let inhibition = try #require(
        PoissonInhibition(pulse: coupling / 10, highestPulseRate: 10))
      for neuron in 0..<100 {
        let inputs = network.sources[10 * neuron..<10 * neuron + 10].reduce(0) {
          $0 + graph.rates[Int($1)]
        }
        let rate = inhibition.rate(
          drive: network.excitabilities[neuron], pulseRate: inputs)
        #expect(abs(rate - graph.rates[neuron]) < 1e-8)
      }
    }
  }
}
