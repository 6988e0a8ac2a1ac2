import Foundation

/// How the coefficients of self-learnable activations are trained beside the weights (specification
/// of self-learnable activations, 3). As it is made, one optimizer moves all numbers together
/// (JOINT).
package struct CoefficientTraining: Sendable, Equatable, Codable {
  /// Times the learning rate, for the coefficients (LR5: 5).
  package var rateFactor = 1.0
  /// So many steps with the coefficients frozen, then as many with the weights (ALT); `nil` for all
  /// at once.
  package var alternation: Int?
  /// Whether the coefficients stay as they are.
  package var isFrozen = false
  package var penalty: CoefficientPenalty?

  package init(
    rateFactor: Double = 1, alternation: Int? = nil, isFrozen: Bool = false,
    penalty: CoefficientPenalty? = nil
  ) {
    self.rateFactor = rateFactor
    self.alternation = alternation
    self.isFrozen = isFrozen
    self.penalty = penalty
  }

  /// Throws for a factor or a strength that is negative or not finite, or no step.
  package func validate() throws(SelfLearnableError) {
    guard rateFactor.isFinite, rateFactor >= 0 else { throw .setting("rate factor", rateFactor) }
    if let alternation, alternation < 1 { throw .setting("alternation", Double(alternation)) }
    for strength in [penalty?.absolute ?? 0, penalty?.square ?? 0]
    where !strength.isFinite || strength < 0 {
      throw .setting("penalty", strength)
    }
  }

  /// What moves at step `step`, counted from 0.
  func moves(atStep step: Int) -> (weights: Bool, coefficients: Bool) {
    guard !isFrozen else { return (true, false) }
    guard let alternation else { return (true, true) }
    let isFirst = step / alternation % 2 == 0
    return (isFirst, !isFirst)
  }
}

/// A penalty on the coefficients that have effect, c_j = w_j sigmoid(theta_j), apart from the loss:
/// sum_j u_j (absolute |c_j| + square c_j^2 / 2), u_j = 1 or 2^(k + 1 - j). A step of plain descent
/// at the learning rate follows that of the optimizer (PEN); constants have none.
package struct CoefficientPenalty: Sendable, Equatable, Codable {
  package var absolute: Double
  package var square: Double
  /// Whether low powers pay more.
  package var favoursHighPowers: Bool

  package init(absolute: Double = 0, square: Double = 0, favoursHighPowers: Bool = false) {
    self.absolute = absolute
    self.square = square
    self.favoursHighPowers = favoursHighPowers
  }

  /// u_j of element j of `count`, from 0.
  private func share(_ j: Int, of count: Int) -> Double {
    favoursHighPowers ? exp2(Double(count - j)) : 1
  }

  /// The penalty of one activation layer.
  package func value(_ layer: SelfLearnableActivation, _ weights: ParameterSlab) -> Double {
    let own = weights[layer.coefficients]
    var sum = 0.0
    for row in 0..<own.rows {
      for j in 0..<own.columns {
        let c = Double(own[row, j]) * Double(layer.gateValue(j, weights))
        sum += share(j, of: own.columns) * (absolute * abs(c) + square * c * c / 2)
      }
    }
    return sum
  }

  /// One step of plain descent on the layer's coefficients and gate.
  package func step(
    _ layer: SelfLearnableActivation, _ weights: ParameterSlab, rate: Double
  ) {
    step(layer, weights, rate: rate, besides: FrozenRows())
  }

  func step(
    _ layer: SelfLearnableActivation, _ weights: ParameterSlab, rate: Double,
    besides frozen: FrozenRows
  ) {
    if frozen.isWhole { return }
    let own = weights[layer.coefficients]
    for j in 0..<own.columns {
      let open = Double(layer.gateValue(j, weights))
      var byGate = 0.0
      for row in 0..<own.rows where !frozen.contains(row) {
        let w = Double(own[row, j])
        let c = w * open
        let sign: Double = c == 0 ? 0 : c < 0 ? -1 : 1
        let slope = share(j, of: own.columns) * (absolute * sign + square * c)
        byGate += slope * w * open * (1 - open)
        own[row, j] = Float(w - rate * slope * open)
      }
      if let gate = layer.gate {
        weights[gate][0, j] = Float(Double(weights[gate][0, j]) - rate * byGate)
      }
    }
  }
}
