import Engine
import Foundation

/// A layer of self-learnable activations in plain Double: what golden files are compared with beside
/// the engine's layer. Inputs are [sample][neuron], coefficients [1 or neuron][element].
struct ReferenceSelfLearnable {
  /// Of the basis, the constant among them where it has one.
  var curves: [ActivationCurve]

  func curve(_ neuron: Int) -> ActivationCurve { curves[curves.count == 1 ? 0 : neuron] }

  func outputs(_ x: [[Double]]) -> [[Double]] {
    x.map { row in row.enumerated().map { curve($0.offset).value($0.element) } }
  }

  /// The derivatives by inputs and coefficients.
  func gradients(
    _ x: [[Double]], _ upstream: [[Double]]
  ) -> (inputs: [[Double]], coefficients: [[Double]]) {
    var sums = curves.map { [Double](repeating: 0, count: $0.coefficients.count) }
    let inputs = zip(x, upstream).map { row, upstream in
      row.indices.map { neuron in
        let curve = curve(neuron)
        let values = curve.basis.values(row[neuron], degree: curve.degree)
        for (j, value) in values.enumerated() {
          sums[curves.count == 1 ? 0 : neuron][j] += upstream[neuron] * value
        }
        return upstream[neuron] * curve.slope(row[neuron])
      }
    }
    return (inputs, sums)
  }
}

/// Normalized monomials x ... x^k in plain Double, of one batch (specification of self-learnable
/// activations, 1.5 and 2).
struct ReferenceNormalized {
  /// [1 or neuron][power], [power] or none, [1 or neuron].
  var weights: [[Double]]
  var gates: [Double]?
  var constants: [Double]
  var epsilon = 1e-8

  /// Of each neuron and power.
  struct Statistics {
    var mean: [[Double]]
    var variance: [[Double]]
  }

  struct Gradients {
    var inputs: [[Double]]
    var weights: [[Double]]
    var gates: [Double]
    var constants: [Double]
  }

  var degree: Int { weights[0].count }
  private func row(_ neuron: Int) -> Int { weights.count == 1 ? 0 : neuron }
  private func open(_ j: Int) -> Double { gates.map { 1 / (1 + exp(-$0[j])) } ?? 1 }
  private func factor(_ neuron: Int, _ j: Int) -> Double { weights[row(neuron)][j] * open(j) }

  func statistics(_ x: [[Double]]) -> Statistics {
    let neurons = x[0].indices
    let mean = neurons.map { neuron in
      (0..<degree).map { j in
        x.reduce(0) { $0 + power($1[neuron], j + 1) } / Double(x.count)
      }
    }
    let variance = neurons.map { neuron in
      (0..<degree).map { j in
        x.reduce(0) { sum, row in
          let distance = power(row[neuron], j + 1) - mean[neuron][j]
          return sum + distance * distance
        } / Double(x.count)
      }
    }
    return Statistics(mean: mean, variance: variance)
  }

  func outputs(_ x: [[Double]], _ statistics: Statistics) -> [[Double]] {
    x.map { row in
      row.indices.map { neuron in
        (0..<degree).reduce(constants[self.row(neuron)]) { sum, j in
          sum + factor(neuron, j) * normalized(row[neuron], neuron, j, statistics)
        }
      }
    }
  }

  /// The constant and the coefficients of x ... x^k of a neuron whose statistics are fixed.
  func folded(_ neuron: Int, _ statistics: Statistics) -> (constant: Double, own: [Double]) {
    let own = (0..<degree).map {
      factor(neuron, $0) / deviation(neuron, $0, statistics)
    }
    let shift = zip(own, statistics.mean[neuron]).reduce(0) { $0 + $1.0 * $1.1 }
    return (constants[row(neuron)] - shift, own)
  }

  /// In training, where statistics are those of `x`.
  func gradients(_ x: [[Double]], _ upstream: [[Double]]) -> Gradients {
    let statistics = statistics(x)
    var result = Gradients(
      inputs: x.map { $0.map { _ in 0 } }, weights: weights.map { $0.map { _ in 0 } },
      gates: [Double](repeating: 0, count: degree), constants: constants.map { _ in 0 })
    for neuron in x[0].indices {
      let d = upstream.map { $0[neuron] }
      let mean = d.reduce(0, +) / Double(x.count)
      result.constants[row(neuron)] += d.reduce(0, +)
      for j in 0..<degree {
        let h = x.map { normalized($0[neuron], neuron, j, statistics) }
        let along = zip(d, h).reduce(0) { $0 + $1.0 * $1.1 }
        result.weights[row(neuron)][j] += open(j) * along
        result.gates[j] += weights[row(neuron)][j] * open(j) * (1 - open(j)) * along
        let scale = factor(neuron, j) / deviation(neuron, j, statistics)
        for i in x.indices {
          let byPower = scale * (d[i] - mean - h[i] * along / Double(x.count))
          result.inputs[i][neuron] += Double(j + 1) * power(x[i][neuron], j) * byPower
        }
      }
    }
    return result
  }

  private func normalized(
    _ x: Double, _ neuron: Int, _ j: Int, _ statistics: Statistics
  ) -> Double {
    (power(x, j + 1) - statistics.mean[neuron][j]) / deviation(neuron, j, statistics)
  }

  private func deviation(_ neuron: Int, _ j: Int, _ statistics: Statistics) -> Double {
    (statistics.variance[neuron][j] + epsilon).squareRoot()
  }

  private func power(_ x: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * x }
  }
}
