package import Engine
import Foundation

/// The non-saturating recurrent unit (Chandar et al. 2019) for one sequence in plain Double, from
/// the equations of the hybrid-spiking specification, section 4.4, with temporally diffused
/// quantizers at the hidden state and the memory:
///
///     h = relu(W_h [x; hq'; mq'] + b_h)     c = [hq; mq']
///     m = m' + mean over heads j of (alpha_j V_j - beta_j E_j)
///
/// with alpha, beta = affine in c, and V, E the outer products of the halves of vectors affine in
/// c, cut into heads and each divided by its norm. A prime marks the step before, hq = Q(h; w_h)
/// and mq = Q(m; w_m). Options: layer normalization within the ReLU of h; alpha, beta and the
/// outer products rectified.
package struct ReferenceNRU: Sendable {
  /// y = W v + b, W [out][in] row-major.
  package struct Map: Sendable, Equatable {
    package var weights: [Double]
    package var bias: [Double]

    package init(weights: [Double], bias: [Double]) {
      self.weights = weights
      self.bias = bias
    }

    func callAsFunction(_ v: [Double]) -> [Double] {
      bias.indices.map { row in
        var sum = bias[row]
        for column in v.indices { sum += weights[row * v.count + column] * v[column] }
        return sum
      }
    }
  }

  /// One number per weight: the weights themselves, or gradients with respect to them.
  package struct Weights: Sendable, Equatable {
    package var hidden: Map
    /// alpha and V, which write to the memory; beta and E, which erase from it.
    package var write, erase, writeVectors, eraseVectors: Map
    /// Of the layer normalization; empty without one.
    package var gain: [Double] = []
    package var shift: [Double] = []

    package static var parts: [WritableKeyPath<Self, [Double]>] {
      [
        \.hidden.weights, \.hidden.bias, \.write.weights, \.write.bias, \.erase.weights,
        \.erase.bias, \.writeVectors.weights, \.writeVectors.bias, \.eraseVectors.weights,
        \.eraseVectors.bias, \.gain, \.shift,
      ]
    }

    package init(
      hidden: Map, write: Map, erase: Map, writeVectors: Map, eraseVectors: Map,
      gain: [Double] = [], shift: [Double] = []
    ) {
      self.hidden = hidden
      self.write = write
      self.erase = erase
      self.writeVectors = writeVectors
      self.eraseVectors = eraseVectors
      self.gain = gain
      self.shift = shift
    }
  }

  /// One number for the hidden state and one for the memory, or one for each of their units.
  package struct Pair<Value: Sendable>: Sendable {
    package var h: Value
    package var m: Value

    package init(h: Value, m: Value) {
      self.h = h
      self.m = m
    }
  }

  /// A signal at all steps; outer index = step.
  package struct Signal: Sendable {
    /// Before its quantizer, after it, and the counts.
    package var states: [[Double]] = []
    package var outputs: [[Double]] = []
    package var counts: [[Double]] = []
    /// do/da of the quantizer.
    package var slopes: [[Double]] = []
    /// After the last step.
    package var voltages: [Double]
  }

  package let inputs: Int
  package let memory: Int
  package let heads: Int
  /// The exponent of the norm of a head.
  package let norm: Double
  package var isRectified = false
  package var hasLayerNorm: Bool { !weights.gain.isEmpty }
  package var weights: Weights
  /// w; infinite where nothing is quantized.
  package var resolutions = Pair(h: Double.infinity, m: Double.infinity)
  /// What stands for the derivatives of the quantizers.
  package var surrogates = Pair(h: SiteSurrogate.straightThrough, m: .straightThrough)
  package var units: Int { weights.hidden.bias.count }

  package init(inputs: Int, memory: Int, heads: Int, norm: Double = 5, weights: Weights) {
    self.inputs = inputs
    self.memory = memory
    self.heads = heads
    self.norm = norm
    self.weights = weights
  }

  /// Runs a sequence x[step][input] from zero state and the given voltages.
  package func forward(_ x: [[Double]], from voltages: Pair<[Double]>) -> Pair<Signal> {
    var trace = Pair(h: Signal(voltages: voltages.h), m: Signal(voltages: voltages.m))
    run(x) { state in
      trace.h.quantize(state, resolution: resolutions.h, surrogates.h)
    } memoryQuantizer: { state in
      trace.m.quantize(state, resolution: resolutions.m, surrogates.m)
    }
    return trace
  }

  /// Runs a sequence; the quantizers turn the state of each step, in order, into its output.
  func run(
    _ x: [[Double]], hiddenQuantizer: ([Double]) -> [Double],
    memoryQuantizer: ([Double]) -> [Double]
  ) {
    var h = [Double](repeating: 0, count: units)
    var m = [Double](repeating: 0, count: memory)
    var output = m
    for input in x {
      h = hiddenQuantizer(normalized(weights.hidden(input + h + output)).map { max($0, 0) })
      let c = h + output
      let added = change(weights.write(c), weights.writeVectors(c))
      let erased = change(weights.erase(c), weights.eraseVectors(c))
      m = m.indices.map { m[$0] + added[$0] - erased[$0] }
      output = memoryQuantizer(m)
    }
  }

  /// (a - mean) / sqrt(variance + 1e-5) times gain plus shift, where there is a normalization.
  private func normalized(_ a: [Double]) -> [Double] {
    guard hasLayerNorm else { return a }
    let mean = a.reduce(0, +) / Double(a.count)
    let variance = a.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(a.count)
    return a.indices.map {
      weights.gain[$0] * (a[$0] - mean) / (variance + 1e-5).squareRoot() + weights.shift[$0]
    }
  }

  /// Mean over the heads of strength times direction.
  private func change(_ strengths: [Double], _ vectors: [Double]) -> [Double] {
    let half = vectors.count / 2
    let products = vectors[..<half].flatMap { p in vectors[half...].map { rectified(p * $0) } }
    var mean = [Double](repeating: 0, count: memory)
    for head in 0..<heads {
      let row = products[head * memory..<(head + 1) * memory]
      let size = max(pow(row.reduce(0) { $0 + pow(abs($1), norm) }, 1 / norm), 1e-12)
      for (index, value) in row.enumerated() {
        mean[index] += rectified(strengths[head]) * value / size / Double(heads)
      }
    }
    return mean
  }

  private func rectified(_ value: Double) -> Double { isRectified ? max(value, 0) : value }
}

extension ReferenceNRU.Signal {
  /// Appends a step and returns its outputs.
  fileprivate mutating func quantize(
    _ state: [Double], resolution: Double, _ surrogate: SiteSurrogate
  ) -> [Double] {
    slopes.append(
      state.indices.map { unit in
        ReferenceQuantizer.slope(
          state[unit], by: surrogate, resolution: resolution, voltage: voltages[unit])
      })
    let steps = state.indices.map { unit in
      ReferenceQuantizer.diffused(
        state[unit], resolution: resolution, voltage: &voltages[unit])
    }
    states.append(state)
    outputs.append(steps.map(\.output))
    counts.append(steps.map(\.count))
    return steps.map(\.output)
  }
}
