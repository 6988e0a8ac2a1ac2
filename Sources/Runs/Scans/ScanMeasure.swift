import Engine
package import Experiments

/// What is measured at the points of a scan, for one kind of experiments.
package protocol ScanMeasure: Sendable {
  /// Columns that tell the settings of a point, beside its seed.
  var settings: [String] { get }
  /// The columns of these that belong to keys, by key.
  var names: [String: String] { get }
  /// Columns of what is measured, ``ScanColumns/seconds`` among them.
  var results: [String] { get }

  /// The values of ``settings``.
  func values(of experiment: Experiment) -> [Double]

  /// Measures a point on the calling thread alone: the values of ``results``, `nil` for what a point
  /// does not have. They follow from the experiment alone. Returns `nil` where `isStopped` said so.
  func measure(_ experiment: Experiment, isStopped: () -> Bool) throws -> [Double?]?
}

/// Inhibitory networks in their steady state.
package struct InhibitoryScanMeasure: ScanMeasure {
  package init() {}

  package let settings = ["g", "delay", "n", "k"]
  package let names = [
    "inhibitory.coupling": "g", "inhibitory.coupling.value": "g", "inhibitory.delay": "delay",
    "inhibitory.neurons": "n", "inhibitory.inDegree": "k",
  ]
  package let results = [
    "activeFraction", "rate", "order", "modulation", "variation", "localVariation",
    "freeFraction", "spikesPerBurst", "period", "spikes", ScanColumns.seconds, "theoryRate",
    "theoryActiveFraction",
  ]

  package func values(of experiment: Experiment) -> [Double] {
    let network = experiment.inhibitory
    return [
      network.steadyCoupling ?? .nan, network.delay, Double(network.neurons),
      Double(network.sources),
    ]
  }

  package func measure(
    _ experiment: Experiment, isStopped: () -> Bool
  ) throws -> [Double?]? {
    let point = try InhibitorySteadyState.measure(
      experiment.inhibitory, seed: experiment.seed, isStopped: isStopped)
    guard let point else { return nil }
    return [
      point.activeFraction, point.rate, point.order, point.modulation, point.variation,
      point.localVariation, point.freeFraction, point.spikesPerBurst, point.period,
      Double(point.spikes), nil, point.predictedRate, point.predictedActiveFraction,
    ]
  }
}
