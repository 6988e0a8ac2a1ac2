import Foundation
import TestSupport
import Testing

@testable import Engine

/// The look into all layers of a training run.
@Suite struct LayerReportTests {
  private static func study(_ rule: OptimizerRule) throws -> TrainingStudy {
    let site = QuantizerSite(kind: .diffused, resolution: Schedule(.hold(2)))
    let optimizer = OptimizerConfiguration(
      rule: rule, learningRate: Schedule(.hold(1e-2)), clipNorm: 0.5)
    let configuration = TrainingConfiguration(
      model: .rnn(RNNConfiguration(hidden: 6, h: site)), optimizer: optimizer, epochs: 2, batch: 10)
    return try TrainingStudy(
      name: "test", configuration: configuration, problem: TinyProblem(), threads: 1)
  }

  @Test(arguments: [
    OptimizerRule.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8), .momentum(0.9),
  ])
  func `weights, gradients and updates are what the step did`(_ rule: OptimizerRule) throws {
    let study = try Self.study(rule)
    _ = try study.advance(within: .zero)
    let before = study.snapshot()
    _ = try study.advance(within: .zero)
    let after = study.snapshot()
    guard case .layers(let report)? = study.probe(.layers) else {
      Issue.record("no report")
      return
    }
    #expect(report.step == 2)
    for weights in report.weights {
      let values = { (checkpoint: Checkpoint) in
        checkpoint.tensors.first { $0.name == weights.name }?.values.map { Double($0) } ?? []
      }
      let (old, new) = (values(before), values(after))
      let count = Double(new.count)
      let size = (new.reduce(0) { $0 + $1 * $1 } / count).squareRoot()
      let update = (zip(old, new).reduce(0) { $0 + ($1.1 - $1.0) * ($1.1 - $1.0) } / count)
        .squareRoot()
      #expect(abs(weights.size - size) <= 1e-6 * size, "\(weights.name)")
      #expect(abs(weights.updateRatio * size - update) <= 1e-3 * update + 1e-7, "\(weights.name)")
      #expect(weights.gradient >= 0 && weights.count == new.count)
    }
    #expect(report.weights.contains { $0.gradient > 0 })
  }

  @Test func `levels and voltages are shares that add up`() throws {
    let study = try Self.study(.momentum(0.9))
    _ = try study.advance(within: .zero)
    guard case .layers(let report)? = study.probe(.layers), let site = report.sites.first else {
      Issue.record("no report")
      return
    }
    #expect(site.id == "h" && site.units == 6 && site.observations > 0)
    #expect(abs(site.shares.reduce(0, +) - 1) < 1e-9)
    #expect(abs(site.voltages.reduce(0, +) - 1) < 1e-6 && site.voltages.count == 16)
    // tanh at w = 2 has five levels.
    #expect(site.lowestLevel >= -3 && site.lowestLevel + site.shares.count - 1 <= 3)
    let zero = site.lowestLevel <= 0 ? site.shares[-site.lowestLevel] : 0
    #expect(abs(zero - (site.metrics["zeroFraction"] ?? -1)) < 1e-9)
  }

  @Test func `dead and saturated units are counted`() {
    let meter = BitMeter(units: 3)
    // Dead, always 1, and alternating.
    let rows: [Float] = [0, 1, 1, 0, 1, 0, 0, 1, -1]
    rows.withUnsafeBufferPointer { outputs in
      if let base = outputs.baseAddress { meter.add(base, w: 1, rows: 3, stride: 3) }
    }
    let levels = meter.levels
    #expect(levels?.dead == 1 && levels?.saturated == 1 && levels?.lowest == -1)
    #expect(levels?.shares.map { ($0 * 9).rounded() } == [1, 4, 4])
    #expect(BitMeter(units: 2).levels == nil)
  }
}
