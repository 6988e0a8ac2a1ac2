import ArgumentParser
import Engine
import Foundation

/// One training step at the size of the psMNIST network, to be raced against the same step in
/// another framework.
struct StepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "step",
    abstract: "Time one training step of an LMU at 784 steps (random inputs).")

  @Option(help: "Threads.") var threads = 2
  @Option(help: "Hidden units.") var hidden = 212
  @Option(help: "Order of the memory.") var order = 256
  @Option(help: "Time steps.") var steps = 784
  @Option(help: "Sequences of a batch.") var batch = 100
  @Option(help: "Steps timed; the median is printed.") var count = 5
  @Flag(help: "Quantize h and m (diffused, w = 1 and 8).") var hybrid = false

  mutating func run() throws {
    let problem = RandomSequences(steps: steps, samples: batch)
    let site = QuantizerSite(
      kind: hybrid ? .diffused : .off, resolution: Schedule(.hold(1)))
    let memory = QuantizerSite(
      kind: hybrid ? .diffused : .off, resolution: Schedule(.hold(8)))
    let model = LMUConfiguration(
      hidden: hidden, order: order, theta: Double(steps), hiddenBias: false, h: site, m: memory,
      u: QuantizerSite(kind: .off, resolution: Schedule(.hold(1))))
    let configuration = TrainingConfiguration(
      model: model,
      optimizer: OptimizerConfiguration(
        rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8),
        learningRate: Schedule(.hold(1e-3)), clipNorm: 1),
      epochs: 1, batch: batch)
    let network = try Network(model, inputs: 1, classes: 10)
    let trainer = Trainer(
      network: network, problem: problem, configuration: configuration, threads: threads)
    let samples = Array(0..<batch)
    let resolutions: [Float] = hybrid ? [1, 8, .infinity] : [.infinity, .infinity, .infinity]
    let clock = ContinuousClock()
    var seconds: [Double] = []
    for step in 0...count {
      let begin = clock.now
      _ = trainer.train(
        samples[...], epoch: 0, step: step, resolutions: resolutions, rate: 1e-3)
      seconds.append((clock.now - begin).seconds)
    }
    let timed = seconds.dropFirst().sorted()
    print(
      "LMU \(hidden)/\(order) threads \(threads) batch \(batch) median",
      String(format: "%.4f s/step  min %.4f", timed[timed.count / 2], timed[0]))
  }
}

/// Uniform random inputs with random labels.
struct RandomSequences: Problem {
  let title = "random"
  let steps: Int
  let channels = 1
  let classes = 10
  private let samples: Int
  private let values: [Float]

  init(steps: Int, samples: Int) {
    self.steps = steps
    self.samples = samples
    var values = [Float](repeating: 0, count: steps * samples)
    values.withUnsafeMutableBufferPointer { target in
      if let base = target.baseAddress {
        RandomStream(seed: 1, purpose: .permutation).fillUniforms(base, count: target.count)
      }
    }
    self.values = values
  }

  func count(in split: Gauge.Split) -> Int { samples }
  func label(_ index: Int, in split: Gauge.Split) -> Int { index % classes }

  func copySample(
    _ index: Int, in split: Gauge.Split, to destination: UnsafeMutablePointer<Float>, stride: Int
  ) {
    for t in 0..<steps { destination[t * stride] = values[index * steps + t] }
  }
}

extension Duration {
  /// The duration in seconds.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
