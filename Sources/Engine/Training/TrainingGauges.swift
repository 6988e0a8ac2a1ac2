/// The gauges of a training run.
enum TrainingGauges {
  /// Metrics that get a curve in the panel of bits.
  static let bitMetrics: [BitMetric] = [
    .significantBits, .bitsEntropy, .bitsRange, .bitsDistinct, .significantBitsSigned, .popcount,
    .zeroFraction,
  ]

  static func gauges(sites: [QuantizedSignal]) -> [Gauge] {
    let active = sites.filter { $0.site.kind != .off }
    return scores(hasQuantizers: !active.isEmpty) + active.flatMap(siteGauges) + [
      Gauge(
        id: "learningRate", title: "learning rate", group: .learningRate, scale: .logarithmic),
      Gauge(
        id: "gradientNorm", title: "gradient norm", group: .other, scale: .logarithmic),
    ]
  }

  private static func scores(hasQuantizers: Bool) -> [Gauge] {
    var gauges = [
      Gauge(
        id: "loss", title: "train", unit: "nats", group: .loss, scale: .logarithmic),
      Gauge(
        id: "accuracy", title: "batch accuracy", group: .other, limits: 0...1),
    ]
    for regime in (hasQuantizers ? [.spiking, .nonSpiking] : [.nonSpiking]) as [Gauge.Regime] {
      let name = regime == .spiking ? "spiking" : "w=∞"
      gauges += [
        Gauge(
          id: "validation.\(regime).loss", title: "validation \(name)", unit: "nats",
          group: .loss, split: .validation, regime: regime, scale: .logarithmic),
        Gauge(
          id: "validation.\(regime).accuracy", title: name, group: .accuracy,
          split: .validation, regime: regime, limits: 0...1),
      ]
    }
    return gauges
  }

  private static func siteGauges(_ signal: QuantizedSignal) -> [Gauge] {
    [
      Gauge(
        id: "w.\(signal.id)", title: signal.id, unit: "spikes/unit", group: .resolution,
        site: signal.id, scale: .logarithmic),
      Gauge(
        id: "rate.\(signal.id)", title: signal.id, unit: "spikes/step", group: .rate,
        site: signal.id, scale: .logarithmic),
    ]
      + bitMetrics.map {
        Gauge(
          id: "bits.\(signal.id).\($0)", title: signal.id, unit: "bits", group: .bits,
          site: signal.id, metric: $0)
      }
  }
}
