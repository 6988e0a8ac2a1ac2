import Foundation

/// The rules of training apart from the gradients (specification of ST-RSBP, 3.4 to 3.6).
package enum ReferenceSpikeTraining {
  /// Adam; its rate falls as 1/sqrt(epoch + 1), epochs being counted from 0.
  package struct Adam: Sendable {
    package var weights: [Double]
    package private(set) var first: [Double]
    package private(set) var second: [Double]
    private var updates = 0
    private let (beta1, beta2, epsilon): (Double, Double, Double)

    package init(
      weights: [Double], beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8
    ) {
      self.weights = weights
      first = weights.map { _ in 0 }
      second = first
      (self.beta1, self.beta2, self.epsilon) = (beta1, beta2, epsilon)
    }

    package mutating func update(_ gradient: [Double], rate: Double) {
      updates += 1
      for (place, g) in gradient.enumerated() {
        first[place] = beta1 * first[place] + (1 - beta1) * g
        second[place] = beta2 * second[place] + (1 - beta2) * g * g
        let m = first[place] / (1 - pow(beta1, Double(updates)))
        let v = second[place] / (1 - pow(beta2, Double(updates)))
        weights[place] -= rate * m / (v.squareRoot() + epsilon)
      }
    }
  }

  package static func rate(base: Double, epoch: Int) -> Double {
    base / Double(epoch + 1).squareRoot()
  }

  /// The weight regulariser of one neuron: S, and what is added to the gradient of each of its weights.
  package static func regularizer(
    _ weights: [Double], strength: Double, beta: Double, limit: Double
  ) -> (meanSquare: Double, gradient: [Double]) {
    let meanSquare =
      weights.reduce(0) { $0 + ($1 / limit) * ($1 / limit) } / Double(weights.count + 1)
    let factor = strength * beta * exp(beta * (meanSquare - 1))
    return (meanSquare, weights.map { factor * $0 / limit })
  }

  /// The weights of samples after an epoch.
  package static func boosted(_ weights: [Double], labels: [Int], correct: [Bool]) -> [Double] {
    weights.indices.map { sample in
      guard !correct[sample] else { return weights[sample] }
      let ofClass = weights.indices.filter { labels[$0] == labels[sample] }
      let all = ofClass.reduce(0) { $0 + weights[$1] }
      let missed = ofClass.filter { !correct[$0] }.reduce(0) { $0 + weights[$1] }
      return weights[sample] * exp(missed / all / 20)
    }
  }
}
