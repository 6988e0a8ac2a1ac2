import ArgumentParser
import Engine
import Foundation

/// Training steps of all models against those of another framework, model by model in turn.
struct SpeedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speed",
    abstract: "Race training steps of all models against a script in another framework.",
    discussion: """
      The script is run as PYTHON SCRIPT cpu THREADS and prints a line for each model, such as \
      `LMU 212/256 ... median 0.9 s/step`. After each line it is halted while the same model \
      trains here. What no line names is measured at the end of each round.
      """)

  @Argument(help: "The script; without it only our side is measured.") var script: String?
  @Option(help: "Python with the framework installed.") var python = "python3"
  @Option(help: "Threads of both sides.") var threads = 2
  @Option(help: "Rounds; each runs both sides once.") var rounds = 3
  @Option(help: "Training steps timed each time; their median counts.") var count = 5

  func run() throws {
    var entries = Entry.all
    var limits: [Double] = []
    for round in 1...max(rounds, 1) {
      try race(&entries)
      for index in entries.indices where entries[index].ours.count < round {
        try measure(&entries[index])
      }
      limits.append(productLimit())
      print("round \(round) of \(rounds) done")
    }
    let limit = Measurement(limits).median
    print("products of 1024 x 1024 x 1024 on \(threads) threads: \(limit.fixed(0)) GFLOP/s")
    for entry in entries { print(entry.summary(limit: limit)) }
  }

  private func race(_ entries: inout [Entry]) throws {
    guard let script else { return }
    let theirs = try Child(python, [script, "cpu", String(threads)])
    defer { theirs.end() }
    while let line = try theirs.nextLine() {
      guard let found = StepLine(line),
        let index = entries.firstIndex(where: { line.hasPrefix($0.title + " ") })
      else { continue }
      theirs.halt()
      entries[index].theirs.append(found.seconds)
      entries[index].theirPeak = max(entries[index].theirPeak, theirs.takePeakMemory())
      try measure(&entries[index])
      theirs.resume()
    }
  }

  private func measure(_ entry: inout Entry) throws {
    let line = try StepLine(
      step: entry.arguments + ["--threads", String(threads), "--count", String(count)])
    entry.ours.append(line.seconds)
    entry.peak = max(entry.peak, line.peak ?? 0)
  }

  /// What one product on each thread reaches, in GFLOP/s: the most the processor has to give.
  private func productLimit() -> Double {
    let side = 1024
    let factors = (0..<threads).map { _ in
      (0..<3).map { _ in Matrix(rows: side, columns: side) }
    }
    let team = ThreadTeam(threads: threads)
    defer { team.end() }
    let measurement = Measurement(count: 9) { _ in
      team.run(pieces: threads) { piece in
        let matrices = factors[piece]
        Products.multiply(matrices[0], matrices[1], into: matrices[2])
      }
    }
    let operations = 2e-9 * Double(threads * side * side * side)
    return operations / measurement.median
  }
}

/// One model of the race.
private struct Entry {
  /// As the script's line begins.
  let title: String
  /// Of `bench step`.
  let arguments: [String]
  /// Operations of the products of a training step, in GFLOP.
  let operations: Double
  var theirs: [Double] = []
  var ours: [Double] = []
  /// In MiB.
  var theirPeak = 0
  var peak = 0

  init(_ title: String, _ arguments: [String], weights: Int, constants: Int = 0) {
    self.title = title
    self.arguments = arguments
    // Weights take part in three products, forward, backward and for their gradient; constants
    // in the first two.
    operations = 2e-9 * 784 * 100 * Double(3 * weights + 2 * constants)
  }

  static var all: [Entry] {
    let (n, d) = (212, 256)
    let (stepwise, memory) = (n * n + d * n, (d * d + d * d / 8) / 2)
    return [
      // In chunks of eight steps: d + 8 numbers of state, and the constants once a chunk.
      Entry("LMU 212/256", [], weights: n * n + (d + 8) * n, constants: (d + 8) * (d + 8) / 8),
      // The way back in such chunks too.
      Entry("LMU stepwise", ["--hybrid", "--bypassed"], weights: stepwise, constants: memory),
      Entry("LMU hybrid", ["--hybrid"], weights: stepwise, constants: memory),
      Entry(
        "LMU hybrid, quantized state", ["--hybrid", "--quantized-state"], weights: stepwise,
        constants: memory),
      Entry(
        "LMU without e_h, e_m", ["--model", "open"], weights: n * n + (d + 8) * n,
        constants: (d + 8) * (d + 8) / 8),
      // One product with the impulse response each way, for the last step.
      Entry("LMU feed-fwd FFT", ["--model", "feedforward"], weights: d * n / 784, constants: d),
      Entry(
        "LMU feed-forward, all steps read", ["--model", "feedforward", "--sequence"],
        weights: d * n, constants: (d + 8) * (d + 8) / 8),
      Entry(
        "LMU feed-forward hybrid", ["--model", "feedforward", "--hybrid"], weights: d * n / 784,
        constants: d),
      Entry("LSTM 200", ["--model", "lstm"], weights: 200 * 800),
      Entry("GRU 200", ["--model", "gru"], weights: 200 * 600),
      Entry("RNN 200", ["--model", "rnn"], weights: 200 * 200),
      Entry(
        "NRU 200/256", ["--model", "nru"],
        weights: (200 + 256) * (200 + 8 + 4 * 32)),
    ]
  }

  func summary(limit: Double) -> String {
    let own = Measurement(ours).median
    let rate = operations / own
    var text = title.padding(toLength: 28, withPad: " ", startingAt: 0)
    text += " ours \(own.fixed(3)) s, \(peak) MiB, \(operations.fixed(1)) GFLOP at"
    text += " \(rate.fixed(0)) GFLOP/s, \((100 * rate / limit).fixed(0)) % of the limit"
    guard !theirs.isEmpty else { return text }
    let other = Measurement(theirs).median
    return text
      + "; theirs \(other.fixed(3)) s, \(theirPeak) MiB; ratio \((other / own).fixed(2))"
  }
}
