import Kernels

/// A state of a recurrent cell over whole sequences, such as its hidden state: h_t as the cell
/// computes it, and hq_t = Q(h_t; w_h), which every product with weights sees.
///
/// Matrices of all steps are (steps * rows) x units for `rows` sequences at once; the rows of one
/// step are a block of them.
final class StateSequence {
  let steps: Int
  let units: Int
  /// Sequences that there is room for, and sequences of the present batch.
  private let capacity: Int
  private(set) var rows: Int
  /// h of all steps.
  private let exact: Matrix
  /// hq of all steps (none where there is no quantizer).
  private let quantized: Matrix
  /// The state before the first step.
  private let zero: Matrix
  let quantizer: SiteQuantizer
  /// Which of the layer's sites this is.
  private let siteIndex: Int
  private var isBypassed = true

  init(
    _ site: QuantizerSite, at siteIndex: Int = 0, units: Int, steps: Int, rows: Int,
    in workspace: Workspace
  ) {
    self.siteIndex = siteIndex
    self.steps = steps
    self.units = units
    self.rows = rows
    capacity = rows
    exact = workspace.matrix(steps * rows, units)
    quantized = workspace.matrix(site.kind == .off ? 0 : steps * rows, units)
    zero = workspace.matrix(rows, units)
    quantizer = SiteQuantizer(
      site, units: units, lane: siteIndex + 1, steps: steps, rows: rows, in: workspace)
  }

  /// Prepares for the sequences of `input`, (steps * rows) x inputs.
  func begin(_ input: Matrix, _ context: PassContext) {
    rows = input.rows / steps
    precondition(rows <= capacity, "input fits the pass")
    isBypassed = quantizer.isBypassed(at: context.resolutions[siteIndex])
    quantizer.begin(context)
  }

  /// Quantizes h of step `t`, which must have been written.
  func quantize(_ t: Int, _ context: PassContext) {
    guard !isBypassed else { return }
    quantizer.quantize(
      state(t).base, into: block(quantized, t).base, rows: rows,
      w: context.resolutions[siteIndex], time: t, context: context)
  }

  /// h of one unit at all steps of sequence `row`.
  func activity(of unit: Int, row: Int) -> [Float] {
    states.column(unit, from: row, every: rows)
  }

  /// The rows of step `t` of a matrix of all steps.
  func block(_ matrix: Matrix, _ t: Int) -> Matrix { matrix.rows(t * rows, rows) }

  /// h of all steps.
  var states: Matrix { exact.rows(0, steps * rows) }

  /// h of step `t`; zero before the first.
  func state(_ t: Int) -> Matrix { t < 0 ? zero.rows(0, rows) : block(exact, t) }

  /// hq of step `t`; zero before the first.
  func output(_ t: Int) -> Matrix { t < 0 ? zero.rows(0, rows) : block(outputs, t) }

  /// hq of `count` steps from step `first` on.
  func outputs(from first: Int, count: Int) -> Matrix {
    outputs.rows(first * rows, count * rows)
  }

  private var outputs: Matrix { isBypassed ? exact : quantized }

  /// hq of all steps.
  var allOutputs: Matrix { outputs.rows(0, steps * rows) }
}
