import ArgumentParser
import Engine
import Foundation

struct TrialCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "trial")
  @Option var wm = 4.0
  @Option var wh = 1.0
  @Option var hold = 0.6
  @Option var epochs = 60
  @Option var rate = 3e-3
  @Option var batch = 32
  @Option var seed: UInt64 = 1
  @Option var hidden = 128
  @Option var order = 64
  @Option var theta = 64.0
  @Option var startM = 64.0
  @Option var startH = 16.0
  @Option var variant = "exactState"
  @Option var initialization = "memoryOnly"
  @Option var clip = 1.0
  @Option var threads = 2

  mutating func run() throws {
    let problem = try ProblemConfiguration(dataSet: .digits, order: .permuted, side: 8)
      .load(from: DataLocations(option: nil, environment: [:]))
    let model = LMUConfiguration(
      hidden: hidden, order: order, theta: theta,
      variant: .init(rawValue: variant)!,
      initialization: .init(rawValue: initialization)!,
      h: QuantizerSite(
        kind: .diffused, resolution: Schedule(.geometric(start: startH, end: wh), hold: hold)),
      m: QuantizerSite(
        kind: .diffused, resolution: Schedule(.geometric(start: startM, end: wm), hold: hold)),
      u: QuantizerSite(kind: .off, resolution: Schedule(.hold(1))))
    let configuration = TrainingConfiguration(
      model: model,
      optimizer: OptimizerConfiguration(
        rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8),
        learningRate: Schedule(.cosine(start: rate, end: 0)), clipNorm: clip),
      epochs: epochs, batch: batch, seed: seed)
    var study = try TrainingStudy(
      name: "trial", configuration: configuration, problem: problem, threads: threads)
    let clock = ContinuousClock()
    let begin = clock.now
    while true {
      for event in try study.advance(within: .milliseconds(50)) {
        if case .evaluated(let e) = event, e.epoch % 10 == 0 || e.split == .test {
          print(e.epoch, e.split, e["spiking.accuracy"] ?? 0, e["nonSpiking.accuracy"] ?? 0, e["sites.m.significantBits"] ?? 0, e["sites.m.bitsRange"] ?? 0, e["sites.h.spikeRate"] ?? 0)
        }
        if case .ended(let c) = event {
          print(c.outcome, c.reason, (clock.now - begin).seconds, "s seed", seed, "wm", wm, "wh", wh)
          return
        }
      }
    }
  }
}
