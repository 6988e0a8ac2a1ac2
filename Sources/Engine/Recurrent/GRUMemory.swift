/// What the passes of a ``GRU`` have in common, whichever way it resets.
struct GRUMemory {
  let layer: GRU
  let capacity: Int
  let hidden: StateSequence
  /// The gates of all steps, (steps * rows) x 3n; after the way back their gradients by what x
  /// contributes.
  let gates: Matrix
  let hiddenGradient: Matrix

  /// Steps whose contributions to a gradient of recurrent weights are summed in one product.
  static let spanSteps = 16

  init(_ layer: GRU, steps: Int, rows: Int, in workspace: Workspace) {
    let n = layer.configuration.hidden
    self.layer = layer
    capacity = rows
    hidden = StateSequence(
      layer.configuration.h, units: n, steps: steps, rows: rows, in: workspace)
    gates = workspace.matrix(steps * rows, 3 * n)
    hiddenGradient = workspace.matrix(rows, n)
  }

  /// Memory for gradients of a span of steps, a block of `rows` x `columns` for each.
  func span(columns: Int, in workspace: Workspace) -> Matrix {
    workspace.matrix(min(Self.spanSteps, hidden.steps) * capacity, columns)
  }

  /// The block of step `t` in the memory of its span.
  func spanBlock(_ span: Matrix, _ t: Int) -> Matrix {
    hidden.block(span, t % Self.spanSteps)
  }

  /// The steps of the span that begins at step `t`, where one does.
  func spanSteps(from t: Int) -> Int? {
    t % Self.spanSteps == 0 ? min(Self.spanSteps, hidden.steps - t) : nil
  }

  /// Adds to `gradient` that of recurrent weights U in z_t = s_{t-1} U + ..., given dL/dz of the
  /// `count` steps from `t` on; `states` gives s of so many steps from some step on. The first
  /// step has no state before it.
  func addWeightGradient(
    of span: Matrix, from t: Int, count: Int, into gradient: Matrix,
    states: (_ first: Int, _ count: Int) -> Matrix
  ) {
    let skipped = t == 0 ? 1 : 0
    guard count > skipped else { return }
    Products.multiply(
      states(t + skipped - 1, count - skipped),
      span.rows(skipped * hidden.rows, (count - skipped) * hidden.rows), into: gradient, keep: 1,
      form: .transposedLeft)
  }
}
