import Kernels

/// The activation f of the hidden units of an ``LMU`` in one of its passes: the rates f(z), and what
/// comes back through them.
///
/// tanh and ReLU are computed in the place of z, whose values nothing else needs. A learned one has
/// coefficients whose gradients take z, which is then kept apart from the rates.
struct HiddenFunction {
  private let activation: HiddenActivation
  private let learned: LearnedFunction?

  init(_ layer: LMU, in workspace: Workspace) {
    activation = layer.configuration.activation
    learned = layer.learned.map { LearnedFunction($0, in: workspace) }
  }

  /// Whether z is kept apart from f(z).
  var keepsInputs: Bool { learned != nil }

  /// Where z is kept of as many steps as there are rates: where they are themselves unless the
  /// function is learned.
  func inputs(of rates: Matrix, in workspace: Workspace) -> Matrix {
    keepsInputs ? workspace.matrix(rates.rows, rates.columns) : rates
  }

  /// Takes the coefficients of a batch; call before ``run(_:into:)``.
  func begin(_ weights: ParameterSlab) { learned?.begin(weights) }

  /// rates = f(z); `z` is the place of the rates itself where it is not kept.
  func run(_ z: Matrix, into rates: Matrix) {
    if let learned { return learned.run(z, into: rates) }
    switch activation {
    case .tanh: tanh_in_place(rates.base, rates.count)
    case .relu: relu_in_place(rates.base, rates.count)
    }
  }

  /// Forgets the gradients of the coefficients; call before ``runBack(_:_:rates:into:)``.
  func beginBackward() { learned?.beginBackward() }

  /// dL/dz = dL/dh f'(z), from z where it is kept and else from the rates. Adds to the gradients of
  /// the coefficients.
  func runBack(_ hidden: Matrix, _ z: Matrix, rates: Matrix, into gradient: Matrix) {
    if let learned { return learned.runBack(hidden, z, into: gradient) }
    switch activation {
    case .tanh: tanh_backward(gradient.base, hidden.base, rates.base, gradient.count)
    case .relu: relu_backward(gradient.base, hidden.base, rates.base, gradient.count)
    }
  }

  /// Overwrites the gradients of the coefficients with what all steps have added.
  func finishBackward(_ weights: ParameterSlab, into gradients: ParameterSlab) {
    learned?.finishBackward(weights, into: gradients)
  }
}

/// A self-learnable activation g of hidden units step by step, where each column of a matrix is a
/// unit:
///
///     dL/da_j = sum over steps and rows of dL/dg phi_j(z)
private struct LearnedFunction {
  private let memory: SelfLearnableMemory
  /// Elements x units: what each unit multiplies its elements by, and the derivatives by it.
  private let coefficients: Matrix
  private let coefficientGradients: Matrix

  init(_ layer: SelfLearnableActivation, in workspace: Workspace) {
    memory = SelfLearnableMemory(layer, shards: 1, in: workspace)
    coefficients = workspace.matrix(layer.count, layer.input.channels)
    coefficientGradients = workspace.matrix(layer.count, layer.input.channels)
  }

  func begin(_ weights: ParameterSlab) {
    memory.write(memory.rows[0], weights)
    coefficients.setTranspose(of: memory.rows[0])
  }

  func run(_ z: Matrix, into rates: Matrix) {
    activation_columns(
      rates.base, z.base, coefficients.base, memory.inputs, memory.basis, z.rows, z.columns)
  }

  func beginBackward() { coefficientGradients.fill(0) }

  func runBack(_ gradient: Matrix, _ z: Matrix, into inputGradient: Matrix) {
    activation_columns_backward(
      inputGradient.base, coefficientGradients.base, gradient.base, z.base, coefficients.base,
      memory.inputs, memory.basis, z.rows, z.columns)
  }

  func finishBackward(_ weights: ParameterSlab, into gradients: ParameterSlab) {
    memory.rowGradients[0].setTranspose(of: coefficientGradients)
    memory.spread(memory.rowGradients[0], weights, into: gradients)
  }
}
