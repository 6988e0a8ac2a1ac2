/// When a single neuron of a globally coupled network, firing as if alone, keeps all others silent
/// for ever; exact at any size and delay (specification of inhibitory networks, 3.4).
package struct WinnerTakesAll: Sendable, Equatable {
  /// g*: from here on the most excitable neuron can be the only one.
  package let threshold: Double
  /// From here on the second can be it too, so that the winner depends on the start. Infinite where
  /// the second never fires.
  package let secondWinner: Double
  /// The most excitable neuron, the first of several.
  package let winner: Int

  /// `nil` unless there are two neurons and the most excitable one fires when left alone.
  package init?(excitabilities: [Double]) {
    guard excitabilities.count > 1, excitabilities.allSatisfy(\.isFinite) else { return nil }
    let order = excitabilities.indices.sorted {
      (-excitabilities[$0], $0) < (-excitabilities[$1], $1)
    }
    let first = excitabilities[order[0]] - 1
    let second = max(excitabilities[order[1]] - 1, 0)
    guard first > 0 else { return nil }
    let others = Double(excitabilities.count - 1)
    threshold = others * second / first
    secondWinner = second > 0 ? others * first / second : .infinity
    winner = order[0]
  }

  /// The coupling from which on a neuron can be the only one, (N - 1) max (a_i - 1)/(a_k - 1);
  /// infinite for one that never fires.
  package static func threshold(of neuron: Int, excitabilities: [Double]) -> Double? {
    guard excitabilities.count > 1, excitabilities.indices.contains(neuron) else { return nil }
    let own = excitabilities[neuron] - 1
    var other = 0.0
    for (index, excitability) in excitabilities.enumerated() where index != neuron {
      other = max(other, excitability - 1)
    }
    return own > 0 ? Double(excitabilities.count - 1) * other / own : .infinity
  }
}
