/// The simulation of an inhibitory network as an experiment (Luccioli, Angulo-Garcia and Torcini
/// 2019). Times are in membrane time constants, potentials in units of threshold minus reset.
package struct InhibitoryConfiguration: Sendable, Equatable {
  /// Who inhibits whom.
  package enum Topology: String, Sendable, Codable, CaseIterable {
    /// Everyone all others.
    case global
    /// Every neuron is inhibited by K others that are drawn.
    case sparse
  }

  /// How the excitabilities lie between their limits.
  package enum Spread: String, Sendable, Codable, CaseIterable {
    /// Drawn uniformly.
    case drawn
    /// At even distances.
    case even
  }

  /// How crossings of the threshold are found (specification, 2.3 and 2.4).
  package enum Method: String, Sendable, Codable, CaseIterable {
    /// Exactly, slice by slice of the delay; with the heap where there is no delay.
    case slices
    /// Exactly, with a heap of lower bounds.
    case heap
    /// On a grid of time, to show what exactness buys.
    case clock
  }

  /// N.
  package var neurons = 400
  package var topology = Topology.sparse
  /// K of sparse networks.
  package var inDegree = 20
  /// g over the run.
  package var coupling = Schedule(.hold(1))
  /// tau.
  package var delay = 0.1
  /// The limits l1 and l2 of the excitabilities.
  package var lowest = 1.0
  package var highest = 1.5
  package var spread = Spread.drawn
  package var method = Method.slices
  /// Step of the grid, for ``Method/clock``.
  package var clockStep = 0.01
  /// T_tr, before which nothing counts as a result, and T_m after it.
  package var transient = 1000.0
  package var duration = 1000.0
  /// How often potentials are looked at: a whole number of times from reading to reading.
  package var sampling = 0.02
  /// Length of the sliding window of the gauges and of the view, in whole readings.
  package var window = 50.0
  /// Time units a second while somebody watches; changes no result.
  package var speed = 20.0

  package init() {}

  package static let allowedNeurons = 2...2_000_000
  package static let allowedCouplings = 0.0...1e6
  package static let allowedDelays = 0.0...100.0
  package static let allowedExcitabilities = 1.0...100.0
  package static let allowedTimes = 1.0...1e8
  package static let allowedSamplings = 1e-4...readingInterval
  package static let allowedClockSteps = 1e-5...1.0
  package static let allowedWindows = 1.0...1e5
  /// The highest stands for as fast as can be.
  package static let allowedSpeeds = 0.1...1e6
  /// Time between two readings.
  package static let readingInterval = 0.5
  static let readingsPerEpoch = Int(Double(epochLength) / readingInterval)

  /// Time of what is told as an epoch.
  package static let epochLength = 100

  /// Readings of the whole run.
  package var readings: Int {
    Int(((transient + duration) / Self.readingInterval).rounded(.up))
  }

  package var epochs: Int {
    (readings + Self.readingsPerEpoch - 1) / Self.readingsPerEpoch
  }
}

extension InhibitoryConfiguration {
  /// Looks at the potentials between two readings.
  var samplesPerReading: Int {
    max(1, Int((Self.readingInterval / sampling).rounded()))
  }

  /// Whether ``sampling`` is a whole part of the time between two readings, but for its last digits.
  package var samplesAreWhole: Bool {
    let looks = Self.readingInterval / sampling
    return abs(looks - looks.rounded()) <= 1e-6 * looks
  }

  /// Time between two looks.
  package var sampleStep: Double { Self.readingInterval / Double(samplesPerReading) }

  /// The window in whole readings, at which it is renewed.
  var gaugeWindow: Double {
    max(1, (window / Self.readingInterval).rounded()) * Self.readingInterval
  }

  /// Shorter delays have bins of the population rate as if there were none.
  static let leastResolvedDelay = 1e-6

  /// Width of a bin of the population rate: a tenth of the delay.
  static func rateBin(delay: Double) -> Double {
    delay >= leastResolvedDelay ? min(delay / 10, 0.1) : 0.02
  }

  /// Slices do without a delay that is too short for them.
  var simulationMethod: InhibitorySimulation.Method {
    switch method {
    case .slices: .automatic
    case .heap: .heap
    case .clock: .clock(step: clockStep)
    }
  }

  var connectivity: InhibitoryNetwork.Connectivity {
    topology == .global ? .global : .sparse(inDegree: inDegree)
  }

  /// Network `index` of a seed.
  package func makeNetwork(
    seed: UInt64, index: Int = 0, inDegree: Int? = nil
  ) throws(InhibitoryError) -> InhibitoryNetwork {
    try InhibitoryNetwork.make(
      neurons: neurons,
      excitabilities: spread == .even
        ? .evenlySpaced(lower: lowest, upper: highest) : .uniform(lower: lowest, upper: highest),
      connectivity: inDegree.map { .sparse(inDegree: $0) } ?? connectivity,
      seed: seed &+ UInt64(index) &* 0x9E37_79B9_7F4A_7C15)
  }
}
