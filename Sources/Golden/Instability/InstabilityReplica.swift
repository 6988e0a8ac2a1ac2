package import Engine
import Synchronization

/// One seed of the desk-scale replica of the instability experiment (specification of the coarse
/// gradient, 4.5): a network trained in full precision, quantized from there with an estimator, and
/// restarted from that solution with another one.
///
/// What was trained once is kept. Losses are means over the training samples, with the running
/// statistics of batch normalization.
package final class InstabilityReplica: Sendable {
  /// The networks of the replica; the raw values are their names in its golden file.
  package enum Model: String, Sendable, CaseIterable {
    case mlp8, residual9

    var network: FeedForwardModel {
      self == .mlp8 ? .chain(width: 48, depth: 8) : .residualChain(width: 48, blocks: 9)
    }
  }

  /// An estimator whose solution another one starts from.
  package struct Switch: Sendable, Hashable {
    package var from: Surrogate.Kind
    package var to: Surrogate.Kind

    package init(from: Surrogate.Kind, to: Surrogate.Kind) {
      (self.from, self.to) = (from, to)
    }
  }

  /// Mean loss and share of right answers.
  package struct Score: Sendable, Equatable {
    package var loss: Double
    package var accuracy: Double
  }

  /// Losses before a switch, and so many epochs after it.
  package struct SwitchedLosses: Sendable, Equatable {
    package var before: Double
    package var epoch5: Double
    package var epoch20: Double
    package var ratio: Double { epoch20 / before }
  }

  private struct Solution {
    var weights: [Float]
    var score: Score
  }

  private struct State {
    var start: [Float]?
    var solutions: [Surrogate.Kind: Solution] = [:]
    /// The weights after the restart.
    var switched: [Switch: (weights: [Float], losses: SwitchedLosses)] = [:]
    var goneOn: [Switch: Score] = [:]
  }

  private let trainer: FeedForwardTrainer
  private let bits: Int
  private let state = Mutex(State())

  /// `bits` of an activation; `seed` is that of data, weights and the order of samples.
  package init(_ model: Model, bits: Int, seed: UInt64) throws {
    let images = SyntheticClasses(seed: seed)
    self.bits = bits
    trainer = try FeedForwardTrainer(
      network: try model.network.makeNetwork(input: images.shape, classes: images.classes),
      images: images,
      configuration: FeedForwardConfiguration(
        optimizer: OptimizerConfiguration(
          rule: .momentum(0.9), learningRate: Schedule(.hold(0.05)), clipNorm: nil),
        batch: 64, shards: 1, seed: seed),
      threads: 1)
  }

  /// The end of 80 epochs with an estimator, from the weights of full precision.
  package func trained(by estimator: Surrogate.Kind) throws -> Score {
    try state.withLock { try solution(by: estimator, in: &$0).score }
  }

  /// 20 epochs at a small rate with another estimator, from the solution of the first.
  package func switched(_ change: Switch) throws -> SwitchedLosses {
    try state.withLock { try restart(change, in: &$0).losses }
  }

  /// The end of 60 ordinary epochs that follow the 20 of ``switched(_:)``.
  package func goneOn(after change: Switch) throws -> Score {
    try state.withLock { state in
      if let known = state.goneOn[change] { return known }
      let activation = try FeedForwardActivation(bits: bits, by: change.to)
      trainer.weights.flat.set(try restart(change, in: &state).weights)
      trainer.train(
        FeedForwardPhase(activation, epochs: 60, rate: 0.05, milestones: [30, 50]), from: 140)
      let score = score(with: activation)
      state.goneOn[change] = score
      return score
    }
  }

  // MARK: Phases

  private func start(in state: inout State) -> [Float] {
    if let known = state.start { return known }
    trainer.train(
      FeedForwardPhase(.rectified, epochs: 40, rate: 0.05, milestones: [25]), from: 0)
    let start = trainer.weights.flat.array
    state.start = start
    return start
  }

  private func solution(
    by estimator: Surrogate.Kind, in state: inout State
  ) throws -> Solution {
    if let known = state.solutions[estimator] { return known }
    let activation = try FeedForwardActivation(bits: bits, by: estimator)
    trainer.weights.flat.set(start(in: &state))
    trainer.train(
      FeedForwardPhase(activation, epochs: 80, rate: 0.05, milestones: [40, 65]), from: 40)
    let solution = Solution(
      weights: trainer.weights.flat.array, score: score(with: activation))
    state.solutions[estimator] = solution
    return solution
  }

  private func restart(
    _ change: Switch, in state: inout State
  ) throws -> (weights: [Float], losses: SwitchedLosses) {
    if let known = state.switched[change] { return known }
    let solution = try solution(by: change.from, in: &state)
    let activation = try FeedForwardActivation(bits: bits, by: change.to)
    trainer.weights.flat.set(solution.weights)
    var epoch5 = Double.nan
    trainer.train(FeedForwardPhase(activation, epochs: 20, rate: 1e-3), from: 120) { epoch, _ in
      if epoch == 4 { epoch5 = score(with: activation).loss }
    }
    let losses = SwitchedLosses(
      before: solution.score.loss, epoch5: epoch5, epoch20: score(with: activation).loss)
    let result = (trainer.weights.flat.array, losses)
    state.switched[change] = result
    return result
  }

  private func score(with activation: FeedForwardActivation) -> Score {
    let result = trainer.evaluate(.training, activation: activation)
    return Score(
      loss: result.loss / Double(result.count),
      accuracy: Double(result.correct) / Double(result.count))
  }
}
