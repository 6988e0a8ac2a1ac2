import ArgumentParser
import Engine

/// What the bit meters cost beside a training step.
struct MeterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "meter", abstract: "Time the bit meters of a step against the step itself.")

  @Option(help: "Training steps timed.") var count = 5

  func run() throws {
    let sizes = [
      ("digits", Workload(hidden: 128, order: 64, steps: 64, batch: 32, isHybrid: true)),
      ("psmnist", Workload(isHybrid: true)),
    ]
    for (name, workload) in sizes {
      let trainer = try workload.makeTrainer()
      let samples = Array(0..<workload.batch)
      let repetitions = name == "digits" ? 40 : 1
      let step = Measurement(count: count) { index in
        for repetition in 0..<repetitions {
          workload.train(
            trainer, samples: samples[...], step: index * repetitions + repetition)
        }
      }
      // The step above includes its metering; this is that part again, alone.
      let metering = Measurement(count: count) { _ in
        for _ in 0..<repetitions { trainer.meterAgain() }
      }
      print(
        "\(name): step \((1e3 * step.median / Double(repetitions)).fixed(2)) ms,",
        "meters \((1e3 * metering.median / Double(repetitions)).fixed(3)) ms on one thread,",
        "share \((100 * metering.median / step.median / 2).fixed(2)) % of two threads' time")
    }
  }
}
