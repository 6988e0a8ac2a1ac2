/// How errors in spike counts become gradients (specification of ST-RSBP, 1.7 and 2).
package struct SpikeTrainRule: Sendable, Equatable, Codable {
  package enum Method: String, Sendable, Codable, CaseIterable {
    /// ST-RSBP: self-reference of counts and recurrence solved as linear systems.
    case spikeTrain = "st-rsbp"
    /// HM2-BP: self-reference to first order, no linear systems.
    case hybrid = "hm2-bp"
  }

  /// de/do_i, the derivative by the count of the neuron after the synapse.
  package enum PostDerivative: String, Sendable, Codable, CaseIterable {
    /// The slope of the mean over random trains (``CountEffect``).
    case table
    /// e/o_i. With the closed form of ST-RSBP it makes D negative and tiny: a stress test of the
    /// algebra, not a way to train.
    case ratio
  }

  /// Whose adjoint the weights of a recurrent layer are changed by.
  package enum WeightRule: String, Sendable, Codable, CaseIterable {
    /// delta/D of the neuron alone, as in the released program.
    case selfLoop = "self-loop"
    /// u, the solution of the layer's linear system.
    case full
  }

  package var method = Method.spikeTrain
  package var postDerivative = PostDerivative.table
  package var weightRule = WeightRule.selfLoop
  /// e/o_j where either neuron is silent.
  package var silentRatio = 0.5
  /// Counts wanted of the right class and of all others.
  package var desired = 35
  package var undesired = 5
  /// Counts so near to what is wanted give no error.
  package var margin = 5
  /// Whether the output of the right class gets a train for the backward pass where it was silent.
  package var forcesSilentTarget = true

  package init() {}

  /// What stands for e/o_j of a silent pair in errors passed down: HM2-BP's program takes 1 where it
  /// takes 0.5 for e/o_i.
  var silentRatioPassedDown: Double { method == .hybrid ? 2 * silentRatio : silentRatio }

  /// y.
  package func wanted(outputs: Int, label: Int) -> [Int] {
    (0..<outputs).map { $0 == label ? desired : undesired }
  }

  /// c = dE/do, 0 within the margin.
  package func errors(counts: [Int], label: Int, sampleWeight: Double) -> [Double] {
    zip(counts, wanted(outputs: counts.count, label: label)).map { count, wanted in
      let difference = count - wanted
      return abs(difference) <= margin ? 0 : sampleWeight * Double(difference)
    }
  }

  /// The squared errors outside the margin, as the released program tells them.
  package func cost(counts: [Int], label: Int) -> Double {
    errors(counts: counts, label: label, sampleWeight: 1).reduce(0) { $0 + $1 * $1 }
  }

  /// The artificial train of a silent target: evenly spaced, as many as are wanted or a few more.
  package func forcedTrain(steps: Int) -> [Int] {
    let gap = max(1, steps / max(1, desired))
    return Array(stride(from: gap, to: steps, by: gap))
  }
}
