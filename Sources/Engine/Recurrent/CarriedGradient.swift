/// The gradient of a state that is carried over exactly from step to step, and seen by weights
/// through a quantizer: dL/ds = what is carried + dL/dsq times the slopes of the surrogate.
///
/// Where the quantizer passes gradients straight through, both are summed in one place.
struct CarriedGradient {
  /// dL/ds of the present step, and what it carries to the step before: rows x units.
  let exact: Matrix
  /// dL/dsq, rows x units; the same memory where gradients pass straight through.
  let seen: Matrix
  private let quantizer: SiteQuantizer

  init(_ quantizer: SiteQuantizer, units: Int, rows: Int, in workspace: Workspace) {
    self.quantizer = quantizer
    exact = workspace.matrix(rows, units)
    seen = quantizer.hasSurrogate ? workspace.matrix(rows, units) : exact
  }

  private init(_ exact: Matrix, _ seen: Matrix, _ quantizer: SiteQuantizer) {
    self.exact = exact
    self.seen = seen
    self.quantizer = quantizer
  }

  /// For the first `count` rows.
  func rows(_ count: Int) -> CarriedGradient {
    CarriedGradient(exact.rows(0, count), seen.rows(0, count), quantizer)
  }

  /// What a product that goes to ``seen`` keeps there: what is carried, or nothing.
  var keep: Float { quantizer.hasSurrogate ? 0 : 1 }

  /// Before the last step.
  func begin() {
    exact.fill(0)
    if quantizer.hasSurrogate { seen.fill(0) }
  }

  /// Makes `exact` the whole gradient of step `t`, given what later steps sent to both.
  func complete(at t: Int) {
    guard quantizer.hasSurrogate else { return }
    quantizer.passBack(seen, from: t)
    exact.add(seen)
  }

  /// The same where the state is the output of a layer; nothing need be in it at the last step.
  func complete(with outputGradient: OutputGradient, at t: Int) {
    guard quantizer.hasSurrogate else { return outputGradient.complete(exact, at: t) }
    outputGradient.complete(seen, at: t, through: quantizer)
    if t == outputGradient.steps - 1 { exact.copy(from: seen) } else { exact.add(seen) }
  }
}
