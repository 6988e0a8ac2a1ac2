/// Forms of a network with few bits (specification, section 11).
extension KolmogorovNetwork {
  /// How the outputs of all inner and of all outer curves are rounded.
  package struct Quantizers: Sendable, Equatable {
    package var inner, outer: CurveQuantizer

    package init(inner: CurveQuantizer, outer: CurveQuantizer) {
      (self.inner, self.outer) = (inner, outer)
    }
  }

  /// A row of inputs with rounded curves.
  package func run(_ x: [Double], _ quantizers: Quantizers) -> Pass {
    let basis = innerBasis
    let rows = x.map(basis.row)
    let phi = zip(innerOutputs, constants).map { unit, constants in
      unit.indices.map { quantizers.inner.value(constants[$0] ?? dot(unit[$0], rows[$0])) }
    }
    var pass = pass(phi)
    pass.outer = pass.outer.map { $0.map(quantizers.outer.value) }
    pass.outputs = biases.indices.map { output in
      pass.outer.reduce(biases[output]) { $0 + $1[output] }
    }
    return pass
  }

  /// The straight-through gradient of a loss, given its derivatives by the rounded outputs of each
  /// row: a curve that is out of range passes nothing on. That by the inputs is left out.
  package func gradient(
    _ rows: [[Double]], outputGradients: [[Double]], _ quantizers: Quantizers
  ) -> Gradient {
    var gradient = Gradient(
      inner: innerOutputs.map { $0.map { $0.map { _ in 0 } } },
      outer: outerOutputs.map { $0.map { $0.map { _ in 0 } } },
      biases: biases.map { _ in 0 }, inputs: [])
    let (innerBasis, outerBasis) = (innerBasis, outerBasis)
    let outerCurves = outerOutputs.map { $0.map(outerBasis.curve) }
    for (x, delta) in zip(rows, outputGradients) {
      let pass = run(x, quantizers)
      let innerRows = x.map(innerBasis.row)
      for output in biases.indices { gradient.biases[output] += delta[output] }
      for unit in 0..<units {
        let row = outerBasis.row(pass.sums[unit])
        var bySum = 0.0
        for output in biases.indices {
          let height = dot(outerOutputs[unit][output], row)
          let own = delta[output] * quantizers.outer.slope(height)
          gradient.outer[unit][output].add(row, times: own)
          bySum += own * outerCurves[unit][output].slope(pass.sums[unit])
        }
        for input in 0..<inputs where constants[unit][input] == nil {
          let height = dot(innerOutputs[unit][input], innerRows[input])
          gradient.inner[unit][input].add(
            innerRows[input], times: scale * bySum * quantizers.inner.slope(height))
        }
      }
    }
    return gradient
  }

  /// The same network with control outputs of so many bits: u = s times a whole number, s being each
  /// curve's own. Rounding is amplified by max sum |A| at most.
  package func withControlOutputs(bits: Int) -> KolmogorovNetwork {
    precondition(2...16 ~= bits, "control outputs of 2 to 16 bits")
    let highest = Double((1 << (bits - 1)) - 1)
    let rounded = { (numbers: [Double]) -> [Double] in
      let most = numbers.reduce(0) { max($0, abs($1)) }
      guard most > 0 else { return numbers }
      return numbers.map { ($0 / most * highest).rounded() * most / highest }
    }
    var network = self
    network.innerOutputs = innerOutputs.map { $0.map(rounded) }
    network.outerOutputs = outerOutputs.map { $0.map(rounded) }
    return network
  }
}
