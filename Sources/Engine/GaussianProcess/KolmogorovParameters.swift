/// Where the numbers of a network lie in slabs of Float32: those of inner curves, units x (inputs x
/// numbers), of outer curves, (units x outputs) x numbers, where there are any, and the biases.
struct KolmogorovParameters {
  let layout: ParameterLayout
  let inner, bias: ParameterHandle
  /// Not of an additive model.
  let outer: ParameterHandle?
  /// Numbers of an inner and of an outer curve.
  let innerCount, outerCount: Int
  let units, inputs, outputs: Int
  /// Of each unit.
  let outerCurves: Int

  init(_ network: KolmogorovNetwork) {
    var layout = ParameterLayout()
    self.init(network, name: "", layout: &layout)
  }

  /// Within a larger network, as parameters whose names begin with `name`.
  init(_ network: KolmogorovNetwork, name: String, layout: inout ParameterLayout) {
    (units, inputs, outputs) = (network.units, network.inputs, network.outputs)
    outerCurves = network.outerCurves
    (innerCount, outerCount) = (network.innerBasis.count, network.outerBasis.count)
    inner = layout.add(name + "inner.outputs", rows: units, columns: inputs * innerCount)
    outer =
      network.isAdditive
      ? nil : layout.add(name + "outer.outputs", rows: units * outputs, columns: outerCount)
    bias = layout.add(name + "bias", rows: 1, columns: outputs, role: .bias)
    self.layout = layout
  }

  /// The numbers of one curve, sharing memory.
  func numbers(_ place: KolmogorovCurvePlace, in slab: ParameterSlab) -> Matrix {
    switch place {
    case .inner(let unit, let input):
      let row = slab[inner].rows(unit, 1)
      return Matrix(
        buffer: row.buffer, offset: row.offset + input * innerCount, rows: 1, columns: innerCount)
    case .outer(let unit, let output):
      guard let outer else { preconditionFailure("an additive model has no outer curves") }
      return slab[outer].rows(unit * outputs + output, 1)
    }
  }

  /// Takes over the numbers of a network of the same shape.
  func write(_ network: KolmogorovNetwork, to slab: ParameterSlab) {
    slab[inner].set(network.innerOutputs.flatMap { $0.flatMap { $0.map { Float($0) } } })
    if let outer {
      slab[outer].set(network.outerOutputs.flatMap { $0.flatMap { $0.map { Float($0) } } })
    }
    slab[bias].set(network.biases.map { Float($0) })
  }

  /// Gives a network of the same shape the numbers of a slab.
  func read(_ slab: ParameterSlab, into network: inout KolmogorovNetwork) {
    for unit in 0..<units {
      for input in 0..<inputs {
        network.innerOutputs[unit][input] =
          numbers(.inner(unit: unit, input: input), in: slab).array.map { Double($0) }
      }
      for output in 0..<outerCurves {
        network.outerOutputs[unit][output] =
          numbers(.outer(unit: unit, output: output), in: slab).array.map { Double($0) }
      }
    }
    network.biases = slab[bias].array.map { Double($0) }
  }
}

/// One of the curves of a network.
package enum KolmogorovCurvePlace: Sendable, Equatable, Hashable, Codable {
  case inner(unit: Int, input: Int)
  case outer(unit: Int, output: Int)

  package var unit: Int {
    switch self {
    case .inner(let unit, _), .outer(let unit, _): unit
    }
  }
}
