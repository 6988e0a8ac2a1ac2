import Kernels

/// What the input contributes to the gates of a cell: x_t W + b, for all gates together.
///
/// W is inputs x columns, b one row, columns being units times gates.
struct InputProjection: Sendable {
  let inputs: Int
  let weights: ParameterHandle
  let bias: ParameterHandle

  /// Declares `name.inputWeights` and `name.bias`.
  init(_ name: String, inputs: Int, columns: Int, layout: inout ParameterLayout) {
    self.inputs = inputs
    weights = layout.add("\(name).inputWeights", rows: inputs, columns: columns)
    bias = layout.add("\(name).bias", rows: 1, columns: columns, role: .bias)
  }

  /// Whether all steps are projected at once. A single input is projected step by step, while the
  /// step's gates are about to be used anyway.
  private var isWhole: Bool { inputs > 1 }

  /// Overwrites `gates` of all steps where they are projected at once.
  func begin(_ input: Matrix, into gates: Matrix, weights slab: ParameterSlab) {
    precondition(input.columns == inputs, "input fits the layer")
    guard isWhole else { return }
    gates.fillRows(with: slab[bias])
    Products.multiply(input, slab[weights], into: gates, keep: 1)
  }

  /// Overwrites `gates` of one step, unless ``begin(_:into:weights:)`` did.
  func advance(_ input: Matrix, into gates: Matrix, weights slab: ParameterSlab) {
    guard !isWhole else { return }
    affine_rows(
      gates.base, input.base, slab[weights].base, slab[bias].base, gates.rows, inputs,
      gates.columns)
  }

  /// Clears the gradients of W and b.
  func beginBackward(_ gradients: ParameterSlab) {
    gradients[weights].fill(0)
    gradients[bias].fill(0)
  }

  /// Adds to the gradients of W and b, and overwrites that of the input where it is wanted, given
  /// those of the gates at `steps`; input and its gradient are of all steps.
  func backward(
    _ gates: Matrix, at steps: SpanSteps, input: Matrix, inputGradient: Matrix?,
    weights slab: ParameterSlab, gradients: ParameterSlab
  ) {
    let x = steps.rows(of: input)
    if isWhole {
      Products.multiply(x, gates, into: gradients[weights], keep: 1, form: .transposedLeft)
      add_column_sums(gradients[bias].base, gates.base, gates.rows, gates.columns)
    } else {
      add_column_sums_and_scaled(
        gradients[bias].base, gradients[weights].base, x.base, gates.base, gates.rows,
        gates.columns)
    }
    guard let inputGradient else { return }
    Products.multiply(
      gates, slab[weights], into: steps.rows(of: inputGradient), form: .transposedRight)
  }
}

extension Matrix {
  /// Overwrites every row with `row`.
  func fillRows(with row: Matrix) {
    precondition(row.count == columns, "a row fits the matrix")
    for index in 0..<rows { (base + index * columns).update(from: row.base, count: columns) }
  }
}
