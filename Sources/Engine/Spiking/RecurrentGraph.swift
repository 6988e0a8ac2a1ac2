import Foundation

/// Which neurons of a recurrent layer are joined: drawn once, by the distance of their places on a
/// grid, and never trained (specification of ST-RSBP, 3.2).
///
/// Pre-neuron i connects to post-neuron j, itself included, with probability
///
///     min(1, C exp(-distance^2 / 4)),
///     C = 1.5 x (exc -> exc 0.3, exc -> inh 0.2, inh -> exc 0.4, inh -> inh 0.1)
///
/// where four fifths of the neurons are drawn as excitatory.
package struct RecurrentGraph: Sendable, Equatable {
  package enum Rule: String, Sendable, Codable, CaseIterable {
    /// True distances.
    case distance
    /// As the released program computes them: differences of coordinates below 0 wrap to huge ones,
    /// so that a synapse needs a pre-neuron with no coordinate below that of the post-neuron. No
    /// loops but those of a neuron with itself exist.
    case released
  }

  package let units: Int
  /// The targets of neuron p lie at `offsets[p]..<offsets[p + 1]`, ascending.
  package let offsets: [Int32]
  package let targets: [UInt16]

  package var synapses: Int { targets.count }

  /// From the post-neurons of each neuron.
  package init(targets: [[Int]]) {
    units = targets.count
    var offsets: [Int32] = [0]
    for list in targets { offsets.append(offsets[offsets.count - 1] + Int32(list.count)) }
    self.offsets = offsets
    self.targets = targets.flatMap { $0.sorted().map { UInt16($0) } }
  }

  /// All runs with the same sides share one graph, as in the program.
  ///
  /// - Parameter sides: d1 x d2 x d3 neurons, neuron (x d2 + y) d3 + z at (x, y, z)
  package init(sides: [Int], rule: Rule, seed: UInt64 = Self.seed) {
    precondition(sides.count == 3 && sides.allSatisfy { $0 > 0 })
    let units = sides.reduce(1, *)
    var stream = RandomStream(seed: seed, purpose: .connections)
    let isExcitatory = Self.excitatory(units, &stream)
    let places = (0..<units).map { unit in
      [unit / (sides[1] * sides[2]), unit / sides[2] % sides[1], unit % sides[2]]
    }
    var targets = [[Int]](repeating: [], count: units)
    for before in 0..<units {
      for after in 0..<units {
        let chance = stream.nextUniform()
        let differences = zip(places[before], places[after]).map { $0 - $1 }
        if rule == .released, differences.contains(where: { $0 < 0 }) { continue }
        let squared = Double(differences.reduce(0) { $0 + $1 * $1 })
        let strength = Self.strength(from: isExcitatory[before], to: isExcitatory[after])
        if chance < strength * exp(-squared / 4) { targets[before].append(after) }
      }
    }
    self.init(targets: targets)
  }

  /// Which neurons are excitatory in the graph of so many with that seed.
  package static func excitatory(_ units: Int, seed: UInt64 = Self.seed) -> [Bool] {
    var stream = RandomStream(seed: seed, purpose: .connections)
    return excitatory(units, &stream)
  }

  private static func excitatory(_ units: Int, _ stream: inout RandomStream) -> [Bool] {
    (0..<units).map { _ in stream.nextUniform() < excitatoryShare }
  }

  /// That of the released program.
  package static let seed: UInt64 = 5
  private static let excitatoryShare = 0.8

  private static func strength(from isExcitatory: Bool, to isToExcitatory: Bool) -> Double {
    switch (isExcitatory, isToExcitatory) {
    case (true, true): 0.45
    case (true, false): 0.3
    case (false, true): 0.6
    case (false, false): 0.15
    }
  }

  /// A grid of so many neurons that is as the authors': 5 x 5 x n/25 where that divides, else the
  /// flattest box whose last side is the longest.
  package static func sides(of units: Int) -> [Int] {
    if units == 800 { return [10, 10, 8] }
    if units == 500 { return [10, 10, 5] }
    if units % 25 == 0 { return [5, 5, units / 25] }
    var best = [1, 1, units]
    for first in 1...max(1, Int(cbrt(Double(units)))) where units % first == 0 {
      let rest = units / first
      for second in first...max(first, Int(Double(rest).squareRoot())) where rest % second == 0 {
        if rest / second <= best[2] { best = [first, second, rest / second] }
      }
    }
    return best
  }
}
