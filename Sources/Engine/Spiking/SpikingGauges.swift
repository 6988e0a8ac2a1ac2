/// The gauges of the training of a network of spike trains.
enum SpikingGauges {
  static let cost = "cost"
  static let sweeps = "sweeps"
  static let dominant = "dominant"

  /// Mean spikes of a neuron in a trial.
  static func rate(_ site: String) -> String { "rate.\(site)" }
  /// The share of a layer's neurons that stay silent.
  static func silent(_ site: String) -> String { "silent.\(site)" }

  static func all(sites: [StudySummary.Site], hasRecurrence: Bool) -> [Gauge] {
    let layers = sites.flatMap { site in
      [
        Gauge(
          id: rate(site.id), title: site.title, unit: "spikes", group: .rate, site: site.id),
        Gauge(
          id: silent(site.id), title: "silent in \(site.title)", group: .other, site: site.id,
          limits: 0...1),
      ]
    }
    let system =
      hasRecurrence
      ? [
        Gauge(id: sweeps, title: "sweeps of the linear system", group: .other),
        Gauge(id: dominant, title: "rows that dominate", group: .other, limits: 0...1),
      ] : []
    return [
      Gauge(id: "loss", title: "train", group: .loss, scale: .logarithmic),
      Gauge(id: "accuracy", title: "train", group: .accuracy, limits: 0...1),
      Gauge(id: cost, title: "cost outside the margin", group: .other, scale: .logarithmic),
      Gauge(
        id: "validation.spiking.loss", title: "validation", group: .loss, split: .validation,
        regime: .spiking, scale: .logarithmic),
      Gauge(
        id: "validation.spiking.accuracy", title: "spiking", group: .accuracy, split: .validation,
        regime: .spiking, limits: 0...1),
      Gauge(
        id: "learningRate", title: "learning rate", group: .learningRate, scale: .logarithmic),
    ] + layers + system
  }
}
