import ArgumentParser
import Engine

/// Training samples a second of a network of spike trains, beside a script in another framework.
struct SpikingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spiking",
    abstract: "Time spike-train level backpropagation, alone or against a script.",
    discussion: """
      A network 784-400-R400-10 over 400 steps on random trains. The script is run as PYTHON SCRIPT \
      BATCH in turn with ours, and its line ends with the samples a second.
      """)

  @Argument(help: "The script; without it only our side is measured.") var script: String?
  @Option(help: "Python with the framework installed.") var python = "python3"
  @Option(help: "Samples of a batch; 1 as published.") var batch = 64
  @Option(help: "Threads.") var threads = 2
  @Option(help: "Steps T.") var steps = 400
  @Option(help: "Optimizer steps timed in a round; their median counts.") var count = 5
  @Option(help: "Rounds; each runs both sides once.") var rounds = 3
  @Option(parsing: .upToNextOption, help: "Shares of steps in which an input fires.")
  var densities = [0.05]

  func run() throws {
    for density in densities {
      var (ours, theirs): ([Double], [Double]) = ([], [])
      for _ in 0..<max(rounds, 1) {
        ours.append(try measure(density))
        if let rate = try rateOfScript() { theirs.append(rate) }
      }
      let own = Measurement(ours).median
      var text = "784-400-R400-10, T = \(steps), batch \(batch), inputs fire in "
      text += "\((100 * density).fixed(1)) % of steps, threads \(threads): "
      text += "\(own.fixed(1)) samples/s"
      if !theirs.isEmpty {
        let other = Measurement(theirs).median
        text += "; theirs \(other.fixed(1)); ratio \((own / other).fixed(2))"
      }
      print(text)
    }
  }

  /// Samples a second.
  private func measure(_ density: Double) throws -> Double {
    var configuration = SpikingConfiguration()
    configuration.response.steps = steps
    configuration.training.batch = batch
    let data = RandomTrains(steps: steps, samples: max(batch, 16), density: density)
    let trainer = SpikingTrainer(
      network: try configuration.network(inputs: data.channels, outputs: data.classes), data: data,
      training: configuration.training, seed: 1, threads: threads)
    var order = Array(0..<data.count(in: .training))
    let measurement = Measurement(count: count * max(1, 16 / batch)) { step in
      _ = trainer.step(order[..<batch], epoch: 0, rate: 0.001)
      order.append(order.removeFirst())
    }
    return Double(batch) / measurement.median
  }

  private func rateOfScript() throws -> Double? {
    guard let script else { return nil }
    let child = try Child(python, [script, String(batch)])
    defer { child.end() }
    var rate: Double?
    while let line = try child.nextLine() {
      rate = line.split(separator: " ").last.flatMap { Double($0) } ?? rate
    }
    return rate
  }
}

/// Trains whose channels fire independently of each other in a share of the steps.
private struct RandomTrains: SpikeData {
  let title = "random trains"
  let classNames = (0..<10).map(String.init)
  let channels = 784
  let steps: Int
  private let samples: [SpikeTrains]

  init(steps: Int, samples: Int, density: Double) {
    self.steps = steps
    self.samples = (0..<samples).map { sample in
      var stream = RandomStream(seed: 1, purpose: .inputSpikes, first: sample)
      return SpikeTrains(
        steps: steps,
        times: (0..<784).map { _ in
          (1..<steps).filter { _ in stream.nextUniform() < density }
        })
    }
  }

  func count(in split: Gauge.Split) -> Int { samples.count }
  func label(_ index: Int, in split: Gauge.Split) -> Int { index % classNames.count }

  func trains(_ index: Int, in split: Gauge.Split, presentation: Int) -> SpikeTrains {
    samples[index]
  }
}
