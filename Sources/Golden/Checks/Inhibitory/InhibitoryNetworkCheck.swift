import Engine

/// `net-*`: networks that a generator makes from a seed (specification of inhibitory networks, 1.5).
struct InhibitoryNetworkCheck: GoldenCheck {
  var name: String { "net-" }

  func covers(_ file: String) -> Bool { file.hasPrefix(name) }

  /// Neurons of a file at most: in a file all are listed.
  private static let mostNeurons = 1_000_000

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    tally.countCase()
    let listed = try InhibitoryNetwork(file)
    let neurons = try file.value("N")
    let inDegree = try file.value("in_degree").integer()
    let seed = try file.value("seed")
    guard let start = UInt64(exactly: try seed.integer()) else {
      throw seed.invalid("a number from 0", found: "\(try seed.integer())")
    }
    guard try neurons.integer() <= Self.mostNeurons else {
      throw neurons.invalid("up to \(Self.mostNeurons)", found: "\(try neurons.integer())")
    }
    let isGlobal = listed.connectivity == .global
    let made = try InhibitoryNetwork.make(
      neurons: try neurons.integer(),
      excitabilities: .uniform(
        lower: try file.value("l1").double(), upper: try file.value("l2").double()),
      connectivity: isGlobal ? .global : .sparse(inDegree: inDegree), seed: start)
    tally.compare(Double(made.inDegree), Double(inDegree), .exact, at: "in_degree")
    tally.compare(made.excitabilities, listed.excitabilities, .absolute(1e-15), at: "a")
    tally.compare(made.startingPotentials, listed.startingPotentials, .absolute(1e-15), at: "V0")
    tally.compare(
      made.sources.map(Double.init), listed.sources.map(Double.init), .exact, at: "pre")
  }
}
