/// Room for the gradients dL/dz of a few steps, walked backward: what they contribute to the
/// gradients of weights is added in one product while they are still in the processor's cache, and
/// those of all steps need not be kept.
struct GradientSpan {
  /// Steps whose contributions are summed in one product.
  static let steps = 16

  private let values: Matrix

  /// Room for blocks of at most `rows` x `columns`, in sequences of `steps` steps.
  init(columns: Int, steps: Int, rows: Int, in workspace: Workspace) {
    values = workspace.matrix(min(Self.steps, steps) * rows, columns)
  }

  /// The block of step `t`.
  func block(_ t: Int, rows: Int) -> Matrix {
    values.rows(t % Self.steps * rows, rows)
  }

  /// The gradients of `steps`, which must have been written.
  func gradients(of steps: SpanSteps) -> Matrix { values.rows(0, steps.count * steps.rows) }
}

/// The steps of one ``GradientSpan``, `rows` sequences at once.
struct SpanSteps {
  let first: Int
  let count: Int
  let rows: Int

  /// The span that begins at step `t` of `steps`, where one does.
  init?(from t: Int, of steps: Int, rows: Int) {
    guard t % GradientSpan.steps == 0 else { return nil }
    first = t
    count = min(GradientSpan.steps, steps - t)
    self.rows = rows
  }

  /// The rows of these steps of a matrix of all steps.
  func rows(of matrix: Matrix) -> Matrix { matrix.rows(first * rows, count * rows) }

  /// Adds to `gradient` that of weights U in z_t = s_t U + ..., given s of all steps and dL/dz of
  /// these.
  func addWeightGradient(ofPresent states: Matrix, _ z: Matrix, into gradient: Matrix) {
    Products.multiply(rows(of: states), z, into: gradient, keep: 1, form: .transposedLeft)
  }

  /// Adds to `gradient` that of weights U in z_t = s_{t-1} U + ..., s being zero before the first
  /// step, given s of all steps and dL/dz of these.
  func addWeightGradient(ofPrevious states: Matrix, _ z: Matrix, into gradient: Matrix) {
    let (before, after) = previous(of: states, for: z)
    Products.multiply(before, after, into: gradient, keep: 1, form: .transposedLeft)
  }

  /// s_{t-1} and z_t of all of these steps but the first of the sequence, given s of all steps and
  /// z of these.
  func previous(of states: Matrix, for z: Matrix) -> (states: Matrix, z: Matrix) {
    let skipped = first == 0 ? 1 : 0
    let left = (count - skipped) * rows
    return (
      states.rows((first + skipped - 1) * rows, left), z.rows(skipped * rows, left)
    )
  }
}
