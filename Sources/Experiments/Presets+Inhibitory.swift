import Engine

extension Presets {
  /// One for each claim of the paper (specification of inhibitory networks, 5).
  static let inhibitory: [Preset] = [
    Preset(
      summary: "More inhibition silences neuron after neuron until one is left", source: source,
      experiment: inhibitory("inhibitory-winner", "Winner takes all") {
        ($0.neurons, $0.topology, $0.delay) = (400, .global, 0)
        $0.coupling = Schedule(.geometric(start: 0.1, end: 1000), hold: 0.1)
      }),
    Preset(
      summary: "A long delay makes a global network oscillate, once the coupling is strong enough",
      source: source,
      experiment: inhibitory("inhibitory-oscillations", "Collective oscillations by delay") {
        ($0.neurons, $0.topology, $0.delay) = (2000, .global, 1)
        $0.coupling = Schedule(.geometric(start: 0.1, end: 10), hold: 0.2)
      }),
    Preset(
      summary: "Different neurons fall silent or out of step: turn the range of excitabilities",
      source: source,
      experiment: inhibitory("inhibitory-heterogeneity", "Heterogeneity against synchrony") {
        ($0.neurons, $0.topology, $0.delay) = (4000, .global, 0.3)
        ($0.lowest, $0.highest, $0.spread) = (1.2, 1.3, .even)
        ($0.transient, $0.duration) = (500, 500)
      }),
    Preset(
      summary: "Strong inhibition kills activity in a sparse network, stronger one revives it",
      source: source,
      experiment: inhibitory("inhibitory-rebirth", "Death and rebirth of activity") {
        ($0.neurons, $0.inDegree, $0.delay) = (400, 20, 0.1)
        $0.coupling = Schedule(.geometric(start: 0.1, end: 200), hold: 0.2)
        $0.duration = 4000
      }),
    Preset(
      summary: "A sparse network oscillates only within a window of the coupling", source: source,
      experiment: inhibitory("inhibitory-window", "The window of oscillations") {
        ($0.neurons, $0.inDegree, $0.delay) = (2000, 100, 0.3)
        $0.coupling = Schedule(.hold(8))
        ($0.transient, $0.duration) = (200, 800)
      }),
    Preset(
      summary: "Very strong inhibition: long silences, and bursts as if there were none",
      source: source,
      experiment: inhibitory("inhibitory-bursts", "Bursts at strong inhibition") {
        ($0.neurons, $0.inDegree, $0.delay) = (1000, 20, 0.1)
        $0.coupling = Schedule(.hold(100))
        ($0.transient, $0.duration) = (2000, 4000)
      }),
    Preset(
      summary: "Without sparseness neurons fire regularly", source: source,
      experiment: inhibitory("inhibitory-regular", "Regular firing in a global network") {
        ($0.neurons, $0.topology, $0.delay) = (1000, .global, 0.1)
        $0.coupling = Schedule(.hold(5))
      }),
  ]

  private static let source =
    "Luccioli et al. 2019 (arXiv:1902.03801), a claim of the abstract; sizes are ours"

  private static func inhibitory(
    _ name: String, _ title: String, _ change: (inout InhibitoryConfiguration) -> Void
  ) -> Experiment {
    var experiment = standard.experiment
    (experiment.kind, experiment.name, experiment.title) = (.inhibitory, name, title)
    change(&experiment.inhibitory)
    return experiment
  }
}
