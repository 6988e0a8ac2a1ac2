extension InhibitoryNetwork {
  /// Where the excitabilities come from.
  package enum Excitabilities: Sendable, Equatable, Codable {
    /// Drawn from the uniform distribution.
    case uniform(lower: Double, upper: Double)
    /// The middles of equal parts, the lowest first.
    case evenlySpaced(lower: Double, upper: Double)
    case given([Double])
  }

  /// Above this a period could not be told from 0.
  package static let allowedExcitability = 1...1e6
  package static let leastNeurons = 2
  package static let mostNeurons = 1 << 30

  /// The network of a seed, number for number as in other programs (specification of inhibitory
  /// networks, 1.5): excitabilities first, where they are drawn, then potentials in 0..<1, then the
  /// sources of each neuron.
  package static func make(
    neurons: Int, excitabilities: Excitabilities = .uniform(lower: 1, upper: 1.5),
    connectivity: Connectivity, seed: UInt64
  ) throws(InhibitoryError) -> InhibitoryNetwork {
    guard neurons >= leastNeurons else {
      throw .tooFewNeurons(found: neurons, least: leastNeurons)
    }
    guard neurons <= mostNeurons else { throw .tooManyNeurons(found: neurons, most: mostNeurons) }
    if case .sparse(let inDegree) = connectivity, !(1...neurons - 1).contains(inDegree) {
      throw .inDegreeOutOfRange(found: inDegree, allowed: 1...neurons - 1)
    }
    try excitabilities.validate(neurons: neurons)
    var generator = SplitMix64(state: seed)
    let drives = excitabilities.values(neurons: neurons, &generator)
    let potentials = (0..<neurons).map { _ in generator.nextFraction() }
    var sources: [UInt32] = []
    if case .sparse(let inDegree) = connectivity {
      sources = drawSources(neurons: neurons, inDegree: inDegree, &generator)
    }
    return InhibitoryNetwork(
      excitabilities: drives, startingPotentials: potentials, connectivity: connectivity,
      sources: sources)
  }

  private static func drawSources(
    neurons: Int, inDegree: Int, _ generator: inout SplitMix64
  ) -> [UInt32] {
    // For which neuron each other was drawn last.
    var drawnFor = [UInt32](repeating: .max, count: neurons)
    return [UInt32](unsafeUninitializedCapacity: neurons * inDegree) { sources, used in
      for neuron in 0..<neurons {
        drawnFor[neuron] = UInt32(neuron)
        let end = used + inDegree
        while used < end {
          let source = Int(generator.nextFraction() * Double(neurons))
          guard drawnFor[source] != UInt32(neuron) else { continue }
          drawnFor[source] = UInt32(neuron)
          sources[used] = UInt32(source)
          used += 1
        }
      }
    }
  }
}

extension InhibitoryNetwork.Excitabilities {
  fileprivate func validate(neurons: Int) throws(InhibitoryError) {
    switch self {
    case .uniform(let lower, let upper), .evenlySpaced(let lower, let upper):
      try InhibitoryNetwork.validate(excitability: lower)
      try InhibitoryNetwork.validate(excitability: upper)
      guard lower <= upper else { throw .excitabilitiesOutOfOrder(lower: lower, upper: upper) }
    case .given(let values):
      guard values.count == neurons else {
        throw .wrongExcitabilityCount(found: values.count, expected: neurons)
      }
      for value in values { try InhibitoryNetwork.validate(excitability: value) }
    }
  }

  fileprivate func values(neurons: Int, _ generator: inout SplitMix64) -> [Double] {
    switch self {
    case .uniform(let lower, let upper):
      return (0..<neurons).map { _ in lower + (upper - lower) * generator.nextFraction() }
    case .evenlySpaced(let lower, let upper):
      return (0..<neurons).map { lower + (upper - lower) * (Double($0) + 0.5) / Double(neurons) }
    case .given(let values):
      return values
    }
  }
}

extension InhibitoryNetwork {
  package static func validate(excitability: Double) throws(InhibitoryError) {
    guard allowedExcitability.contains(excitability) else {
      throw .excitabilityOutOfRange(found: excitability, allowed: allowedExcitability)
    }
  }
}

extension SplitMix64 {
  /// Uniform on 0..<1: the lower ends of 2^53 equal parts.
  fileprivate mutating func nextFraction() -> Double { Double(next() >> 11) * 0x1p-53 }
}
