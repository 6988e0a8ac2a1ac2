package import Engine

/// The baseline cells for one sequence in plain Double, straight from the equations of the
/// hybrid-spiking specification, sections 4.1 to 4.3, with a temporally diffused quantizer at the
/// hidden state: what the engine is measured against.
///
///     RNN    h = f(x W + hq' U + b)
///     LSTM   i, f, c, o = x W + hq' U + b
///            c = s(f) c' + s(i) tanh(c)     h = s(o) tanh(c)
///     GRU    z, r, g = x W + b              h = z h' + (1 - z) g
///            reset after:  z = s(z + p_z), r = s(r + p_r), g = tanh(g + r p_g), p = hq' U + b'
///            reset before: z = s(z + hq' U_z), r = s(r + hq' U_r), g = tanh(g + (r hq') U_g)
///
/// A prime (but for b') marks the step before, s is the logistic function, and hq = Q(h; w).
/// Matrices are [from][to], the gates of all units one after another.
package struct ReferenceCell: Sendable {
  package enum Kind: Sendable, Equatable {
    case rnn(ReferenceActivation)
    case lstm
    case gruResetAfter
    case gruResetBefore

    var gates: Int {
      switch self {
      case .rnn: 1
      case .lstm: 4
      case .gruResetAfter, .gruResetBefore: 3
      }
    }
  }

  /// One number per weight: the weights themselves, or gradients with respect to them.
  package struct Weights: Sendable, Equatable {
    /// W [inputs][gates * units]
    package var kernel: [[Double]]
    /// U [units][gates * units]
    package var recurrent: [[Double]]
    /// b, and with the reset after b' too, [gates * units] each.
    package var biases: [[Double]]

    package init(kernel: [[Double]], recurrent: [[Double]], biases: [[Double]]) {
      self.kernel = kernel
      self.recurrent = recurrent
      self.biases = biases
    }
  }

  /// Everything that happened in a sequence; outer index = step.
  package struct Trace: Sendable {
    /// The hidden state before its quantizer.
    package var states: [[Double]] = []
    /// The hidden state after it, and its counts.
    package var h: [[Double]] = []
    package var counts: [[Double]] = []
    /// do/da of the quantizer.
    package var slopes: [[Double]] = []
    /// After the last step.
    package var voltages: [Double]
  }

  /// Gradients of a loss.
  package struct Gradients: Sendable, Equatable {
    package var weights: Weights
    /// [step][input]
    package var x: [[Double]]
  }

  package var kind: Kind
  package var weights: Weights
  /// w; infinite where nothing is quantized.
  package var resolution: Double
  /// What stands for the derivative of the quantizer.
  package var surrogate = SiteSurrogate.straightThrough
  package var units: Int { weights.recurrent.count }

  package init(kind: Kind, weights: Weights, resolution: Double = .infinity) {
    self.kind = kind
    self.weights = weights
    self.resolution = resolution
  }

  /// Runs a sequence x[step][input] from zero state and the given voltages.
  package func forward(_ x: [[Double]], from voltages: [Double]) -> Trace {
    var trace = Trace(voltages: voltages)
    run(x) { state in
      trace.slopes.append(
        state.indices.map { unit in
          ReferenceQuantizer.slope(
            state[unit], by: surrogate, resolution: resolution, voltage: trace.voltages[unit])
        })
      let steps = state.indices.map { unit in
        ReferenceQuantizer.diffused(
          state[unit], resolution: resolution, voltage: &trace.voltages[unit])
      }
      trace.states.append(state)
      trace.h.append(steps.map(\.output))
      trace.counts.append(steps.map(\.count))
      return steps.map(\.output)
    }
    return trace
  }

  /// Gradients of the sum of hiddenGradient . hq over all steps.
  ///
  /// A quantizer is held as it was in the run, with the slopes of its surrogate around there; hq =
  /// h + constant is what passing gradients straight through means (section 1.6). The rest is
  /// smooth, and differentiated by fourth-order central differences.
  package func gradients(
    _ x: [[Double]], from voltages: [Double], hiddenGradient: [[Double]]
  ) -> Gradients {
    let trace = forward(x, from: voltages)
    func loss(_ weights: Weights, _ x: [[Double]]) -> Double {
      var cell = self
      cell.weights = weights
      var step = 0
      var loss = 0.0
      cell.run(x) { state in
        let output = state.indices.map {
          trace.h[step][$0] + trace.slopes[step][$0] * (state[$0] - trace.states[step][$0])
        }
        loss += dot(output, hiddenGradient[step])
        step += 1
        return output
      }
      return loss
    }
    var gradients = Gradients(weights: weights, x: x)
    for part in [\Weights.kernel, \.recurrent, \.biases] {
      for row in weights[keyPath: part].indices {
        for column in weights[keyPath: part][row].indices {
          gradients.weights[keyPath: part][row][column] = slope { change in
            var changed = weights
            changed[keyPath: part][row][column] += change
            return loss(changed, x)
          }
        }
      }
    }
    for step in x.indices {
      for input in x[step].indices {
        gradients.x[step][input] = slope { change in
          var changed = x
          changed[step][input] += change
          return loss(weights, changed)
        }
      }
    }
    return gradients
  }

  /// Fourth-order central difference at 0; of small steps where the function has corners, so that
  /// hardly any lies within them.
  private func slope(_ function: (Double) -> Double) -> Double {
    let step = kind == .rnn(.relu) ? 1e-6 : 1e-3
    let near = function(step) - function(-step)
    let far = function(2 * step) - function(-2 * step)
    return (8 * near - far) / (12 * step)
  }

  /// Runs a sequence; `quantize` turns the state of each step, in order, into its output.
  private func run(_ x: [[Double]], quantize: ([Double]) -> [Double]) {
    let zero = [Double](repeating: 0, count: units)
    var (state, output, cell) = (zero, zero, zero)
    for input in x {
      let gates = sum(product(input, weights.kernel), weights.biases[0])
      switch kind {
      case .rnn(let activation):
        state = sum(gates, product(output, weights.recurrent)).map(activation.value)
      case .lstm:
        (cell, state) = lstm(sum(gates, product(output, weights.recurrent)), cell)
      case .gruResetAfter: state = resetAfter(gates, state, output)
      case .gruResetBefore: state = resetBefore(gates, state, output)
      }
      output = quantize(state)
    }
  }

  private func lstm(
    _ gates: [Double], _ cell: [Double]
  ) -> (cell: [Double], state: [Double]) {
    let (i, f) = (gate(0, of: gates).map(logistic), gate(1, of: gates).map(logistic))
    let (g, o) = (gate(2, of: gates).map(tangent), gate(3, of: gates).map(logistic))
    let cell = (0..<units).map { f[$0] * cell[$0] + i[$0] * g[$0] }
    return (cell, zip(o, cell).map { $0 * tangent($1) })
  }

  private func resetAfter(
    _ gates: [Double], _ state: [Double], _ output: [Double]
  ) -> [Double] {
    let p = sum(product(output, weights.recurrent), weights.biases[1])
    let z = sum(gate(0, of: gates), gate(0, of: p)).map(logistic)
    let r = sum(gate(1, of: gates), gate(1, of: p)).map(logistic)
    let g = sum(gate(2, of: gates), zip(r, gate(2, of: p)).map { $0 * $1 }).map(tangent)
    return (0..<units).map { z[$0] * state[$0] + (1 - z[$0]) * g[$0] }
  }

  private func resetBefore(
    _ gates: [Double], _ state: [Double], _ output: [Double]
  ) -> [Double] {
    let p = product(output, weights.recurrent)
    let z = sum(gate(0, of: gates), gate(0, of: p)).map(logistic)
    let r = sum(gate(1, of: gates), gate(1, of: p)).map(logistic)
    let p2 = product(zip(r, output).map { $0 * $1 }, weights.recurrent)
    let g = sum(gate(2, of: gates), gate(2, of: p2)).map(tangent)
    return (0..<units).map { z[$0] * state[$0] + (1 - z[$0]) * g[$0] }
  }

  private func logistic(_ x: Double) -> Double { ReferenceActivation.sigmoid.value(x) }
  private func tangent(_ x: Double) -> Double { ReferenceActivation.tanh.value(x) }

  /// The numbers of one gate.
  private func gate(_ index: Int, of gates: [Double]) -> [Double] {
    Array(gates[index * units..<(index + 1) * units])
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private func sum(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map(+) }

  /// Row vector times matrix [from][to].
  private func product(_ vector: [Double], _ matrix: [[Double]]) -> [Double] {
    (0..<kind.gates * units).map { column in
      zip(vector, matrix).reduce(0) { $0 + $1.0 * $1.1[column] }
    }
  }
}
