import ArgumentParser
import Engine
import Foundation
import Golden

/// The desk-scale replica of the instability experiment (specification of the coarse gradient, 4.5):
/// statistics over seeds, to be held against its table.
struct InstabilityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "instability",
    abstract: "Train quantized networks on synthetic classes with three estimators, then switch.")

  @Option(help: "mlp8 or residual9.") var model = InstabilityReplica.Model.residual9
  @Option(help: "Bits of an activation.") var bits = 2
  @Option(help: "Seeds of data and weights, from 1 on.") var seeds = 3

  private static let estimators: [Surrogate.Kind] = [.identity, .relu, .clippedReLU]

  func run() throws {
    var finals: [Surrogate.Kind: [Double]] = [:]
    var ratios: [Surrogate.Kind: [Double]] = [:]
    for seed in 1...UInt64(max(seeds, 1)) {
      let replica = try InstabilityReplica(model, bits: bits, seed: seed)
      for estimator in Self.estimators {
        let score = try replica.trained(by: estimator)
        finals[estimator, default: []].append(score.loss)
        print(
          "seed \(seed) \(estimator.rawValue) loss \(score.loss.fixed(4))",
          "accuracy \(score.accuracy.fixed(4))")
        fflush(nil)
      }
      for estimator in Self.estimators {
        let ratio = try replica.switched(.init(from: .clippedReLU, to: estimator)).ratio
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

extension InstabilityReplica.Model: ExpressibleByArgument {}
