/// Gaussian-process activations in the topology of the Kolmogorov superposition theorem, in double:
///
///     phi_qp(x_p)                inner curves, q = 1..Q, p = 1..n
///     t_q = c sum_p phi_qp(x_p)
///     f = sum_q Phi_q(t_q) + b   a logit or a value; of several outputs each has Phi_qc and b_c
///
/// There are no weight matrices: Q (n + 1) curves are all there is (Sun et al., arXiv:2006.06057;
/// specification 1.2).
package struct KolmogorovNetwork: Sendable, Equatable {
  package var inner: ControlPoints
  package var outer: ControlPoints
  /// Of all curves.
  package var prior: CurveBasis.Prior
  /// u: of each unit and input the numbers of its inner curve (see ``CurveBasis``).
  package var innerOutputs: [[[Double]]]
  /// v: of each unit and network output those of its outer curve.
  package var outerOutputs: [[[Double]]]
  /// b of each network output.
  package var biases: [Double]
  /// c.
  package var scale: Double
  /// Of each unit and input the constant that stands in the place of its curve, where one does.
  package var constants: [[Double?]]

  package init(
    inner: ControlPoints, outer: ControlPoints, innerOutputs: [[[Double]]],
    outerOutputs: [[[Double]]], biases: [Double], scale: Double? = nil,
    prior: CurveBasis.Prior = .zero
  ) {
    precondition(
      innerOutputs.count == outerOutputs.count && !innerOutputs.isEmpty,
      "each unit has inner and outer curves")
    precondition(
      outerOutputs.allSatisfy { $0.count == biases.count }, "an outer curve for each output")
    self.inner = inner
    self.outer = outer
    self.prior = prior
    self.innerOutputs = innerOutputs
    self.outerOutputs = outerOutputs
    self.biases = biases
    self.scale = scale ?? 1 / Double(innerOutputs[0].count)
    constants = innerOutputs.map { $0.map { _ in nil } }
  }

  package var units: Int { innerOutputs.count }
  package var inputs: Int { innerOutputs[0].count }
  package var outputs: Int { biases.count }
  package var innerBasis: CurveBasis { CurveBasis(inner, prior: prior) }
  package var outerBasis: CurveBasis { CurveBasis(outer, prior: prior) }
  /// What there is to read: Q (n + 1), with one output.
  package var curves: Int { units * (inputs + outputs) }
  package var parameters: Int {
    units * (inputs * innerBasis.count + outputs * outerBasis.count) + outputs
  }

  package func innerCurve(unit: Int, input: Int) -> GaussianProcessCurve {
    innerBasis.curve(innerOutputs[unit][input])
  }

  package func outerCurve(unit: Int, output: Int = 0) -> GaussianProcessCurve {
    outerBasis.curve(outerOutputs[unit][output])
  }

  /// What a row of inputs becomes on its way.
  package struct Pass: Sendable, Equatable {
    /// phi, units by inputs.
    package var inner: [[Double]]
    /// t of each unit.
    package var sums: [Double]
    /// Phi, units by outputs.
    package var outer: [[Double]]
    /// f.
    package var outputs: [Double]
  }

  package func run(_ x: [Double]) -> Pass {
    let rows = x.map(innerBasis.row)
    let phi = zip(innerOutputs, constants).map { unit, constants in
      unit.indices.map { constants[$0] ?? dot(unit[$0], rows[$0]) }
    }
    return pass(phi)
  }

  /// What follows from the values of the inner curves.
  func pass(_ phi: [[Double]]) -> Pass {
    let sums = phi.map { scale * $0.reduce(0, +) }
    let basis = outerBasis
    let outer = zip(outerOutputs, sums).map { unit, t in
      let row = basis.row(t)
      return unit.map { dot($0, row) }
    }
    let outputs = biases.indices.map { output in
      outer.reduce(biases[output]) { $0 + $1[output] }
    }
    return Pass(inner: phi, sums: sums, outer: outer, outputs: outputs)
  }
}

/// Derivatives of a loss (specification, section 3).
extension KolmogorovNetwork {
  /// Of the same shapes as what they are by.
  package struct Gradient: Sendable, Equatable {
    package var inner: [[[Double]]]
    package var outer: [[[Double]]]
    package var biases: [Double]
    /// By the inputs, row by row.
    package var inputs: [[Double]]
  }

  /// The gradient of a loss, given its derivatives by the outputs of each row.
  package func gradient(_ rows: [[Double]], outputGradients: [[Double]]) -> Gradient {
    var gradient = Gradient(
      inner: innerOutputs.map { $0.map { $0.map { _ in 0 } } },
      outer: outerOutputs.map { $0.map { $0.map { _ in 0 } } },
      biases: biases.map { _ in 0 }, inputs: [])
    let (innerBasis, outerBasis) = (innerBasis, outerBasis)
    let outerCurves = outerOutputs.map { $0.map(outerBasis.curve) }
    let innerCurves = innerOutputs.map { $0.map(innerBasis.curve) }
    for (x, delta) in zip(rows, outputGradients) {
      let sums = run(x).sums
      let innerRows = x.map(innerBasis.row)
      var byInput = [Double](repeating: 0, count: inputs)
      for output in biases.indices { gradient.biases[output] += delta[output] }
      for unit in 0..<units {
        let row = outerBasis.row(sums[unit])
        var bySum = 0.0
        for output in biases.indices {
          gradient.outer[unit][output].add(row, times: delta[output])
          bySum += delta[output] * outerCurves[unit][output].slope(sums[unit])
        }
        for input in 0..<inputs where constants[unit][input] == nil {
          gradient.inner[unit][input].add(innerRows[input], times: scale * bySum)
          byInput[input] += scale * bySum * innerCurves[unit][input].slope(x[input])
        }
      }
      gradient.inputs.append(byInput)
    }
    return gradient
  }
}

extension Array<Double> {
  mutating func add(_ other: [Double], times factor: Double) {
    for index in indices { self[index] += factor * other[index] }
  }
}
