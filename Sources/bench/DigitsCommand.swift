import ArgumentParser
import Engine
import Experiments

/// The default experiment over several seeds: what it reaches, and how long it takes.
struct DigitsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "digits",
    abstract: "Train an experiment on the embedded digits with several seeds.")

  @Argument(help: "Preset or file.") var experiment = "digits"
  @Option(help: "Seeds 1 ... N.") var seeds = 3
  @Option(help: "Threads.") var threads = 2
  @Option(name: .customLong("set"), help: "Override a key, key=value.") var sets: [String] = []

  func run() throws {
    var spiking: [Double] = []
    var seconds: [Double] = []
    for seed in 1...max(seeds, 1) {
      let (end, time) = try train(seed: UInt64(seed))
      let value = { (path: String) in end.metrics.first { $0.gauge == path }?.last ?? .nan }
      spiking.append(100 * value("test.spiking.accuracy"))
      seconds.append(time)
      print(
        "seed \(seed): spiking \(spiking[seed - 1].fixed(2)) %",
        "+- \((100 * value("test.spiking.spread")).fixed(2))",
        " w=inf \((100 * value("test.nonSpiking.accuracy")).fixed(2)) %",
        ["h", "m"].filter { value("test.sites.\($0).bitsRange").isFinite }.map { site in
          " \(site) \(value("test.sites.\(site).significantBits").fixed(2)) significant of"
            + " \(value("test.sites.\(site).bitsRange").fixed(2)) bits"
        }.joined(), " \(time.fixed(1)) s")
    }
    print(
      "median spiking \(Measurement(spiking).median.fixed(2)) %,",
      "median time \(Measurement(seconds).median.fixed(1)) s, \(threads) threads")
  }

  private func train(seed: UInt64) throws -> (Conclusion, Double) {
    let plan = try ExperimentFile.load(
      experiment, sets: sets, overrides: ExperimentOverrides(seed: seed, epochs: nil))
    let problem = try plan.problem.load(from: DataLocations(option: nil, environment: [:]))
    let study = try TrainingStudy(
      name: plan.name, configuration: plan.training, problem: problem, threads: threads)
    var end: Conclusion?
    let seconds = try Measurement.seconds {
      while end == nil {
        for case .ended(let conclusion) in try study.advance(within: .seconds(1)) {
          end = conclusion
        }
      }
    }
    guard let end else { throw ExitCode.failure }
    return (end, seconds)
  }
}
