import Engine

/// The words of experiments with inhibitory networks.
extension Choices {
  static let topologies = list { (topology: InhibitoryConfiguration.Topology) in
    switch topology {
    case .global: "everyone all others"
    case .sparse: "every neuron is inhibited by inDegree others that are drawn"
    }
  }

  static let spreads = list { (spread: InhibitoryConfiguration.Spread) in
    switch spread {
    case .drawn: "drawn uniformly"
    case .even: "at even distances"
    }
  }

  static let simulations = list { (method: InhibitoryConfiguration.Method) in
    switch method {
    case .slices: "exactly, slice by slice of the delay"
    case .heap: "exactly, with a heap of the next spikes"
    case .clock: "on a grid of time, to see what exactness buys"
    }
  }
}
