import ArgumentParser
import Engine
import Foundation

/// The desk-scale replica of the instability experiment (specification of the coarse gradient, 4.5):
/// statistics over seeds, to be held against its table.
struct InstabilityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "instability",
    abstract: "Train quantized networks on synthetic classes with three estimators, then switch.")

  enum Model: String, ExpressibleByArgument {
    case mlp8, residual9

    var network: FeedForwardModel {
      self == .mlp8 ? .chain(width: 48, depth: 8) : .residualChain(width: 48, blocks: 9)
    }
  }

  @Option(help: "mlp8 or residual9.") var model = Model.residual9
  @Option(help: "Bits of an activation.") var bits = 2
  @Option(help: "Seeds of data and weights, from 1 on.") var seeds = 3

  private static let estimators: [Surrogate.Kind] = [.identity, .relu, .clippedReLU]

  func run() throws {
    var finals: [Surrogate.Kind: [Double]] = [:]
    var ratios: [Surrogate.Kind: [Double]] = [:]
    for seed in 1...UInt64(max(seeds, 1)) {
      let replica = try InstabilityReplica(model.network, bits: bits, seed: seed)
      for estimator in Self.estimators {
        let (loss, accuracy) = try replica.trainQuantized(by: estimator)
        finals[estimator, default: []].append(loss)
        print(
          "seed \(seed) \(estimator.rawValue) loss \(loss.fixed(4)) accuracy \(accuracy.fixed(4))")
        fflush(nil)
      }
      for estimator in Self.estimators {
        let ratio = try replica.switched(to: estimator)
        ratios[estimator, default: []].append(ratio)
        print("seed \(seed) clipped_relu -> \(estimator.rawValue) ratio \(ratio.fixed(3))")
        fflush(nil)
      }
    }
    print("\(model.rawValue), \(bits) bits, mean of \(seeds) seeds")
    for estimator in Self.estimators {
      let (loss, ratio) = (mean(finals[estimator]), mean(ratios[estimator]))
      print("\(estimator.rawValue): loss \(loss.fixed(4)), after the switch \(ratio.fixed(3))")
    }
  }

  private func mean(_ numbers: [Double]?) -> Double {
    guard let numbers, !numbers.isEmpty else { return .nan }
    return numbers.reduce(0, +) / Double(numbers.count)
  }
}

/// One seed of the replica: full precision, quantized from there, and switched from the solution of
/// the clipped ReLU.
private final class InstabilityReplica {
  private let trainer: FeedForwardTrainer
  private let bits: Int
  /// In full precision, and with the clipped ReLU.
  private let start: [Float]
  private var solution: [Float] = []
  private var solutionLoss = Double.nan

  init(_ model: FeedForwardModel, bits: Int, seed: UInt64) throws {
    let images = SyntheticClasses(seed: seed)
    self.bits = bits
    trainer = try FeedForwardTrainer(
      network: try model.makeNetwork(input: images.shape, classes: images.classes),
      images: images,
      configuration: FeedForwardConfiguration(
        optimizer: OptimizerConfiguration(
          rule: .momentum(0.9), learningRate: Schedule(.hold(0.05)), clipNorm: nil),
        batch: 64, shards: 1, seed: seed),
      threads: 1)
    trainer.train(
      FeedForwardPhase(.rectified, epochs: 40, rate: 0.05, milestones: [25]), from: 0)
    start = trainer.weights.flat.array
  }

  /// Loss and accuracy on the training samples at the end.
  func trainQuantized(by estimator: Surrogate.Kind) throws -> (loss: Double, accuracy: Double) {
    let activation = try FeedForwardActivation(bits: bits, by: estimator)
    trainer.weights.flat.set(start)
    trainer.train(
      FeedForwardPhase(activation, epochs: 80, rate: 0.05, milestones: [40, 65]), from: 40)
    let result = trainer.evaluate(.training, activation: activation)
    let loss = result.loss / Double(result.count)
    if estimator == .clippedReLU {
      solution = trainer.weights.flat.array
      solutionLoss = loss
    }
    return (loss, Double(result.correct) / Double(result.count))
  }

  /// The loss after 20 epochs at a small rate with another estimator, by that before.
  func switched(to estimator: Surrogate.Kind) throws -> Double {
    let activation = try FeedForwardActivation(bits: bits, by: estimator)
    trainer.weights.flat.set(solution)
    trainer.train(FeedForwardPhase(activation, epochs: 20, rate: 1e-3), from: 120)
    let result = trainer.evaluate(.training, activation: activation)
    return result.loss / Double(result.count) / solutionLoss
  }
}
