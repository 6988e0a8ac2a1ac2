import Foundation
import Kernels

/// How a network of spike trains is trained, apart from its rate, which follows a schedule.
package struct SpikingTraining: Sendable, Equatable {
  package var rule = SpikeTrainRule()
  /// Samples of one optimizer step.
  package var batch = 1
  /// Parts that a batch of several samples is divided into. Belongs to the experiment: results depend
  /// on it. A single sample is shared by neurons and gives the same bits on any number of threads.
  package var shards = 2
  /// lambda and beta of the penalty on weights; 0 for none.
  package var penalty = 0.0
  package var penaltySteepness = 0.04
  /// Whether samples that are misclassified weigh more in the next epoch.
  package var weighsSamples = true

  package init() {}
}

/// A network of spike trains, its data and its optimizer: one optimizer step at a time.
package final class SpikingTrainer: @unchecked Sendable {
  /// What a batch came to.
  package struct Score: Sendable, Equatable {
    package var samples = 0
    package var correct = 0
    /// Training samples that were told right.
    var right: [Int] = []
    /// Sum of E = 1/2 |o - y|^2 and of the squared errors outside the margin.
    package var loss = 0.0
    package var cost = 0.0
    /// Spikes of the input and of each layer, and neurons that stayed silent in each layer.
    package var spikes: [Int] = []
    package var silent: [Int] = []
    /// Sweeps of the linear systems, the most in a sample, and how many were solved densely.
    package var sweeps = 0
    package var dense = 0
    /// Least share of diagonally dominant rows in a sample.
    package var dominantShare = 1.0

    package init() {}

    package mutating func add(_ other: Score) {
      samples += other.samples
      correct += other.correct
      right += other.right
      loss += other.loss
      cost += other.cost
      spikes = Self.sum(spikes, other.spikes)
      silent = Self.sum(silent, other.silent)
      sweeps = max(sweeps, other.sweeps)
      dense += other.dense
      dominantShare = min(dominantShare, other.dominantShare)
    }

    private static func sum(_ first: [Int], _ second: [Int]) -> [Int] {
      first.isEmpty ? second : second.isEmpty ? first : zip(first, second).map { $0 + $1 }
    }
  }

  package let network: SpikingNetwork
  package let data: any SpikeData
  package var training: SpikingTraining
  package let weights: ParameterSlab
  package private(set) var optimizer: Optimizer
  /// Of the training samples, 1 at first (specification of ST-RSBP, 3.6).
  package var sampleWeights: [Double]
  private let team: ThreadTeam
  /// One that the team shares, or one for each shard.
  private let passes: [SpikingPass]
  private let gradients: [ParameterSlab]
  private let effect: CountEffect
  /// Which training samples of the epoch were told right.
  private(set) var isCorrect: [Bool]

  package init(
    network: SpikingNetwork, data: any SpikeData, training: SpikingTraining, seed: UInt64,
    threads: Int, effect: CountEffect? = nil
  ) {
    (self.network, self.data, self.training) = (network, data, training)
    let shards = training.batch == 1 ? 1 : min(training.shards, training.batch)
    let team = ThreadTeam(threads: threads)
    self.team = team
    passes =
      training.batch == 1
      ? [SpikingPass(network, team: team)] : (0..<shards).map { _ in SpikingPass(network) }
    gradients = (0..<shards).map { _ in ParameterSlab(network.layout) }
    weights = ParameterSlab(network.layout)
    network.initialize(weights, seed: seed)
    optimizer = Optimizer(Self.rule, layout: network.layout)
    let count = data.count(in: .training)
    sampleWeights = [Double](repeating: 1, count: count)
    isCorrect = [Bool](repeating: false, count: count)
    self.effect = effect ?? CountEffect.table(for: network.response)
  }

  deinit { team.end() }

  private static let rule = OptimizerConfiguration(
    rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8), learningRate: Schedule(.hold(0.001)),
    clipNorm: nil)

  package var gradient: ParameterSlab { gradients[0] }

  /// The pass of the last sample of the last batch.
  package var lastPass: SpikingPass { passes[0] }

  /// One optimizer step on training samples.
  package func step(_ samples: ArraySlice<Int>, epoch: Int, rate: Double) -> Score {
    let scores = onShards(samples) { pass, shard, own in
      var score = Score()
      for (place, sample) in own.enumerated() {
        score.add(self.learn(sample, epoch, pass, self.gradients[shard], isFirst: place == 0))
      }
      if own.isEmpty { self.gradients[shard].flat.fill(0) }
      return score
    }
    var score = Score()
    for part in scores { score.add(part) }
    // Here, as shards work on threads of their own.
    for sample in samples { isCorrect[sample] = false }
    for sample in score.right { isCorrect[sample] = true }
    let gradient = gradients[0]
    for other in gradients.dropFirst() { gradient.flat.add(other.flat) }
    if samples.count > 1 {
      scale_in_place(gradient.flat.base, 1 / Float(samples.count), gradient.flat.count)
    }
    if training.penalty > 0 { addPenalty(to: gradient) }
    guard score.loss.isFinite else { return score }
    optimizer.update(weights, with: gradient, norm: 1, rate: rate)
    return score
  }

  private func learn(
    _ sample: Int, _ epoch: Int, _ pass: SpikingPass, _ gradient: ParameterSlab, isFirst: Bool
  ) -> Score {
    pass.forward(data.trains(sample, in: .training, presentation: epoch), weights: weights)
    let label = data.label(sample, in: .training)
    var score = self.score(pass, label: label)
    if score.correct == 1 { score.right = [sample] }
    let found = pass.backward(
      label: label, sampleWeight: sampleWeights[sample], rule: training.rule, effect: effect,
      weights: weights, gradient: gradient, isFirst: isFirst)
    for layer in found.layers {
      score.sweeps = max(score.sweeps, layer.sweeps)
      score.dense += layer.isDense ? 1 : 0
      score.dominantShare = min(score.dominantShare, layer.dominantShare)
    }
    return score
  }

  /// Carries samples of any split through the network.
  package func evaluate(_ samples: Range<Int>, in split: Gauge.Split) -> Score {
    let scores = onShards(ArraySlice(Array(samples))) { pass, _, own in
      var score = Score()
      for sample in own {
        pass.forward(self.data.trains(sample, in: split, presentation: 0), weights: self.weights)
        score.add(self.score(pass, label: self.data.label(sample, in: split)))
      }
      return score
    }
    var score = Score()
    for part in scores { score.add(part) }
    return score
  }

  private func score(_ pass: SpikingPass, label: Int) -> Score {
    let rule = training.rule
    let counts = pass.counts
    var score = Score()
    score.samples = 1
    score.correct = pass.prediction == label ? 1 : 0
    score.loss = zip(counts, rule.wanted(outputs: counts.count, label: label)).reduce(0) {
      $0 + 0.5 * Double(($1.0 - $1.1) * ($1.0 - $1.1))
    }
    score.cost = rule.cost(counts: counts, label: label)
    score.spikes = pass.spikes
    score.silent = network.layers.indices.map(pass.silent)
    return score
  }

  /// Cuts samples into a part for each pass, and does the parts on the team's threads.
  private func onShards(
    _ samples: ArraySlice<Int>,
    _ body: @escaping @Sendable (SpikingPass, Int, ArraySlice<Int>) -> Score
  ) -> [Score] {
    guard passes.count > 1 else { return [body(passes[0], 0, samples)] }
    let scores = Mutexed([Score](repeating: Score(), count: passes.count))
    let part = (samples.count + passes.count - 1) / passes.count
    team.run(pieces: passes.count) { shard in
      let first = min(samples.startIndex + shard * part, samples.endIndex)
      let score = body(
        self.passes[shard], shard, samples[first..<min(first + part, samples.endIndex)])
      scores.set(shard, score)
    }
    return scores.value
  }

  // MARK: Weights of samples

  /// Samples that were told wrong in the epoch weigh more in the next one: w <- w exp(err/20), err
  /// being the share of their class's weight that was told wrong.
  package func endEpoch() {
    guard training.weighsSamples else { return }
    var (wrong, all) = (
      [Double](repeating: 0, count: data.classes), [Double](repeating: 0, count: data.classes)
    )
    for sample in sampleWeights.indices {
      let label = data.label(sample, in: .training)
      all[label] += sampleWeights[sample]
      if !isCorrect[sample] { wrong[label] += sampleWeights[sample] }
    }
    for sample in sampleWeights.indices where !isCorrect[sample] {
      let label = data.label(sample, in: .training)
      sampleWeights[sample] *= exp(wrong[label] / all[label] / Self.boostDivisor)
    }
  }

  private static let boostDivisor = 20.0

  func restore(updates: Int, sampleWeights: [Double], isCorrect: [Bool]) {
    optimizer.restore(updates: updates)
    (self.sampleWeights, self.isCorrect) = (sampleWeights, isCorrect)
  }
}

/// A value that several threads write parts of.
private final class Mutexed: @unchecked Sendable {
  private let lock = NSLock()
  private var scores: [SpikingTrainer.Score]

  init(_ scores: [SpikingTrainer.Score]) { self.scores = scores }

  func set(_ index: Int, _ score: SpikingTrainer.Score) {
    lock.withLock { scores[index] = score }
  }

  var value: [SpikingTrainer.Score] { lock.withLock { scores } }
}
