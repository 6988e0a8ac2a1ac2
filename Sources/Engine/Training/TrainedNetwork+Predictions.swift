import Foundation

/// What a network says about one sequence.
package struct Prediction: Sendable, Equatable {
  /// Counted from 0.
  package var sample: Int
  /// The class with the largest probability, counted from 0.
  package var label: Int
  /// The mean of the softmax over the draws, for every class.
  package var probabilities: [Double]

  package init(sample: Int, label: Int, probabilities: [Double]) {
    self.sample = sample
    self.label = label
    self.probabilities = probabilities
  }

  package var confidence: Double { probabilities[label] }
}

extension TrainedNetwork {
  /// Tells the classes of the test part, batch by batch in its order; `note` gets those of a batch.
  package func predict(
    draws: Int, note: ([Prediction]) throws -> Void
  ) rethrows {
    let resolutions = presentResolutions
    // Without quantizers one run says it all.
    let runs = max(trainer.draws(draws, at: resolutions), 1)
    let total = count(in: .test)
    let size = trainer.configuration.batch
    for first in stride(from: 0, to: total, by: size) {
      let samples = first..<min(first + size, total)
      var sums = [[Double]](
        repeating: Array(repeating: 0, count: trainer.network.classes), count: samples.count)
      for draw in 0..<runs {
        _ = trainer.evaluate(
          samples, split: .test, draw: draw, resolutions: resolutions, isMetered: false)
        for row in sums.indices {
          guard let place = trainer.place(ofRow: row) else {
            preconditionFailure("a row of the batch")
          }
          for (index, share) in place.pass.softmax(ofRow: place.row).enumerated() {
            sums[row][index] += share / Double(runs)
          }
        }
      }
      try note(zip(samples, sums).map { Prediction(sample: $0, probabilities: $1) })
    }
  }
}

extension Prediction {
  fileprivate init(sample: Int, probabilities: [Double]) {
    let label = probabilities.indices.reduce(0) {
      probabilities[$1] > probabilities[$0] ? $1 : $0
    }
    self.init(sample: sample, label: label, probabilities: probabilities)
  }
}

extension NetworkPass {
  /// The probabilities of the classes for one sequence of the present batch.
  fileprivate func softmax(ofRow row: Int) -> [Double] {
    let values = (0..<network.classes).map { Double(logits.base[row * network.classes + $0]) }
    let largest = values.max() ?? 0
    let powers = values.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}
