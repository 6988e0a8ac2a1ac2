/// The ids of the knobs and actions of a simulated inhibitory network.
package enum InhibitoryKnobs {
  /// g, which follows a schedule.
  package static let coupling = "coupling"
  package static let delay = "delay"
  /// K; another one draws another network.
  package static let inDegree = "inDegree"
  package static let lowest = "lowest"
  package static let highest = "highest"
  package static let speed = "speed"
  package static let perturbation = "perturbation"
  package static let stimulus = "stimulus"
  /// Ranks that the next influence is on, from 1 for the least excitable neuron.
  package static let first = "first"
  package static let last = "last"

  /// Neurons that are chosen stop firing; have additional drive; are as they were.
  package static let silence = "silence"
  package static let stimulate = "stimulate"
  package static let release = "release"
  package static let releaseAll = "releaseAll"
  /// Noise on all potentials.
  package static let perturb = "perturb"
  /// Everything begins again where this network began.
  package static let restart = "restart"
  /// Everything begins with other excitabilities, potentials and connections.
  package static let newNetwork = "newNetwork"

  static let actions: [(id: String, title: String)] = [
    (silence, "silence the chosen neurons"), (stimulate, "stimulate the chosen neurons"),
    (release, "release the chosen neurons"), (releaseAll, "release all neurons"),
    (perturb, "perturb all potentials"), (restart, "begin again"),
    (newNetwork, "begin with another network"),
  ]

  /// What an action does, in words; `nil` for others.
  package static func title(of action: String) -> String? {
    actions.first { $0.id == action }?.title
  }
}
