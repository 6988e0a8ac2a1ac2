import Foundation

/// Dense, normalized and gated powers, dense to one logit, in plain Double: the network of one
/// training step. W are [in][out], row by row.
struct ReferenceSelfLearnableNetwork {
  let inputs: Int
  let hidden: Int
  /// W1, b1, w, b, theta, W2, b2.
  var parts: [[Double]]

  private var activation: ReferenceNormalized {
    ReferenceNormalized(weights: [parts[2]], gates: parts[4], constants: parts[3])
  }

  private func sums(_ x: [[Double]]) -> [[Double]] {
    x.map { row in
      (0..<hidden).map { out in
        row.indices.reduce(parts[1][out]) { $0 + row[$1] * parts[0][$1 * hidden + out] }
      }
    }
  }

  private func activated(_ x: [[Double]]) -> [[Double]] {
    let sums = sums(x)
    return activation.outputs(sums, activation.statistics(sums))
  }

  func logits(_ x: [[Double]]) -> [Double] {
    activated(x).map { row in
      zip(row, parts[5]).reduce(parts[6][0]) { $0 + $1.0 * $1.1 }
    }
  }

  /// Mean binary cross-entropy.
  static func loss(_ logits: [Double], _ targets: [Double]) -> Double {
    zip(logits, targets).reduce(0) { sum, row in
      sum + max(row.0, 0) - row.0 * row.1 + log1p(exp(-abs(row.0)))
    } / Double(targets.count)
  }

  /// The derivative of the mean by the logits.
  static func upstream(_ logits: [Double], _ targets: [Double]) -> [Double] {
    zip(logits, targets).map { (1 / (1 + exp(-$0)) - $1) / Double(targets.count) }
  }

  /// The derivatives of the loss by the parts and by the inputs.
  func gradients(
    _ x: [[Double]], _ targets: [Double]
  ) -> (parts: [[Double]], inputs: [[Double]]) {
    let upstream = Self.upstream(logits(x), targets)
    let outer = activated(x)
    let back = activation.gradients(sums(x), upstream.map { d in parts[5].map { d * $0 } })
    let byOuter = (0..<hidden).map { unit in
      zip(upstream, outer).reduce(0) { $0 + $1.0 * $1.1[unit] }
    }
    let byInner = (0..<inputs * hidden).map { place in
      zip(x, back.inputs).reduce(0) { $0 + $1.0[place / hidden] * $1.1[place % hidden] }
    }
    let biases = (0..<hidden).map { unit in back.inputs.reduce(0) { $0 + $1[unit] } }
    let byInputs = back.inputs.map { row in
      (0..<inputs).map { input in
        row.indices.reduce(0) { $0 + row[$1] * parts[0][input * hidden + $1] }
      }
    }
    let all = [
      byInner, biases, back.weights[0], back.constants, back.gates, byOuter,
      [upstream.reduce(0, +)],
    ]
    return (all, byInputs)
  }
}
