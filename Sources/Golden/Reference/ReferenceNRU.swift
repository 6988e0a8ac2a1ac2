import Foundation

/// The non-saturating recurrent unit (Chandar et al. 2019) for one sequence in plain Double,
/// forward only, from the equations of the hybrid-spiking specification, section 4.4:
///
///     h = relu(W_h [x; h'; m'] + b_h)     c = [h; m']
///     m = m' + mean over heads j of (alpha_j V_j - beta_j E_j)
///
/// with alpha, beta = affine in c, and V, E the outer products of the halves of vectors affine in
/// c, cut into heads and each divided by its norm.
package struct ReferenceNRU: Sendable {
  /// y = W v + b, W [out][in].
  package struct Map: Sendable {
    var weights: [[Double]]
    var bias: [Double]

    func callAsFunction(_ v: [Double]) -> [Double] {
      zip(weights, bias).map { row, bias in zip(row, v).reduce(bias) { $0 + $1.0 * $1.1 } }
    }
  }

  package struct Trace: Sendable {
    /// [step][unit]
    package var h: [[Double]] = []
    package var m: [[Double]] = []
  }

  package let inputs: Int
  let memory: Int
  let heads: Int
  /// The exponent of the norm of a head.
  let norm: Double
  let hidden: Map
  /// alpha and V, which write to the memory; beta and E, which erase from it.
  let write, erase, writeVectors, eraseVectors: Map

  /// Runs a sequence x[step][input] from zero state.
  package func forward(_ x: [[Double]]) -> Trace {
    var trace = Trace()
    var h = [Double](repeating: 0, count: hidden.bias.count)
    var m = [Double](repeating: 0, count: memory)
    for input in x {
      h = hidden(input + h + m).map { max($0, 0) }
      let c = h + m
      let (added, erased) = (change(write(c), writeVectors(c)), change(erase(c), eraseVectors(c)))
      m = m.indices.map { m[$0] + added[$0] - erased[$0] }
      trace.h.append(h)
      trace.m.append(m)
    }
    return trace
  }

  /// Mean over the heads of strength times direction.
  private func change(_ strengths: [Double], _ vectors: [Double]) -> [Double] {
    let half = vectors.count / 2
    let products = vectors[..<half].flatMap { p in vectors[half...].map { p * $0 } }
    var mean = [Double](repeating: 0, count: memory)
    for head in 0..<heads {
      let row = products[head * memory..<(head + 1) * memory]
      let size = max(pow(row.reduce(0) { $0 + pow(abs($1), norm) }, 1 / norm), 1e-12)
      for (index, value) in row.enumerated() {
        mean[index] += strengths[head] * value / size / Double(heads)
      }
    }
    return mean
  }
}
