import Foundation

/// Time constants of a network of spike trains, and the spike-train level post-synaptic potential e
/// that they give, in plain Double (specification of ST-RSBP, 1.5).
package struct ReferenceSpikeResponse: Sendable {
  /// tau_m and tau_s, in steps.
  package var membrane: Double
  package var synapse: Double
  /// t_ref and T.
  package var refractory: Int
  package var steps: Int
  package var thresholdTolerance = 1e-6

  package init(membrane: Double, synapse: Double, refractory: Int, steps: Int) {
    (self.membrane, self.synapse) = (membrane, synapse)
    (self.refractory, self.steps) = (refractory, steps)
  }

  /// e by the recursion that a neuron itself follows.
  package func potential(before: [Int], after: [Int]) -> Double {
    guard !before.isEmpty, !after.isEmpty else { return 0 }
    let (before, after) = (Set(before), Set(after))
    var (current, membrane, held, sum) = (0.0, 0.0, 0, 0.0)
    for time in 0..<steps {
      current -= current / synapse
      if before.contains(time - 1) { current += 1 }
      membrane += current / synapse - membrane / self.membrane
      if held > 0 {
        membrane = 0
        held -= 1
      }
      if after.contains(time) {
        sum += membrane
        membrane = 0
        held = refractory
      }
    }
    return sum
  }

  /// e of each pair, [post][pre].
  package func potentials(before: [[Int]], after: [[Int]]) -> [[Double]] {
    after.map { after in before.map { potential(before: $0, after: after) } }
  }

  /// e by the analytic kernel, as HM2-BP's program adds it up; 0.1 where only the neuron after the
  /// synapse is silent.
  package func kernelPotential(before: [Int], after: [Int]) -> Double {
    guard !after.isEmpty else { return before.isEmpty ? 0 : 0.1 }
    var (free, sum) = (1, 0.0)
    for end in after {
      let earliest = max(1, Double(end) - 4 * membrane)
      for start in before where Double(start) >= earliest && start < end {
        let arrival = start + refractory
        if arrival <= end { sum += kernel(sinceFree: end - free, sinceArrival: end - arrival) }
      }
      free = end + refractory
    }
    return sum
  }

  /// epsilon(s, t).
  private func kernel(sinceFree s: Int, sinceArrival t: Int) -> Double {
    let both = Double(min(s, t))
    let carried = exp(-Double(max(t - s, 0)) / synapse)
    return carried * (exp(-both / membrane) - exp(-both / synapse)) / (1 - synapse / membrane)
  }
}
