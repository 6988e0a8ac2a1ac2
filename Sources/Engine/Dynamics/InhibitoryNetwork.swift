/// A heterogeneous network of leaky integrate-and-fire neurons that inhibit each other:
///
///     dV_i/dt = a_i - V_i - (g/K) sum_j C_ij sum_n delta(t - t_n^(j) - tau)
///     V_i reaches 1: neuron i fires, V_i := 0
///
/// Time is in membrane time constants, potential in units of threshold minus reset. There is no
/// noise, no refractory time and no lower bound of V. Specification of inhibitory networks, 1.
package struct InhibitoryNetwork: Sendable, Equatable {
  /// Who inhibits whom.
  package enum Connectivity: Sendable, Equatable, Codable {
    /// Everyone all others: K = N - 1.
    case global
    /// Every neuron is inhibited by exactly so many others, drawn at random.
    case sparse(inDegree: Int)
  }

  /// a_i of every neuron.
  package let excitabilities: [Double]
  /// V_i(0).
  package let startingPotentials: [Double]
  package let connectivity: Connectivity
  /// For sparse networks the K sources of each neuron, one neuron after the other, in the order in
  /// which they were drawn.
  package let sources: [UInt32]

  package init(
    excitabilities: [Double], startingPotentials: [Double], connectivity: Connectivity,
    sources: [UInt32]
  ) {
    self.excitabilities = excitabilities
    self.startingPotentials = startingPotentials
    self.connectivity = connectivity
    self.sources = sources
  }

  package var neurons: Int { excitabilities.count }

  /// K.
  package var inDegree: Int {
    switch connectivity {
    case .global: neurons - 1
    case .sparse(let inDegree): inDegree
    }
  }
}
