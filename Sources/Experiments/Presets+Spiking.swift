import Engine

extension Presets {
  /// Settings of the authors' runs (specification of ST-RSBP, 3.3).
  static let spiking: [Preset] = [
    Preset(
      summary: "Clothes as spike trains, a recurrent spiking layer: minutes an epoch",
      source: rsbpSource,
      experiment: spiking("rsbp-fashion", "Fashion-MNIST, 400-R400") {
        ($0.hidden, $0.thresholds) = (["400", "R400"], [20, 20, 15])
        $0.graph = .released
      }),
    Preset(
      summary: "Handwritten digits as spike trains, a recurrent spiking layer", source: rsbpSource,
      experiment: spiking("rsbp-mnist", "MNIST, 400-R400") {
        ($0.hidden, $0.thresholds, $0.dataSet) = (["400", "R400"], [20, 20, 15], .mnist)
        $0.graph = .released
      }),
    Preset(
      summary: "A few images and neurons of the same: an epoch in seconds", source: rsbpSource,
      experiment: spiking("rsbp-fashion-small", "Fashion-MNIST, 100-R100, 2,000 images") {
        ($0.hidden, $0.thresholds) = (["100", "R100"], [20, 20, 15])
        ($0.trainingSamples, $0.evaluationSamples, $0.epochs) = (2000, 500, 10)
      }),
    Preset(
      summary: "8x8 digits as spike trains: a recurrent spiking network in half a minute",
      source: "As rsbp-mnist, sized for a first look",
      experiment: spiking("rsbp-digits", "Digits, 64-R64-10") {
        ($0.hidden, $0.thresholds, $0.dataSet) = (["R64"], [8, 8], .digits)
        ($0.response.steps, $0.epochs, $0.rate) = (200, 20, 0.005)
        ($0.training.rule.desired, $0.training.rule.undesired) = (20, 3)
        $0.training.rule.margin = 3
      }),
    Preset(
      summary: "Spoken digits through an ear: a recurrent spiking layer that hears",
      source: rsbpSource,
      experiment: spiking("rsbp-fsdd", "Spoken digits, R100-100") {
        ($0.hidden, $0.thresholds, $0.dataSet) = (["R100", "100"], [8, 8, 8], .fsdd)
        speech(&$0)
      }),
    Preset(
      summary: "The same with twice the neurons", source: rsbpSource,
      experiment: spiking("rsbp-fsdd-200", "Spoken digits, R200-200") {
        ($0.hidden, $0.thresholds, $0.dataSet) = (["R200", "200"], [10, 10, 5], .fsdd)
        speech(&$0)
      }),
    Preset(
      summary: "Spoken digits of TI46, which you have: ti46/ in the folder of --data",
      source: rsbpSource,
      experiment: spiking("rsbp-ti46-digits", "TI46 digits, R100-100") {
        ($0.hidden, $0.thresholds, $0.dataSet) = (["R100", "100"], [8, 8, 8], .ti46Digits)
        speech(&$0)
        ($0.graph, $0.epochs) = (.released, 200)
      }),
    Preset(
      summary: "Spoken letters of TI46, which you have: ti46/ in the folder of --data",
      source: rsbpSource,
      experiment: spiking("rsbp-ti46-alpha", "TI46 letters, 400-R400-400") {
        ($0.hidden, $0.dataSet) = (["400", "R400", "400"], .ti46Letters)
        $0.thresholds = [10, 8, 8, 8]
        speech(&$0)
        ($0.graph, $0.epochs) = (.released, 115)
      }),
    Preset(
      summary: "Digits heard by a silicon cochlea: your n-tidigits/n-tidigits.hdf5",
      source: rsbpSource,
      experiment: spiking("rsbp-n-tidigits", "N-TIDIGITS, 250-R250") {
        ($0.hidden, $0.thresholds, $0.dataSet) = (["250", "R250"], [10, 10, 5], .nTIDIGITS)
        speech(&$0)
        ($0.graph, $0.epochs) = (.released, 400)
      }),
  ]

  private static let rsbpSource = "Zhang and Li 2019, NeurIPS, arXiv:1908.06378"

  private static func speech(_ configuration: inout SpikingConfiguration) {
    configuration.response = SpikeResponse(membrane: 128, steps: 700)
    (configuration.rate, configuration.epochs) = (0.005, 60)
  }

  private static func spiking(
    _ name: String, _ title: String, _ change: (inout SpikingConfiguration) -> Void
  ) -> Experiment {
    var experiment = standard.experiment
    (experiment.kind, experiment.name, experiment.title) = (.spiking, name, title)
    change(&experiment.spiking)
    return experiment
  }
}
