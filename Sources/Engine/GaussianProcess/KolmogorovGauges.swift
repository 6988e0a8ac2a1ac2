/// The gauges of the training of a Kolmogorov network, called as those of ``TrainingGauges``:
/// `spiking` is with what curves are rounded to, or with tables in the place of curves, `nonSpiking`
/// with the curves.
struct KolmogorovGauges {
  let names: KolmogorovNames
  let hasClasses: Bool
  /// What the two are called; the former where there is one.
  let regimes: (spiking: String?, nonSpiking: String)
  let hasOuterCurves: Bool

  /// The score that results are told by.
  var scoreName: String { hasClasses ? "accuracy" : "rmse" }

  static let outside = "health.outside"
  static let height = "health.height"

  static func share(_ name: String) -> String { "share.\(name)" }

  var all: [Gauge] {
    let unit = hasClasses ? "nats" : ""
    return [
      Gauge(id: "loss", title: "train", unit: unit, group: .loss, scale: .logarithmic),
      score("accuracy", "batch accuracy", .training, nil),
    ].filter { hasClasses || $0.id != "accuracy" } + scores(.nonSpiking, regimes.nonSpiking, unit)
      + (regimes.spiking.map { scores(.spiking, $0, unit) } ?? []) + [
        Gauge(
          id: "learningRate", title: "learning rate", group: .learningRate, scale: .logarithmic)
      ]
      + zip(names.gauges, names.inputs).prefix(Self.mostShares).map {
        Gauge(id: Self.share($0), title: "share of \($1)", group: .other, limits: 0...1)
      }
      + [
        Gauge(
          id: Self.outside, title: "rows outside the outer curves", group: .other, limits: 0...1),
        Gauge(id: Self.height, title: "highest control point", group: .other),
      ].filter { hasOuterCurves || $0.id != Self.outside }
  }

  /// More would not be told apart.
  static let mostShares = 32

  private func scores(_ regime: Gauge.Regime, _ name: String, _ unit: String) -> [Gauge] {
    [
      Gauge(
        id: "validation.\(regime).loss", title: "validation \(name)", unit: unit, group: .loss,
        split: .validation, regime: regime, scale: .logarithmic),
      score("validation.\(regime).\(scoreName)", name, .validation, regime),
    ]
  }

  private func score(
    _ id: String, _ title: String, _ split: Gauge.Split, _ regime: Gauge.Regime?
  ) -> Gauge {
    Gauge(
      id: id, title: title, group: hasClasses && regime != nil ? .accuracy : .other, split: split,
      regime: regime, limits: hasClasses ? 0...1 : nil)
  }
}
