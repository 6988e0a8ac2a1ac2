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

  /// Overwrites the gradients of W and b, and that of the input where it is wanted, given those of
  /// the gates at all steps.
  func backward(
    _ gates: Matrix, input: Matrix, inputGradient: Matrix?, weights slab: ParameterSlab,
    gradients: ParameterSlab
  ) {
    Products.multiply(input, gates, into: gradients[weights], form: .transposedLeft)
    gradients[bias].fill(0)
    add_column_sums(gradients[bias].base, gates.base, gates.rows, gates.columns)
    guard let inputGradient else { return }
    Products.multiply(gates, slab[weights], into: inputGradient, form: .transposedRight)
  }
}

extension Matrix {
  /// Overwrites every row with `row`.
  func fillRows(with row: Matrix) {
    precondition(row.count == columns, "a row fits the matrix")
    for index in 0..<rows { (base + index * columns).update(from: row.base, count: columns) }
  }
}
