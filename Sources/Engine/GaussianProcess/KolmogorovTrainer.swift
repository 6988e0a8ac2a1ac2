import Kernels

/// Trains a ``KolmogorovNetwork`` in Float32, on the thread that calls, which has called
/// ``Products/confineToThisThread()``: products are so small that several threads only wait.
package final class KolmogorovTrainer {
  package let rows: Int
  package var configuration: KolmogorovTraining
  /// All but what the slabs hold.
  var shape: KolmogorovNetwork
  let parameters: KolmogorovParameters
  let weights: ParameterSlab
  let gradient: ParameterSlab
  private(set) var optimizer: Optimizer
  /// On all rows.
  let whole: KolmogorovPass
  /// On batches, by their numbers of rows.
  private var batches: [Int: KolmogorovPass] = [:]
  /// Of the values A(x_p) over all rows, one for each input.
  var covariances: [[[Double]]]
  let innerEnergy, outerEnergy: Matrix
  /// Curves that training leaves as they are.
  package var frozen: Set<KolmogorovCurvePlace> = []
  /// Of the control points, where these are trained.
  var optimizers: (inner: CovarianceOptimizer, outer: CovarianceOptimizer)
  /// The rows that train, and further passes with their rows, which follow the control points.
  let inputRows: [[Double]]
  var followers: [(KolmogorovPass, [[Double]])] = []

  /// On rows of inputs, which are expected within -1...1, and a target for each.
  package init(
    _ network: KolmogorovNetwork, rows x: [[Double]], targets: [Double],
    configuration: KolmogorovTraining
  ) {
    precondition(x.count == targets.count && !x.isEmpty, "rows with a target each")
    precondition(network.outputs == 1 || configuration.loss == .softmax, "an output for each class")
    shape = network
    (rows, inputRows) = (x.count, x)
    optimizers = (CovarianceOptimizer(network.inner), CovarianceOptimizer(network.outer))
    self.configuration = configuration
    parameters = KolmogorovParameters(network)
    (weights, gradient) = (ParameterSlab(parameters.layout), ParameterSlab(parameters.layout))
    optimizer = Optimizer(Self.rule(configuration.rate), layout: parameters.layout)
    whole = Self.pass(on: x, targets, network, parameters)
    covariances = Self.covariances(of: whole, parameters)
    innerEnergy = Matrix(square: network.innerBasis.energy)
    outerEnergy = Matrix(square: network.outerBasis.energy)
    set(network)
  }

  private static func rule(_ rate: Double) -> OptimizerConfiguration {
    OptimizerConfiguration(
      rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8), learningRate: Schedule(.hold(rate)),
      clipNorm: nil)
  }

  /// A pass on rows that stay.
  static func pass(
    on rows: [[Double]], _ targets: [Double], _ network: KolmogorovNetwork,
    _ parameters: KolmogorovParameters
  ) -> KolmogorovPass {
    let pass = KolmogorovPass(network, parameters, rows: rows.count)
    pass.setDesign(rows, network.innerBasis)
    pass.targets = targets.map { Float($0) }
    return pass
  }

  /// Takes over the numbers of a network of the same shape, and the constants in place of curves.
  package func set(_ network: KolmogorovNetwork) {
    parameters.write(network, to: weights)
    shape.constants = network.constants
  }

  /// The network at present, in double.
  package var network: KolmogorovNetwork {
    var network = shape
    parameters.read(weights, into: &network)
    return network
  }

  /// Forgets all moments.
  package func resetOptimizer() {
    optimizer = Optimizer(Self.rule(configuration.rate), layout: weights.layout)
    optimizers = (CovarianceOptimizer(shape.inner), CovarianceOptimizer(shape.outer))
  }

  func restore(updates: Int) { optimizer.restore(updates: updates) }

  /// One step on all rows, and the mean loss before it, without what is added to it. `trainsOuter`
  /// is false in a warm-up, in which the outer curves stay.
  @discardableResult
  package func step(trainsOuter: Bool = true) -> Double {
    step(whole, trainsOuter: trainsOuter).meanLoss
  }

  /// One step on some of the rows.
  func step(on batch: ArraySlice<Int>, trainsOuter: Bool) -> KolmogorovScore {
    guard batch.count < rows else { return step(whole, trainsOuter: trainsOuter) }
    let pass = batches[batch.count] ?? KolmogorovPass(shape, parameters, rows: batch.count)
    batches[batch.count] = pass
    for (place, row) in batch.enumerated() {
      pass.transposedDesign.rows(place, 1).copy(from: whole.transposedDesign.rows(row, 1))
      pass.targets[place] = whole.targets[row]
    }
    pass.completeDesign()
    return step(pass, trainsOuter: trainsOuter)
  }

  private func step(_ pass: KolmogorovPass, trainsOuter: Bool) -> KolmogorovScore {
    let score = differentiate(pass)
    // The last good network is the one that is kept.
    guard score.loss.isFinite else { return score }
    // By the same numbers as that of the curves.
    let byCovariances =
      configuration.trainedCovariances.isEmpty || pass !== whole ? nil : covarianceGradients()
    if !trainsOuter, let outer = parameters.outer { gradient[outer].fill(0) }
    let held = frozen.map { place in
      let numbers = parameters.numbers(place, in: weights)
      parameters.numbers(place, in: gradient).fill(0)
      return (numbers, numbers.array)
    }
    optimizer.update(weights, with: gradient, norm: 1, rate: configuration.rate)
    // Moments of before would go on moving them.
    for (numbers, values) in held { numbers.set(values) }
    if let byCovariances { stepCovariances(byCovariances, trainsOuter: trainsOuter) }
    return score
  }

  /// The gradient of the loss on a pass's rows and of all penalties.
  func differentiate(_ pass: KolmogorovPass) -> KolmogorovScore {
    let score = forward(pass)
    pass.backward(gradient)
    addEnergy()
    addGroupL1()
    return score
  }

  /// The score on the rows that train.
  package func evaluate() -> KolmogorovScore { forward(whole) }

  /// Outputs of a pass's rows become derivatives of the mean loss.
  func forward(_ pass: KolmogorovPass) -> KolmogorovScore {
    forward(pass, shape.quantizers)
  }

  /// The same with curves rounded otherwise, or not at all.
  func forward(
    _ pass: KolmogorovPass, _ quantizers: KolmogorovNetwork.Quantizers?
  ) -> KolmogorovScore {
    pass.quantizers = quantizers
    pass.offsets = shape.constants.map { unit in
      Float(shape.scale * unit.reduce(0) { $0 + ($1 ?? 0) })
    }
    pass.forward(weights)
    return pass.measure(configuration.loss)
  }
}

extension Matrix {
  /// Rows of the same numbers in Float32.
  init(square rows: [[Double]]) {
    self.init(rows: rows.count, columns: rows.count)
    set(rows.flatMap { $0.map { Float($0) } })
  }
}
