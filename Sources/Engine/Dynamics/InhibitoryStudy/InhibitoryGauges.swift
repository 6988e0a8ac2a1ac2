/// The gauges of a simulated inhibitory network. Those of the window look back over its length;
/// those of the measurement, since the transient or the last edit.
enum InhibitoryGauges {
  static let rate = "rate"
  static let activeFraction = "activeFraction"
  static let order = "order"
  static let field = "field"
  static let variation = "variation"
  static let localVariation = "localVariation"
  static let modulation = "modulation"
  static let freeFraction = "freeFraction"
  static let spikesPerBurst = "spikesPerBurst"
  static let period = "period"
  static let coupling = "coupling"
  static let delay = "delay"
  static let time = "time"

  static func predicted(_ id: String) -> String { "predicted.\(id)" }

  static let gauges: [Gauge] = [
    Gauge(id: rate, title: "mean rate", group: .rate),
    Gauge(id: predicted(rate), title: "predicted rate", group: .rate),
    share(activeFraction, "active neurons"),
    share(predicted(activeFraction), "predicted to be active"),
    share(order, "order parameter"),
    other(field, "mean potential"),
    other(variation, "CV of intervals"),
    other(modulation, "rate modulation"),
    share(freeFraction, "free intervals"),
    Gauge(id: coupling, title: "coupling g", group: .other, scale: .logarithmic),
    Gauge(id: delay, title: "delay", group: .other, scale: .logarithmic),
    other(time, "simulated time"),
  ]

  private static func other(_ id: String, _ title: String) -> Gauge {
    Gauge(id: id, title: title, group: .other)
  }

  private static func share(_ id: String, _ title: String) -> Gauge {
    Gauge(id: id, title: title, group: .other, limits: 0...1)
  }
}
