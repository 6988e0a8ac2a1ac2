import Kernels

/// What a readout sees of a recurrent layer, and the way back to the layer's outputs.
struct ReadoutPass {
  private let configuration: ReadoutConfiguration
  private let steps: Int
  /// The mean over the last steps where that is read, rows x outputs.
  private let mean: Matrix
  /// Derivative of the loss by the outputs of the steps that are read, (read steps * rows) x
  /// outputs; the block of the first of them is also where the derivative by ``input(of:rows:)``
  /// goes.
  private let gradient: Matrix

  /// For up to `rows` sequences of `steps` steps, not fewer than are read.
  init(
    _ configuration: ReadoutConfiguration, outputs: Int, steps: Int, rows: Int,
    in workspace: Workspace
  ) {
    precondition((1...steps).contains(configuration.steps), "as many steps as are read")
    self.configuration = configuration
    self.steps = steps
    let hasMean = if case .mean = configuration { true } else { false }
    mean = workspace.matrix(hasMean ? rows : 0, outputs)
    gradient = workspace.matrix(configuration.steps * rows, outputs)
  }

  /// What the readout sees after `pass` ran forward, rows x outputs.
  func input(of pass: any SequencePass, rows: Int) -> Matrix {
    switch configuration {
    case .spikes, .mean(steps: 1): return pass.lastOutput
    case .rate: return pass.lastRates
    case .mean(let count): return mean(of: pass.output, rows: rows, count: count)
    }
  }

  private func mean(of output: Matrix, rows: Int, count: Int) -> Matrix {
    let mean = mean.rows(0, rows)
    mean.copy(from: output.rows((steps - count) * rows, rows))
    for t in steps - count + 1..<steps { mean.add(output.rows(t * rows, rows)) }
    scale_in_place(mean.base, 1 / Float(count), mean.count)
    return mean
  }

  /// Where the derivative by what the readout sees belongs, rows x outputs.
  func inputGradient(rows: Int) -> Matrix { gradient.rows(0, rows) }

  /// The derivative by the layer's outputs, given what was written to ``inputGradient(rows:)``.
  func outputGradient(rows: Int) -> OutputGradient {
    let count = configuration.steps
    let first = inputGradient(rows: rows)
    if count > 1 {
      scale_in_place(first.base, 1 / Float(count), first.count)
      for step in 1..<count { gradient.rows(step * rows, rows).copy(from: first) }
    }
    return OutputGradient(
      gradient.rows(0, count * rows), rows: rows, steps: steps,
      isBeforeQuantizer: configuration == .rate)
  }
}
