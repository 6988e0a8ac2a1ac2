/// Spike-train level backpropagation by the formulas (specification of ST-RSBP, 2.5 to 2.7).
extension ReferenceSpikingNetwork {
  package enum Method: Sendable {
    case spikeTrain(ReferencePostDerivative)
    case hybrid
  }

  /// The way back through all layers, from the input on.
  package struct Backward: Sendable {
    package var layers: [ReferenceSpikingErrors]
    /// F; `nil` without lateral inhibition.
    package var lateralFactors: [Double]?
    /// e among the outputs, [post][pre].
    package var lateralResponses: [[Double]]?
    /// The outputs' trains with the spikes of a silent target.
    package var outputTrains: [[Int]]
  }

  package func backward(
    _ trial: Trial, _ objective: ReferenceSpikeObjective, method: Method
  ) -> Backward {
    let outputs = trial.trains[layers.count]
    let lateral = lateral(outputs, label: objective.label)
    var trains = trial.trains
    trains[layers.count] = objective.trainsBackward(outputs, steps: response.steps)
    var errors = objective.errors(trial.counts)
    var found: [ReferenceSpikingErrors] = []
    for index in layers.indices.reversed() {
      let isOutput = index == layers.count - 1
      let factors = isOutput ? lateral?.factors : nil
      let derivatives = ReferenceLayerDerivatives(
        layer: layers[index], response: response, before: trains[index], after: trains[index + 1],
        derivative: derivative(method))
      let layer = derivatives.errors(
        errors, factors: factors ?? [Double](repeating: 1, count: errors.count))
      if case .hybrid = method {
        errors = layer.hybrid.errorsBelow
      } else {
        errors = layer.errorsBelow
      }
      found.insert(layer, at: 0)
    }
    return Backward(
      layers: found, lateralFactors: lateral?.factors, lateralResponses: lateral?.responses,
      outputTrains: trains[layers.count])
  }

  private func derivative(_ method: Method) -> ReferencePostDerivative {
    if case .spikeTrain(let derivative) = method { derivative } else { .ratio }
  }

  /// F and the potentials that it is made of (2.5).
  private func lateral(
    _ trains: [[Int]], label: Int
  ) -> (factors: [Double], responses: [[Double]])? {
    let layer = layers[layers.count - 1]
    guard layer.lateral != 0 else { return nil }
    let e = response.potentials(before: trains, after: trains)
    func r(_ l: Int, _ j: Int) -> Double {
      trains[l].isEmpty || trains[j].isEmpty ? 0.5 : e[l][j] / Double(trains[j].count)
    }
    func d(_ j: Int) -> Double { trains[j].isEmpty && j != label ? 0 : 1 / layer.threshold }
    let factors = trains.indices.map { j in
      let sum = trains.indices.filter { $0 != j }.reduce(0.0) {
        $0 + r($1, j) * d($1) * r(j, $1) * d(j)
      }
      return 1 / (1 - layer.lateral * layer.lateral * sum)
    }
    return (factors, e)
  }
}
