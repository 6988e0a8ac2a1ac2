/// The derivative of a loss by the outputs of a ``SequenceLayer``: by those of the steps from
/// ``first`` on; it is zero by those of earlier steps. Where ``isBeforeQuantizer``, it is that by
/// the activity of the last step instead.
package struct OutputGradient {
  package let first: Int
  /// Of the steps `first ..< steps`, ((steps - first) * rows) x outputs.
  package let values: Matrix
  /// Sequences, and steps of each.
  package let rows: Int
  package let steps: Int
  package let isBeforeQuantizer: Bool

  /// `values` belong to the last steps of `steps`, `rows` rows each.
  package init(_ values: Matrix, rows: Int, steps: Int, isBeforeQuantizer: Bool = false) {
    precondition(
      rows > 0 && values.rows % rows == 0 && values.rows / rows <= steps,
      "a row for each sequence at each of the last steps")
    self.values = values
    self.rows = rows
    self.steps = steps
    self.isBeforeQuantizer = isBeforeQuantizer
    first = steps - values.rows / rows
  }

  /// `lastStep`, a row a sequence, is the derivative by the outputs of the last of `steps` steps.
  package init(lastStep: Matrix, steps: Int) {
    self.init(lastStep, rows: lastStep.rows, steps: steps)
  }

  /// Makes `gradient`, what the steps after `t` send back to the outputs of step `t`, the whole
  /// derivative by them, and then by the activities behind them.
  func complete(_ gradient: Matrix, at t: Int, through quantizer: SiteQuantizer) {
    complete(gradient, at: t)
    passBack(gradient, at: t, through: quantizer)
  }

  /// Turns the derivative by the outputs of step `t` into that by the activities behind them. What
  /// comes to the last step comes from the loss alone.
  func passBack(_ gradient: Matrix, at t: Int, through quantizer: SiteQuantizer) {
    if isBeforeQuantizer && t == steps - 1 { return }
    quantizer.passBack(gradient, from: t)
  }

  /// Makes `gradient`, what the steps after `t` send back to the outputs of step `t`, the whole
  /// derivative by them. Nothing comes back to the last step: there it is overwritten.
  func complete(_ gradient: Matrix, at t: Int) {
    guard t >= first else {
      if t == steps - 1 { gradient.fill(0) }
      return
    }
    let own = values.rows((t - first) * rows, rows)
    if t == steps - 1 { gradient.copy(from: own) } else { gradient.add(own) }
  }
}
