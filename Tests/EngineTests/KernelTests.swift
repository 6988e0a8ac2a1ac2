import Engine
import Foundation
import Kernels
import Testing

@Suite struct KernelTests {
  @Test func `tanh is right to a few units in the last place everywhere`() {
    var inputs: [Float] = [0, -0.0, 1e-30, -1e-7, 0.29999, 0.30001, 9, -20, 88, -1000, .infinity]
    inputs += stride(from: -12, through: 12, by: 0.0037).map { Float($0) }
    var values = inputs
    tanh_in_place(&values, values.count)
    for (x, y) in zip(inputs, values) {
      let expected = tanh(Double(x))
      #expect(abs(Double(y) - expected) <= 4e-7 * abs(expected), "tanh(\(x))")
    }
    var invalid: [Float] = [.nan]
    tanh_in_place(&invalid, 1)
    #expect(invalid[0].isNaN)
  }

  @Test func `the gates' logistic function is right to a few units in the last place`() {
    var inputs: [Float] = [0, -0.0, 1e-30, 30, -30, 86.9, -86.9]
    inputs += stride(from: -20, through: 20, by: 0.0037).map { Float($0) }
    let extremes: [Float] = [-1000, -.infinity, 1000, .infinity, .nan]
    for x in inputs + extremes {
      // z of a GRU with one unit that has no other input.
      var gates: [Float] = [x, 0, 0]
      var reset: Float = 0
      gru_gates(&gates, &reset, [0, 0], [0], 1, 1)
      let expected = 1 / (1 + exp(-Double(x)))
      if x.isNaN {
        #expect(gates[0].isNaN)
      } else if abs(x) > 87 {
        #expect(abs(Double(gates[0]) - expected) < 1e-37)
      } else {
        #expect(abs(Double(gates[0]) - expected) <= 4e-7 * expected, "logistic(\(x))")
      }
    }
  }

  @Test func `cross-entropy and its gradient follow the definition`() {
    let logits: [Float] = [1, 2, 0.5, -3, 100, 0]
    let labels: [Int32] = [1, 0]
    var gradient = [Float](repeating: 0, count: 6)
    var predictions = [Int32](repeating: 9, count: 2)
    let loss = softmax_cross_entropy(&gradient, &predictions, logits, labels, 2, 3, 0.5)
    #expect(predictions == [1, 1])
    var expected = 0.0
    for row in 0..<2 {
      let x = (0..<3).map { Double(logits[3 * row + $0]) }
      let top = x.max() ?? 0
      let sum = x.reduce(0) { $0 + exp($1 - top) }
      expected += log(sum) + top - x[Int(labels[row])]
      for column in 0..<3 {
        let p = exp(x[column] - top) / sum - (column == Int(labels[row]) ? 1 : 0)
        #expect(abs(Double(gradient[3 * row + column]) - 0.5 * p) < 1e-7)
      }
    }
    #expect(abs(loss - expected) < 1e-9)
  }

  @Test func `adam follows its equations`() {
    let gradients: [[Float]] = [[0.5, -2, 0], [0.25, 1, 1e-4], [-1, 0, 3]]
    var (w, m, v): ([Float], [Float], [Float]) = ([1, 2, 3], [0, 0, 0], [0, 0, 0])
    var (w64, m64, v64) = (w.map(Double.init), m.map(Double.init), v.map(Double.init))
    for (t, gradient) in gradients.enumerated() {
      let c1 = 1 - pow(0.9, Double(t + 1))
      let c2 = 1 - pow(0.999, Double(t + 1))
      adam_update(&w, gradient, &m, &v, 3, 0.01, 0.9, 0.999, 1e-8, Float(c1), Float(c2))
      for i in 0..<3 {
        let g = Double(gradient[i])
        m64[i] = 0.9 * m64[i] + 0.1 * g
        v64[i] = 0.999 * v64[i] + 0.001 * g * g
        w64[i] -= 0.01 * (m64[i] / c1) / ((v64[i] / c2).squareRoot() + 1e-8)
      }
    }
    for i in 0..<3 { #expect(abs(Double(w[i]) - w64[i]) < 1e-5) }
  }

  @Test func `products agree with sums in double, in every form`() {
    var stream = RandomStream(seed: 4, purpose: .initialization)
    func random(_ rows: Int, _ columns: Int) -> Matrix {
      let matrix = Matrix(rows: rows, columns: columns)
      matrix.set((0..<rows * columns).map { _ in Float(stream.nextNormal()) })
      return matrix
    }
    let (a, b, start) = (random(7, 5), random(5, 11), random(7, 11))
    let (aT, bT) = (Matrix(rows: 5, columns: 7), Matrix(rows: 11, columns: 5))
    aT.setTranspose(of: a)
    bT.setTranspose(of: b)
    let cases: [(Matrix, Matrix, Products.Form)] = [
      (a, b, .plain), (aT, b, .transposedLeft), (a, bT, .transposedRight),
    ]
    for (left, right, form) in cases {
      let c = Matrix(rows: 7, columns: 11)
      c.copy(from: start)
      Products.multiply(left, right, into: c, keep: 1, form: form)
      for row in 0..<7 {
        for column in 0..<11 {
          let sum = (0..<5).reduce(Double(start[row, column])) {
            $0 + Double(a[row, $1]) * Double(b[$1, column])
          }
          #expect(abs(Double(c[row, column]) - sum) < 1e-5)
        }
      }
    }
  }

  @Test func `the mean and variance of poisson counts are their rate`() {
    for mean in [0.3, 5.0, 40.0] {
      let count = 20_000
      let rates = [Float](repeating: Float(-mean), count: count)
      var out = [Float](repeating: 0, count: count)
      quantize_poisson(&out, rates, 1, count, 0, 3, 4, 99)
      let average = out.reduce(0) { $0 + Double($1) } / Double(count)
      let variance = out.reduce(0) { $0 + pow(Double($1) - average, 2) } / Double(count)
      #expect(abs(average + mean) < 5 * (mean / Double(count)).squareRoot())
      #expect(abs(variance / mean - 1) < 0.06)
    }
  }
}
