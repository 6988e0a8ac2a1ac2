import Engine

extension Presets {
  /// The recipe of 400 full-batch steps of Adam at 0.05.
  static let kolmogorov: [Preset] = [
    Preset(
      summary: "Five curves tell banknotes apart: the whole model on one screen", source: source,
      experiment: kolmogorov("kolmogorov-banknote", "Banknotes, one unit of curves") {
        banknote(&$0)
      }),
    Preset(
      summary: "Four curves that only add up tell banknotes apart", source: source,
      experiment: kolmogorov("kolmogorov-banknote-additive", "Banknotes, an additive model") {
        banknote(&$0)
        ($0.outer, $0.warmUp, $0.sum) = (.none, 0, .one)
      }),
    Preset(
      summary: "Five curves whose outputs have 4 bits while they are trained", source: source,
      experiment: kolmogorov("kolmogorov-banknote-4bit", "Banknotes, curves of 4 bits") {
        banknote(&$0)
        ($0.quantizer, $0.activationBits, $0.bits) = (.uniform, 4, 0)
      }),
    Preset(
      summary: "Five curves that are counts of spikes while they are trained", source: source,
      experiment: kolmogorov("kolmogorov-banknote-spiking", "Banknotes, curves of spikes") {
        banknote(&$0)
        ($0.quantizer, $0.spikeSteps, $0.bits) = (.spiking, 8, 0)
      }),
    Preset(
      summary: "Three units of curves, 15 curves", source: source,
      experiment: kolmogorov("kolmogorov-banknote-3", "Banknotes, three units of curves") {
        banknote(&$0)
        ($0.units, $0.warmUp) = (3, 0)
      }),
    Preset(
      summary: "Nine units of curves, 45 curves, as many as the theorem asks for",
      source: source,
      experiment: kolmogorov("kolmogorov-banknote-9", "Banknotes, nine units of curves") {
        banknote(&$0)
        ($0.units, $0.warmUp) = (9, 0)
      }),
    Preset(
      summary: "Six curves learn to multiply two numbers: needs no data", source: source,
      experiment: kolmogorov("kolmogorov-product", "x1 x2, two units of curves") {
        expressive(&$0)
      }),
    Preset(
      summary: "Nine curves learn exp(sin(pi x1) + x2^2): needs no data", source: source,
      experiment: kolmogorov("kolmogorov-expressive", "exp(sin(pi x1) + x2^2), three units") {
        expressive(&$0)
        ($0.data, $0.units) = (.exponential, 3)
      }),
  ]

  private static let source = "Sun et al. 2020 (arXiv:2006.06057), our recipe"

  private static func kolmogorov(
    _ name: String, _ title: String, _ change: (inout KolmogorovConfiguration) -> Void
  ) -> Experiment {
    var experiment = standard.experiment
    (experiment.kind, experiment.name, experiment.title) = (.kolmogorov, name, title)
    change(&experiment.kolmogorov)
    return experiment
  }

  private static func banknote(_ configuration: inout KolmogorovConfiguration) {
    configuration.data = .banknote
    (configuration.units, configuration.warmUp, configuration.bits) = (1, 100, 4)
  }

  private static func expressive(_ configuration: inout KolmogorovConfiguration) {
    (configuration.points, configuration.epochs, configuration.rate) = (9, 1500, 0.02)
    configuration.everyEpochs = 50
  }
}
