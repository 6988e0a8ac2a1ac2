import Foundation
import Kernels

/// How a ``KolmogorovNetwork`` is trained.
package struct KolmogorovTraining: Sendable, Equatable {
  /// What the outputs are held against.
  package enum Loss: String, Sendable, CaseIterable {
    /// One logit and targets 0 or 1: binary cross-entropy.
    case logistic
    /// Values: half the mean square of the difference.
    case square
  }

  package var loss = Loss.logistic
  package var rate = 0.05
  /// Times the energy of the curves, a mean over inner ones and a mean over outer ones.
  package var energy = 0.0

  package init() {}
}

/// Trains a ``KolmogorovNetwork`` of one output in Float32, on the thread that calls, which has
/// called ``Products/confineToThisThread()``: products are so small that several threads only wait.
///
/// What the inner curves make of the data, A(x_p), does not depend on what is trained: it is
/// computed once, and all sums t of a batch are one matrix product. Only the outer kernels are
/// evaluated in a step.
package final class KolmogorovTrainer {
  package let rows: Int
  package let configuration: KolmogorovTraining
  let shape: KolmogorovNetwork
  let weights: ParameterSlab
  let gradient: ParameterSlab
  private var optimizer: Optimizer
  /// A(x_p) of all inputs below one another, control points x rows, and its transpose.
  let design: Matrix
  let transposedDesign: Matrix
  private let targets: [Float]
  private let memory: Memory
  let parameters: Parameters
  let innerInverse: Matrix
  private let outerInverse: Matrix
  private let outerInputs: Matrix

  /// Where what is trained lies: u units x (inputs x points), v units x points, b.
  struct Parameters {
    var inner, outer, bias: ParameterHandle
  }

  /// What a step needs.
  private struct Memory {
    let sums, sumGradients, outputs: Matrix
    let covariances, slopes, heights, outerWeights: Matrix
    let innerGradient, outerSums: Matrix
  }

  /// On rows of inputs, which are expected within -1...1, and a target for each.
  package init(
    _ network: KolmogorovNetwork, rows x: [[Double]], targets: [Double],
    configuration: KolmogorovTraining
  ) {
    precondition(network.outputs == 1 && x.count == targets.count && !x.isEmpty)
    shape = network
    rows = x.count
    self.configuration = configuration
    self.targets = targets.map { Float($0) }
    var layout = ParameterLayout()
    let (units, points) = (network.units, network.outer.count)
    let reach = network.inputs * network.inner.count
    parameters = Parameters(
      inner: layout.add("inner.outputs", rows: units, columns: reach),
      outer: layout.add("outer.outputs", rows: units, columns: points),
      bias: layout.add("bias", rows: 1, columns: 1, role: .bias))
    (weights, gradient) = (ParameterSlab(layout), ParameterSlab(layout))
    optimizer = Optimizer(Self.rule(configuration.rate), layout: layout)
    design = Matrix(rows: reach, columns: rows)
    transposedDesign = Matrix(rows: rows, columns: reach)
    transposedDesign.set(x.flatMap { $0.flatMap { network.inner.row($0).map { Float($0) } } })
    design.setTranspose(of: transposedDesign)
    innerInverse = Matrix(network.inner.inverse)
    outerInverse = Matrix(network.outer.inverse)
    outerInputs = Matrix(rows: 1, columns: points)
    outerInputs.set(network.outer.inputs.map { Float($0) })
    let count = rows
    let matrix = { (rows: Int, columns: Int) in Matrix(rows: rows, columns: columns) }
    memory = Memory(
      sums: matrix(units, count), sumGradients: matrix(units, count), outputs: matrix(1, count),
      covariances: matrix(units * points, count), slopes: matrix(units * points, count),
      heights: matrix(1, count), outerWeights: matrix(units, points),
      innerGradient: matrix(units, reach), outerSums: matrix(units, points))
    set(network)
  }

  private static func rule(_ rate: Double) -> OptimizerConfiguration {
    OptimizerConfiguration(
      rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8), learningRate: Schedule(.hold(rate)),
      clipNorm: nil)
  }

  /// Takes over the control outputs and the bias of a network of the same shape.
  package func set(_ network: KolmogorovNetwork) {
    weights[parameters.inner].set(
      network.innerOutputs.flatMap { $0.flatMap { $0.map { Float($0) } } })
    weights[parameters.outer].set(network.outerOutputs.flatMap { $0[0].map { Float($0) } })
    weights[parameters.bias].set(network.biases.map { Float($0) })
  }

  /// The network at present, in double.
  package var network: KolmogorovNetwork {
    var network = shape
    let (inner, outer) = (weights[parameters.inner], weights[parameters.outer])
    for unit in 0..<shape.units {
      for input in 0..<shape.inputs {
        network.innerOutputs[unit][input] = (0..<shape.inner.count).map {
          Double(inner[unit, input * shape.inner.count + $0])
        }
      }
      network.outerOutputs[unit][0] = (0..<shape.outer.count).map { Double(outer[unit, $0]) }
    }
    network.biases[0] = Double(weights[parameters.bias][0, 0])
    return network
  }

  /// Forgets all moments.
  package func resetOptimizer() {
    optimizer = Optimizer(Self.rule(configuration.rate), layout: weights.layout)
  }

  /// One step on all rows, and the mean loss before it, without what is added to it. `trainsOuter`
  /// is false in a warm-up, in which the outer curves stay.
  @discardableResult
  package func step(trainsOuter: Bool = true) -> Double {
    let loss = forward()
    backward()
    addPenalties()
    if !trainsOuter { gradient[parameters.outer].fill(0) }
    optimizer.update(
      weights, with: gradient, norm: 1, rate: configuration.rate)
    return loss
  }

  /// Logits or values of all rows, and the mean loss; the derivative by the outputs takes their
  /// place.
  func forward() -> Double {
    Products.multiply(weights[parameters.inner], design, into: memory.sums)
    scale_in_place(memory.sums.base, Float(shape.scale), memory.sums.count)
    Products.multiply(weights[parameters.outer], outerInverse, into: memory.outerWeights)
    memory.outputs.fill(weights[parameters.bias][0, 0])
    let points = shape.outer.count
    for unit in 0..<shape.units {
      let (values, slopes) = (
        memory.covariances.rows(unit * points, points), memory.slopes.rows(unit * points, points)
      )
      covariance_rows(
        values.base, slopes.base, memory.sums.rows(unit, 1).base, outerInputs.base,
        Float(1 / shape.outer.lengthScale), shape.outer.kernel.form, points, rows)
      let own = memory.outerWeights.rows(unit, 1)
      Products.multiply(own, values, into: memory.outputs, keep: 1)
      Products.multiply(own, slopes, into: memory.sumGradients.rows(unit, 1))
    }
    return measure()
  }

  private func measure() -> Double {
    let share = Float(1 / Double(rows))
    var loss = 0.0
    for row in 0..<rows {
      let (f, target) = (memory.outputs[0, row], targets[row])
      switch configuration.loss {
      case .logistic:
        loss += Double(max(f, 0) - f * target + log1p(exp(-abs(f))))
        memory.outputs[0, row] = (1 / (1 + exp(-f)) - target) * share
      case .square:
        loss += Double((f - target) * (f - target)) / 2
        memory.outputs[0, row] = (f - target) * share
      }
    }
    return loss / Double(rows)
  }

  /// The gradient of the mean loss by all that is trained (specification, section 3).
  func backward() {
    let points = shape.outer.count
    gradient[parameters.bias][0, 0] = (0..<rows).reduce(0) { $0 + memory.outputs[0, $1] }
    for unit in 0..<shape.units {
      Products.multiply(
        memory.outputs, memory.covariances.rows(unit * points, points),
        into: memory.outerSums.rows(unit, 1), form: .transposedRight)
      multiply_in_place(memory.sumGradients.rows(unit, 1).base, memory.outputs.base, rows)
    }
    Products.multiply(memory.outerSums, outerInverse, into: gradient[parameters.outer])
    scale_in_place(memory.sumGradients.base, Float(shape.scale), memory.sumGradients.count)
    Products.multiply(
      memory.sumGradients, transposedDesign, into: gradient[parameters.inner])
  }

  /// The energy of all curves (section 4): its gradient is 2 C u, shared by all of a kind.
  private func addPenalties() {
    guard configuration.energy > 0 else { return }
    let outer = memory.outerWeights
    let share = Float(2 * configuration.energy / Double(shape.units))
    scale_in_place(outer.base, share, outer.count)
    gradient[parameters.outer].add(outer)
    let edges = weights[parameters.inner].reshaped(
      shape.units * shape.inputs, shape.inner.count)
    let bent = memory.innerGradient.reshaped(edges.rows, edges.columns)
    Products.multiply(edges, innerInverse, into: bent)
    scale_in_place(bent.base, share / Float(shape.inputs), bent.count)
    gradient[parameters.inner].add(memory.innerGradient)
  }
}

extension CovarianceKernel {
  var form: covariance_form {
    switch self {
    case .squaredExponential: COVARIANCE_SQUARED_EXPONENTIAL
    case .matern32: COVARIANCE_MATERN_32
    case .matern52: COVARIANCE_MATERN_52
    }
  }
}

extension Matrix {
  /// The same numbers in Float32.
  init(_ matrix: SymmetricMatrix) {
    self.init(rows: matrix.size, columns: matrix.size)
    set(matrix.values.map { Float($0) })
  }
}
