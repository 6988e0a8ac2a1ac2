/// What is measured of one network whose coupling and delay do not change, beside what theory says:
/// a point of a scan. Observables are those of the specification of inhibitory networks, 4; `nil`
/// where there are too few spikes for one.
package struct InhibitorySteadyState: Sendable, Equatable {
  /// n_A over the measured time.
  package let activeFraction: Double
  /// Of all neurons, a membrane time constant.
  package let rate: Double
  /// ρ.
  package let order: Double?
  /// M.
  package let modulation: Double?
  /// Mean CV and CV2 of the intervals.
  package let variation: Double?
  package let localVariation: Double?
  /// Share of the intervals that no pulse has lengthened.
  package let freeFraction: Double?
  package let spikesPerBurst: Double?
  /// Of the mean potential.
  package let period: Double?
  /// In the measured time.
  package let spikes: Int
  package let predictedRate: Double?
  package let predictedActiveFraction: Double?
}

extension InhibitorySteadyState {
  /// Simulates network `seed` through its transient and measures the time after it, on the calling
  /// thread alone. Returns `nil` if `isStopped`, which is asked often, says so before the end.
  ///
  /// - Throws: where there is no such network or not enough memory for it, which other networks that
  ///   are measured at the same time take as well; where the coupling changes in the course of time.
  package static func measure(
    _ configuration: InhibitoryConfiguration, seed: UInt64,
    availableMemory: () -> Int = { AvailableMemory.bytes }, isStopped: () -> Bool = { false }
  ) throws(InhibitoryError) -> InhibitorySteadyState? {
    guard let coupling = configuration.steadyCoupling else { throw .movingCoupling }
    try configuration.checkMemory(available: availableMemory)
    let network = try configuration.makeNetwork(seed: seed)
    var simulation = try InhibitorySimulation(
      network, coupling: coupling, delay: configuration.delay,
      method: configuration.simulationMethod)
    var time = 0.0
    while time < configuration.transient {
      if isStopped() { return nil }
      time = min(time + patience, configuration.transient)
      simulation.advance(to: time)
    }
    var measurement = InhibitoryMeasurement(
      InhibitoryObservables(
        of: network,
        window: ObservationWindow(after: configuration.transient, for: configuration.duration),
        sampleStep: configuration.sampleStep,
        rateBin: InhibitoryConfiguration.rateBin(delay: configuration.delay)))
    let samples = max(1, Int(patience / configuration.sampleStep))
    while !measurement.isFinished {
      if isStopped() { return nil }
      measurement.advance(&simulation, samples: samples)
    }
    return InhibitorySteadyState(
      measurement.observables, predictions(configuration, coupling: coupling))
  }

  /// Time units between two questions whether to stop.
  private static let patience = 5.0

  private init(_ observables: InhibitoryObservables, _ predictions: InhibitoryPredictions) {
    activeFraction = observables.activeFraction
    rate = observables.meanRate
    order = observables.potentials.order
    modulation = observables.rates.modulation
    variation = observables.intervals.meanVariation
    localVariation = observables.intervals.meanLocalVariation
    freeFraction = observables.bursts.freeFraction
    spikesPerBurst = observables.bursts.spikesPerBurst
    period = observables.period
    spikes = observables.intervals.spikes
    predictedRate = predictions.meanRate
    predictedActiveFraction = predictions.activeFraction
  }

  private static func predictions(
    _ configuration: InhibitoryConfiguration, coupling: Double
  ) -> InhibitoryPredictions {
    InhibitoryPredictions(
      InhibitoryPredictions.Setting(
        lowest: configuration.lowest, highest: configuration.highest,
        inDegree: configuration.topology == .global ? nil : configuration.inDegree,
        coupling: coupling, delay: configuration.delay, window: configuration.duration))
  }
}

extension InhibitoryConfiguration {
  /// g where it stays the same throughout.
  package var steadyCoupling: Double? {
    if case .hold(let value) = coupling.shape { value } else { nil }
  }

  /// K, which is N - 1 for global coupling.
  package var sources: Int { topology == .global ? neurons - 1 : inDegree }
}
