import Foundation

/// The penalty on large weights (specification of ST-RSBP, 3.5).
extension SpikingTrainer {
  /// "Weight limit" of the released program.
  private static let limit = 8.0

  /// Adds lambda beta (w/8) exp(beta (S - 1)) to each weight's gradient, S being the sum of (w/8)^2
  /// over a neuron's weights by their number and one more; in a recurrent layer by the number of all
  /// its synapses, of the inputs and one more, as the program does.
  func addPenalty(to gradient: ParameterSlab) {
    for index in network.layers.indices {
      let handles = network.handles[index]
      let recurrent = handles.recurrent.map { (weights[$0], gradient[$0]) }
      let targets = network.layers[index].graph?.targets ?? []
      let forward = weights[handles.forward]
      var sums = [Double](repeating: 0, count: forward.columns)
      for place in 0..<forward.count {
        let share = Double(forward.base[place]) / Self.limit
        sums[place % forward.columns] += share * share
      }
      for (place, target) in targets.enumerated() {
        let share = Double(recurrent?.0.base[place] ?? 0) / Self.limit
        sums[Int(target)] += share * share
      }
      let divisor = Double(targets.count + forward.rows + 1)
      let factors = sums.map { sum in
        Float(
          training.penalty * training.penaltySteepness / Self.limit
            * exp(training.penaltySteepness * (sum / divisor - 1)))
      }
      let forwardGradient = gradient[handles.forward]
      for place in 0..<forward.count {
        forwardGradient.base[place] += factors[place % forward.columns] * forward.base[place]
      }
      if let (values, gradient) = recurrent {
        for (place, target) in targets.enumerated() {
          gradient.base[place] += factors[Int(target)] * values.base[place]
        }
      }
    }
  }
}
