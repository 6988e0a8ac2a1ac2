package import Engine
import Foundation

/// One setting of an ensemble of inhibitory networks: what to simulate, and what others found.
package struct EnsemblePoint: Sendable, Equatable {
  /// How the excitabilities lie in their range.
  package enum Spread: String, Sendable {
    /// Drawn at random, a network by itself.
    case random
    /// In equal steps, given to neurons at random.
    case even
  }

  package let neurons: Int
  /// K; `nil` for a global network.
  package let inDegree: Int?
  /// τ.
  package let delay: Double
  /// g.
  package let coupling: Double
  package let range: ExcitabilityRange
  package let spread: Spread
  /// Networks, with random numbers of their own each, whose means are compared.
  package let networks: Int
  /// Where potentials are sampled.
  package let window: ObservationWindow
  /// A longer one, of spikes alone.
  package let longWindow: ObservationWindow?
  /// δ.
  package let sampleStep: Double
  package let expectations: [Expectation]

  /// Something that is measured, by its name in records.
  package enum Quantity: String, Sendable, CaseIterable {
    case activeFraction = "n_A"
    case meanRate = "rate"
    case order = "rho"
    case variation = "CV"
    case freeFraction = "free"
    case randomFreeFraction = "free if random"
    case spikesPerBurst = "spikes/burst"
    case medianPause = "median pause"
    case longPause = "95 % pause"
    case modulation = "M"
    case period = "P"
    /// Over the longer window.
    case longActiveFraction = "n_A long"
    case longMeanRate = "rate long"
    case longVariation = "CV long"
  }

  /// What a mean should come to.
  package struct Expectation: Sendable, Equatable {
    package let quantity: Quantity
    package let value: Double
    /// How far off a mean may lie; `nil` for what is told only.
    package let tolerance: Double?
  }

  /// What tells the setting from others, in words without tabs or line ends. The same whatever is
  /// expected.
  package var id: String {
    let inputs = inDegree.map { "K \($0)" } ?? "global"
    let long = longWindow.map { " and \($0.length)" } ?? ""
    return "N \(neurons) \(inputs) tau \(delay) g \(coupling) a \(spread.rawValue) "
      + "\(range.lower) to \(range.upper) T \(window.start) + \(window.length)\(long)"
  }

  /// A network of the ensemble, by the generator of the specification (1.5) with a seed that the
  /// index and the seed of all make.
  package func network(_ index: Int, seed: UInt64) -> InhibitoryNetwork {
    let own = seed &* 1_000_003 &+ UInt64(index)
    let drawn = ReferenceInhibitoryNetwork.network(
      neurons: neurons, in: range, inDegree: inDegree, seed: own)
    guard spread == .even else { return drawn }
    // The order of the drawn ones is a random order of the even ones.
    var excitabilities = drawn.excitabilities
    let order = excitabilities.indices.sorted { excitabilities[$0] < excitabilities[$1] }
    for (rank, neuron) in order.enumerated() {
      excitabilities[neuron] =
        range.lower + range.width * (Double(rank) + 0.5) / Double(neurons)
    }
    return InhibitoryNetwork(
      excitabilities: excitabilities, startingPotentials: drawn.startingPotentials,
      connectivity: drawn.connectivity, sources: drawn.sources)
  }

  // MARK: Measuring

  /// Runs a simulation of one of the networks through the windows.
  package func measure(
    _ network: InhibitoryNetwork, _ simulation: inout some InhibitorySimulating
  ) -> [Quantity: Double] {
    // Without a delay there is no time to resolve but that of the samples.
    let bin = delay > 0 ? delay / 10 : sampleStep
    var measurement = InhibitoryMeasurement(
      InhibitoryObservables(of: network, window: window, sampleStep: sampleStep, rateBin: bin))
    guard let longWindow else {
      measurement.advance(&simulation)
      return Self.short(measurement.observables, inputs: network.inDegree)
    }
    var long = InhibitoryObservables(
      of: network, window: longWindow, sampleStep: sampleStep, rateBin: bin)
    measurement.advance(&simulation) { long.record($0) }
    var spikes = SpikeRecord()
    for part in 1...100 {
      let end = longWindow.start + longWindow.length * Double(part) / 100
      guard end > window.end else { continue }
      spikes.removeAll()
      simulation.advance(to: end, into: &spikes)
      long.record(spikes)
    }
    long.finish()
    return Self.short(measurement.observables, inputs: network.inDegree)
      .merging(Self.long(long)) { own, _ in own }
  }

  private static func short(
    _ found: InhibitoryObservables, inputs: Int
  ) -> [Quantity: Double] {
    let bursts = found.bursts
    let randomFree = bursts.freeFractionOfRandomPulses(
      counts: found.intervals.counts, pulseRate: Double(inputs) * found.meanRate)
    let numbers: [Quantity: Double?] = [
      .activeFraction: found.activeFraction, .meanRate: found.meanRate,
      .order: found.potentials.order, .variation: found.intervals.meanVariation,
      .freeFraction: bursts.freeFraction, .randomFreeFraction: randomFree,
      .spikesPerBurst: bursts.spikesPerBurst, .medianPause: bursts.pauses.quantile(0.5),
      .longPause: bursts.pauses.quantile(0.95), .modulation: found.rates.modulation,
      .period: found.period,
    ]
    return numbers.compactMapValues(\.self)
  }

  private static func long(_ found: InhibitoryObservables) -> [Quantity: Double] {
    let numbers: [Quantity: Double?] = [
      .longActiveFraction: found.activeFraction, .longMeanRate: found.meanRate,
      .longVariation: found.intervals.meanVariation,
    ]
    return numbers.compactMapValues(\.self)
  }
}
