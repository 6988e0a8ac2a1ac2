import ArgumentParser

/// How the time of a training step grows with threads, steps and batch, all measured in turn.
struct ScalingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scaling",
    abstract: "Times of training steps by threads, steps and batch, as ratios.")

  @Option(help: "lmu, rnn, lstm, gru, nru, feedforward or open (an LMU).") var model = Workload
    .Model.lmu
  @Flag(help: "Quantize h, and m of an LMU or NRU (diffused, w = 1 and 8).") var hybrid = false
  @Option(help: "Rounds; each measures every case once.") var rounds = 5
  @Option(help: "Training steps timed each time; their median counts.") var count = 3

  /// One case, and what was measured of it.
  private struct Case {
    let threads, steps, batch: Int
    var times: [Double] = []
    /// In MiB.
    var peak = 0

    /// The work of it, in time steps of a sequence.
    var work: Double { Double(steps * batch) }
  }

  func run() throws {
    // The first is what the others are compared with.
    var cases = [2, 1].map { Case(threads: $0, steps: 784, batch: 100) }
    cases += [196, 392].map { Case(threads: 2, steps: $0, batch: 100) }
    cases += [50, 200, 400].map { Case(threads: 2, steps: 784, batch: $0) }
    for _ in 0..<max(rounds, 1) {
      for index in cases.indices { try measure(&cases[index]) }
    }
    for entry in cases { report(entry, against: cases[0]) }
  }

  private func measure(_ entry: inout Case) throws {
    let line = try StepLine(
      of: [
        "step", "--model", model.rawValue, "--threads", String(entry.threads), "--steps",
        String(entry.steps), "--batch", String(entry.batch), "--count", String(count),
      ] + (hybrid ? ["--hybrid"] : []))
    entry.times.append(line.seconds)
    entry.peak = max(entry.peak, line.peak ?? 0)
  }

  private func report(_ entry: Case, against base: Case) {
    let ratios = zip(entry.times, base.times).map { $0 / $1 }
    let ratio = Measurement(ratios).median
    print(
      "threads \(entry.threads) steps \(entry.steps) batch \(entry.batch):",
      "\(Measurement(entry.times).median.fixed(3)) s, \(ratio.fixed(2)) times the first,",
      "\((ratio * base.work / entry.work).fixed(2)) for the same work; peak \(entry.peak) MiB")
  }
}
