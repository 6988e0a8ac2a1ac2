/// Gaussian-process activations in the topology of the Kolmogorov superposition theorem, in double:
///
///     phi_qp(x_p)                inner curves, q = 1..Q, p = 1..n
///     t_q = c sum_p phi_qp(x_p)
///     f = sum_q Phi_q(t_q) + b   a logit or a value; of several outputs each has Phi_qc and b_c
///
/// There are no weight matrices: Q (n + 1) curves are all there is (Sun et al., arXiv:2006.06057;
/// specification 1.2). Without outer curves it is an additive model, f = sum_q t_q + b; of several
/// outputs each unit then speaks for one.
package struct KolmogorovNetwork: Sendable, Equatable {
  package var inner: ControlPoints
  package var outer: ControlPoints
  /// Of all curves.
  package var prior: CurveBasis.Prior
  /// u: of each unit and input the numbers of its inner curve (see ``CurveBasis``).
  package var innerOutputs: [[[Double]]]
  /// v: of each unit and network output those of its outer curve; none of any unit in an additive
  /// model.
  package var outerOutputs: [[[Double]]]
  /// b of each network output.
  package var biases: [Double]
  /// c.
  package var scale: Double
  /// Of each unit and input the constant that stands in the place of its curve, where one does.
  package var constants: [[Double?]]
  /// What the outputs of curves are rounded to, where they are; constants are not.
  package var quantizers: Quantizers?

  package init(
    inner: ControlPoints, outer: ControlPoints, innerOutputs: [[[Double]]],
    outerOutputs: [[[Double]]], biases: [Double], scale: Double? = nil,
    prior: CurveBasis.Prior = .zero
  ) {
    precondition(
      innerOutputs.count == outerOutputs.count && !innerOutputs.isEmpty,
      "each unit has inner and outer curves")
    precondition(!biases.isEmpty, "a bias for each output")
    let isAdditive = outerOutputs[0].isEmpty
    precondition(
      outerOutputs.allSatisfy { $0.count == (isAdditive ? 0 : biases.count) },
      "an outer curve for each output, or none at all")
    precondition(
      !isAdditive || innerOutputs.count % biases.count == 0, "as many units for each output")
    precondition(
      !innerOutputs[0].isEmpty && innerOutputs.allSatisfy { $0.count == innerOutputs[0].count },
      "each unit has a curve for every input")
    let (innerCount, outerCount) = (
      CurveBasis(inner, prior: prior).count, CurveBasis(outer, prior: prior).count
    )
    precondition(
      innerOutputs.allSatisfy { $0.allSatisfy { $0.count == innerCount } }
        && outerOutputs.allSatisfy { $0.allSatisfy { $0.count == outerCount } },
      "as many numbers of each curve as its basis has")
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
  /// Whether there are no outer curves.
  package var isAdditive: Bool { outerCurves == 0 }
  /// Of each unit.
  package var outerCurves: Int { outerOutputs[0].count }
  /// What there is to read: Q (n + 1), with one output.
  package var curves: Int { units * (inputs + outerCurves) }
  package var parameters: Int {
    units * (inputs * innerBasis.count + outerCurves * outerBasis.count) + outputs
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
    /// Phi, units by outputs; in an additive model t for the unit's own output, else 0.
    package var outer: [[Double]]
    /// f.
    package var outputs: [Double]
  }

  package func run(_ x: [Double]) -> Pass {
    let rows = x.map(innerBasis.row)
    return pass(
      innerOutputs.indices.map { unit in
        rows.indices.map { innerValue(unit: unit, input: $0, row: rows[$0]) }
      })
  }

  /// What stands for an inner curve at the place with this row A(x).
  func innerValue(unit: Int, input: Int, row: [Double]) -> Double {
    if let constant = constants[unit][input] { return constant }
    let height = dot(innerOutputs[unit][input], row)
    return quantizers?.inner.value(height) ?? height
  }

  /// What follows from the values of the inner curves.
  func pass(_ phi: [[Double]]) -> Pass {
    let sums = phi.map { scale * $0.reduce(0, +) }
    let basis = outerBasis
    let outer = sums.enumerated().map { unit, t in
      if isAdditive { return biases.indices.map { $0 == output(ofUnit: unit) ? t : 0 } }
      let row = basis.row(t)
      let heights = outerOutputs[unit].map { dot($0, row) }
      return quantizers.map { heights.map($0.outer.value) } ?? heights
    }
    let outputs = biases.indices.map { output in
      outer.reduce(biases[output]) { $0 + $1[output] }
    }
    return Pass(inner: phi, sums: sums, outer: outer, outputs: outputs)
  }
}

extension KolmogorovNetwork {
  /// The output that a unit of an additive model speaks for.
  func output(ofUnit unit: Int) -> Int { unit % outputs }
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

  /// The gradient of a loss, given its derivatives by the outputs of each row; where curves are
  /// rounded the straight-through one: what is out of range passes nothing on.
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
        var bySum = isAdditive ? delta[output(ofUnit: unit)] : 0
        for output in outerOutputs[unit].indices {
          let height = dot(outerOutputs[unit][output], row)
          let own = delta[output] * (quantizers?.outer.slope(height) ?? 1)
          gradient.outer[unit][output].add(row, times: own)
          bySum += own * outerCurves[unit][output].slope(sums[unit])
        }
        for input in 0..<inputs where constants[unit][input] == nil {
          let height = dot(innerOutputs[unit][input], innerRows[input])
          let own = scale * bySum * (quantizers?.inner.slope(height) ?? 1)
          gradient.inner[unit][input].add(innerRows[input], times: own)
          byInput[input] += own * innerCurves[unit][input].slope(x[input])
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
