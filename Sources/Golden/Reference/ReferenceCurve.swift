package import Engine

/// A self-learnable activation of one hidden unit in plain Double:
/// g(z) = sum_j a_j phi_j(clip(z / reach, -1, 1)), a_0 being the constant of every basis.
package struct ReferenceCurve: Sendable, Equatable {
  package var basis: ActivationBasis
  package var degree: Int
  package var reach: Double
  package var coefficients: [Double]

  package init(basis: ActivationBasis, degree: Int, reach: Double, coefficients: [Double]) {
    self.basis = basis
    self.degree = degree
    self.reach = reach
    self.coefficients = coefficients
  }

  package func value(_ z: Double) -> Double {
    let x = min(max(z / reach, -1), 1)
    let values = basis.values(x, degree: degree)
    return zip(coefficients, basis.isPolynomial ? values : [1] + values)
      .reduce(0) { $0 + $1.0 * $1.1 }
  }
}

/// A ``ReferenceLMU`` in which what stands for the derivatives of its quantizers are derivatives: of
/// each signal, at each step of one sequence, its output is o + slope (a - a'), with the output o, the
/// slope and the activity a' that the sequence had. At the weights of that sequence it emits the same,
/// and its gradient is that of straight-through estimators and surrogates, by plain differences.
package struct LinearizedLMU: Sendable {
  package let trace: ReferenceLMU.Trace
  private let activities: [[Double]]

  package init(_ cell: ReferenceLMU, over x: [[Double]], from voltages: ReferenceLMU.Voltages) {
    trace = cell.forward(x, from: voltages)
    activities = trace.z.map(cell.activities)
  }

  /// What the hidden units emit at each step with other weights or another sequence.
  package func outputs(of cell: ReferenceLMU, over x: [[Double]]) -> [[Double]] {
    let order = cell.weights.order
    var m = [Double](repeating: 0, count: order)
    var (mq, h) = (m, [Double](repeating: 0, count: cell.weights.hidden))
    return x.indices.map { t in
      let u =
        cell.dot(cell.weights.inputEncoder, x[t]) + cell.dot(cell.weights.hiddenEncoder, h)
        + cell.dot(cell.weights.memoryEncoder, mq)
      let uq = trace.quantizedInput[t] + trace.inputSlopes[t] * (u - trace.u[t])
      let state = cell.variant == .exactState ? m : mq
      m = (0..<order).map { row in
        cell.dot(Array(cell.memory.stateMatrix[row * order..<(row + 1) * order]), state)
          + cell.memory.inputVector[row] * uq
      }
      mq = Self.emitted(m, trace.m[t], trace.quantizedMemory[t], trace.memorySlopes[t])
      let z = cell.sum([
        cell.weights.bias, cell.product(x[t], cell.weights.inputKernel),
        cell.product(h, cell.weights.hiddenKernel), cell.product(mq, cell.weights.memoryKernel),
      ])
      h = Self.emitted(cell.activities(z), activities[t], trace.h[t], trace.hiddenSlopes[t])
      return h
    }
  }

  private static func emitted(
    _ now: [Double], _ then: [Double], _ output: [Double], _ slopes: [Double]
  ) -> [Double] {
    now.indices.map { output[$0] + slopes[$0] * (now[$0] - then[$0]) }
  }
}
